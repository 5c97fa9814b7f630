--- Sends through the transfer engine (libcurl).
--
-- A transport is an object with one method, `send(request, deadline)`. The request is a table:
-- `signer` (of streamctl.core), `method`, `action`, `params` (flat list of names and values),
-- `body`, `content_type`, `safe` (sending it twice does no harm; otherwise no lower layer may repeat
-- it), `attempt_timeout`, `connect_timeout` (seconds). It returns a result table:
--
-- * `code`: "ok" when a whole response came back, else a code of @{streamctl.errors}
-- * `message`: what went wrong
-- * `http_status`, `headers` (text as received), `body`
-- * `maybe_sent`: bytes of the request may have reached the server
--
-- Requests share one engine per process, and with it the connections.
-- @module streamctl.transport.curl

local exchange = require "streamctl.transport.exchange"
local loop = require "streamctl.loop.auto"

local Curl = { __name = "streamctl.transport.curl" }
Curl.__index = Curl

local curl = {}

-- The engine is made at the first send, in the process that sends. Who limits what is in flight
-- is the caller: a batch, or the number of tasks.
local MAX_IN_FLIGHT = 1000
local shared

local function get_exchange()
  if shared then return shared end
  local engine, message, code = require("streamctl.engine").new(MAX_IN_FLIGHT)
  if not engine then return nil, message, code end
  shared = exchange.new(engine)
  return shared
end

local function send(submission)
  local engine, message, code = get_exchange()
  if not engine then return nil, message, code end
  return loop.send(engine, submission)
end

--- Makes the transport of one client.
-- @tparam table config `endpoint`, `tls`, `proxy`, `user_agent`, `max_response_bytes`
-- @treturn Curl
function curl.new(config)
  return setmetatable({ config = config }, Curl)
end

function Curl:endpoint()
  if self.made then return self.made end
  local config, tls = self.config, self.config.tls or {}
  local made, message, code = require("streamctl.engine").endpoint {
    url = config.endpoint,
    ca_file = tls.ca_file,
    ca_path = tls.ca_path,
    insecure = tls.verify == false,
    proxy = config.proxy ~= "env" and config.proxy or nil,
    proxy_from_env = config.proxy == "env",
    user_agent = config.user_agent,
    max_response = config.max_response_bytes,
  }
  self.made = made
  return made, message, code
end

-- nginx runs everything in one thread per worker: waiting here would stop them all.
local function in_nginx_request()
  local ok, ngx = pcall(function() return _G.ngx end) -- "strict" modules throw
  return ok and type(ngx) == "table" and ngx.get_phase ~= nil and ngx.get_phase() ~= "init"
end

local PHASE = {
  code = "phase",
  message = "sending would block this nginx worker; sign with client:sign() and send with a "
    .. "cosocket client such as lua-resty-http",
}

local function failed(code, message)
  return { code = code, message = (message:gsub("^[%w_]+: ", "")), maybe_sent = false }
end

--- Sends one request and waits for its result.
-- @tparam table request see above
-- @tparam Deadline deadline of the whole call
-- @treturn table result
function Curl:send(request, deadline)
  if in_nginx_request() then return PHASE end
  local endpoint, message, code = self:endpoint()
  if not endpoint then return failed(code, message) end
  local timeout = math.min(request.attempt_timeout, deadline:left())
  local submission = {
    endpoint = endpoint, signer = request.signer, method = request.method, action = request.action,
    params = request.params, body = request.body, content_type = request.content_type,
    -- libcurl sends again by itself on a kept connection that turns out to be dead
    fresh = not request.safe, timeout = timeout, connect_timeout = request.connect_timeout,
  }
  local result
  result, message, code = send(submission)
  if code == "forked" then
    -- made before a fork: the child starts with an engine of its own
    shared = nil
    result, message, code = send(submission)
  end
  return result or failed(code, message)
end

return curl
