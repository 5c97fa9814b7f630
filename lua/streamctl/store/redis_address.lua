-- Connects to the Redis that a URL names, for the Redis store. Plain Lua uses redis-lua with
-- LuaSocket and LuaSec; nginx uses resty.redis with cosockets.

local core = require "streamctl.core"
local pick = require "streamctl.loop.pick"
local protected = require "streamctl.loop.protected"
local redis_url = require "streamctl.store.redis_url"

local redis_address = {}

local TLS = "with TLS a URL begins with rediss://, without TLS with redis://, and some servers want"
  .. " cert_file=PATH&key_file=PATH"

-- Parts of a reason, and what to do.
local HINTS = {
  { "alert", TLS }, { "^closed", TLS }, { "wantread", TLS }, { "wrong version number", TLS },
  { "certificate", "trusted are the authorities of ca_file=PATH or the system's, in nginx those of "
    .. "lua_ssl_trusted_certificate, and the name is that of the URL or server_name=NAME" },
  { "prefix", "that is no Redis" },
  { "^NOAUTH", "write USER:PASSWORD@ or password_file=PATH in the URL" },
}

-- Throws the reason of a call that returned nil or false.
local function demand(result, why)
  if not result then error(tostring(why), 0) end
  return result
end

local function load_library(name, package)
  local found, library = pcall(require, name)
  return demand(found and library, "there is no module '" .. name .. "'; install " .. package)
end

-- ---- clients of redis-lua ----

-- Debian packages redis-lua for Lua 5.1 to 5.3, and its text serves 5.4 as well.
local DEBIAN = "/usr/share/lua/5.3/redis.lua"

local function load_redis()
  local found, library = pcall(require, "redis")
  local text = not found and loadfile(DEBIAN)
  return found and library or text and text()
    or load_library("redis", "lua-redis (Debian), or run: luarocks install redis-lua")
end

-- Makes a TLS connection of a socket.
local function secure(socket, address, name)
  local ssl = load_library("ssl", "lua-sec (Debian), or run: luarocks install luasec")
  local file, folder = core.authorities()
  local secured, why = ssl.wrap(socket, {
    mode = "client", protocol = "any", verify = "peer",
    options = { "all", "no_sslv2", "no_sslv3", "no_tlsv1", "no_tlsv1_1" },
    cafile = address.ca_file or file, capath = not address.ca_file and folder or nil,
    certificate = address.cert_file, key = address.key_file,
  })
  demand(secured, "ca_file, cert_file or key_file: " .. tostring(why))
  secured:settimeout(address.timeout, "t")
  secured:sni(name)
  demand(secured:dohandshake())
  demand(core.certificate_is_of(secured:getpeercertificate():pem(), name),
    "its certificate is not that of " .. name)
  return secured
end

local function open_plain(address)
  local library = load_redis()
  local socket = require("socket").tcp()
  socket:settimeout(address.timeout, "t")
  demand(socket:connect(address.host, address.port))
  socket:setoption("tcp-nodelay", true)
  if address.tls then socket = secure(socket, address, address.server_name or address.host) end
  local client = library.connect { socket = socket }
  function client.close() socket:close() end
  function client.error(why) error((why:gsub("wantread$", "timeout")), 0) end -- LuaSec's word
  return client, true
end

-- ---- clients of resty.redis ----

-- A handshake on nginx' socket. lua-resty-core throws when one fails before it waits; `told` holds
-- nginx' reason. Without an earlier session it takes nil: after `false` it would return true.
local function shake_hands(socket, name)
  local found, base = pcall(require, "resty.core.base")
  local told = found and base.get_errmsg_ptr() or {}
  told[0] = nil
  local ok, session, why = pcall(socket.sslhandshake, socket, nil, name, true)
  if ok then return session, why end
  if told[0] ~= nil then return nil, require("ffi").string(told[0]) end
  return nil, "the handshake failed, nginx' error log says why"
end

local function open_in_nginx(address)
  demand(not address.ca_file and not address.cert_file,
    "nginx trusts lua_ssl_trusted_certificate; leave ca_file, cert_file and key_file out")
  local found, library = pcall(require, "resty.redis")
  if not found then library = load_library("nginx.redis", "lua-nginx-redis (Debian)") end
  local client, name = library:new(), address.name
  client:set_timeout(address.timeout * 1000)
  -- nginx keeps connections by the name of their pool, which may be logged
  local options = { pool = core.sha1(address.url, "\n", name) }
  demand(client:connect(name:match "^(.*):", address.port, options))
  if client:get_reused_times() > 0 then return client, false end
  if address.tls then -- its old versions know no option for TLS, and would go on without
    demand(shake_hands(client._sock, address.server_name or address.host))
  end
  return client, true
end

-- ---- clients of both ----

-- Asks a client. Returns the answer; or nil and why not.
local function ask(client, method, ...)
  local ok, reply, why = protected.call(client[method], client, ...)
  if ok and reply then return reply end
  why = tostring(not ok and reply or why or "no answer")
  return nil, (why:gsub("^%l+ error: ", "")) -- redis-lua
end

local function log_in(address, client, refusal)
  local password = address.password
  if address.password_file then
    local file = demand(io.open(address.password_file, "rb"))
    password = file:read "*l"
    file:close()
  elseif not password then
    return demand(not refusal, refusal)
  end
  demand(password, "password_file is empty")
  if address.user then return demand(ask(client, "auth", address.user, password)) end
  demand(ask(client, "auth", password))
end

-- Makes a new connection ready. PING is first, so that only a Redis gets the password.
local function greet(address, client)
  local reply, why = ask(client, "ping")
  demand(reply or why:find "^%u+ ", why) -- a Redis that refuses begins with a code
  log_in(address, client, why and why:find "^NOAUTH" and why)
  if address.database then demand(ask(client, "select", address.database)) end
end

local function open(address)
  local client, is_new = (pick.in_nginx and open_in_nginx or open_plain)(address)
  local ok, why = true, nil
  if is_new then ok, why = protected.call(greet, address, client) end
  if ok then return client end
  client:close()
  error(why, 0)
end

-- Returns the function `connect` of a URL, as `streamctl.store.redis` wants one, which throws why
-- there is no connection. Throws when the URL is wrong.
function redis_address.connector(url)
  local address = redis_url.read(url)
  local form = address.host:find(":", 1, true) and "[%s]:%d" or "%s:%d"
  address.url, address.name = url, form:format(address.host, address.port)
  return function()
    local ok, result = protected.call(open, address)
    if ok then return result end
    local why, advice = tostring(result), ""
    for _, hint in ipairs(HINTS) do
      if advice == "" and why:find(hint[1]) then advice = "; " .. hint[2] end
    end
    error(address.name .. ": " .. why .. advice, 0)
  end
end

return redis_address
