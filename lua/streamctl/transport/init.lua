--- Picks the transport that sends a client's requests.
--
-- A transport is an object with one method, `send(request, limits, deadline, loop, origin, call)`.
-- The request is what the calls of one client are made into, and what its source of credentials
-- asks: `streamctl.core.request`. `request:sign()` gives the target and the headers of an attempt,
-- `request.method` ("GET", "POST" or "PUT") and `request.body` the rest, and `request.safe` whether
-- sending it twice does no harm; otherwise no lower layer may repeat it.
-- `limits` has `attempt_timeout` and `connect_timeout` (seconds). `deadline` is when the whole call
-- ends, in seconds on the clock of `streamctl.core.monotonic()`. `loop` is the one to wait in (see
-- `streamctl.loop.pick`), `origin` where the request goes (`https://host[:port]`; questions for
-- credentials go to other hosts than calls). `call` is the number that the event of this attempt
-- has as `call`; nil for questions for credentials, and for clients without `on_event`. It returns
-- a result table:
--
-- * `code`: "ok" when a whole response came back, else a code of @{streamctl.errors}
-- * `message`: what went wrong; `hint`: what to do about it, when that is known; `lasting`: a
-- repeat would find the same, such as a certificate that is not trusted
-- * `http_status`, `headers` (text as received), `body`
-- * `request_head`: the request's first line and headers as sent, with the option `event_headers`
-- * `maybe_sent`: bytes of the request may have reached the server
-- * `elapsed` (seconds); `reused`: a kept connection carried the request
-- @public streamctl.transport

local core = require "streamctl.core"
local curl = require "streamctl.transport.curl"
local options = require "streamctl.options"

local transport = {}

local USER_AGENT, MAX_BYTES = "streamctl/" .. core._VERSION, 1048576

local function resty()
  return require "streamctl.transport.resty" -- loaded only where a client may use it
end

--- Why a client's options do not fit its `transport`, or nil.
function transport.unfit(config)
  local choice = config.transport or "auto"
  local why = config.loop and type(choice) == "string" and options.sends(config.loop)
  if why then return "option 'loop' " .. why end
  why = choice == "resty" and resty().unfit(config)
  return why and "option 'transport' cannot be \"resty\": " .. why or nil
end

-- Returns the flaw of a result, or nil. Comparing usual values first saves calls of `type`.
local function flaw_of(result)
  if type(result) ~= "table" then return "it is a " .. type(result) end
  local code, status, headers, body = result.code, result.http_status, result.headers, result.body
  if code ~= "ok" then
    if type(code) ~= "string" then return "its code is no text" end
    if type(result.message or "") ~= "string" then return "its message is no text" end
    if type(result.hint or "") ~= "string" then return "its hint is no text" end
  end
  if status ~= 200 and (status ~= nil or code == "ok")
    and (type(status) ~= "number" or status % 1 ~= 0) then
    return "its http_status is no whole number"
  end
  if headers and headers ~= "" and type(headers) ~= "string" then
    return "its headers are no text"
  end
  if body and type(body) ~= "string" then return "its body is no text" end
end

--- The result of a caller's transport, which may return anything; or a failure that says why it is
-- no result: the request may have gone out.
function transport.sound(result)
  local flaw = flaw_of(result)
  if not flaw then return result end
  return { code = "bad_response", maybe_sent = true,
    message = "the transport's result is none: " .. flaw .. "; see streamctl.transport" }
end

local places = setmetatable({}, { __mode = "v" }) -- in use, by all that they are made of

--- Opens the place where requests go to an endpoint: a table with `endpoint`, `transport`, and
-- `is_callers` for a transport of the caller's. Clients whose requests go the same way share it.
-- Without a transport in the options it is cosockets where there are any, if lua-resty-http is
-- there and can do what the options ask for; else the engine. The first call waits in `loop`.
function transport.open(endpoint, opts, loop)
  local choice, tls = opts.transport or "auto", opts.tls or {}
  if type(choice) ~= "string" then
    return { endpoint = endpoint, transport = choice, is_callers = true }
  end
  local is_resty = choice == "resty"
    or (choice == "auto" and loop.has_cosockets and not resty().unfit(opts))
  local user_agent = opts.user_agent or USER_AGENT
  local max_bytes = opts.max_response_bytes or MAX_BYTES
  local key = table.concat({ tostring(is_resty), endpoint, opts.proxy or "", user_agent,
    max_bytes, tls.ca_file or "", tls.ca_path or "", tostring(tls.verify),
    tostring(opts.event_headers) }, "\n")
  local place = places[key]
  if not place then
    place = { endpoint = endpoint, transport = (is_resty and resty() or curl).new {
      endpoint = endpoint, tls = opts.tls, proxy = opts.proxy, user_agent = user_agent,
      max_response_bytes = max_bytes, event_headers = opts.event_headers } }
    places[key] = place
  end
  return place
end

return transport
