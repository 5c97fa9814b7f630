--- Waits until the vendor shows that something has happened.
--
--     local answer, message, err = live:wait_for("stream_online", {
--       DomainName = "push.example.com", AppName = "app", StreamName = "s1" }, { timeout = 60 })
--
-- A waiter is data: the query that is asked again and again, and the states that end the wait. The
-- waiters of a vendor are in `aliyun/waiters.lua` and `zego/waiters.lua`:
--
-- * `[1]` the query, and behind it the parameters that it takes from the caller; `with`: others;
--   `needs`: parameters that only tell which entry of the answer is meant; `some`: the same, and
--   the caller has to give at least one
-- * a condition, see `streamctl.many.condition`
-- * `success`: the wait ends when every state is in this list; `failure`: it fails when any is;
--   `twice`: when any is in two answers in a row. With any other state it goes on
-- * `warnings`: state -> a text for the caller, which is the answer's `info.warning`
-- * `meanings`: numbers of states -> their meaning on the vendor's page, for messages
-- * `reasons`: where an answer tells why
-- * `delay`: seconds before the first query, and between two at most; it grows by half
-- * `timeout`: seconds, when the caller names none
-- @public streamctl.wait

local at = require("streamctl.call.answer").at
local checks = require "streamctl.base.checks"
local condition = require "streamctl.many.condition"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local errors = require "streamctl.base.errors"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"
local options = require "streamctl.base.options"
local pipeline = require "streamctl.call"
local poll = require "streamctl.loop.poll"
local protected = require "streamctl.loop.protected"
local query = require "streamctl.many.query"
local redact = require "streamctl.call.redact"
local reports = require "streamctl.many.report"
local results = require "streamctl.many.results"
local suggest = require "streamctl.base.suggest"

local set_of = options.set_of

local wait = {}

local GROWTH = 1.5
local PARTS = { shortest = 0.5 } -- seconds, of a pause that may end early: no loop can be woken
local LEAST = 1 / 4 -- of the first pause, before the last query
local LAST = 1 -- seconds that are kept for the last query, or a quarter of the time limit

--- Options beside the limits.
-- @table options
-- @tfield number timeout seconds for all of it; without it the waiter's
-- @tfield function should_stop gets the counts of `streamctl.report`. When it returns true or a
-- reason (a text), the wait ends as `cancelled`. It is called at least each 0.5 s between two looks
wait.checks = options.merged(options.limits, { should_stop = checks.callback })

function wait.find(vendor, name)
  local waiters = require(vendor.parts.waiters)
  if waiters[name] then return waiters[name] end
  return nil, "no waiter " .. suggest.quoted(name, waiters)
end

local OURS = { "created", "info" } -- of an answer that a caller hands on

-- The parameters of the query, from those of the caller; or nil and what is wrong with these.
local function query_params(waiter, operation, params)
  local needs, some, pages = waiter.needs or {}, waiter.some or {}, operation.pages or {}
  local kept, sent, by_name = set_of(needs, some, OURS), {}, operation.by_name
  local known, is_any = options.merged(by_name, kept, set_of(waiter)), not some[1]
  for _, name in pairs { waiter[1], pages.page, pages.size, pages.marker } do known[name] = nil end
  for name, value in pairs(params) do
    if not known[name] then return nil, "unknown parameter " .. suggest.quoted(name, known) end
    if not kept[name] then sent[name] = value end
  end
  for i = 1, #needs + #waiter - 1 do
    local name = needs[i] or waiter[i - #needs + 1]
    if params[name] == nil and not (by_name[name] or {}).option then -- the client's region may do
      return nil, name .. " is missing"
    end
  end
  for _, name in ipairs(some) do is_any = is_any or params[name] ~= nil end
  if not is_any then return nil, "one of " .. table.concat(some, ", ") .. " is needed" end
  return options.merged(sent, waiter.with)
end

-- ---- the wait ----

-- A wait: `state` and `told` are the last state as a text, without and with its meaning; `problem`
-- is why the last query failed.
local Wait = {}
Wait.__index = Wait

function Wait:fail(code, text, fields)
  local group = self.query.group
  return errors.new(code, self.name .. ": " .. text, options.merged({
    vendor = self.client.vendor.name, operation = self.query.operation.action, waiter = self.name,
    answer = query.copy(self.answer), last_state = self.state, maybe_sent = group.requests > 0,
    attempts = group.attempts, elapsed = core.monotonic() - self.began,
  }, fields or {}))
end

local function last_state(self)
  return self.told and "the last state was " .. self.told or "no look showed a state"
end

function Wait:timed_out()
  local text = ("not yet after %.1f s and %d looks: %s"):format(core.monotonic() - self.began,
    self.polls, last_state(self))
  if self.problem then text = text .. "; the last look failed: " .. self.problem end
  return self:fail(self.told and "not_yet" or "timeout", text, { retryable = true })
end

-- The failure of a state: it names the last parameter of the waiter, and the answer's reason.
function Wait:failed(answer, entries)
  local waiter, reason = self.waiter, nil
  local name = waiter.needs and waiter.needs[#waiter.needs] or waiter[#waiter]
  local value = encode.text(rawget(self.params, name))
  local text = value and " of " .. name .. " " .. redact.quote(self.client, value, 100) or ""
  table.insert(entries, 1, answer)
  for _, entry in ipairs(entries) do
    for _, path in ipairs(waiter.reasons or {}) do
      local said = encode.text(at(entry, path))
      reason = reason or said ~= "" and said or nil
    end
  end
  return self:fail("wait_failed", "the state" .. text .. " is " .. self.told
    .. (reason and " (" .. redact.quote(self.client, reason, 300) .. ")" or ""))
end

-- Seconds until the next query, or until the last; nil when there is no time for either.
function Wait:next_delay()
  local left = self.query.group.finish_by - core.monotonic() - self.keep -- but for the last
  if self.polls == 0 then return math.max(math.min(self.delay, left), 0) end
  local least = math.max(self.query.interval, LEAST * self.waiter.delay[1])
  return left >= least and math.min(left, self.delay) or nil
end

-- Asks once. Returns whether the wait has ended, and the result.
function Wait:poll()
  local client, waiter, result = self.client, self.waiter, self.query:ask()
  local answer, err = result.answer, result.err
  local states, entries = condition.read(waiter, self.params, result,
    client.context.stream_prefix, query.vendor_now(client, result))
  local state = redact.quote(client, condition.describe(states), 300)
  local has_failed = condition.compare(states, waiter.failure)
  local _, has_come = condition.compare(states, waiter.success)
  if answer then
    local again = condition.compare(states, waiter.twice)
    local is_twice = again and self.again and self.pause >= waiter.delay[1]
    has_failed, self.again = has_failed or is_twice, again
  end
  if state then
    self.state = state
    self.told = redact.quote(client, condition.describe(states, waiter.meanings), 300)
  end
  self.polls, self.answer = self.polls + 1, answer or self.answer
  self.problem = err and not state and err.message or nil
  self.delay = math.min(GROWTH * self.delay, waiter.delay[2])
  local is_over = has_failed or has_come or self.problem and not err.retryable
  self.pause = not is_over and self:next_delay() or nil
  events.tell(client, { event = "look", waiter = self.name, state = state,
    code = err and err.code or "ok", attempt = self.polls, delay = self.pause }, self.told_of)
  if has_failed then
    return true, self:failed(answer, entries)
  elseif has_come then
    local copy, warning = query.answer(result), (waiter.warnings or {})[states[1][1]]
    copy.info = warning and { warning = warning }
    return true, copy
  elseif is_over then
    err.answer, err.waiter, err.last_state = query.copy(self.answer), self.name, self.state
    return true, nil, err.message, err
  elseif not self.pause then
    return true, self:timed_out()
  end
end

--- Asks until the vendor shows that something has happened.
-- @function Client:wait_for
-- @tparam string name of a waiter
-- @tparam table params those of its query, and those that tell which entry of the answer is meant;
-- or a list of such tables, which are waited for at the same time. Where a waiter takes one
-- parameter, the list may have its values
-- @tparam[opt] table options see `streamctl.wait`
-- @treturn[1] table the answer that shows it; its `info.warning` is something to know. Of a list
-- always a report, see `streamctl.report`
-- @failure see `streamctl.errors`. `wait_failed`: it will not happen any more;
-- `not_yet`: its time is over; `timeout`: so it is, and no look showed a state; `cancelled`:
-- `should_stop` ended it; any other code is that of a query that failed for good. `answer`: the
-- last; `last_state`: as a text
function wait.run(self, name, waiter, operation, params, wait_options, counts)
  local loop = self.loop()
  local refusal = loop.refusal and loop.refusal()
  if refusal then return failures.refuse(self, operation, "cannot_wait", refusal) end
  local sent, why = query_params(waiter, operation, params)
  if not sent then
    return failures.refuse(self, operation, "invalid_parameter",
      "the waiter " .. name .. ": " .. why)
  end
  local built, message, err = pipeline.build(self, operation, sent, wait_options)
  if not built then return nil, message, err end
  local timeout = wait_options.timeout or waiter.timeout
  local this = setmetatable({
    client = self, name = name, waiter = waiter, params = params, polls = 0,
    began = core.monotonic(), delay = waiter.delay[1], keep = math.min(LAST, timeout / 4),
    query = query.new(self, operation, sent, wait_options, waiter.delay[1],
      core.monotonic() + timeout),
    told_of = { operation = operation, context = wait_options.context },
  }, Wait)
  this.pause = this:next_delay()
  local given, group = wait_options.should_stop, this.query.group
  counts = counts or { requests = 0 }
  local function should_stop()
    return given and reports.reason(given(
      reports.progress(reports.new(), 1, counts.requests, this.began)))
  end
  local parts = given and PARTS or { shortest = math.huge }
  while true do
    why = poll(self.loop().sleep, core.monotonic() + this.pause, should_stop, parts)
    if why then
      return this:fail("cancelled", "not yet, and not looked for any longer, because "
        .. why .. ": " .. last_state(this))
    end
    local before = group.requests
    local over, answer, text, failure = this:poll()
    counts.requests = counts.requests + group.requests - before
    if over then return answer, text, failure end
  end
end

-- ---- the waits of a list ----

-- Waits for an item: a table of parameters, or an id where the waiter takes nothing else.
local function run_item(self, name, waiter, operation, item, ...)
  local is_lone = #waiter == 2 and not waiter.needs and not waiter.some
  local params = is_lone and type(item) == "string" and { [waiter[2]] = item } or item
  if type(params) == "table" then return wait.run(self, name, waiter, operation, params, ...) end
  return failures.refuse(self, operation, "invalid_parameter", "the waiter " .. name
    .. ": the item must be a table of parameters, got a " .. type(item))
end

-- Waits for each of a list: all at the same time, with one time limit and one report. The looks
-- keep the documented rate, as all calls do, and waits that ask the same share an answer.
function wait.run_all(self, name, waiter, operation, list, wait_options)
  local all = results.new(self, operation, { should_stop = wait_options.should_stop },
    options.merged(list))
  local functions = {}
  wait_options = options.merged(wait_options, { should_stop = function() return all:ends() end })
  for i, item in ipairs(list) do
    functions[i] = function()
      all:enter({ index = i, item = item, ok = false }, all:attempt(all.start,
        type(item) == "table" and item or {}, run_item, self, name, waiter, operation, item,
        wait_options, all.group))
    end
  end
  protected.together(self.loop(), functions)
  return all:complete(#functions)
end

return wait
