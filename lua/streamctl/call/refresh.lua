--- What a client with a source of credentials does around its calls: it takes over what the source
-- hands out, and asks once more when the vendor has refused that.
-- @module streamctl.call.refresh

local core = require "streamctl.core"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"
local redact = require "streamctl.call.redact"

local refresh = {}

local function tell(self, call, elapsed, held, message)
  events.tell(self, {
    event = "credentials", operation = call.operation.action, elapsed = elapsed,
    provider = held and held.provider or self.source.name,
    code = message and "credentials" or "ok",
    message = message and redact.quote(self, message, 1000, call.params and call),
  })
end

local function failure_of(message, err)
  return failures.new(err.code, (message:gsub("^[%w_]+: ", "")),
    { retryable = err.retryable or false, maybe_sent = false, cause = err.cause })
end

-- Has the client sign with these credentials, and by the clock that their source has learned; or
-- returns a failure.
local function adopt(self, held)
  local ok, why = self.signer:renew(held)
  if not ok then return failure_of(why, { code = "credentials" }) end
  self.held = held
  if self.clock_offset ~= 0 or (held.ahead or 0) == 0 then return end
  self.clock_offset = held.ahead
  self.signer:set_clock_offset(held.ahead)
end

--- Has the signer sign with what is valid now, which the call keeps as `held`; or returns a
-- failure. The second result is why the source has nothing newer, when it was asked for that. The
-- source has `before_wait` called with the call before it takes time, which may return a failure.
function refresh.ready(self, call, before_wait)
  local started, ended = core.monotonic(), nil
  local context = {
    loop = self.loop(), options = self.options,
    deadline = call.deadline or started + self.options.timeout,
    waiting = before_wait and function() ended = before_wait(self, call) end,
  }
  local held, message, err = self.source:current(context)
  local failure
  if not held then
    failure = failure_of(message, err)
  elseif held ~= self.held then
    failure = adopt(self, held)
  end
  if context.asked and self.options.on_event then
    tell(self, call, core.monotonic() - started, held, message)
  end
  call.held = held
  return failure or ended, message
end

--- Whether a call whose credentials were refused goes again, since there are others by now; if not,
-- maybe a text for the end of its message. Once a call, whatever the option `retry` says, since
-- such a refusal executes nothing. But a server that broke down (5xx), or refuses inside a 200,
-- may have executed the call: then only a safe operation goes again.
function refresh.goes_again(self, call, failure, before_wait)
  if call.renewed or not self.vendor.refusals[failure.code] then return false end
  local refused = call.held
  call.renewed = true
  self.source:refuse(refused)
  if failure.maybe_sent and not call.request.safe then return false end
  local failed, why = refresh.ready(self, call, before_wait)
  if call.held and call.held ~= refused then
    return call.deadline - core.monotonic() > (call.least or 0)
  end
  why = not call.held and failed.text or why
  return false, why and "; there is no newer key: " .. why
end

return refresh
