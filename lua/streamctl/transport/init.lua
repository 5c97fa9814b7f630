--- Picks the transport that sends a client's requests.
--
-- A transport is an object with one method, `send(request, limits, deadline, loop, origin)`. The
-- request is what the calls of one client are made into, and what its source of credentials asks:
-- `streamctl.core.request`. `request:sign()` gives the target and the headers of an attempt,
-- `request.method` ("GET", "POST" or "PUT") and `request.body` the rest, and `request.safe` whether
-- sending it twice does no harm; otherwise no lower layer may repeat it.
-- `limits` has `attempt_timeout` and `connect_timeout` (seconds). `deadline` is when the whole call
-- ends, in seconds on the clock of `streamctl.core.monotonic()`. `loop` is the one to wait in (see
-- `streamctl.loop.pick`), `origin` where the request goes (`https://host[:port]`; questions for
-- credentials go to other hosts than calls). It returns a result table:
--
-- * `code`: "ok" when a whole response came back, else a code of @{streamctl.errors}
-- * `message`: what went wrong; `hint`: what to do about it, when that is known; `lasting`: a
-- repeat would find the same, such as a certificate that is not trusted
-- * `http_status`, `headers` (text as received), `body`
-- * `maybe_sent`: bytes of the request may have reached the server
-- * `elapsed` (seconds)
-- @public streamctl.transport

local curl = require "streamctl.transport.curl"

local pick = {}

local function resty()
  return require "streamctl.transport.resty" -- only who may use it loads it
end

--- Why a client's options do not fit its `transport`, or nil.
function pick.unfit(config)
  local why = config.transport == "resty" and resty().unfit(config)
  return why and "option 'transport' cannot be \"resty\": " .. why or nil
end

--- The result of a transport of the caller's own, which may hand back anything; instead of what is
-- none a failure: the request may have gone out.
function pick.sound(result)
  local flaw
  if type(result) ~= "table" then
    flaw = "it is a " .. type(result)
  else
    local code, status, headers, body =
      result.code, result.http_status, result.headers, result.body
    if code ~= "ok" and type(code) ~= "string" then
      flaw = "its code is no text"
    elseif code == "ok" and status ~= 200 and (type(status) ~= "number" or status % 1 ~= 0) then
      flaw = "its http_status is no whole number"
    elseif headers and headers ~= "" and type(headers) ~= "string" then
      flaw = "its headers are no text"
    elseif body and type(body) ~= "string" then
      flaw = "its body is no text"
    end
  end
  return not flaw and result or { code = "bad_response", maybe_sent = true,
    message = "the transport's result is none: " .. flaw .. "; see streamctl.transport" }
end

--- Makes what the option `transport` stands for. By default that are cosockets where there are any,
-- if lua-resty-http is there and can do what the client asks for; else the engine. `config` are the
-- client's options, and `loop` is where the first call waits.
function pick.make(config, loop)
  local choice = config.transport or "auto"
  if type(choice) ~= "string" then return choice end
  local is_resty = choice == "resty"
    or (choice == "auto" and loop.has_cosockets and not resty().unfit(config))
  return is_resty and resty().new(config) or curl.new(config)
end

return pick
