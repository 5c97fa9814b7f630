-- Tells the client's listener, the option `on_event`, of events.

local answer = require "streamctl.call.answer"
local core = require "streamctl.core"
local protected = require "streamctl.loop.protected"
local redact = require "streamctl.call.redact"

local events = {}

local QUIET = 60 -- seconds between two complaints about a failing listener

-- Tells the listener, which may wait. The call goes on when the listener throws.
function events.tell(self, event)
  if not self.options.on_event then return end
  event.vendor = self.vendor.name
  local ok, why = protected.call(self.options.on_event, event)
  local now = core.monotonic()
  if ok or (self.reported and now - self.reported < QUIET) then return end
  self.reported = now
  io.stderr:write("streamctl: on_event failed: ", redact.quote(self, tostring(why), 1000), "\n")
end

-- Tells the listener of an attempt: the transport's result, the decoded body, the failure.
function events.attempt(self, call, result, body, failure)
  local server_time, id = answer.server_time(result.headers), answer.request_id(result, body)
  events.tell(self, {
    event = "attempt", operation = call.operation.action, attempt = call.attempt,
    code = failure and failure.code or "ok", http_status = result.http_status,
    elapsed = result.elapsed, clock_offset = server_time and server_time - core.now(),
    request_id = id and redact.quote(self, id, 256, call),
  })
end

return events
