--- The path of one call, the same for every operation of every vendor:
--
--     validate -> stamp and pace -> sign -> send -> decode -> judge -> done | wait and go again
--
-- Everything happens under one deadline. What differs between vendors is in a table, see
-- `aliyun/init.lua` and `zego/init.lua`:
--
-- * `name`; `operations`: rows and lists, see `aliyun/operations.lua`
-- * `serialize(request, params)`: fills in a request for an action without a row; returns the
--   parameter at fault and why, or nothing
-- * `judge(operation, answer)`: nothing for a success, else a failure: `code`, `text`,
--   `vendor_code`, `retryable`, `maybe_executed`
-- @module streamctl.client

local answers = require "streamctl.answer"
local core = require "streamctl.core"
local deadlines = require "streamctl.deadline"
local errors = require "streamctl.errors"
local memory = require "streamctl.store.memory"
local retry = require "streamctl.retry"
local sequence = require "streamctl.sequence"
local turn = require "streamctl.turn"
local validate = require "streamctl.validate"

local client = {}

-- ---- validate ----

local function is_safe(operation, wire)
  for name, value in pairs(operation.safe.unless) do
    if validate.sent(wire, name) == value then return false end
  end
  return true
end

-- An error before anything was sent.
local function refuse(self, operation, code, text)
  return errors.new(code, operation.action .. ": " .. text,
    { vendor = self.vendor.name, operation = operation.action })
end

-- A request (see streamctl.transport.pick) for checked parameters, and the state of its Sequence.
local function build(self, operation, params, call_options)
  local vendor, row, own = self.vendor, operation.params, self.options
  local wire, at_fault, why
  params = validate.fill_in(operation, params, self.context)
  if row then wire, at_fault, why = validate.run(operation, params, self.context) end
  local request = {
    signer = self.signer, action = operation.action, params = wire, safe = operation.safe,
    method = operation.method or call_options.method,
    attempt_timeout = call_options.attempt_timeout or own.attempt_timeout,
    connect_timeout = call_options.connect_timeout or own.connect_timeout,
  }
  if not row then
    for name in pairs(params) do
      if vendor.operations.reserved[name] then at_fault, why = name, "belongs to the signature and is filled in" end
    end
    if not at_fault then at_fault, why = vendor.serialize(request, params) end
  end
  if at_fault then
    return refuse(self, operation, "invalid_parameter", errors.tidy(tostring(at_fault), 100) .. " " .. why)
  end
  if type(request.safe) == "table" then request.safe = is_safe(operation, wire) end
  if not operation.sequence then return request end
  return request, sequence.begin({ counter = self.account_key, read = operation.read }, request.params)
end

-- ---- texts and events ----

--- A text without the client's secret, token and proxy user, or a signature.
-- @tparam table self a client
-- @tparam string text
-- @treturn string
function client.hide(self, text)
  return errors.mask(self.signer:redact(text, self.masked) or "***")
end

-- The beginning of somebody else's text. Hidden before it is cut: half a secret is not recognised.
local function quote(self, text, limit)
  return errors.tidy(client.hide(self, text:sub(1, 65536)), limit)
end

-- The vendor's request id, of the body or else of the header.
local function request_id_of(self, call)
  local id = call.answer and call.answer.request_id or answers.header(call.headers, "x-acs-request-id")
  return id and quote(self, id, 256)
end

-- Tells on_event. One that throws is not asked again, and the call goes on.
local function tell(self, event)
  local listener = self.listener
  if not listener then return end
  event.vendor = self.vendor.name
  local ok, why = pcall(listener, event)
  if not ok then
    self.listener = false
    io.stderr:write("streamctl: on_event failed and is not called again: ", client.hide(self, tostring(why)), "\n")
  end
end

-- What a failure becomes for an operation that must not be repeated.
local function outcome_unknown(operation, failure)
  return "it is unknown whether " .. operation.action .. " was executed (" .. failure.code .. ": "
    .. failure.text .. "); do not repeat it blindly. "
    .. (operation.settle or "Ask the vendor for the present state first") .. "."
end

-- The error a call ends with.
local function fail(self, call, failure, more)
  local operation = call.operation
  failure.text = quote(self, failure.text, 1000)
  local code, text, vendor_code = failure.code, failure.text, failure.vendor_code
  local unsafe = not call.request.safe
  if unsafe and failure.maybe_executed then
    text, code = outcome_unknown(operation, failure), "outcome_unknown"
  end
  local request_id = request_id_of(self, call)
  local where = operation.action
  if call.http_status then where = where .. ", HTTP " .. string.format("%d", call.http_status) end
  if request_id then where = where .. ", RequestId " .. request_id end
  if call.attempt > 1 then where = where .. ", attempt " .. call.attempt end
  local dropped = call.ordered and call.ordered.dropped
  return errors.new(code, text .. " (" .. where .. ")" .. (more or ""), {
    vendor = self.vendor.name, operation = operation.action, http_status = call.http_status,
    vendor_code = type(vendor_code) == "string" and quote(self, vendor_code, 256) or vendor_code,
    request_id = request_id,
    retryable = failure.retryable and not (unsafe and failure.maybe_executed),
    maybe_sent = call.maybe_executed or false, attempts = call.attempt, elapsed = call.deadline:elapsed(),
    cause = failure.cause and quote(self, failure.cause, 2048),
    superseded = dropped and #dropped > 0 and dropped or nil,
  })
end

local function wait(self, call, reason, delay, code)
  tell(self, { event = "wait", reason = reason, operation = call.operation.action, attempt = call.attempt + 1,
    delay = delay, code = code })
  call.loop.sleep(delay)
end

-- ---- send, decode and judge ----

-- One attempt; nothing for a success, else a failure.
local function attempt(self, call)
  local result = self.options.transport:send(call.request, call.deadline, call.loop)
  local failure
  call.attempt, call.answer, call.http_status = call.attempt + 1, nil, result.http_status
  if call.tally and (result.code == "ok" or result.maybe_sent) then call.tally.requests = call.tally.requests + 1 end
  if result.code == "ok" then
    call.answer = answers.decode(result, function(text, limit) return quote(self, text, limit) end)
    failure = self.vendor.judge(call.operation, call.answer)
  else
    failure = answers.transport_failure(result)
  end
  call.headers = result.headers
  if failure and failure.maybe_executed then call.maybe_executed = true end
  if self.listener then
    tell(self, {
      event = "attempt", operation = call.operation.action, attempt = call.attempt,
      code = failure and failure.code or "ok", http_status = result.http_status, elapsed = result.elapsed,
      request_id = request_id_of(self, call),
    })
  end
  return failure
end

-- The state asked for was there already, most likely by an earlier attempt of this call.
local function already_there(call, failure)
  if call.attempt == 1 or not call.request.safe then return false end
  local already = call.operation.already
  return failure.code == "conflict" or (already ~= nil and already[failure.vendor_code] == true)
end

-- Our clock is off: sign with the vendor's from now on. Once a call; true when it was corrected.
local function correct_clock(self, call, failure)
  if failure.code ~= "clock_skew" or call.corrected then return false end
  local theirs = answers.http_date(call.answer.header("date"))
  if not theirs then return false end
  self.signer:set_clock_offset(theirs - core.now())
  call.corrected = true
  return true
end

local UNFIT = {
  attempts = "; no more attempts",
  budget = "; too many calls fail at present, so it was not repeated",
}

-- Waits before the next attempt; nothing, or why there is none (text to add to the error).
local function prepare_next(self, call, failure)
  local corrected = correct_clock(self, call, failure)
  if failure.code == "clock_skew" and not corrected then return "" end
  local delay, why, needed = retry.decide(call.policy, {
    attempt = call.attempt, left = call.deadline:left(), safe = call.request.safe, tokens = self.tokens,
    retryable = failure.retryable, maybe_executed = failure.maybe_executed, immediate = corrected,
    retry_after = call.answer and answers.retry_after(call.answer),
  }, core.random)
  if not delay then
    if why == "time" then return string.format("; the next attempt would be in %.2f s, too late", needed) end
    return call.attempt > 1 and UNFIT[why] or ""
  end
  self.tokens = self.tokens - retry.budget.cost
  if delay > 0 then wait(self, call, "retry", delay, failure.code) end
end

local function succeed(self, call, already)
  local body, dropped = call.answer.body, call.ordered and call.ordered.dropped
  self.tokens = math.min(retry.budget.capacity, self.tokens + retry.budget.refund)
  if already then body.already = true end
  if dropped and #dropped > 0 then body.superseded = dropped end
  return body
end

-- ---- the call ----

-- Signs without sending: the fields of a request that any HTTP client can send.
local function sign(self, operation, request, sign_options)
  local target, headers, code = self.signer:sign(request.method, request.action, request.params,
    request.body, request.content_type, sign_options.nonce, sign_options.timestamp)
  if not target then
    if code == "crypto" then code = "signature" end
    return refuse(self, operation, errors.codes[code] and code or "invalid_parameter", (headers:gsub("^[%w_]+: ", "")))
  end
  return {
    method = request.method, url = self.options.endpoint .. target, headers = headers,
    body = request.body or "",
  }
end

-- A signed request. `hidden`: for looking at only, so signature and secrets are masked, and the
-- order of intents is left alone.
local function sign_only(self, call, sign_options, hidden)
  local store = hidden and call.ordered and memory.new() or nil
  local failure = turn.stamp(self, call, store)
  if store then store:close() end -- Lua does not know how much memory it has
  if failure then return refuse(self, call.operation, failure.code, failure.text) end
  local signed, message, err = sign(self, call.operation, call.request, sign_options)
  if not signed then return nil, message, err end
  if hidden then
    signed.url = client.hide(self, signed.url)
    for name, value in pairs(signed.headers) do signed.headers[name] = client.hide(self, value) end
  end
  return signed
end

local NO_RETRY = { attempts = 1, base = 0, cap = 0 }

local function policy_of(self, call_options)
  local given = call_options.retry
  if given == nil then given = self.options.retry end
  if given == false then return NO_RETRY end
  local policy = {}
  for name, value in pairs(retry.defaults) do policy[name] = given and given[name] or value end
  return policy
end

--- Makes one call.
-- @tparam table self a client
-- @tparam table operation a row
-- @tparam table params
-- @tparam table call_options checked options
-- @tparam[opt] table tally its `requests` grows by the requests that went out
-- @treturn[1] table the decoded answer; `already = true` when a repeat found the state that was
-- asked for, `superseded`: the streams that gave way to newer calls
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err
function client.run(self, operation, params, call_options, tally)
  local timeout = call_options.timeout or self.options.timeout
  local deadline = deadlines.after(timeout)
  local request, ordered, err = build(self, operation, params, call_options)
  if not request then return nil, ordered, err end
  local call = {
    operation = operation, request = request, ordered = ordered, deadline = deadline, timeout = timeout,
    tally = tally, attempt = 0, policy = policy_of(self, call_options), patient = call_options.patient,
  }
  if call_options.dry_run then return sign_only(self, call, {}, true) end
  call.loop = self.loop()
  local refusal = call.loop.refusal and call.loop.refusal()
  if refusal then return refuse(self, operation, "phase", refusal) end
  while true do
    local failure = turn.take(self, call, wait)
    if failure then return fail(self, call, failure) end
    failure = attempt(self, call)
    if not failure then return succeed(self, call) end
    if already_there(call, failure) then return succeed(self, call, true) end
    local why = prepare_next(self, call, failure)
    if why then return fail(self, call, failure, why) end
  end
end

--- Signs one call.
-- @tparam table self a client
-- @tparam table operation a row
-- @tparam table params
-- @tparam table sign_options checked options
-- @treturn[1] table `method`, `url`, `headers`, `body`
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err
function client.sign(self, operation, params, sign_options)
  if operation.params and not operation.sequence then -- the short way, for what needs no order
    local filled = validate.fill_in(operation, params, self.context)
    local signed = (operation.sign or validate.signing(operation))(filled, self.context.stream_prefix, self.signer,
      operation.method, operation.action, self.options.endpoint, sign_options.nonce, sign_options.timestamp)
    if signed then return signed end
  end
  local request, ordered, err = build(self, operation, params, sign_options)
  if not request then return nil, ordered, err end
  return sign_only(self, { operation = operation, request = request, ordered = ordered }, sign_options)
end

return client
