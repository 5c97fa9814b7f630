-- Connects to the Redis that a URL names, for the Redis store. Clients are those of redis-lua, on
-- sockets of LuaSocket and LuaSec, and in nginx those of resty.redis on nginx' own sockets.

local core = require "streamctl.core"
local pick = require "streamctl.loop.pick"
local protected = require "streamctl.loop.protected"
local redis_url = require "streamctl.store.redis_url"

local redis_address = {}

local MASTER_AGE = 1 -- seconds in which Sentinels are not asked again

-- Parts of a reason, and what to do.
local HINTS = {
  { "certificate verify failed", "name its authority by ca_file=PATH in the URL, or install the "
    .. "system's (Debian: ca-certificates)" },
  { "issuer certificate", "set lua_ssl_trusted_certificate in nginx.conf" },
  { "self.signed certificate", "set lua_ssl_trusted_certificate in nginx.conf" },
  { "no resolver", "add `resolver <address of a name server>;` to nginx.conf" },
  { "wrong version number", "without TLS the URL begins with redis://" },
  { "wantread", "no answer in time; without TLS the URL begins with redis://" },
  { "prefix", "that is no Redis" },
  { "^closed", "with TLS the URL begins with rediss://",
    "it may want a certificate: cert_file=PATH&key_file=PATH in the URL" },
  { "^NOAUTH", "write USER:PASSWORD@ or password_file=PATH in the URL" },
  { "^error loading", "see ca_file, cert_file and key_file in the URL" },
}

local function with_hint(why, has_tls)
  for _, hint in ipairs(HINTS) do
    if why:find(hint[1]) then return why .. "; " .. (hint[has_tls and 3 or 2] or hint[2]) end
  end
  return why
end

local function name_of(place)
  if place.path then return place.path end
  return (place.host:find(":", 1, true) and "[%s]:%d" or "%s:%d"):format(place.host, place.port)
end

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

local plain = {}

function plain.load(address)
  address.library = load_library("redis",
    "lua-redis (Debian, for Lua 5.1 to 5.3), or run: luarocks install redis-lua")
  address.ssl = address.tls
    and load_library("ssl", "lua-sec (Debian), or run: luarocks install luasec")
end

-- Makes a TLS connection of a socket.
local function secure(socket, address, place)
  local name, file, folder = address.server_name or place.host, core.authorities()
  local secured = demand(address.ssl.wrap(socket, {
    mode = "client", protocol = "any", verify = "peer",
    options = { "all", "no_sslv2", "no_sslv3", "no_tlsv1", "no_tlsv1_1" },
    cafile = address.ca_file or file, capath = not address.ca_file and folder or nil,
    certificate = address.cert_file, key = address.key_file,
  }))
  secured:settimeout(address.timeout, "t")
  secured:sni(name)
  demand(secured:dohandshake())
  demand(core.certificate_is_of(secured:getpeercertificate():pem(), name),
    "its certificate is not that of " .. name .. "; its name may be server_name=NAME in the URL")
  return secured
end

function plain.open(address, place)
  local library = address.library
  local socket = place.path and require "socket.unix"() or require("socket").tcp()
  socket:settimeout(address.timeout, "t")
  demand(socket:connect(place.path or place.host, place.port))
  if place.port then socket:setoption("tcp-nodelay", true) end
  if address.tls then socket = secure(socket, address, place) end
  local client = library.connect { socket = socket }
  client.role, client.sentinel = library.command "ROLE", library.command "SENTINEL"
  function client.close() socket:close() end
  function client.error(why) error((why:gsub("wantread$", "timeout")), 0) end -- LuaSec's word
  return client, true
end

-- ---- clients of resty.redis ----

local nginx = {}

function nginx.load(address)
  local found, library = pcall(require, "resty.redis")
  address.library = found and library or load_library("nginx.redis", "lua-nginx-redis (Debian)")
  demand(not address.ca_file and not address.cert_file,
    "nginx trusts lua_ssl_trusted_certificate; leave ca_file, cert_file and key_file out")
end

-- nginx keeps connections by the name of their pool, which may be logged.
local function pool_of(address, place)
  return core.sha1(address.password or "", table.concat({
    address.user or "", address.password_file or "", address.password_env or "",
    tostring(address.tls), address.server_name or "", address.database or "", name_of(place),
  }, "\n"))
end

function nginx.open(address, place)
  local client = address.library:new()
  client:set_timeout(address.timeout * 1000)
  local host = place.path and "unix:" .. place.path or name_of(place):match "^(.*):"
  local options = { pool = pool_of(address, place) }
  demand(client:connect(host, place.port or options, options))
  if client:get_reused_times() > 0 then return client, false end
  if address.tls then -- its old versions know no option for TLS, and would go on without
    demand(client._sock:sslhandshake(false, address.server_name or place.host, true))
  end
  return client, true
end

-- ---- clients of both ----

local driver = pick.in_nginx and nginx or plain

-- Asks a client. Returns the answer; or nil and why not.
local function ask(client, method, ...)
  local ok, reply, why = protected.call(client[method], client, ...)
  if ok and reply and type(reply) ~= "userdata" then return reply end -- ngx.null is one
  why = tostring(not ok and reply or why or "no answer")
  return nil, (why:gsub("^%l+ error: ", "")) -- redis-lua
end

local function password_of(address)
  if address.password then return address.password:reveal() end
  if address.password_env then
    return demand(os.getenv(address.password_env), address.password_env .. " is not set")
  elseif address.password_file then
    local file = demand(io.open(address.password_file, "rb"))
    local text = file:read "*a"
    file:close()
    return demand(text, "the password cannot be read"):gsub("[\r\n]+$", "")
  end
end

local function log_in(address, client, refusal)
  local password = password_of(address)
  if address.user then
    demand(ask(client, "auth", address.user, password))
  elseif password then
    demand(ask(client, "auth", password))
  else
    demand(not refusal, refusal)
  end
end

-- Makes a new connection ready. PING is first, so that only a Redis gets the password; a Sentinel
-- gets the password when it asks.
local function greet(address, client, is_sentinel)
  local reply, why = ask(client, "ping")
  demand(reply or why:find "^%u+ ", why) -- a Redis that refuses begins with a code
  local refusal = why and why:find "^NOAUTH" and why
  if refusal or not is_sentinel then log_in(address, client, refusal) end
  if is_sentinel then return end
  if address.database then demand(ask(client, "select", address.database)) end
  local role = address.sentinel and ask(client, "role")
  demand(not role or role[1] == "master", "it is no master any more")
end

local function open(address, place, is_sentinel)
  local client, is_new = driver.open(address, place)
  local ok, why = true, nil
  if is_new then ok, why = protected.call(greet, address, client, is_sentinel) end
  if ok then return client end
  client:close()
  error(why, 0)
end

-- Calls a function with each place, beginning with the one that was good last, until it does not
-- throw. Returns its result.
local function try_each(address, call)
  local places, first, reasons = address.places, address.good or 1, {}
  for i = first, first + #places - 1 do
    local index = (i - 1) % #places + 1
    local ok, result = protected.call(call, places[index])
    if ok then
      address.good = index
      return result
    end
    reasons[#reasons + 1] = name_of(places[index]) .. ": "
      .. with_hint(tostring(result), address.tls)
  end
  error(table.concat(reasons, "; "), 0)
end

local function open_master(address, place)
  local client = open(address, place, true)
  local reply, why = ask(client, "sentinel", "get-master-addr-by-name", address.sentinel)
  client:close()
  demand(reply, why == "no answer" and "it knows no master '" .. address.sentinel .. "'" or why)
  local master = { host = reply[1], port = tonumber(reply[2]) }
  local ok, opened = protected.call(open, address, master)
  demand(ok, "its master " .. name_of(master) .. ": " .. tostring(opened))
  address.master, master.due = master, core.monotonic() + MASTER_AGE
  return opened
end

-- Returns the function `connect` of a URL, as `streamctl.store.redis` wants one, which throws why
-- there is no connection. Throws when the URL is wrong or a library is missing.
function redis_address.connector(url)
  local address = redis_url.read(url)
  driver.load(address)
  return function(host, port)
    if port then -- a node of a cluster
      host = host or address.places[address.good or 1].host
      return try_each({ places = { { host = host, port = port } }, tls = address.tls },
        function(place) return open(address, place) end)
    end
    local master = address.master
    if master and core.monotonic() < master.due then
      local ok, client = protected.call(open, address, master)
      if ok then return client end
    end
    return try_each(address, function(place)
      return (address.sentinel and open_master or open)(address, place)
    end)
  end
end

return redis_address
