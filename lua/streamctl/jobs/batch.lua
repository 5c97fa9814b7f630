--- One operation for many items: paced, some in flight at a time.
--
-- Operations that take a list of ids and want nothing else (ResumeRTCStreams and its kin), or what
-- else they want from the option `params` (KickoutUser and its RoomId), get ids as items: these
-- fill requests up to the documented limit, repeated ones once. For every other operation an item
-- is a table of parameters. Calls that are about the same stream or task (see
-- `streamctl.call.about`) go out one after the other, in the order of their items.
--
-- Items come from a list or from an iterator: a function that returns the next item, nil at the
-- end, and nil and a message when it fails, as `function() return pager:next() end` does (see
-- `streamctl.pages`). One worker at a time asks it, a little ahead of what is sent; it may wait.
-- Repeated ids are sent once in a whole list, and from an iterator as long as no 50,000 others came
-- between them.
-- @public streamctl.batch

local about = require "streamctl.call.about"
local chains = require "streamctl.jobs.chains"
local core = require "streamctl.core"
local ids = require "streamctl.jobs.ids"
local options = require "streamctl.options"
local outcome = require "streamctl.call.outcome"
local parameters = require "streamctl.call.parameters"
local pipeline = require "streamctl.call"
local protected = require "streamctl.loop.protected"
local results = require "streamctl.jobs.results"

local merged = options.merged

local batch = {}

local MOST_BEHIND = 5000 -- items of an iterator that wait for earlier calls about the same thing

local SHORTEST, LONGEST = 0.001, 0.02 -- seconds for which a worker without a job pauses

-- Seconds by which the clocks of loops are early at most. When no more are left nothing is begun.
local TICK = 0.01

local OWN = {
  concurrency = options.checks.whole(1, 1000),
  on_progress = options.checks.callback,
  on_result = options.checks.callback,
  on_send = options.checks.callback,
  params = options.checks.parameters,
  should_stop = options.checks.callback,
  stop_on_error = options.checks.boolean,
}

--- Options beside those of a call; `timeout` is that of the whole batch, which has none by itself.
-- The client's own time limit counts from each slot that a call gets.
-- @table options
-- @tfield integer concurrency requests in flight at a time, 8
-- @tfield function on_progress called after requests; returning false cancels the rest
-- @tfield function on_result called with each result, which is not kept then
-- @tfield function on_send see `streamctl.options.call`; when it returns false nothing more is sent
-- at all. A repeated id may join a request that is out already
-- @tfield table params parameters that all requests have; an item's own win
-- @tfield function should_stop asked before each request, and at least each 0.5 s while calls wait
-- for their turn or to go again. Once it returns a reason (a text), nothing more is sent: what was
-- never sent is `cancelled`, calls that wait to go again end with the failure that they had, and
-- what is under way ends as it does
-- @tfield boolean stop_on_error after a failure nothing more is sent
batch.checks = options.merged(options.call, options.generic, OWN)

local Run = {}
Run.__index = Run

-- ---- items ----

-- The next item of the iterator; nil at the end, which an error or a message makes of it.
function Run:ask()
  local ok, item, why, err = protected.call(self.iterator)
  if ok and item ~= nil then return item end
  if not ok then why, err = item, nil end
  if why ~= nil or not ok then self.results:fail("the iterator", why, err) end
end

-- The next item, as its result; nil at the end.
function Run:next_result()
  local all, list, at, item = self.results, self.list, self.taken + 1, nil
  if list then
    if at <= all.total then item = list[at] end -- it may have grown since
  elseif not all.stopped then
    item = self:ask()
  end
  if item == nil then
    self.over = true
    return nil
  end
  self.taken = at
  local result = { index = at, item = item, ok = false }
  if self.kept then self.kept[at] = result end
  return result
end

-- Puts an item into the request of its id: the given one, or a new one, or where the id went
-- already. An ill-formed one, which comes without its id, fails by itself. Returns the request that
-- takes further ids.
function Run:put(job, result, id)
  if not id then
    local read, why = self.ids:read { result.item }
    if not read then
      self.results:refuse(result, "invalid_parameter", why)
      return job
    end
    id = read[1]
  end
  local known = self.ids:find(id)
  if known and not known.results then -- it has ended
    self.results:enter_of(known, result, id)
    return job
  end
  if not known then
    job = job or self.ids:job()
    known = job
    self.ids:add(job, id, result.item)
  end
  local at = #known.ids + 1
  known.results[at], known.ids[at] = result, id
  return job
end

-- A request full of ids. So many items as it has room for are taken and checked at a time.
function Run:next_ids()
  local taken, items, job = self.taken_results, self.taken_items, nil
  local room = self.ids.most
  while room > 0 and not self.over do
    local count = 0
    for i = 1, room do
      local result = self:next_result()
      if not result then break end
      taken[i], items[i], count = result, result.item, i
    end
    for i = count + 1, #items do items[i] = nil end
    local read = count > 0 and self.ids:read(items)
    for i = 1, count do job = self:put(job, taken[i], read and read[i]) end
    room = self.ids:room_of(job)
  end
  return job
end

-- The next item about which nothing is under way.
function Run:next_table()
  local operation, context, shared = self.operation, self.client.context, self.options.params
  while self.chains.behind < self.most_behind do
    local result = self:next_result()
    if not result then return nil end
    local item = result.item
    if type(item) ~= "table" then
      self.results:refuse(result, "invalid_parameter",
        "the item must be a table of parameters, got a " .. type(item))
    else
      local params = shared and merged(shared, item) or item
      local filled = parameters.fill_in(operation, params, context)
      local job =
        { params = params, result = result, keys = about.keys(operation, filled, context) }
      if not job.keys or not self.chains:add(job) then return job end
    end
  end
end

-- The next job; nil when there is none at the moment, as while another worker takes items.
function Run:next_job()
  local job = self.chains:next()
  if job or self.over or self.asking then return job end
  self.asking = true -- for good when this throws: then no worker goes on
  job = (self.ids and self.next_ids or self.next_table)(self)
  self.asking = false
  return job
end

-- ---- work ----

-- Those of a job's call: it has the batch ask the caller, and knows what it carries.
function Run:options_of(job)
  local all, on_send = self.results, self.options.on_send
  if not on_send then return self.call_options end
  return merged(self.call_options, { on_send = function(what)
    if all.stopped then return false, all.stopped end
    what.items = job.results or { job.result }
    local ok, go_on, reason = protected.call(on_send, what)
    if not ok then
      all:fail("on_send", go_on)
    elseif go_on == false then
      all:stop(tostring(reason or "on_send said so"))
    end
    return not all.stopped, all.stopped
  end })
end

-- Makes the call of a job, as the worker of that number.
function Run:perform(job, worker)
  local all, shared, under_way = self.results, self.results.shared, self.under_way
  local finish_by = shared.finish_by
  if finish_by and core.monotonic() + TICK >= finish_by then
    all:stop "the time limit of the batch passed"
  end
  if all:ends() then
    all:finish(job, outcome.refuse(self.client, self.operation, "cancelled",
      "never sent, because " .. all.stopped))
  else
    under_way[worker] = job
    local ok, response, message, err = protected.call(self.call, self.client, self.operation,
      job.params, self:options_of(job), shared, job.keys)
    under_way[worker] = nil
    if ok then all:finish(job, response, message, err) else all:thrown(job, response) end
    if self.options.on_progress then all:progress() end
  end
  if job.keys then self.chains:release(job) end
end

-- Works until there is nothing to come. A worker that finds no job looks again a little later.
function Run:work(worker)
  local pause = SHORTEST
  while not self.broken do
    local job = self:next_job()
    if job then
      self:perform(job, worker)
      pause = SHORTEST
    elseif self.over and self.chains:is_empty() then
      return
    else
      self.client.loop().sleep(pause) -- of the task that it is by now
      pause = math.min(2 * pause, LONGEST)
    end
  end
end

function Run:run()
  local loop, all, workers = self.client.loop(), self.results, {}
  for i = 1, math.min(self.options.concurrency or 8, math.max(all.total or math.huge, 1)) do
    workers[i] = function()
      local ok, why = protected.call(self.work, self, i)
      if ok then return end
      self.broken = true -- the others wait for nothing of this one
      error(why, 0)
    end
  end
  -- where nobody can wait each call says so, one after the other
  local run_all = loop.all
  if loop.refusal and loop.refusal() then
    run_all = function()
      self:work(1)
      return {}
    end
  end
  local ok, outcomes = protected.call(run_all, workers)
  for _, ended in ipairs(ok and outcomes or {}) do
    if ok and not ended[1] then ok, outcomes = false, ended[2] end
  end
  if not ok then -- interrupted, by Ctrl-C for one
    for _, job in pairs(self.under_way) do all:thrown(job, outcomes) end
    error(outcomes, 0)
  end
end

--- What a batch returns. When the iterator or a callback fails, nothing more is sent (on_progress
-- is only not called again), and all that was sent is reported. What failed inside a success (see
-- `streamctl.call.partial`) is no success: the item that the vendor names, or all items of a
-- request when it names none of them.
-- @table report
-- @tfield integer total
-- @tfield integer succeeded
-- @tfield integer failed
-- @tfield integer requests how many went out
-- @tfield number elapsed seconds
-- @tfield table results by index; with on_result, the one that it threw for and those after it
-- @tfield table failure of the iterator or of a callback: an `err` with the code `callback` and
-- `thrown`, what it threw or its message; or the iterator's own third result, when that is an `err`

--- What came of an item.
-- @table result
-- @tfield integer index
-- @tfield any item
-- @tfield boolean ok
-- @tfield table response the answer, where there is one
-- @tfield string message where it is not ok
-- @tfield table err

--- What on_progress gets.
-- @table progress
-- @tfield integer total nil with an iterator
-- @tfield integer done
-- @tfield integer succeeded
-- @tfield integer failed
-- @tfield integer requests how many went out
-- @tfield number elapsed seconds

--- Runs a batch.
-- @tparam table self a client
-- @tparam table operation a row
-- @param items a list or an iterator
-- @tparam table given checked options
-- @tparam[opt] function call what makes each call, `streamctl.call.run` without it
-- @treturn table report
function batch.run(self, operation, items, given, call)
  local list = type(items) == "table" and items or nil
  local run = setmetatable({
    client = self, operation = operation, options = given, call_options = {},
    call = call or pipeline.run,
    results = results.new(self, operation, given, list and #list),
    list = list, iterator = items, taken = 0, taken_results = {}, taken_items = {},
    chains = chains.new(), most_behind = list and math.huge or MOST_BEHIND, under_way = {},
  }, Run)
  run.kept = run.results.report.results
  for name, value in pairs(given) do
    if name ~= "timeout" and not OWN[name] then run.call_options[name] = value end
  end
  local unchecked = pipeline.option(self, run.call_options, "validate") == false
  run.ids = ids.new(self, operation, given.params or {}, unchecked, list and #list)
  run:run()
  return run.results:complete(run.taken)
end

return batch
