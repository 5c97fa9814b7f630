--- What a client with a source of credentials does around its calls: it takes over what the source
-- hands out, and asks once more when the vendor has refused that.
-- @module streamctl.call.renewal

local core = require "streamctl.core"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"
local order = require "streamctl.call.order"
local pace = require "streamctl.call.pace"
local redact = require "streamctl.call.redact"

local renewal = {}

-- What the source may need to ask in the middle of a call.
local function context_of(self, call)
  local context = {
    loop = call.loop or self.loop(), options = self.options,
    deadline = call.deadline or core.monotonic() + self.options.timeout,
  }
  function context.waiting()
    context.waited = true
    context.failure = call.account and order.stamp(self.options.store, call, call.attempt > 0)
  end
  return context
end

-- The call's place in the order of intents. Calls that wait for a key go on in any order, so that
-- each is stamped before, and looks afterwards whether a newer one was made.
local function place_of(self, context, call)
  if not (context.waited and call.account) then return nil end
  return context.failure or order.stamp(self.options.store, call, call.attempt > 0)
end

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

-- Has the client sign with these credentials, and by the clock that their source has learned.
local function adopt(self, held)
  self.held = held
  if self.clock_offset ~= 0 or (held.ahead or 0) == 0 then return end
  self.clock_offset = held.ahead
  self.signer:set_clock_offset(held.ahead)
end

--- Has the signer sign with what is valid now.
-- @tparam table self a client with a `source`
-- @tparam table call `operation`; of one that is to be sent what @{streamctl.call} keeps in it. It
-- gains `held`, what it is signed with
-- @treturn[1] nil
-- @treturn[1] string|nil why the source has nothing newer, when it was asked for that
-- @treturn[2] table failure, see `streamctl.call`
function renewal.ready(self, call)
  local context, started = context_of(self, call), core.monotonic()
  local held, message, err = self.source:current(context)
  local failure
  if not held then
    failure = failure_of(message, err)
  elseif held ~= self.held then
    local ok, why = self.signer:renew(held)
    if ok then adopt(self, held) else failure = failure_of(why, { code = "credentials" }) end
  end
  if context.asked and self.options.on_event then
    tell(self, call, core.monotonic() - started, held, message)
  end
  call.held = held
  return failure or place_of(self, context, call), message
end

--- Waits until a call may be sent, and has something to be signed with then.
-- @tparam table self a client with a `source`
-- @tparam table call see @{streamctl.call.pace.wait_turn}
-- @treturn table|nil failure
function renewal.wait_turn(self, call)
  -- before the slot: to ask takes longer than slots are apart; and after it, which may be far away
  return (renewal.ready(self, call)) or pace.wait_turn(self, call) or (renewal.ready(self, call))
end

--- Tells the source that what a call was signed with was accepted.
-- @tparam table self a client with a `source`
-- @tparam table call
function renewal.worked(self, call)
  if self.source.accept then self.source:accept(call.held) end
end

--- Whether a call whose credentials were refused goes again, since there are others by now. Once a
-- call; whatever the option `retry` says, since such a refusal executes nothing. But a server that
-- broke down (5xx), or refuses inside a 200, may have executed the call: then only a safe operation
-- goes again.
-- @tparam table self a client with a `source`
-- @tparam table call `result`, `least`
-- @tparam table failure
-- @treturn[1] boolean true
-- @treturn[2] boolean false
-- @treturn[2] string|nil text to add to the error
function renewal.goes_again(self, call, failure)
  if call.renewed or not self.vendor.refusals[failure.code] then return false end
  local refused = call.held
  call.renewed = true
  self.source:refuse(refused)
  if failure.maybe_sent and not call.request.safe then return false end
  local failed, why = renewal.ready(self, call)
  if call.held and call.held ~= refused then
    return call.deadline - core.monotonic() > call.least
  end
  why = not call.held and failed.text or why
  return false, why and "; there is no newer key: " .. why
end

return renewal
