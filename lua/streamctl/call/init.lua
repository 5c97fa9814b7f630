-- The path of one call, the same for every operation of every vendor:
--
--     check -> order and limit -> send -> decode -> judge -> done | wait and go again
--
-- A call has one deadline. The record of a call has these fields and no others:
--
-- * `operation`, `params` (a copy where the call must not be repeated), `request`, `settings`,
--   `started` and `deadline` (monotonic seconds), `attempt` (how many have begun), `group`;
--   `once`: the id by which the vendor knows the call's copies; `asked_stamp`, `on_send`: options;
--   `min_left`: seconds that an attempt needs, nil where the call may be repeated
-- * of `order.lua`: `account`, `sequence`, `number`, `stamp`, `stamped_at`, `wall`, `offset`,
--   `dropped`, `gave_way`, `behind`; `waited`: since the last stamp
-- * of `limit.lua`: `slot`, `slot_at`, `was_late`;
--   `queue`, `older`, `newer`, `wakes_at`
-- * of `many/share.lua`: `part`, where the call may share a request
-- * of `events.lua`: `context`, the option; `id`, where the client has a listener
-- * of failed attempts: `maybe_executed`, the last `failure`; `clock_corrected` (`retry.lua`);
--   `credentials` and `refreshed` (`refresh.lua`); `secrets` (`redact.lua`)
--
-- A vendor is a table, see `aliyun/init.lua` and `zego/init.lua`:
--
-- * `name`; `operations`: the catalogue, see `aliyun/operations/init.lua`
-- * of an operation without a row: `method_of(operation)`; `body` ("form" or "json") for callers
--   that want a body; `post_body`: the same for a POST
-- * `refusals`: codes of failures after which a source of credentials is asked once more
-- * `is_about_one(operation, err)`: whether a refusal may be about a single item of a list
-- * `judge(operation, result, body, why)`: nil for a success, else a failure; without a `body`,
--   `why` tells the reason

local answers = require "streamctl.call.answer"
local check = require "streamctl.call.check"
local core = require "streamctl.core"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"
local hosts = require "streamctl.transport.hosts"
local limit = require "streamctl.call.limit"
local options = require "streamctl.base.options"
local order = require "streamctl.call.order"
local refresh = require "streamctl.call.refresh"
local retry = require "streamctl.call.retry"
local sign = require "streamctl.call.sign"

local NONE = {} -- the options of a call without options; constant

local pipeline =
  { build = check.build, validates = check.is_wanted, sign = sign.call, NONE = NONE }

-- The value of an option of the call, or else of the client.
local function option(self, call_options, name)
  local value = call_options[name]
  if value == nil then return self.options[name] end
  return value
end
pipeline.option = option

-- Seconds that an attempt needs which must not be repeated: cut off, its outcome is unknown.
local MIN_LEFT = 3

-- The settings of a call, from its options or else the client's, in seconds.
function pipeline.settings(self, call_options)
  local policy, timeout = option(self, call_options, "retry"), option(self, call_options, "timeout")
  local attempt_timeout = option(self, call_options, "attempt_timeout")
  return {
    timeout = timeout, min_left = math.min(MIN_LEFT, attempt_timeout, timeout / 2),
    limits = {
      attempt_timeout = attempt_timeout,
      connect_timeout = option(self, call_options, "connect_timeout"),
    },
    -- the caller may change the table
    retry = type(policy) == "table" and options.merged(policy) or policy,
  }
end

-- Notes options in the record; or returns an option that does not fit the call, and why.
local function take_options(call, call_options)
  if call_options.redelivered and not call.request.safe then
    return "redelivered", "is for calls that may be sent twice"
  end
  call.asked_stamp, call.maybe_executed = call_options.stamp, call_options.redelivered
  call.on_send, call.context = call_options.on_send, call_options.context
end

-- ---- before an attempt: valid credentials, a slot, a place in the order, the user's consent ----

local RENEW = core.STORE_MEMORY / 2 -- seconds until a call that waits takes its place again
local PART = 0.5 -- seconds: no loop can be woken, so waits that may end early are made of parts

-- Has a call wait for `delay` seconds, counted from `asked` or now, and tells the listener. Returns
-- a failure when the batch stops or when the call gives way.
local function wait(self, call, reason, delay, code, asked)
  asked = asked or core.monotonic()
  if self.options.on_event then
    events.tell(self, { event = "wait", reason = reason, attempt = call.attempt + 1, delay = delay,
      code = code }, call)
    call.waited = true -- the listener may have waited
  end
  local should_stop, now = call.group and call.group.should_stop, core.monotonic()
  local sleep, due, left = self.loop().sleep, asked + delay, delay - (now - asked)
  while left > 0 do
    local why = should_stop and should_stop()
    if why then return failures.ended(call, why) end
    local fresh = call.account and (call.stamped_at or call.started) + RENEW - now or math.huge
    if fresh <= 0 then
      local failure = order.stamp(self, call)
      if failure then return failure end
      fresh = RENEW
    end
    local part = math.min(left, fresh, should_stop and PART or left)
    sleep(part)
    call.waited, now = true, core.monotonic()
    left = part < left and due - now or 0
  end
end

-- Asks the batch and the option `on_send` whether the request goes out; returns a failure if not.
local function ask(self, call)
  local should_stop, on_send = call.group and call.group.should_stop, call.on_send
  local why = should_stop and should_stop()
  if why then return failures.ended(call, why) end
  if not on_send then return nil end
  call.on_send = nil -- asked once
  local settle = failures.query_of(self, call.operation, call.params, 0)
  -- a later reader cannot know when the call ended; the deadline is the latest time
  if settle then settle.ended = settle.ended + math.max(call.deadline - core.monotonic(), 0) end
  local go_on, reason = on_send {
    operation = call.operation.action, params = call.params, settle = settle,
    safe = call.request.safe,
  }
  if go_on == false then return failures.ended(call, tostring(reason or "on_send said so")) end
  call.waited = go_on ~= true -- on_send may have waited
end

-- Waits for all that an attempt needs; or returns a failure.
--
-- An intent is as old as its call, so the call takes its place in the order before it waits. The
-- call takes it again after the last wait (`waited`), since calls made meanwhile are newer. A call
-- that gives way takes no slot, and a call without a slot leaves no intent.
function pipeline.prepare(self, call)
  local group, delay, failure = call.group, nil, nil
  repeat
    -- before the slot, since a source may take longer than slots last; again when the slot has come
    if self.source then failure = refresh.ready(self, call) end
    if call.waited and not delay and self.options.store.enters ~= true then
      failure = failure or order.stamp(self, call)
    end
    if not failure and delay ~= 0 then delay, failure = limit.next(self, call) end
    local asked = not failure and delay > 0 and core.monotonic()
    if not call.number or call.waited and not asked then
      failure = failure or order.stamp(self, call)
    end
    if asked then failure = failure or wait(self, call, "limit", delay, nil, asked)
    elseif call.on_send or group and group.should_stop then
      failure = failure or ask(self, call)
    end
    local may_go = not call.slot_at and not (group and group.resume_at)
    if delay == 0 and not may_go and not limit.goes(self, call) then delay = nil end
  until failure or delay == 0 and not call.waited
  if not failure then return call.min_left and failures.too_late(call) end
  limit.leave(call)
  return failure
end

-- ---- attempts ----

function pipeline.send(self, call, loop)
  local name = call.operation.host or self.vendor.hosts[1]
  local place = self.places[name] or hosts.open(self, name)
  return place.transport:send(call.request, call.settings.limits, call.deadline, loop,
    place.endpoint, call.id)
end

-- Waits before the next attempt; or returns the failure with which the call ends.
local function go_again(self, call, failure)
  call.failure, call.maybe_executed = failure, call.maybe_executed or failure.maybe_sent
  call.waited = true
  local goes, no_key
  if order.overtaken(self, call, failure) then return call.gave_way end
  if self.source then
    goes, no_key = refresh.goes_again(self, call, failure)
    if goes then return nil end
  end
  local time = failure.code == "clock_skew" and not call.clock_corrected and failure.server_time
  if time then -- the client signs by the vendor's clock from now on
    call.clock_corrected = true
    refresh.set_clock(self, call, time - core.now())
  end
  local delay, more = retry.schedule(self, call, failure, time)
  if delay then return wait(self, call, "retry", delay, failure.code) end
  failure.more = no_key or more
  return failure
end

-- The caller's answer, from the body of a success, or the `failure` of what was done before. All
-- that we add is `info`, which is never the vendor's.
local function answer_of(self, call, body, failure)
  if self.spent > 0 then retry.worked(self) end
  body = body or { RequestId = failure.request_id } -- "already there", said in XML
  local operation, part, superseded = call.operation, call.part, call.dropped
  local stamp = not operation.read and (call.stamp or call.number) or nil
  local partial = operation.partial and answers.failed_items(operation.partial, body)
  if part and part.sent then superseded, partial = part:trim(superseded, partial) end
  if failure or superseded or partial then
    body.info = { stamp = stamp, already = failure and true, superseded = superseded,
      partial = partial or nil }
  elseif stamp then
    body.info = { stamp = stamp }
  elseif body.info ~= nil then
    body.info = nil
  end
  return body
end

-- Makes the attempts of a call that has passed its checks, and returns what `pipeline.run` does.
local function go(self, call, loop, operation, part, on_event, no_stamp)
  if no_stamp then return failures.fail(self, call, order.refused(self, call, no_stamp)) end
  local attempt, group = part and part.attempt, call.group
  while true do
    local result, failure
    if attempt then
      result, failure = attempt(self, call, loop)
    else
      failure = pipeline.prepare(self, call)
      result = not failure and pipeline.send(self, call, loop)
    end
    if failure then return failures.fail(self, call, failure) end
    call.attempt = call.attempt + 1
    if group then
      group.attempts = (group.attempts or 0) + 1
      if result.code == "ok" or result.maybe_sent then group.requests = group.requests + 1 end
      local server_time = group.is_query and answers.server_time(result.headers)
      if server_time then group.ahead = server_time - core.now() end
    end
    local body
    body, failure = answers.judge(self.vendor, operation, result)
    if group and failure and failure.code == "throttled" then retry.pause(group, failure) end
    if on_event and not result.is_told then events.attempt(self, call, result, body, failure) end
    if not failure or retry.already_there(call, failure) then
      return answer_of(self, call, body, failure), nil, nil, call.attempt
    end
    failure = go_again(self, call, failure)
    if failure then return failures.fail(self, call, failure) end
  end
end

-- Makes one call. The calls of a batch share `group`, which counts `requests` (sent) and `attempts`
-- (begun), and where it `is_query` notes how far the vendor's clock is `ahead`; see also
-- `limit.next`. `request` and `once` come from an earlier `build`, if there was any. A call with a
-- `part` may share a request, see `many/share.lua`. Returns the decoded answer, nil, nil, the
-- number of attempts; or nil, message, err.
function pipeline.run(self, operation, params, call_options, group, request, once, part)
  local settings = self.settings
  local has_options = call_options ~= NONE and next(call_options) ~= nil
  if has_options then settings = pipeline.settings(self, call_options) end
  local started, wall = core.clocks()
  if not request then
    local err
    request, once, err = check.build(self, operation, params, call_options)
    if not request then return nil, once, err end
  end
  local loop = self.loop()
  local account, sequence, misuse = order.begin(self, operation, params, request)
  if misuse then return failures.refuse_parameter(self, operation, sequence, misuse) end
  local call = { -- nine fields make room for seven more
    operation = operation, params = params, request = request, settings = settings,
    started = started, deadline = started + settings.timeout, attempt = 0, wall = wall,
    account = account,
  }
  if sequence then call.sequence = sequence end
  if group or part or once then call.group, call.part, call.once = group, part, once end
  if operation.safe ~= true and not request.safe then
    call.min_left, call.params = settings.min_left, options.merged(params) -- for `err.settle`
  end
  local at_fault
  if has_options then at_fault, misuse = take_options(call, call_options) end
  if at_fault then return failures.refuse_parameter(self, operation, at_fault, misuse) end
  local refusal = loop.refusal and loop.refusal()
  if refusal then return failures.refuse(self, operation, "cannot_wait", refusal) end
  local on_event = self.options.on_event
  if on_event then
    local no_stamp = call.account and order.stamp_early(self, call)
    return events.follow(self, call, go, loop, operation, part, on_event, no_stamp)
  end
  return go(self, call, loop, operation, part)
end

return pipeline
