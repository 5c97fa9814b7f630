--- What a call ends with, and what the client's listener hears on the way. No text that comes from
-- elsewhere leaves here with a secret in it.
-- @module streamctl.call.outcome

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local failures = require "streamctl.call.failures"
local parameters = require "streamctl.call.parameters"
local protected = require "streamctl.loop.protected"
local secrets = require "streamctl.call.secrets"
local unknown = require "streamctl.call.unknown"

local outcome = {}

-- What no text may hold beside the client's own secrets, found once a call.
local function masked_of(self, call)
  if not call then return self.masked end
  if not call.masked then
    call.masked = secrets.of(self.vendor.operations.secrets, call.params, self.masked)
  end
  return call.masked
end

--- A text without the client's secret, token and proxy user, or a signature.
-- @tparam table self a client
-- @tparam string text
-- @tparam[opt] table call whose parameters may hold secrets, too
-- @treturn string
function outcome.hide(self, text, call)
  return errors.mask(self.signer:redact(text, masked_of(self, call)) or "***")
end

--- The beginning of somebody else's text, on one line. It is hidden before it is cut, since half a
-- secret is not recognised.
-- @tparam table self a client
-- @tparam string text
-- @tparam integer limit bytes
-- @tparam[opt] table call see @{hide}
-- @treturn string
function outcome.quote(self, text, limit, call)
  return errors.tidy(outcome.hide(self, text:sub(1, 65536), call), limit)
end

-- The vendor's request id, of the last attempt.
local function request_id_of(self, call, result, body)
  local id = result and failures.request_id(result, body)
  return id and outcome.quote(self, id, 256, call)
end

local QUIET = 60 -- seconds between two reports of a listener that fails

--- Tells on_event, which may wait. The call goes on when it throws.
-- @tparam table self a client
-- @tparam table event
function outcome.tell(self, event)
  if not self.options.on_event then return end
  event.vendor = self.vendor.name
  local ok, why = protected.call(self.options.on_event, event)
  local now = core.monotonic()
  if ok or (self.reported and now - self.reported < QUIET) then return end
  self.reported = now
  io.stderr:write("streamctl: on_event failed: ", outcome.quote(self, tostring(why), 1000), "\n")
end

--- Tells on_event of an attempt.
-- @tparam table self a client
-- @tparam table call
-- @tparam table result of the transport
-- @tparam table|nil body decoded
-- @tparam table|nil failure
function outcome.tell_attempt(self, call, result, body, failure)
  local theirs = failures.http_date(failures.header(result.headers, "date"))
  outcome.tell(self, {
    event = "attempt", operation = call.operation.action, attempt = call.attempt,
    code = failure and failure.code or "ok", http_status = result.http_status,
    elapsed = result.elapsed, clock_offset = theirs and theirs - core.now(),
    request_id = request_id_of(self, call, result, body),
  })
end

--- An error before anything was sent.
-- @tparam table self a client
-- @tparam table operation
-- @tparam string code
-- @tparam string text
-- @treturn nil
-- @treturn string message
-- @treturn table err
function outcome.refuse(self, operation, code, text)
  return errors.new(code, operation.action .. ": " .. text,
    { vendor = self.vendor.name, operation = operation.action })
end

--- The same for a parameter.
-- @tparam table self a client
-- @tparam table operation
-- @param at_fault its name
-- @tparam string why
-- @treturn nil
-- @treturn string message
-- @treturn table err
function outcome.refuse_parameter(self, operation, at_fault, why)
  local text = errors.tidy(tostring(at_fault), 100) .. " " .. why
  return outcome.refuse(self, operation, "invalid_parameter", text)
end

--- The same for what the core refuses to sign, with its message and code.
-- @tparam table self a client
-- @tparam table operation
-- @tparam string message
-- @tparam string code
-- @treturn nil
-- @treturn string message
-- @treturn table err
function outcome.refuse_signing(self, operation, message, code)
  if code == "crypto" then code = "signature" end
  code = errors.codes[code] and code or "invalid_parameter"
  return outcome.refuse(self, operation, code, (message:gsub("^[%w_]+: ", "")))
end

--- A call that was ended by an error, of a transport or a store of the caller's own most likely:
-- what became of it is unknown.
-- @tparam table self a client
-- @tparam table operation
-- @tparam table params of the caller
-- @param why the error
-- @treturn nil
-- @treturn string message
-- @treturn table err
function outcome.thrown(self, operation, params, why)
  local hidden = outcome.hide(self, tostring(why), { params = params })
  local text = "the call was ended by an error: " .. hidden
  local failure, settle = { code = "connect", text = text }, nil
  if not parameters.is_harmless(operation, params) then
    failure.code, failure.text = "outcome_unknown", unknown.text(operation, failure)
    settle = unknown.settle(self, operation, params, 0)
  end
  return errors.new(failure.code, operation.action .. ": " .. failure.text, {
    vendor = self.vendor.name, operation = operation.action, maybe_sent = true, settle = settle,
  })
end

--- The error a call ends with.
-- @tparam table self a client
-- @tparam table call
-- @tparam table failure see `streamctl.call`
-- @tparam[opt] string more text for the end of the message
-- @treturn nil
-- @treturn string message
-- @treturn table err
function outcome.fail(self, call, failure, more)
  local operation = call.operation
  local beginning = failure.excerpt and (operation.secret and "(not shown)"
    or outcome.quote(self, failure.excerpt, 200, call)) or ""
  failure.text = outcome.quote(self, failure.text .. beginning, 1000, call)
  local code, text, vendor_code = failure.code, failure.text, failure.vendor_code
  if type(vendor_code) == "string" then
    vendor_code = outcome.quote(self, vendor_code, 256, call)
  end
  local is_unknown = failure.maybe_executed and not call.request.safe
  local elapsed, settle = core.monotonic() - call.deadline.start, nil
  local http_status = call.result and call.result.http_status
  if is_unknown then
    text, code = unknown.text(operation, failure), "outcome_unknown"
    settle = unknown.settle(self, operation, call.params, elapsed)
  end
  local request_id = request_id_of(self, call, call.result, call.body)
  local where = operation.action
  if http_status then where = where .. ", HTTP " .. string.format("%d", http_status) end
  if request_id then where = where .. ", RequestId " .. request_id end
  if call.attempt > 1 then where = where .. ", attempt " .. call.attempt end
  return errors.new(code, text .. " (" .. where .. ")" .. (more or ""), {
    vendor = self.vendor.name, operation = operation.action, http_status = http_status,
    vendor_code = vendor_code,
    request_id = request_id, retryable = failure.retryable and not is_unknown,
    maybe_sent = call.maybe_executed, attempts = call.attempt,
    elapsed = elapsed, settle = settle,
    cause = failure.cause and outcome.quote(self, failure.cause, 2048, call),
    superseded = call.dropped, once = call.once, intent = not operation.read and call.age or nil,
  })
end

return outcome
