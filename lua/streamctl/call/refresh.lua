-- Credentials from a source: the client signs with the source's present credentials, and asks the
-- source once more when the vendor has refused them.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"
local order = require "streamctl.call.order"
local redact = require "streamctl.call.redact"

local refresh = {}

local MOVED = 5 -- seconds

-- Notes in `known` that the vendor's clock is `offset` seconds ahead of this machine's.
function refresh.learn(known, offset)
  known.clock_offset, known.clock_base = offset, core.now() - core.monotonic()
end

-- Returns the noted offset; or 0 when nobody knows: before, and once this machine's clock was set
-- or the machine has slept, which move one of its two clocks alone.
function refresh.ahead(known)
  local offset = known.clock_offset
  local moved = offset ~= 0 and core.now() - core.monotonic() - known.clock_base
  return moved and math.abs(moved) < MOVED and offset or 0
end

-- Has the client sign by a clock that is `offset` seconds ahead, and tells the listener.
function refresh.set_clock(self, call, offset)
  self.signer:set_clock_offset(offset)
  refresh.learn(self, offset)
  events.tell(self, { event = "clock", offset = offset }, call)
end

-- Has the client sign with these credentials; or returns a failure.
local function adopt(self, credentials)
  local ok, why = self.signer:renew(credentials)
  if not ok then return failures.new("credentials", errors.text_of(why)) end
  self.credentials = credentials
end

-- Has the client sign with valid credentials, which the call notes; or returns a failure. Second:
-- the source's message when the source has nothing newer. An intent takes its place in the order
-- before the source has it wait.
function refresh.ready(self, call)
  local started, gave_way, group = core.monotonic(), nil, call.group
  local deadline = call.deadline or started + self.options.timeout
  if group then -- the call's time limit begins with its slot
    deadline = math.min(started + call.settings.timeout, group.finish_by or math.huge)
  end
  local context = {
    loop = self.loop(), options = self.options, deadline = deadline,
    waiting = call.account and function()
      gave_way = order.stamp(self, call)
      call.waited = true
    end,
  }
  local credentials, message, err = self.source:current(context)
  local failure, offset = nil, refresh.ahead(self)
  if not credentials then
    failure = failures.new(err.code, errors.text_of(message),
      { retryable = err.retryable or false, maybe_sent = false, cause = err.cause })
  elseif credentials ~= self.credentials then
    failure = adopt(self, credentials)
  end
  if offset == 0 and credentials and credentials.ahead then offset = credentials.ahead() end
  if offset ~= self.clock_offset then refresh.set_clock(self, call, offset) end
  if context.asked and self.options.on_event then
    local elapsed = core.monotonic() - started
    events.tell(self, {
      event = "credentials", time = core.now() - elapsed, elapsed = elapsed,
      account = self.account, provider = credentials and credentials.provider or self.source.name,
      code = message and "credentials" or "ok", expires = credentials and credentials.expires,
      message = message and redact.quote(self, message, 1000, call.params and call),
    }, call)
  end
  call.credentials = credentials
  return failure or gave_way, message
end

-- Whether a call with refused credentials goes again with newer credentials; if not, perhaps a text
-- for the end of its message. A call goes again so once, whatever the option `retry` says: the
-- vendor has executed nothing. After a 5xx, or a refusal inside a 200, only a safe call goes again.
function refresh.goes_again(self, call, failure)
  if call.refreshed or not self.vendor.refusals[failure.code] then return false end
  local refused = call.credentials
  call.refreshed = true
  self.source:refuse(refused)
  if failure.maybe_sent and not call.request.safe then return false end
  local failed, why = refresh.ready(self, call)
  if call.credentials and call.credentials ~= refused then
    return call.deadline - core.monotonic() > (call.min_left or 0)
  end
  why = not call.credentials and failed.text or why
  return false, why and "; there is no newer key: " .. why
end

return refresh
