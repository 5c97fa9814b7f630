-- The path of one call, the same for every operation of every vendor:
--
--     check -> order and limit -> sign -> send -> decode -> judge -> done | wait and go again
--
-- A call has one deadline. The record of a call has these fields and no others:
--
-- * `operation`, the caller's `params`, `request`, `settings`, `started` and `deadline` (monotonic
--   seconds), `attempt` (the number of attempts begun), `batch`; `once`: the id by which the vendor
--   knows the call's copies; `asked_age` and `on_send`: options; `min_left`: seconds that an
--   attempt needs, nil where the call may be repeated
-- * of `order.lua`: `account`, `sequence`, `number`, `age`, `stamped_at`, `wall`, `offset`,
--   `dropped`, `gave_way`; `stale`: time has passed since the last stamp
-- * of `limit.lua`: `slot`, `queue`, `wakes_at`
-- * of failed attempts: `maybe_executed`, the last `failure`; `clock_corrected` (`retry.lua`);
--   `credentials` and `refreshed` (`refresh.lua`); `secrets` (`redact.lua`)
--
-- A vendor is a table, see `aliyun/init.lua` and `zego/init.lua`:
--
-- * `name`; `operations`: the catalogue, see `aliyun/operations/init.lua`
-- * of an action without a row: `method_of(operation)`; `body` ("form" or "json") for callers that
--   want a body; `post_body`: the same for a POST
-- * `refusals`: codes of failures after which a source of credentials is asked once more
-- * `in_list(operation, err)`: whether a refusal may be about a single item of a list
-- * `judge(operation, result, body, why)`: nil for a success, else a failure; without a `body`,
--   `why` tells the reason

local answers = require "streamctl.call.answer"
local check = require "streamctl.call.check"
local core = require "streamctl.core"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"
local hosts = require "streamctl.transport.hosts"
local options = require "streamctl.options"
local order = require "streamctl.call.order"
local partial = require "streamctl.call.partial"
local redact = require "streamctl.call.redact"
local refresh = require "streamctl.call.refresh"
local retry = require "streamctl.call.retry"
local signing = require "streamctl.call.sign"
local transports = require "streamctl.transport"
local turn = require "streamctl.call.turn"

local pipeline = {}

-- The options of a call without options; constant.
local NONE = {}
pipeline.NONE = NONE

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
    retry = policy and options.merged(policy), -- the caller may change the table
  }
end

-- The request of unchecked parameters.
local function unchecked(self, operation, params, method, ...)
  for name in next, params do
    if self.vendor.operations.reserved[name] then
      return nil, name, "belongs to the signature and is filled in"
    end
  end
  local body = operation.body or (operation.in_body and self.vendor.body)
    or (method == "POST" and self.vendor.post_body)
  return check.open_request(operation, params, self.context, self.signer, method, body, ...)
end

-- Makes a request (see csrc/lua/request.c) and, where the row has `once`, the id of the call's
-- copies; or nil, message, err. With an `origin`, for calls without a Sequence, the request comes
-- signed. `hidden`: secrets among the parameters are replaced already.
function pipeline.build(self, operation, params, call_options, origin, hidden)
  local once, request, at_fault, why, code
  if operation.once then
    params, once = check.with_once(operation, params)
    if not params then return failures.refuse(self, operation, "signature", once) end
  end
  local validate = call_options.validate
  if validate == nil then validate = self.options.validate end
  if operation.params and validate ~= false then
    request, at_fault, why, code = check.request(operation, params, self.context, self.signer,
      origin, origin and call_options.nonce, origin and call_options.timestamp)
  else
    local method = operation.method or call_options.method or self.vendor.method_of(operation)
    request, at_fault, why, code = unchecked(self, operation, params, method, origin,
      origin and call_options.nonce, origin and call_options.timestamp)
  end
  if not request and at_fault then
    return failures.refuse_parameter(self, operation, at_fault, why)
  elseif not request then
    return failures.refuse_signing(self, operation, why, code)
  elseif call_options ~= NONE and call_options.dry_run and not hidden then
    local shown = redact.params(self.vendor.operations.secrets, params)
    return pipeline.build(self, operation, shown, call_options, nil, true)
  end
  return request, once
end

-- Signs one call without sending it: `method`, `url`, `headers` and `body`; or nil, message, err.
function pipeline.sign(self, operation, params, sign_options)
  local _, message, err = signing.no_key(self, operation)
  if message then return nil, message, err end
  local nonce, timestamp = sign_options.nonce, sign_options.timestamp -- a wait may change these
  local origin = not operation.sequence and hosts.place(self, operation.host).endpoint or nil
  local request
  request, message, err = pipeline.build(self, operation, params, sign_options, origin)
  if not request then return nil, message, err end
  if origin then return request end -- signed already
  return signing.sign(self, operation, params, request, false, nonce, timestamp)
end

-- Makes an attempt, and returns its transport's result.
local function send(self, call, loop)
  local name = call.operation.host or self.vendor.hosts[1]
  local place = self.places[name]
  if not (place and place.transport) then place = hosts.open(self, name, loop) end
  local result = place.transport:send(call.request, call.settings.limits, call.deadline, loop,
    place.endpoint)
  if place.is_own then result = transports.sound(result) end
  call.attempt = call.attempt + 1
  local batch = call.batch
  if batch then
    batch.attempts = (batch.attempts or 0) + 1
    if result.code == "ok" or result.maybe_sent then batch.requests = batch.requests + 1 end
  end
  return result
end

-- Notes options in the record; or returns an option that does not fit the call, and why.
local function take_options(call, call_options)
  local age = call_options.age
  if age and (call.operation.read or not call.account) then
    return "age", "is for calls that change a stream or a task, and this is none"
  elseif call_options.again and not call.request.safe then
    return "again", "is for calls that may be sent twice"
  end
  call.asked_age, call.maybe_executed = age, call_options.again
  call.on_send = call_options.on_send
end

-- Waits before the next attempt; or returns the failure with which the call ends.
local function go_again(self, call, failure)
  call.failure, call.maybe_executed = failure, call.maybe_executed or failure.maybe_sent
  call.stale = true
  local goes, no_key
  if self.source then
    goes, no_key = refresh.goes_again(self, call, failure, turn.before_wait)
    if goes then return nil end
  end
  local delay, more = retry.after(self, call, failure)
  if not delay then
    failure.more = no_key or more
    return failure
  end
  return turn.wait(self, call, "retry", delay, failure.code)
end

-- Makes one call. The calls of a batch share `batch`, which counts `requests` (sent) and `attempts`
-- (begun); see also `limit.next`. `request` and `once` come from an earlier `build`, if there was
-- any. Returns the decoded answer, nil, nil, the number of attempts; or nil, message, err.
function pipeline.run(self, operation, params, call_options, batch, request, once)
  local settings = self.settings
  local has_options = call_options ~= NONE and next(call_options) ~= nil
  if has_options then settings = pipeline.settings(self, call_options) end
  local started, wall = core.clocks()
  if not request then
    local err
    request, once, err = pipeline.build(self, operation, params, call_options)
    if not request then return nil, once, err end
  end
  if has_options and call_options.dry_run then
    return signing.sign(self, operation, params, request, true)
  end
  local loop = self.loop()
  local call = {
    operation = operation, params = params, request = request, settings = settings,
    started = started, deadline = started + settings.timeout, attempt = 0, wall = wall,
  }
  if batch then call.batch = batch end
  if once then call.once = once end
  local safe = operation.safe
  if safe ~= true and not (safe and request.safe) then call.min_left = settings.min_left end
  local at_fault, misuse = order.begin(self, call)
  if has_options and not at_fault then
    at_fault, misuse = take_options(call, call_options)
  end
  if at_fault then return failures.refuse_parameter(self, operation, at_fault, misuse) end
  local refusal = loop.refusal and loop.refusal()
  if refusal then return failures.refuse(self, operation, "phase", refusal) end
  while true do
    local failure = turn.take(self, call)
    if failure then return failures.fail(self, call, failure) end
    local result = send(self, call, loop)
    local body
    body, failure = answers.judge(self.vendor, operation, result)
    if self.options.on_event then events.attempt(self, call, result, body, failure) end
    if not failure or retry.already_there(call, failure) then
      if self.spent > 0 then retry.worked(self) end
      body = body or { RequestId = failure.request_id } -- "already there", said in XML
      if failure then body.already = true end
      if call.dropped then body.superseded = call.dropped end
      if call.asked_age then body.age = call.age or call.number end
      if operation.partial then body.partial = partial.failures(operation.partial, body) end
      return body, nil, nil, call.attempt
    end
    failure = go_again(self, call, failure)
    if failure then return failures.fail(self, call, failure) end
  end
end

return pipeline
