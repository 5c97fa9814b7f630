--- The path of one call, the same for every operation of every vendor:
--
--     validate -> stamp and pace -> sign -> send -> decode -> judge -> done | wait and go again
--
-- Everything happens under one deadline. What differs between vendors is in a table, see
-- `aliyun/init.lua` and `zego/init.lua`:
--
-- * `name`; `operations`: the catalogue, see `aliyun/operations/init.lua`
-- * `method_of(operation)`: of an action without a row; `body` ("form" or "json"): what it is put
--   into when the caller wants a body; `post_body`: the same for what is sent as POST
-- * `refusals`: codes of failures after which a source of credentials is asked once more
-- * `in_list(operation, err)`: whether a refusal may be about one item of a list alone
-- * `judge(operation, result, body, why)`: a transport's result and its decoded body, or why there
--   is none; nothing for a success, else a failure: `code`, `text`, `excerpt` (whose beginning ends
--   the text), `vendor_code`, `retryable`, `maybe_executed`
-- @module streamctl.call

local answers = require "streamctl.call.answer"
local deadlines = require "streamctl.call.deadline"
local hosts = require "streamctl.transport.hosts"
local options = require "streamctl.options"
local order = require "streamctl.call.order"
local pace = require "streamctl.call.pace"
local parameters = require "streamctl.call.parameters"

local pipeline = {}

-- What few calls need is loaded by the first of them: what is said of a call that does not just
-- succeed, and how it goes again.
local function outcome() return require "streamctl.call.outcome" end
local function again() return require "streamctl.call.again" end
local function renewal() return require "streamctl.call.renewal" end
local function hooks() return require "streamctl.call.hooks" end

--- What the options of a call say, or else those of the client.
-- @tparam table self a client
-- @tparam table call_options checked options
-- @tparam string name
-- @return its value
function pipeline.option(self, call_options, name)
  local given = call_options[name]
  if given == nil then return self.options[name] end
  return given
end

local option = pipeline.option

--- What the options of a call, or else those of the client, come to.
-- @tparam table self a client
-- @tparam table call_options checked options
-- @treturn table `timeout` (seconds for the whole call), `limits` (of an attempt, in seconds:
-- `attempt_timeout`, `connect_timeout`), `retry` (see @{streamctl.call.retry.policy})
function pipeline.settings(self, call_options)
  local retry = option(self, call_options, "retry")
  return {
    timeout = option(self, call_options, "timeout"),
    limits = {
      attempt_timeout = option(self, call_options, "attempt_timeout"),
      connect_timeout = option(self, call_options, "connect_timeout"),
    },
    retry = retry and options.merged(retry), -- the caller may change that
  }
end

-- ---- validate ----

-- The request of parameters that no row checks.
local function unchecked(self, operation, params, method)
  for name in next, params do
    if self.vendor.operations.reserved[name] then
      return nil, name, "belongs to the signature and is filled in"
    end
  end
  local body = operation.body or (operation.in_body and self.vendor.body)
    or (method == "POST" and self.vendor.post_body)
  local wire, text, kind =
    require("streamctl.call.body").as_given(operation, params, self.context, body)
  if not wire then return nil, text, kind end
  return parameters.pack(self.signer, operation, method, params, wire, text, kind)
end

-- The request of parameters, checked unless that is not wanted.
local function make(self, operation, params, call_options, origin)
  if operation.params and option(self, call_options, "validate") ~= false then
    return parameters.request(operation, params, self.context, self.signer, origin,
      call_options.nonce, call_options.timestamp)
  end
  local method = operation.method or call_options.method or self.vendor.method_of(operation)
  return unchecked(self, operation, params, method)
end

--- Makes what is sent, or signed.
-- @tparam table self a client
-- @tparam table operation a row
-- @tparam table params
-- @tparam table call_options checked options
-- @tparam[opt] string origin to sign at once for, where a row's check can
-- @treturn[1] userdata|table request, see csrc/lua/request.c; or what its `signed` gives
-- @treturn[1] table the parameters with what was left out
-- @treturn[1] string|nil the id by which the vendor knows the call's copies
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err
function pipeline.build(self, operation, params, call_options, origin)
  local filled, once = params
  if operation.once then
    filled, once = require("streamctl.call.once").fill_in(operation, params)
    if not filled then return outcome().refuse(self, operation, "signature", once) end
  end
  filled = parameters.fill_in(operation, filled, self.context)
  local request, at_fault, why, code = make(self, operation, filled, call_options, origin)
  if request and call_options.dry_run then -- for looking at, so without the caller's secrets
    filled = require("streamctl.call.secrets").hide(self.vendor.operations.secrets, filled)
    request, at_fault, why, code = make(self, operation, filled, call_options)
  end
  if request then return request, filled, once end
  if not at_fault then return outcome().refuse_signing(self, operation, why, code) end
  return outcome().refuse_parameter(self, operation, at_fault, why)
end

-- ---- send, decode and judge ----

-- One attempt: its transport's result.
local function send(self, call)
  local transport, origin = hosts.transport(self, call.operation.host, call.loop)
  local result =
    transport:send(call.request, call.settings.limits, call.deadline, call.loop, origin)
  call.attempt = call.attempt + 1
  local batch = call.batch
  if batch then
    batch.attempts = (batch.attempts or 0) + 1
    if result.code == "ok" or result.maybe_sent then batch.requests = batch.requests + 1 end
  end
  return result
end

local TELLERS = {
  "streamctl.call.again", "streamctl.call.failures", "streamctl.call.outcome",
  "streamctl.call.secrets", "streamctl.call.unknown", "streamctl.loop.protected",
}

-- The decoded body, if there is one, and a failure unless it is a success. What it takes to tell of
-- it is loaded after this.
local function judge(self, call, result)
  local body, why, failure
  if result.code == "ok" then
    body, why = answers.decode(result)
    failure = self.vendor.judge(call.operation, result, body, why)
  else
    failure = require("streamctl.call.failures").of_transport(result)
  end
  if failure or self.options.on_event then
    for _, name in ipairs(TELLERS) do require(name) end
  end
  return body, failure
end

-- What is known of a request when that fails, since the process has no descriptors left, say, or
-- another root by now.
local function unexplained(self, call, result, why)
  local is_answer, action = result.code == "ok", call.operation.action
  local maybe_sent = is_answer or result.maybe_sent or call.maybe_executed or false
  local code = is_answer and "http" or "connect"
  if maybe_sent and not call.request.safe then code = "outcome_unknown" end
  local message = string.format("%s: %s: what came (%s) cannot be looked at: %s", code, action,
    is_answer and "HTTP " .. result.http_status or result.code, tostring(why):match("^[^\n]*"))
  return nil, message, setmetatable({
    code = code, kind = code == "http" and code or "transport", message = message,
    vendor = self.vendor.name, operation = action, http_status = result.http_status,
    retryable = false, maybe_sent = maybe_sent, attempts = call.attempt,
    superseded = call.dropped, once = call.once,
    intent = not call.operation.read and call.age or nil,
  }, { __tostring = function() return message end })
end

-- ---- the call ----

-- The answer a call ends with. `already`: a repeat found the state that was asked for.
local function succeed(call, body, already)
  if not body then -- "already there", said in XML
    body = { RequestId = require("streamctl.call.failures").request_id(call.result) }
  end
  if already then body.already = true end
  if call.dropped then body.superseded = call.dropped end
  if call.intent then body.intent = call.age end
  local places = call.operation.partial
  if places then body.partial = require("streamctl.call.partial").failures(places, body) end
  return body
end

-- Seconds that an attempt of an operation that must not be repeated needs, since one that is cut
-- off leaves its outcome unknown.
local LEAST = 3

local function least_of(request, settings)
  if request.safe then return 0 end
  return math.min(LEAST, settings.limits.attempt_timeout, settings.timeout / 2)
end

--- Makes one call.
-- @tparam table self a client
-- @tparam table operation a row
-- @tparam table params
-- @tparam table call_options checked options
-- @tparam[opt] table batch what the calls of a batch share: `requests` grows by those that went
-- out, `attempts` by those that were begun; see also @{streamctl.call.pace.wait_turn}
-- @tparam[opt] table keys what @{streamctl.call.about} gives for the call, when it is known
-- @treturn[1] table the decoded answer; `already = true` when a repeat found the state that was
-- asked for, `superseded`: the streams that gave way to newer calls. The fourth result is how many
-- attempts were begun
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err
function pipeline.run(self, operation, params, call_options, batch, keys)
  local settings = self.settings
  if next(call_options) ~= nil then settings = pipeline.settings(self, call_options) end
  local deadline = deadlines.after(settings.timeout)
  local request, filled, once = pipeline.build(self, operation, params, call_options)
  if not request then return nil, filled, once end
  if call_options.dry_run then
    return require("streamctl.call.sign").built(self, operation, request, filled, true)
  end
  local call = { -- with room for what it gains
    operation = operation, params = params, request = request, once = once,
    client = nil, loop = nil, batch = nil, settings = nil, deadline = nil, attempt = 0,
  }
  local intent = call_options.intent
  if intent then call.intent = intent end
  local at_fault, misuse = order.begin(self, call, filled, keys)
  if intent and not at_fault and (operation.read or not call.account) then
    at_fault, misuse = "intent", "is for calls that change a stream or a task, and this is none"
  end
  if call_options.again and not at_fault then
    call.maybe_executed = true
    if not request.safe then at_fault, misuse = "again", "is for calls that may be sent twice" end
  end
  if at_fault then return outcome().refuse_parameter(self, operation, at_fault, misuse) end
  local loop = self.loop()
  local refusal = loop.refusal and loop.refusal()
  if refusal then return outcome().refuse(self, operation, "phase", refusal) end
  call.loop, call.batch, call.settings, call.deadline = loop, batch, settings, deadline
  call.least = least_of(call.request, settings)
  local on_send = call_options.on_send
  local is_asked = on_send or batch and batch.should_stop
  local wait_turn = self.source and renewal().wait_turn or pace.wait_turn
  while true do
    local no_turn = wait_turn(self, call)
    if not no_turn and is_asked then no_turn = hooks().before(self, call, on_send) end
    if not no_turn and call.least > 0 and call.deadline:left() < call.least then
      no_turn = require("streamctl.call.failures").too_late(call)
    end
    if no_turn then return outcome().fail(self, call, no_turn, call.stopped) end
    local result = send(self, call)
    local fine, body, failure = pcall(judge, self, call, result)
    if not fine then return unexplained(self, call, result, body) end
    if self.options.on_event then outcome().tell_attempt(self, call, result, body, failure) end
    if failure then call.result, call.body = result, body end
    local already = failure and again().already_there(call, failure)
    if not failure or already then
      if self.source then renewal().worked(self, call) end
      if self.spent > 0 then again().refund(self) end
      return succeed(call, body, already), nil, nil, call.attempt
    end
    call.maybe_executed = call.maybe_executed or failure.maybe_executed or false
    local why, ended = again().prepare(self, call, failure)
    if why then return outcome().fail(self, call, ended or failure, why) end
  end
end

return pipeline
