--- Sends through the transfer engine (libcurl), see `streamctl.transport`.
--
-- Requests share one engine per process, and with it the connections.
-- @module streamctl.transport.curl

local core = require "streamctl.core"
local exchange = require "streamctl.loop.exchange"

local Curl = { __name = "streamctl.transport.curl" }
Curl.__index = Curl

local curl = {}

local search = package.searchpath -- luacheck: ignore 143 (not in Lua 5.1)

-- A call uses a few functions of libcurl's thirty libraries, so they are bound when they are used.
local function load_engine()
  local is_new = search and not package.loaded["streamctl.engine"]
  local path = is_new and search("streamctl.engine", package.cpath)
  if path then core.open_late(path) end
  return require "streamctl.engine"
end

-- The engine is made at the first send, in the process that sends. The caller limits what is in
-- flight, by the concurrency of a batch or by the number of its tasks.
local MAX_IN_FLIGHT = 1000
local shared

local function get_exchange()
  if shared then return shared end
  local engine, message, code = load_engine().new(MAX_IN_FLIGHT)
  if not engine then return nil, message, code end
  shared = exchange.new(engine)
  return shared
end

--- Makes the transport of one client. `config` has `endpoint`, `tls`, `proxy`, `user_agent`,
-- `max_response_bytes`.
function curl.new(config)
  return setmetatable({ config = config }, Curl)
end

function Curl:endpoint()
  if self.made then return self.made end
  local config, tls = self.config, self.config.tls or {}
  local made, message, code = load_engine().endpoint {
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

local function hint_for(message)
  if message:find("issuer", 1, true) or message:find("self.signed") then
    return "; set tls.ca_file to the authority's certificate, or install the system's"
      .. " (Debian: ca-certificates)"
  end
end

-- CURLE_SSL_CONNECT_ERROR. The other errors of TLS are about certificates and files.
local BROKEN_HANDSHAKE = 35

local function failed(code, message)
  return { code = code, message = (message:gsub("^[%w_]+: ", "")), maybe_sent = false }
end

local FORKED = "the process was forked while this call was on its way, so that its answer comes to "
  .. "the parent process"

-- The result of a request that the loop could not send, or not see to its end. An engine that was
-- made before a fork is the parent's: a child starts with its own.
local function unfinished(engine, request, message, code)
  if code == "forked" and shared == engine then shared = nil end
  local result = failed(code, message)
  result.maybe_sent = not exchange.has_refused(request)
  if code == "forked" and result.maybe_sent then result.message = FORKED end
  return result
end

--- Sends one request and waits for its result, see `streamctl.transport`.
function Curl:send(request, limits, deadline, loop)
  local endpoint, message, code = self.made, nil, nil
  if not endpoint then endpoint, message, code = self:endpoint() end
  if not endpoint then return failed(code, message) end
  local engine = shared
  if not engine then engine, message, code = get_exchange() end
  if not engine then return failed(code, message) end
  local timeout, left = limits.attempt_timeout, deadline - core.monotonic()
  if left < timeout then timeout = left > 0 and left or 0 end
  local result
  result, message, code = loop.send(engine, request, endpoint, timeout, limits.connect_timeout)
  if not result then
    result = unfinished(engine, request, message, code)
    if code == "forked" and not result.maybe_sent then
      return self:send(request, limits, deadline, loop)
    end
  elseif result.code == "tls" then
    result.hint = hint_for(result.message:lower())
    result.lasting = result.native ~= BROKEN_HANDSHAKE
  end
  return result
end

return curl
