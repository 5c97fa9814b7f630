--- Failures: the `err` of a call from where it arises until the caller has it, see
-- `streamctl.errors`. Until it is complete it has besides:
--
-- * `text`, and `excerpt` whose beginning ends the text; `more`: the end of the message
-- * `retry_after`: seconds for which the vendor asks; `server_time`: Unix seconds, as it answered
--
-- `maybe_sent` and `retryable` are about one attempt until then, and about the call afterwards.
-- @module streamctl.call.failure

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local check = require "streamctl.call.check"
local redact = require "streamctl.call.redact"
local retry = require "streamctl.call.retry"
local unknown = require "streamctl.call.unknown"

local failure = {}

--- Makes a failure of `fields`, if there are any: `passing` says that the vendor's trouble passes,
-- `retryable` and `maybe_sent` stand there where the code does not tell; `cause` and `vendor_code`.
function failure.new(code, text, fields)
  local made = fields or {}
  local facts = retry.facts(code, made.passing)
  made.code, made.text, made.passing = code, text, nil
  if made.retryable == nil then made.retryable = facts.retryable end
  if made.maybe_sent == nil then made.maybe_sent = facts.maybe_sent end
  return made
end

-- ---- of answers ----

--- The failure of an HTTP status without a code of the vendor.
function failure.no_vendor_code(result)
  local status = result.http_status
  return failure.new(status == 429 and "throttled" or "http",
    string.format("HTTP status %d with no code of the vendor: ", status),
    { passing = status >= 500, excerpt = result.body or "" })
end

--- The failure of a 2xx without the documented shape.
function failure.no_success(result, why)
  return failure.new("bad_response",
    "the answer is no success of this operation: " .. why .. "; it begins: ",
    { excerpt = result.body or "" })
end

local TEXTS = {
  timeout = function(result)
    if result.http_status then return "the answer was not complete in time" end
    return result.maybe_sent and "no answer in time, after the request was sent"
      or "no connection in time"
  end,
  tls = function(_, message)
    return "no secure connection: " .. message
  end,
}

--- The failure of a request that a transport could not send, or not hear of to the end.
function failure.of_transport(result)
  local code = result.code
  if code == "crypto" then code = "signature" end -- it could not be signed
  if not errors.codes[code] then code = "connect" end -- no memory, no descriptors
  local describe, message = TEXTS[code], result.message or "the transport does not say why"
  local made = failure.new(code, (describe and describe(result, message) or message)
    .. (result.hint or ""), { cause = result.message, maybe_sent = result.maybe_sent or false })
  if result.lasting then made.retryable = false end
  return made
end

--- The failure of an attempt that would be cut off, and must not be: it is not begun.
function failure.too_late(call)
  return failure.new("timeout", string.format("not sent, because %.2f s are left, and an attempt "
    .. "that must not be cut off may take %.2f s; give it a longer timeout",
    math.max(call.deadline - core.monotonic(), 0), call.least))
end

-- ---- errors: nil, message, err ----

--- Refuses before anything is sent.
function failure.refuse(self, operation, code, text)
  return errors.refuse(self.vendor.name, operation.action, code, text)
end

--- Refuses a parameter, by its name.
function failure.refuse_parameter(self, operation, at_fault, why)
  local text = errors.tidy(tostring(at_fault), 100) .. " " .. why
  return failure.refuse(self, operation, "invalid_parameter", text)
end

--- Refuses what the core refuses to sign, by its message and code.
function failure.refuse_signing(self, operation, message, code)
  if code == "crypto" then code = "signature" end
  code = errors.codes[code] and code or "invalid_parameter"
  return failure.refuse(self, operation, code, errors.text_of(message))
end

--- Refuses with a failure, which is the error from now on.
function failure.unsent(self, operation, made)
  local text = redact.quote(self, made.text, 1000)
  made.vendor, made.operation, made.text = self.vendor.name, operation.action, nil
  return errors.complete(made, operation.action .. ": " .. text)
end

--- Ends a call that an error ended, of a transport or a store of the caller's own most likely:
-- nobody knows whether it was executed.
function failure.thrown(self, operation, params, why)
  local made = failure.new("connect", "the call was ended by an error: "
    .. redact.hide(self, tostring(why), { params = params }), { maybe_sent = true })
  made.retryable = false
  if not check.is_harmless(operation, params) then
    unknown.note(self, operation, params, made, 0)
  end
  local text = made.text
  made.vendor, made.operation, made.text = self.vendor.name, operation.action, nil
  return errors.complete(made, operation.action .. ": " .. text)
end

-- Which attempt failed, as the end of a message tells.
local function place_of(call, made)
  local place = call.operation.action
  if made.http_status then place = place .. ", HTTP " .. string.format("%d", made.http_status) end
  if made.request_id then place = place .. ", RequestId " .. made.request_id end
  if call.attempt > 1 then place = place .. ", attempt " .. call.attempt end
  return place
end

--- Ends a call with a failure, which is the error from now on.
function failure.fail(self, call, made)
  local operation, elapsed = call.operation, core.monotonic() - call.started
  local function shown(text, limit)
    return type(text) == "string" and redact.quote(self, text, limit, call) or text
  end
  local excerpt = made.excerpt and operation.secret and "(not shown)" or shown(made.excerpt, 200)
  made.text = shown(made.text .. (excerpt or ""), 1000)
  made.vendor_code, made.request_id = shown(made.vendor_code, 256), shown(made.request_id, 256)
  made.cause = shown(made.cause, 2048)
  if made.maybe_sent and not call.request.safe then
    unknown.note(self, operation, call.params, made, elapsed)
  end
  local text = made.text .. " (" .. place_of(call, made) .. ")" .. (made.more or "")
  made.text, made.excerpt, made.more, made.retry_after, made.server_time = nil, nil, nil, nil, nil
  made.vendor, made.operation = self.vendor.name, operation.action
  made.maybe_sent, made.attempts, made.elapsed = call.maybe_executed, call.attempt, elapsed
  made.superseded, made.once = call.dropped, call.once
  made.intent = not operation.read and call.age or nil
  return errors.complete(made, text)
end

return failure
