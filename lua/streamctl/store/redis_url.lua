-- Reads the URL of a Redis for `streamctl.store.redis_address`: a server, nodes of a cluster, or
-- Sentinels. URLs may hold a password, so no message repeats a part of one.

local core = require "streamctl.core"
local suggest = require "streamctl.suggest"

local redis_url = {}

local PORT, SENTINEL_PORT = 6379, 26379
local TIMEOUT = 2 -- seconds

local PATH = { "^[^%c]+$", "a path" }

-- Parameters: the pattern of a value, and the words for it. `tls`: only for rediss://.
local PARAMETERS = {
  sentinel = { "^[%w._-]+$", "the name by which Sentinels know the master" },
  timeout = { "^[1-9]%d?$", "whole seconds from 1 to 99" },
  password_file = PATH, password_env = { "^[%a_][%w_]*$", "a variable of the environment" },
  ca_file = PATH, cert_file = PATH, key_file = PATH,
  server_name = { "^[%w._:-]+$", "the name in the server's certificate" },
}

local OF_TLS = { "ca_file", "cert_file", "key_file", "server_name" }

local function demand(ok, text, ...)
  if not ok then error("a Redis URL " .. text:format(...), 0) end
end

local function decode(text)
  demand(not text:gsub("%%%x%x", ""):find("%", 1, true), "has %%25 for a percent sign")
  return (text:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

local function read_parameters(text)
  local found = {}
  for pair in text:gmatch "[^&]+" do
    local name, value = pair:match "^([%l_]+)=(.*)$"
    demand(name, "has NAME=VALUE&NAME=VALUE after '?'")
    local known = PARAMETERS[name]
    demand(known, "has no parameter '%s'%s", name:sub(1, 24), suggest.hint(name, PARAMETERS))
    demand(found[name] == nil, "has '%s' once", name)
    found[name] = decode(value)
    demand(found[name]:find(known[1]), "has %s as '%s'", known[2], name)
  end
  return found
end

local function read_places(text, default_port)
  local places = {}
  for part in (text .. ","):gmatch "([^,]*)," do
    local host, port = part:match "^%[([%x:.]+)%]:?(%d*)$"
    if not host then host, port = part:match "^([%w._-]+):?(%d*)$" end
    demand(host, "has HOST[:PORT][,HOST...], and an IPv6 address in []")
    port = port == "" and default_port or tonumber(port)
    demand(port >= 1 and port <= 65535, "has ports from 1 to 65535")
    places[#places + 1] = { host = host, port = port }
  end
  return places
end

local function add_credentials(address, text)
  local user, password = text:match "^([^:]*):(.*)$"
  user = decode(user or text)
  address.user = user ~= "" and user or nil
  address.password = password and core.secret(decode(password))
  local count = 0
  for _, name in ipairs { "password", "password_file", "password_env" } do
    count = count + (address[name] and 1 or 0)
  end
  demand(count < 2, "has one password")
  demand(count == 1 or not address.user,
    "has a password with the user: USER:PASSWORD@, password_file=PATH or password_env=NAME")
end

local function check_tls(address)
  for _, name in ipairs(OF_TLS) do
    demand(address.tls or not address[name], "has '%s' only with rediss://", name)
  end
  demand(not address.cert_file == not address.key_file, "has 'cert_file' and 'key_file' together")
  demand(not (address.tls and address.places[1].path), "has no TLS at a socket")
end

-- Reads a URL, and throws a sentence when it is wrong. Returns the parameters with `places`, a list
-- with `host` and `port` or a `path` each; `tls`, `user`, `database`, and `password`, a secret.
function redis_url.read(text)
  local scheme, authority, path, query =
    text:match "^(rediss?)://([^/?#]*)(/?[^?#]*)%??([^#]*)$"
  demand(scheme, "is redis://[USER:PASSWORD@]HOST[:PORT][,HOST...][/DATABASE][?NAME=VALUE...], "
    .. "with TLS rediss://..., at a socket redis:///PATH")
  demand(not (path .. query):find("@", 1, true),
    "has %%2F for '/', %%3F for '?' and %%23 for '#' in user and password")
  local address = read_parameters(query)
  local user, hosts = authority:match "^(.*)@([^@]*)$"
  hosts, address.tls = hosts or authority, scheme == "rediss"
  add_credentials(address, user or "")
  address.timeout = tonumber(address.timeout or TIMEOUT)
  if hosts == "" and #path > 1 then
    address.places = { { path = decode(path) } }
  else
    address.places = read_places(hosts, address.sentinel and SENTINEL_PORT or PORT)
    address.database = tonumber(path:match "^/(%d+)$")
    demand(address.database or #path < 2, "has a number as DATABASE")
  end
  check_tls(address)
  return address
end

return redis_url
