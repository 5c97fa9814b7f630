--- What sends requests: the engine, or an object of the caller's.
--
--     local transport = {}
--     function transport:send(request)
--       local status, headers, body = my_http_client(request.method, request.url, request.headers,
--         request.body, request.timeout)
--       if not status then return nil, "timeout", headers end
--       return { status = status, headers = headers, body = body }
--     end
--     local rtc = streamctl.zego.new { transport = transport, ... }
--
-- A request is signed when it is sent. What it and an answer are made of, and what the codes mean,
-- is in docs/how-to/test-your-code.md.
-- @public streamctl.transport

local core = require "streamctl.core"
local curl = require "streamctl.transport.curl"
local errors = require "streamctl.base.errors"

local transport = {}

local USER_AGENT, MAX_BYTES = "streamctl/" .. core._VERSION, 1048576

-- Inside the library a transport has the method `send(request, limits, deadline, loop, origin,
-- call)`. The request is a `streamctl.core.request`, which is signed when it is sent; `limits` has
-- `attempt_timeout` and `connect_timeout`; `deadline` is the end of the whole call on the
-- monotonic clock; `loop` is what waits. A result has
--
-- * `code`: "ok" when a whole response came back, else a code of @{streamctl.errors}
-- * `message`: what went wrong; `hint`: what to do about it, when that is known; `lasting`: a
--   repeat would find the same, such as a certificate that is not trusted
-- * `http_status`, `headers` (text as received), `body`
-- * `request_head`: the request's first line and headers as sent, with the option `event_headers`
-- * `maybe_sent`: bytes of the request may have reached the server
-- * `elapsed` (seconds); `reused`: a kept connection carried the request

-- ---- transports of callers ----

local Callers = {}
Callers.__index = Callers

-- Codes without an answer, and whether the request may have been sent all the same.
local CODES = { dns = false, connect = true, tls = false, timeout = true, too_large = true,
  bad_response = true }

-- What is wrong with what a caller's transport returns; false or nil where nothing is.
local function flaw_of(answer, code, message)
  if answer == nil then
    return CODES[code] == nil and "the code is none of those of a transport"
      or message ~= nil and type(message) ~= "string" and "the message is no text"
  elseif type(answer) ~= "table" then
    return "it is no table"
  end
  local status, headers, body = answer.status, answer.headers or {}, answer.body or ""
  if type(status) ~= "number" or status % 1 ~= 0 or status < 100 or status > 599 then
    return "the status is no whole number from 100 to 599"
  elseif type(headers) ~= "table" or type(body) ~= "string" then
    return "the headers are no table, or the body is no text"
  end
  for name, value in next, headers do
    local is_text = type(value) == "string" or type(value) == "number"
    if type(name) ~= "string" or not is_text then return "the headers are no texts by name" end
  end
end

function Callers:send(request, limits, deadline, _, origin, call)
  local began, lines = core.monotonic(), {}
  local timeout = math.min(limits.attempt_timeout, deadline - began)
  if timeout <= 0 then return { code = "timeout", maybe_sent = false } end
  local signed, why, reason = request:signed(origin)
  if not signed then return { code = reason, message = errors.text_of(why), maybe_sent = false } end
  signed.timeout, signed.connect_timeout = timeout, math.min(limits.connect_timeout, timeout)
  signed.safe, signed.call = request.safe, call
  local answer, code, message, maybe_sent = self.transport:send(signed)
  local flaw, elapsed = flaw_of(answer, code, message), core.monotonic() - began
  if flaw then
    error('the transport must return { status = 200, headers = {}, body = "" }, or nil, a code and '
      .. "a message: " .. flaw .. "; see docs/how-to/test-your-code.md", 0)
  elseif not answer then
    if maybe_sent == nil then maybe_sent = CODES[code] end
    return { code = code, message = message, maybe_sent = maybe_sent == true, elapsed = elapsed }
  end
  for name, value in next, answer.headers or {} do lines[#lines + 1] = name .. ": " .. value end
  return { code = "ok", http_status = answer.status, headers = table.concat(lines, "\r\n"),
    body = answer.body, maybe_sent = true, elapsed = elapsed }
end

local places = setmetatable({}, { __mode = "v" }) -- in use, by all that they are made of

--- Opens the place where requests go to an endpoint: a table with `endpoint` and `transport`.
-- Clients whose requests go the same way share it, but for transports of callers.
function transport.open(endpoint, opts)
  if opts.transport then
    local own = setmetatable({ transport = opts.transport }, Callers)
    return { endpoint = endpoint, transport = own }
  end
  local user_agent, tls = opts.user_agent or USER_AGENT, opts.tls or {}
  local max_bytes = opts.max_response_bytes or MAX_BYTES
  local key = table.concat({ endpoint, opts.proxy or "", user_agent, max_bytes, tls.ca_file or "",
    tls.ca_path or "", tostring(tls.verify), tostring(opts.event_headers) }, "\n")
  local place = places[key]
  if not place then
    place = { endpoint = endpoint, transport = curl.new {
      endpoint = endpoint, tls = opts.tls, proxy = opts.proxy, user_agent = user_agent,
      max_response_bytes = max_bytes, event_headers = opts.event_headers } }
    places[key] = place
  end
  return place
end

return transport
