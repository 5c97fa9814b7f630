--- Picks the transport that sends a client's requests.
--
-- A transport is an object with one method, `send(request, deadline, loop)`. The request is a
-- table: `signer` (of streamctl.core), `origin` (where it goes, `https://host[:port]`), `method`,
-- `action`, `params` (flat list of names and values, not to be changed), `body`, `content_type`,
-- `safe` (sending it twice does no harm; otherwise no lower layer may repeat it),
-- `attempt_timeout`, `connect_timeout` (seconds). `deadline` is that of the whole call, `loop` the
-- one to wait in (see `streamctl.loop.pick`). It returns a result table:
--
-- * `code`: "ok" when a whole response came back, else a code of @{streamctl.errors}
-- * `message`: what went wrong; `hint`: what to do about it, when that is known; `lasting`: a
-- repeat would find the same, such as a certificate that is not trusted
-- * `http_status`, `headers` (text as received), `body`
-- * `maybe_sent`: bytes of the request may have reached the server
-- * `elapsed` (seconds)
-- @public streamctl.transport.pick

local curl = require "streamctl.transport.curl"

local Auto = { __name = "streamctl.transport.pick" }
Auto.__index = Auto

local pick = {}

-- Cosockets where there are any, if lua-resty-http is there and can do what the client asks for;
-- else the engine.
local function choose(config, loop)
  if not loop.has_cosockets then return curl.new(config) end
  local resty = require "streamctl.transport.resty"
  if resty.unfit(config) then return curl.new(config) end
  return resty.new(config)
end

--- Sends with what suits the place.
function Auto:send(request, deadline, loop)
  self.chosen = self.chosen or choose(self.config, loop)
  return self.chosen:send(request, deadline, loop)
end

--- What the option `transport` stands for.
-- @tparam table config the client's options: `transport` ("auto", "curl", "resty", or an object),
-- and `endpoint`, `tls`, `proxy`, `user_agent`, `max_response_bytes`
-- @treturn[1] table transport
-- @treturn[2] nil
-- @treturn[2] string why the options do not fit
function pick.make(config)
  local choice = config.transport or "auto"
  if type(choice) ~= "string" then return choice end
  if choice == "auto" then return setmetatable({ config = config }, Auto) end
  if choice == "curl" then return curl.new(config) end
  local resty = require "streamctl.transport.resty"
  local why = resty.unfit(config)
  if why then return nil, "option 'transport' cannot be \"resty\": " .. why end
  return resty.new(config)
end

return pick
