--- Sends OpenTelemetry traces of calls to a collector, as OTLP JSON over HTTP. A file to copy.
--
--     local traces = require("tracing").new { endpoint = "http://127.0.0.1:4318", service = "x" }
--     local rtc = streamctl.zego.new { on_event = traces.on_event }
--     rtc:resume_rtc_streams(params, { context = { traceparent = ngx.var.http_traceparent } })
--     traces.flush() -- before a program of plain Lua ends
--
-- A call is an INTERNAL span. Its attempts are CLIENT spans below, by the semantic conventions of
-- HTTP; its waits are events of the span. No `traceparent` goes to a vendor.

local cjson = require "cjson"
local pick = require "streamctl.loop.pick"

local ngx = package.loaded.ngx -- nil outside of nginx

local DELAY = 0.2 -- seconds from the end of a call until its spans go out, in nginx and in loops
local BATCH = 512 -- spans after which a program without a loop sends, while a call ends
local LIMIT = 2048 -- spans that wait; the exporter drops more
local QUIET = 60 -- seconds between two messages about drops

local INTERNAL, CLIENT, ERROR, SAMPLED = 1, 3, 2, 1 -- numbers of OTLP

-- Fields of events that become attributes, and the names of those that HTTP has conventions for.
local FIELDS = { "vendor", "operation", "code", "attempts", "superseded", "method", "url",
  "http_status", "resend_count", "vendor_code", "request_id", "reason", "delay", "provider",
  "offset", "message" }
local SECONDS = { delay = true, offset = true } -- sent as whole milliseconds
local HTTP = { method = "http.request.method", url = "url.full",
  http_status = "http.response.status_code", resend_count = "http.request.resend_count" }

local random = assert(io.open("/dev/urandom", "rb"))
random:setvbuf "no" -- otherwise a forked process would draw the same bytes as its parent

local HEX = {}
for byte = 0, 255 do HEX[string.char(byte)] = ("%02x"):format(byte) end

local function new_id(bytes) return (random:read(bytes):gsub(".", HEX)) end

-- Nanoseconds as text, since some Luas have no exact numbers of this size.
local function nanoseconds(time)
  local seconds = math.floor(time)
  return ("%.0f%09.0f"):format(seconds, math.floor((time - seconds) * 1e9))
end

local function put(list, key, value)
  if value == nil or value == 0 then return end -- the conventions leave out a count of zero
  local is_number = type(value) == "number"
  list[#list + 1] = { key = key,
    value = is_number and { intValue = ("%.0f"):format(value) } or { stringValue = value } }
end

local function attributes_of(event)
  local list, names = {}, event.event == "attempt" and HTTP or {}
  for _, name in ipairs(FIELDS) do
    local key, value = names[name] or "streamctl." .. name, event[name]
    if value and SECONDS[name] then key, value = key .. "_ms", value * 1000 end
    if name == "vendor_code" and value then value = tostring(value) end
    -- for a byte that is no UTF-8 a collector refuses all spans that come with it
    if type(value) == "string" then value = value:gsub("[\128-\255]", "?") end
    put(list, key, value)
  end
  local scheme, place = (event.url or ""):match "^(%a+)://([^/?#]*)"
  if place then
    put(list, "server.address", (place:gsub(":%d+$", ""):gsub("[%[%]]", "")))
    put(list, "server.port", tonumber(place:match ":(%d+)$") or scheme == "http" and 80 or 443)
  end
  return list
end

-- Makes the span of a call or an attempt, from the event that tells its end.
local function span_of(record, event)
  local is_call, failed = event.event == "call", event.code ~= "ok" and event.code ~= "already"
  local span = {
    traceId = record.trace, spanId = is_call and record.id or new_id(8),
    parentSpanId = is_call and record.parent or not is_call and record.id or nil,
    name = is_call and event.operation or event.method or "HTTP",
    kind = is_call and INTERNAL or CLIENT, flags = SAMPLED, attributes = attributes_of(event),
    startTimeUnixNano = nanoseconds(event.time),
    endTimeUnixNano = nanoseconds(event.time + (event.elapsed or 0)),
    events = is_call and record.notes[1] and record.notes or nil,
    status = failed and { code = ERROR } or nil,
  }
  if failed then put(span.attributes, "error.type", event.code) end
  return span
end

-- Reads a header of W3C Trace Context. Returns the ids of trace and parent, and whether the caller
-- samples; or nil for an invalid header, which counts as none.
local function parse(header)
  local version, trace, parent, flags, rest = tostring(header):match(
    "^([%da-f][%da-f])%-([%da-f]+)%-([%da-f]+)%-([%da-f][%da-f])(.*)$")
  if not version or version == "ff" or #trace ~= 32 or #parent ~= 16 then return nil end
  if not trace:find "[^0]" or not parent:find "[^0]" then return nil end
  if rest ~= "" and (version == "00" or rest:sub(1, 1) ~= "-") then return nil end
  return trace, parent, tonumber(flags, 16) % 2 == SAMPLED
end

-- Posts a body through the sockets of nginx or of LuaSocket, which have the same methods.
-- Returns a true value; or nil and why not.
local function post(url, body)
  local host, port, path = url:match "^http://([^/:]+):?(%d*)(.*)$"
  if not host then return nil, "the endpoint is not http://host:port; give an option `send`" end
  local socket = ngx and ngx.socket.tcp() or require("socket").tcp()
  socket:settimeout(ngx and 1000 or 1)
  local ok, why = socket:connect(host, tonumber(port) or 80)
  if ok then
    ok, why = socket:send(("POST %s HTTP/1.0\r\nHost: %s\r\nContent-Type: application/json\r\n"
      .. "Content-Length: %d\r\n\r\n%s"):format(path, host, #body, body))
  end
  if ok then ok, why = socket:receive "*l" end
  socket:close()
  return ok and ok:match "^HTTP/1%.%d 2", ok or why
end

-- Runs a function in the background after the delay. Returns whether it will run.
local function start(fn)
  if ngx then return ngx.timer.at(DELAY, fn) end
  local spawn = pick.current().spawn
  return spawn and spawn(function()
    pick.sleep(DELAY)
    fn()
  end)
end

local tracing = {}

--- Makes an exporter. Options: `endpoint`; `service`, a name; `send(url, json)` instead of plain
-- HTTP, which returns true, or nil and why not. An exporter has `on_event` for clients, `flush()`,
-- which sends all that waits, and `dropped`, a count of spans.
function tracing.new(options)
  local url = assert(options.endpoint, "an endpoint is missing"):gsub("/$", "") .. "/v1/traces"
  local resource = { attributes = {} }
  put(resource.attributes, "service.name", options.service or "unknown_service")
  local exporter, calls, queue, planned, told = { dropped = 0 }, {}, {}, nil, -QUIET

  local function drop(count, why)
    exporter.dropped = exporter.dropped + count
    if os.time() - told < QUIET then return end
    told = os.time()
    io.stderr:write("tracing: ", exporter.dropped, " spans dropped: ", tostring(why), "\n")
  end

  function exporter.flush()
    local spans = queue
    queue, planned = {}, nil
    if #spans == 0 then return true end
    local sent, why = (options.send or post)(url, cjson.encode { resourceSpans = { {
      resource = resource, scopeSpans = { { scope = { name = "streamctl" }, spans = spans } },
    } } })
    if not sent then drop(#spans, why) end
    return sent, why
  end

  local function begin(event)
    local context = type(event.context) == "table" and event.context or {}
    local trace, parent, is_sampled = parse(context.traceparent)
    if trace and not is_sampled then return end
    calls[event.call] = { trace = trace or new_id(16), parent = parent, id = new_id(8), spans = {},
      notes = {} }
  end

  local function finish(event, spans)
    calls[event.call] = nil
    if #queue + #spans <= LIMIT then
      for _, span in ipairs(spans) do queue[#queue + 1] = span end
    else
      drop(#spans, "too many wait")
      -- a loop may have ended before its background did
      if planned and os.time() - planned > QUIET then planned = nil end
    end
    planned = planned or start(exporter.flush) and os.time()
    if not planned and #queue >= BATCH then exporter.flush() end
  end

  function exporter.on_event(event)
    if event.event == "begin" then return begin(event) end
    local record = event.call and calls[event.call]
    if not record then return end
    if event.event == "attempt" or event.event == "call" then
      record.spans[#record.spans + 1] = span_of(record, event)
      if event.event == "call" then finish(event, record.spans) end
    else
      record.notes[#record.notes + 1] = { name = event.event,
        timeUnixNano = nanoseconds(event.time), attributes = attributes_of(event) }
    end
  end

  return exporter
end

return tracing
