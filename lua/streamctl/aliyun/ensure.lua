--- A pull-to-push task that exists once, however often it is asked for.
--
-- CreateLivePullToPush is billed and has no token against repetition, and no vendor page says
-- that it refuses a second task with the same DstUrl. So the tasks are listed first, the create is
-- sent at most once, and when its outcome is unknown they are listed again. A lock in the client's
-- store lets one caller at a time create; callers with no store in common share none. A list may
-- show a new task late, so the lock stays for a minute after a create. A task with other times is
-- taken, and told; where all that have the DstUrl have other sources, that is a conflict.
-- @public streamctl.aliyun.ensure

local condition = require "streamctl.many.condition"
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local events = require "streamctl.call.events"
local merged = require("streamctl.base.options").merged
local operations = require "streamctl.aliyun.operations"
local pages = require "streamctl.many.pages"
local pipeline = require "streamctl.call"
local poll = require "streamctl.loop.poll"
local protected = require "streamctl.loop.protected"
local vendor_now = require("streamctl.many.query").vendor_now

local OPERATION = "CreateLivePullToPush"
local STATES = { [-1] = "exited", [3] = "stopped" } -- of TaskStatus; all others are alive
local SEARCHES = 3 -- for a task whose create got lost
local AGAIN = 1    -- seconds between two searches
local PARTS = { shortest = AGAIN / 2 } -- of the pause between two
local LATE = 60    -- seconds after which a task that is not listed was not made

local Ensure = {}
Ensure.__index = Ensure

function Ensure:left()
  return math.max(self.deadline - core.monotonic(), 0)
end

-- Options of a request that leaves `keep` seconds for later requests; and what the request shares
-- with a batch, whose slot comes within that time. It shares no pause that the vendor asks for: the
-- other calls of the batch have too little time to wait for its end.
function Ensure:leaving(keep)
  local timeout, group = math.max(self:left() - keep, 0.001), self.group
  return merged(self.options, { timeout = timeout }), group and setmetatable(
    { finish_by = core.monotonic() + timeout }, { __index = group,
      __newindex = function(_, name, value)
        if name ~= "resume_at" then group[name] = value end
      end })
end

function Ensure:fail(code, text, fields)
  return errors.new(code, text, merged({
    vendor = "aliyun", operation = OPERATION, elapsed = core.monotonic() - self.began,
  }, fields or {}))
end

local SOURCES = { ["TaskInfo.SourceUrls"] = "{SourceUrls}" }

local function has(task, same, params)
  return condition.read({ entry = {}, same = same }, params, { answer = task })[1][1] == "present"
end

-- How well a living task fits: 3 with the sources and times that the caller asks for, 2 with the
-- sources, else 1. When the task began does not count where that is over by the vendor's clock.
function Ensure:rank(task)
  local params, start = self.params, (task.TaskInfo or {}).StartTime
  local soon = vendor_now(self.client) + 1 -- a task for this second has begun
  if condition.is_before(start, soon) and condition.is_before(params.StartTime, soon) then
    params = merged(params, { StartTime = start })
  end
  return has(task, self.same, params) and 3 or has(task, SOURCES, params) and 2 or 1
end

-- Searches all pages for exactly this DstUrl. Returns the first task "stopped" and "exited", living
-- `tasks` by how they fit, the first of these, "alive", and its `rank`; or nil, message, err.
function Ensure:search(keep)
  local found, by_rank = { tasks = {}, rank = 0 }, { {}, {}, {} }
  local pager = pages.new(self.client, operations:find "DescribeLivePullToPushList", {
    Region = self.params.Region, RegionId = self.params.RegionId, DstUrl = self.params.DstUrl,
  }, {})
  while true do
    pager.call_options, pager.group = self:leaving(keep)
    local tasks, message, err = pager:next_page()
    if err and not by_rank[3][1] then return nil, message, err end
    found.cut = err and message
    if not tasks then break end
    for _, task in ipairs(tasks) do
      local state = STATES[tonumber(task.TaskStatus)]
      if state then found[state] = found[state] or task end
      if not state then table.insert(by_rank[self:rank(task)], task) end
    end
  end
  for rank, tasks in ipairs(by_rank) do
    for i, task in ipairs(tasks) do table.insert(found.tasks, i, task) end
    if tasks[1] then found.rank, found.alive = rank, tasks[1] end
  end
  return found
end

local function id_of(task)
  return "the task " .. errors.tidy(tostring(task.TaskId), 100) .. " with this DstUrl"
end

-- Says what a living task has other than asked.
local function difference(found)
  return id_of(found.alive) .. (found.rank == 2 and " has other times" or " has other sources")
end

-- What the caller gets: `wait_for` takes it.
function Ensure:task(task_id, created, info)
  return { TaskId = task_id, Region = self.params.Region, created = created, info = info }
end

-- The same of the living tasks that were found.
function Ensure:task_of(found, created)
  local told = {}
  if found.rank < 3 then told[1] = difference(found) end
  if found.tasks[2] then
    told[#told + 1] = ("%d tasks push to this DstUrl, each of which is billed"):format(#found.tasks)
  end
  if found.cut then told[#told + 1] = "the list ended early: " .. found.cut end
  return self:task(found.alive.TaskId, created, { tasks = found.tasks,
    warning = told[1] and table.concat(told, "; ") })
end

-- Takes the lock. Returns a token, or false; or nil, message, err.
function Ensure:lock()
  local store = self.client.options.store
  if not store.lock or not store.unlock then
    return self:fail("store", "the store has no lock; give it the methods lock and unlock")
  end
  local token, why = store:lock(self.key, self:left() + LATE)
  if token ~= nil then return token end
  events.store(self.client, self.told_of, "lock", why)
  return self:fail("store", "the store gives no lock: " .. tostring(why))
end

-- Gives the lock back; without an answer of the store it ends by itself. The next caller would not
-- see a task that comes, or is listed, late.
function Ensure:unlock(store)
  local ok, done, why =
    protected.call(store.unlock, store, self.key, self.token, self.may_be_made and LATE or nil)
  if not ok and errors.is_interrupt(done) then error(done, 0) end
  if why or not ok then events.store(self.client, self.told_of, "unlock", why or done) end
end

-- Searches until there is a task, or this caller has the lock: then nobody else makes one, or has
-- made one that is not listed yet. The lock is taken before the search, whose answer may come late.
function Ensure:find()
  local ends = self.deadline - self:left() / 3 -- for the create, and a search after it
  while true do
    local token, message, err = self:lock()
    if token == nil then return nil, message, err end
    self.token = token
    local found, why, failure = self:search(2 / 3 * self:left())
    if token or not found or found.alive or found.stopped then return found, why, failure end
    if core.monotonic() + AGAIN > ends then
      return self:fail("timeout", "another caller makes sure of this DstUrl, or has just made a "
        .. "task that is not listed yet; call again", { retryable = true })
    end
    events.tell(self.client,
      { event = "wait", reason = "lock", attempt = 1, delay = AGAIN }, self.told_of)
    poll(self.loop.sleep, core.monotonic() + AGAIN, self.should_stop, PARTS)
  end
end

local function how_it_ended(found)
  if found.stopped then
    return id_of(found.stopped) .. " has stopped; restart_live_pull_to_push starts it again, "
      .. "delete_live_pull_to_push makes room for another"
  end
  return found.exited and id_of(found.exited) .. " has exited"
end

-- Searches for the task of a create that failed with `err`.
function Ensure:search_again(message, err)
  local lost, found, why = err.code == "outcome_unknown", nil, nil
  for i = 1, lost and SEARCHES or 1 do
    if i > 1 then
      if self:left() <= AGAIN then break end
      -- the create may be executed, or listed, late
      poll(self.loop.sleep, core.monotonic() + AGAIN, self.should_stop, PARTS)
    end
    found, why = self:search(0)
    -- no list had it before the create, and the lock kept others away
    if found and found.rank >= (lost and 3 or 2) then return self:task_of(found, lost) end
  end
  local text = not found and "a search for the DstUrl failed: " .. why
    or found.alive and difference(found) or how_it_ended(found)
    or "a search for the DstUrl found no such task in this Region"
  err.task = found and (found.alive or found.stopped or found.exited) or nil
  err.message = message .. "; " .. text
  return nil, err.message, err
end

function Ensure:run()
  local found, message, err = self:find()
  if not found then
    err.message, err.maybe_sent = message .. "; nothing was created", false
    err.outcome = errors.outcome_of(err)
    return nil, err.message, err
  end
  if found.rank > 1 then return self:task_of(found, false) end
  local in_the_way = found.alive or found.stopped
  if in_the_way then
    local why = found.alive and difference(found) .. "; it was there before, and"
      or how_it_ended(found) .. ";"
    return self:fail("conflict", why .. " nothing was created", { task = in_the_way })
  end
  self.may_be_made = true
  local answer, why, failure = pipeline.run(self.client, operations:find(OPERATION), self.params,
    self:leaving(self:left() / 2))
  local code = failure and failure.code
  self.may_be_made = answer or code == "outcome_unknown"
  if answer then return self:task(answer.TaskId, true, answer.info) end
  if code ~= "outcome_unknown" and code ~= "conflict" then return nil, why, failure end
  return self:search_again(why, failure)
end

--- Creates a pull-to-push task unless the Region has one with the same DstUrl. Compares its sources
-- and times with those of `params`.
-- @function Client:ensure_live_pull_to_push
-- @tparam table params of CreateLivePullToPush
-- @tparam[opt] table options the limits, see `streamctl.options.limits`. `timeout` covers the wait
-- for other callers with this DstUrl, the search, the create, and one more search when the create's
-- outcome is unknown, for which a third of the time is kept
-- @treturn[1] table `{ TaskId =, Region =, created = }`, which `wait_for` takes as it is. `created`
-- is true where this call made the task, also where its answer got lost and the list shows the task
-- then. It is false where the task was there before, or where another caller made it meanwhile.
-- Where the list shows the task, `info.tasks` has its entries that push to this DstUrl, first that
-- of the task. `info.warning` tells of other times, a second task, or a list that ended early
-- @failure see `streamctl.errors`. `conflict`: a task with this DstUrl has stopped, or has other
-- sources, and is `err.task`, or the vendor refuses another one, and the message tells which task
-- is in the way. `outcome_unknown`: the create may have been executed, and the task is not listed
-- (yet), or a task with other sources or times is, which is `err.task`.
-- `timeout` without `maybe_sent`: another caller was busy with this DstUrl all the time.
local function ensure(client, params, call_options, group)
  local loop = client.loop()
  params = merged(params) -- the caller may change it meanwhile
  params.Region = params.Region or client.context.region
  if loop.refusal and loop.refusal() then
    return client:create_live_pull_to_push(params, call_options) -- which sends nothing
  end
  local checked, message, err =
    client:sign(OPERATION, params, { validate = call_options.validate })
  if not checked then return nil, message, err end
  if type(params.DstUrl) ~= "string" then -- `validate = false` takes anything
    return errors.refuse("aliyun", OPERATION, "invalid_parameter",
      "DstUrl must be text, got a " .. type(params.DstUrl))
  end
  local began = core.monotonic()
  local deadline = began + (call_options.timeout or client.options.timeout)
  local self = setmetatable({
    client = client, params = params, options = call_options, loop = loop, began = began,
    group = group, deadline = math.min(deadline, group and group.finish_by or deadline),
    should_stop = group and group.should_stop or function() end,
    same = operations:find(OPERATION).settle.same,
    told_of = { operation = { action = OPERATION }, context = call_options.context },
  }, Ensure)
  -- hashed: the URL may hold a secret, and stores show the names of their locks
  self.key = ("%s:ensure:%s:%s"):format(client.account, assert(core.sha1(params.DstUrl)),
    tostring(params.Region))
  local ok, answer, why, failure = protected.call(self.run, self)
  if self.token then self:unlock(client.options.store) end
  if not ok then error(answer, 0) end
  return answer, why, failure
end

return { ensure_live_pull_to_push = ensure }
