-- Tells the client's listener, the option `on_event`, of events. docs/reference/events.md lists
-- them.
--
-- Without a listener nothing is made of an event: who has more to do than a table asks for the
-- listener first. The record of a call gains an `id`.

local answer = require "streamctl.call.answer"
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local hosts = require "streamctl.transport.hosts"
local protected = require "streamctl.loop.protected"
local redact = require "streamctl.call.redact"

local events = {}

local QUIET = 60 -- seconds between two complaints about a failing listener
local SWEEP = 1 -- seconds between two searches for calls that nobody goes on with
local NONE = {} -- constant

-- Tells the listener, which may wait. The call goes on when the listener throws, except for Ctrl-C.
-- `call` is the record of a call, or has its `operation` and `context`.
function events.tell(self, event, call)
  local on_event = self.options.on_event
  if not on_event then return end
  event.vendor, event.time = self.vendor.name, event.time or core.now()
  event.operation, event.call, event.context = call.operation.action, call.id, call.context
  local thrown = protected.inform(on_event, event)
  local now = thrown and core.monotonic()
  if not thrown or (self.reported and now - self.reported < QUIET) then return end
  self.reported = now
  io.stderr:write("streamctl: on_event failed: ", redact.quote(self, thrown, 1000), "\n")
end

-- First line and headers of a request or a response for the listener, with secrets hidden.
local function head_of(self, call, text)
  if not self.options.event_headers or type(text) ~= "string" then return nil end
  return (redact.hide(self, text, call):gsub("(\n[Pp]roxy%-[Aa]uthorization:)[^\r\n]*", "%1 ***"))
end

-- Tells the listener of an attempt: the transport's result, the decoded body, the failure.
function events.attempt(self, call, result, body, failure)
  local server_time, id = answer.server_time(result.headers), answer.request_id(result, body)
  events.tell(self, {
    event = "attempt", time = core.now() - (tonumber(result.elapsed) or 0), attempt = call.attempt,
    resend_count = call.attempt - 1, previous = call.failure and call.failure.code,
    code = failure and failure.code or "ok",
    vendor_code = redact.quote(self, failure and failure.vendor_code, 256, call),
    http_status = result.http_status, elapsed = result.elapsed, reused = result.reused,
    method = call.request.method, url = hosts.endpoint(self, call.operation.host) .. "/",
    clock_offset = server_time and server_time - core.now(),
    request_id = redact.quote(self, id, 256, call),
    request_head = head_of(self, call, result.request_head),
    response_head = head_of(self, call, result.headers),
  }, call)
end

function events.store(self, call, method, why)
  if not self.options.on_event then return end
  events.tell(self, { event = "store", method = method,
    message = redact.quote(self, errors.text_of_any(why), 1000, call.params and call) }, call)
end

-- ---- the beginning and the end of a call ----

local last_id = 0
local open = {} -- id -> what the end of a call that has begun needs
local living = setmetatable({}, { __mode = "v" }) -- id -> the record, while somebody goes on
local swept_at = 0

-- Tells of the end of a call: `answer` and `err` as the caller gets them.
local function tell_end(self, call, began, fields)
  open[call.id] = nil
  fields.event, fields.time, fields.elapsed = "call", began.wall, core.monotonic() - began.started
  events.tell(self, fields, call)
end

-- Ends the calls whose threads were killed, of which no loop tells: nginx ends the threads of a
-- request that is over.
local function sweep()
  local now = core.monotonic()
  if now - swept_at < SWEEP then return end
  swept_at = now
  local ended = {} -- a listener may wait, and calls begin meanwhile
  for id, began in pairs(open) do
    if not living[id] then ended[#ended + 1] = began end
  end
  for _, began in ipairs(ended) do
    if open[began.id] then -- no other search has told of the call meanwhile
      tell_end(began.client, began, began,
        { code = "cancelled", attempts = 0, superseded = 0, maybe_sent = true })
    end
  end
end

-- The fields of the end of a call, from what the caller gets.
local function end_of(self, call, ok, body, err)
  if not ok then
    local code = errors.is_interrupt(body) and "cancelled" or "caller_error"
    return { code = code, attempts = call.attempt, superseded = 0, maybe_sent = true }
  end
  local said = err or body.info or NONE
  local id = said.request_id
  if not err then id = redact.quote(self, answer.request_id(NONE, body), 256, call) end
  return {
    code = err and err.code or said.already and "already" or "ok", attempts = call.attempt,
    superseded = #(said.superseded or NONE), maybe_sent = not err or err.maybe_sent,
    request_id = id,
  }
end

-- Tells of the beginning of a call, and has `go` make the call.
local function begin(go, self, call, ...)
  events.tell(self, { event = "begin", time = call.wall }, call)
  return go(self, call, ...)
end

-- Has `go` make a call between the events `begin` and `call`, and returns what `go` returns.
function events.follow(self, call, go, ...)
  sweep()
  last_id = last_id + 1
  call.id = last_id
  local began = { client = self, wall = call.wall, started = call.started, id = call.id,
    operation = call.operation, context = call.context }
  open[call.id], living[call.id] = began, call
  local ok, body, message, err, attempts = protected.call(begin, go, self, call, ...)
  tell_end(self, call, began, end_of(self, call, ok, body, err))
  if not ok then error(body, 0) end
  return body, message, err, attempts
end

return events
