--- Waits until the vendor shows that something has happened.
--
--     local answer, message, err = live:wait_for("stream_online", {
--       DomainName = "push.example.com", AppName = "app", StreamName = "s1" }, { timeout = 60 })
--
-- A waiter is data: the query that is asked again and again, and which of its states are what is
-- waited for. Those of a vendor are in `aliyun/waiters.lua` and `zego/waiters.lua`:
--
-- * `[1]` the query, and behind it the parameters that it takes from the caller; `with`: others;
--   `needs`: parameters that only tell which entry of the answer is meant; `some`: the same, and
--   one of them is enough
-- * a condition, see `streamctl.jobs.condition`; `also`: a second one, with `success` and `failure`
--   of its own, a `name`, and `warnings`: state -> what the caller has to know, which is the
--   answer's `warning`
-- * `success`: the wait ends when every state is one of these; `failure`: it fails when any is;
--   `twice`: when any is in two looks in a row. With any other state it goes on
-- * `meanings`: numbers of states -> what the vendor's page says of them, for messages
-- * `reasons`: where an answer tells why
-- * `delay`: seconds before the first look, and between two looks at most; it grows by half
-- * `timeout`: seconds, when the caller names none; `until_end`: a time in the answer, and how many
--   seconds longer, for a limit that the answer tells
-- * `begins`: a time in the answer before which it cannot come to a success
-- @public streamctl.wait

local at = require("streamctl.call.answer").at
local condition = require "streamctl.jobs.condition"
local core = require "streamctl.core"
local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"
local look = require "streamctl.jobs.look"
local options = require "streamctl.options"
local pipeline = require "streamctl.call"
local poll = require "streamctl.loop.poll"
local redact = require "streamctl.call.redact"
local suggest = require "streamctl.suggest"

local set_of = options.set_of

local wait = {}

local GROWTH = 1.5
local PARTS = { shortest = 0.5 } -- seconds, of a pause that may end early: no loop can be woken
local YEAR = 366 * 86400 -- seconds: no wait lasts longer, and times beyond have no text
local LAST = 1 -- seconds that are kept for the last look, or a quarter of the time limit

local function above_0(value)
  local is_one = type(value) == "number" and value > 0 and value < math.huge
  return not is_one and "must be a number of seconds above 0, got " .. tostring(value) or nil
end

--- Options of a wait.
-- @table options
-- @tfield number timeout seconds for all of it, at most a year; each waiter has its own without one
-- @tfield number attempt_timeout seconds for one attempt of a look
-- @tfield number connect_timeout seconds
-- @tfield table|boolean retry of each look
-- @tfield boolean validate
-- @tfield function should_stop asked at least each 0.5 s between two looks; once it returns a
-- reason (a text), the wait ends as `cancelled`
wait.checks = {
  timeout = above_0, should_stop = options.checks.callback,
  attempt_timeout = options.call.attempt_timeout,
  connect_timeout = options.call.connect_timeout, retry = options.call.retry,
  validate = options.call.validate,
}

--- Finds a waiter; or nil and what to say.
function wait.find(vendor, name)
  local waiters = require(vendor.parts.waiters)
  if waiters[name] then return waiters[name] end
  return nil, "no waiter '" .. errors.tidy(name, 100) .. "'"
    .. suggest.hint(name, waiters)
end

-- ---- parameters ----

-- The parameters of the query; or nil and what is wrong with those of the caller.
local function query_of(waiter, operation, params)
  local needs, some, by_name = waiter.needs or {}, waiter.some, operation.by_name or {}
  local own, known, sent = set_of(needs, some or {}), set_of(needs, some or {}, waiter), {}
  local pages, missing = operation.pages or {}, nil
  for name in pairs(by_name) do known[name] = true end
  for _, role in ipairs { "page", "size", "marker" } do known[pages[role] or ""] = nil end
  known[waiter[1]] = nil
  for name, value in pairs(params) do
    if not known[name] then
      return nil, "unknown parameter '" .. errors.tidy(tostring(name), 100) .. "'"
        .. suggest.hint(name, known)
    end
    if not own[name] then sent[name] = value end
  end
  for _, name in ipairs(needs) do missing = missing or params[name] == nil and name or nil end
  for i = 2, #waiter do -- the client's own region may stand for one that is not given
    local name = waiter[i]
    if params[name] == nil and not (by_name[name] or {}).option then missing = missing or name end
  end
  if missing then return nil, missing .. " is missing" end
  for _, name in ipairs(some or {}) do
    if params[name] ~= nil then some = nil end
  end
  if some then return nil, "one of " .. table.concat(some, ", ") .. " is needed" end
  for name, value in pairs(waiter.with or {}) do sent[name] = value end
  return sent
end

-- ---- states ----

-- "success", "failure" or nil; and the state as a text, with and without what it means.
local function judge(self, found)
  local waiter, prefix = self.waiter, self.client.context.stream_prefix
  local states, entries = condition.read(waiter, self.params, found, prefix)
  local text, also = condition.describe(states), waiter.also
  local told = condition.describe(states, waiter.meanings)
  local failed, done = condition.any(states, waiter.failure), condition.all(states, waiter.success)
  local again = condition.any(states, waiter.twice)
  if found.answer then
    failed = failed or (again and self.again)
    self.again = again
  end
  self.entries = entries
  if also and found.answer and #states > 0 then
    local more = condition.read(also, self.params, found, prefix)
    local further = ", " .. also.name .. " " .. (condition.describe(more) or "unknown")
    text, told = text .. further, told .. further
    failed = failed or condition.any(more, also.failure)
    done = done and condition.all(more, also.success)
    self.warning = nil
    for _, state in ipairs(more) do self.warning = self.warning or also.warnings[state] end
  end
  return failed and "failure" or done and "success" or nil,
    text and redact.quote(self.client, text, 300), told and redact.quote(self.client, told, 300)
end

-- " of TaskId t-1": the thing that is waited for, by the last of its parameters.
local function subject(self)
  local waiter = self.waiter
  local name = waiter.needs and waiter.needs[#waiter.needs] or waiter[#waiter]
  local value = encode.text(rawget(self.params, name))
  return value and " of " .. name .. " " .. redact.quote(self.client, value, 100) or ""
end

local function last_state(self)
  return self.told and "the last state was " .. self.told or "no look showed a state"
end

local function first_text(value, paths)
  for _, path in ipairs(paths or {}) do
    local text = encode.text(at(value, path))
    if text and text ~= "" then return text end
  end
end

-- Why, as the answer tells.
local function reason_of(self, answer)
  local reasons = self.waiter.reasons
  local text = first_text(answer, reasons)
  for _, entry in ipairs(self.entries) do text = text or first_text(entry, reasons) end
  return text and " (" .. redact.quote(self.client, text, 300) .. ")" or ""
end

-- ---- the wait ----

local Wait = {}
Wait.__index = Wait

function Wait:fail(code, text, fields)
  return errors.new(code, self.name .. ": " .. text, options.merged({
    vendor = self.client.vendor.name, operation = self.look.operation.action, waiter = self.name,
    answer = look.copy(self.answer), state = self.state, attempts = self.look.batch.attempts,
    elapsed = core.monotonic() - self.began,
  }, fields or {}))
end

function Wait:timed_out(why)
  local text = ("%s after %.1f s and %d looks: %s"):format(why, core.monotonic() - self.began,
    self.looks, last_state(self))
  if self.problem then text = text .. "; the last look failed: " .. self.problem end
  return self:fail("timeout", text, { retryable = true })
end

function Wait:limit(timeout)
  self.deadline = core.monotonic() + timeout
  self.look:limit(self.deadline)
  self.keep = math.min(LAST, timeout / 4)
end

-- What the times in an answer say about going on: why not, or nothing.
function Wait:see_times(answer)
  local until_end, begins = self.waiter.until_end, self.waiter.begins
  local finish = not self.given_timeout and until_end and at(answer, until_end[1])
  if not self.finish and condition.is_time(finish) then
    self.finish = finish
    self:limit(YEAR)
  end
  if self.finish and core.time_text(core.now() - until_end[2]) > self.finish then
    return string.format("not %g s after %s", until_end[2], self.finish)
  end
  local start = begins and at(answer, begins)
  local left = self.deadline - core.monotonic()
  if condition.is_time(start) and start > core.time_text(core.now() + left) then
    return "it begins at " .. start .. ", and that is too late: not yet"
  end
end

-- Seconds until the next look; nil when there is no time for one. The last one is made in time.
function Wait:next_delay()
  local left = self.deadline - core.monotonic() - self.keep
  if self.looks == 0 then return math.max(math.min(self.delay, left), 0) end
  if left >= self.delay then return self.delay end
  return left >= self.waiter.delay[1] and left or nil
end

function Wait:tell(state, delay, code)
  events.tell(self.client, { event = "look", waiter = self.name, state = state, code = code,
    operation = self.look.operation.action, attempt = self.looks, delay = delay })
end

-- One look. Returns whether the wait has ended, and what it ends with.
function Wait:see()
  local found = self.look:take()
  local answer, err = found.answer, found.err
  local verdict, state, told = judge(self, found)
  local too_late
  self.looks = self.looks + 1
  self.answer, self.problem = answer or self.answer, nil
  if state then self.state, self.told = state, told end
  if not verdict then too_late = self:see_times(answer) end
  if err and not state then self.problem = err.message end
  self.delay = math.min(GROWTH * self.delay, self.waiter.delay[2])
  local is_final = err and not state and not err.retryable
  local delay = not verdict and not is_final and not too_late and self:next_delay() or nil
  self:tell(state, delay, err and err.code or "ok")
  if verdict == "success" then
    answer = look.seen(found)
    return true, self.warning and options.merged(answer, { warning = self.warning }) or answer
  end
  if verdict == "failure" then
    return true, self:fail("wait_failed", "the state" .. subject(self) .. " is " .. told
      .. reason_of(self, answer))
  end
  if is_final then
    err.answer, err.waiter, err.state = look.copy(self.answer), self.name, self.state
    return true, nil, err.message, err
  end
  if not delay then return true, self:timed_out(too_late or "not yet") end
  self.pause = delay
end

--- Looks until the vendor shows that something has happened.
-- @function Client:wait_for
-- @tparam string name of a waiter
-- @tparam table params those of its query, and those that tell which entry of the answer is meant
-- @tparam[opt] table options see `streamctl.wait`
-- @treturn[1] table the answer that shows it; `warning` in it is something to know
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err, see `streamctl.errors`. `wait_failed`: it will not happen any more;
-- `timeout`: not yet; `cancelled`: `should_stop` ended it; any other code is that of a look that
-- failed for good. `answer`: the last one; `state`: the last one seen, as a text
function wait.run(self, name, waiter, operation, params, given)
  local loop = self.loop()
  local refusal = loop.refusal and loop.refusal()
  if refusal then return failures.refuse(self, operation, "phase", refusal) end
  local sent, why = query_of(waiter, operation, params)
  if not sent then
    why = "the waiter " .. name .. ": " .. why
    return failures.refuse(self, operation, "invalid_parameter", why)
  end
  local request, message, err =
    pipeline.build(self, operation, sent, { validate = given.validate })
  if not request then return nil, message, err end
  local call_options = options.merged(given)
  call_options.timeout = nil -- a look has the client's
  local this = setmetatable({
    client = self, name = name, waiter = waiter, params = params, looks = 0,
    began = core.monotonic(), delay = waiter.delay[1], given_timeout = given.timeout,
  }, Wait)
  local timeout = math.min(given.timeout or waiter.timeout, YEAR)
  this.look = look.new(self, operation, sent, call_options, core.monotonic() + timeout,
    waiter.delay[1])
  this:limit(timeout)
  this.pause = this:next_delay()
  local should_stop = given.should_stop or function() end
  local parts = given.should_stop and PARTS or { shortest = math.huge }
  while true do
    why = poll(self.loop().sleep, core.monotonic() + this.pause, should_stop, parts)
    if why then
      return this:fail("cancelled", "not yet, and not looked for any longer, because "
        .. tostring(why) .. ": " .. last_state(this))
    end
    local over, answer, text, failed = this:see()
    if over then return answer, text, failed end
  end
end

return wait
