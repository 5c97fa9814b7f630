-- Sends through the transfer engine (libcurl), see `streamctl.transport`. All clients of a process
-- share an engine, and with it the connections.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local exchange = require "streamctl.loop.exchange"

local Curl = { __name = "streamctl.transport.curl" }
Curl.__index = Curl

local curl = {}

local search = package.searchpath -- luacheck: ignore 143 (not in Lua 5.1)

-- Returns the engine's module; or nil and why it cannot be loaded, as without libcurl or memory. A
-- call uses a few functions of libcurl's thirty libraries, so they are bound when they are used.
local function loaded_engine()
  local ok, engines = pcall(function()
    local is_new = search and not package.loaded["streamctl.engine"]
    local path = is_new and search("streamctl.engine", package.cpath)
    if path then core.open_late(path) end
    return require "streamctl.engine"
  end)
  if ok then return engines end
  if errors.is_interrupt(engines) then error(engines, 0) end
  return nil, errors.tidy(tostring(engines), 500), "connect"
end

-- The engine is made at the first send, in the process that sends. The caller limits what is in
-- flight, by the concurrency of a batch or by the number of its tasks.
local MAX_IN_FLIGHT = 1000
local shared

-- Makes the transport of one client. `config` has `endpoint`, `tls`, `proxy`, `user_agent`,
-- `max_response_bytes`, `event_headers`.
function curl.new(config) return setmetatable({ config = config }, Curl) end

local function make_endpoint(config)
  local tls, engines, why, code = config.tls or {}, loaded_engine()
  if not engines then return nil, why, code end
  return engines.endpoint {
    url = config.endpoint,
    ca_file = tls.ca_file,
    ca_path = tls.ca_path,
    insecure = tls.verify == false,
    proxy = config.proxy ~= "env" and config.proxy or nil,
    proxy_from_env = config.proxy == "env",
    user_agent = config.user_agent,
    max_response = config.max_response_bytes,
    keep_head = config.event_headers,
  }
end

local NO_AUTHORITY = "; set tls.ca_file to the authority's certificate, or install the system's"
  .. " (Debian: ca-certificates)"

-- CURLE_SSL_CONNECT_ERROR. The other errors of TLS are about certificates and files.
local BROKEN_HANDSHAKE = 35

local function failed(code, message)
  return { code = code, message = errors.text_of(message), maybe_sent = false }
end

local FORKED = "the process was forked while this call was on its way, so that its answer comes to "
  .. "the parent process"

-- Sends one request and waits for its result, see `streamctl.transport`.
function Curl:send(request, limits, deadline, loop)
  local result, message, code
  if not self.endpoint then
    self.endpoint, message, code = make_endpoint(self.config)
    if not self.endpoint then return failed(code, message) end
  end
  local used = shared
  if not used then
    local engine
    engine, message, code = require("streamctl.engine").new(MAX_IN_FLIGHT)
    if not engine then return failed(code, message) end
    used = exchange.new(engine)
    shared = used
  end
  local timeout, left = limits.attempt_timeout, deadline - core.monotonic()
  if left < timeout then timeout = left > 0 and left or 0 end
  result, message, code = loop.send(used, request, self.endpoint, timeout, limits.connect_timeout)
  if not result then
    local is_refused = used.refused == request
    used.refused = nil
    if code == "forked" then -- the engine is the parent's
      if shared == used then shared = nil end
      if is_refused then return self:send(request, limits, deadline, loop) end
      message = FORKED
    end
    result = failed(code, message)
    result.maybe_sent = not is_refused
  elseif result.code == "tls" then
    local text = result.message:lower()
    result.hint = (text:find("issuer", 1, true) or text:find("self.signed")) and NO_AUTHORITY or nil
    result.lasting = result.native ~= BROKEN_HANDSHAKE
  end
  return result
end

return curl
