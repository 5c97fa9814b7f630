-- Reads the URL of a Redis for `streamctl.store.redis_address`: a server, or Sentinels.
-- URLs may hold a password, so no message repeats a part of one.

local percent_decoded = require("streamctl.base.encode").percent_decoded
local suggest = require "streamctl.base.suggest"

local redis_url = {}

local PORT, SENTINEL_PORT = 6379, 26379
local TIMEOUT = 2 -- seconds

-- Parameters: the pattern of a value, the words for it, and whether only rediss:// has it.
local PARAMETERS = {
  sentinel = { "^[%w._-]+$", "the name by which Sentinels know the master" },
  timeout = { "^[1-9]%d?$", "whole seconds from 1 to 99" },
  password_file = { "^[^%c]+$", "a path" },
  ca_file = { "^[^%c]+$", "a path", true },
  cert_file = { "^[^%c]+$", "a path", true },
  key_file = { "^[^%c]+$", "a path", true },
  server_name = { "^[%w._:-]+$", "the name in the server's certificate", true },
}

local function demand(ok, text, ...)
  if not ok then error("a Redis URL " .. text:format(...), 0) end
end

local function decode(text)
  demand(not text:gsub("%%%x%x", ""):find("%", 1, true), "has %%25 for a percent sign")
  return percent_decoded(text)
end

local function read_parameters(text, has_tls)
  local found = { tls = has_tls }
  for pair in text:gmatch "[^&]+" do
    local name, value = pair:match "^([%l_]+)=(.*)$"
    demand(name, "has NAME=VALUE&NAME=VALUE after '?'")
    local known = PARAMETERS[name]
    demand(known, "has no parameter '%s'%s", name:sub(1, 24), suggest.hint(name, PARAMETERS))
    demand(has_tls or not known[3], "has '%s' only with rediss://", name)
    demand(found[name] == nil, "has '%s' once", name)
    found[name] = decode(value)
    demand(found[name]:find(known[1]), "has %s as '%s'", known[2], name)
  end
  return found
end

local function add_credentials(address, text)
  local user, password = text:match "^([^:]*):(.*)$"
  user, address.password = decode(user or text), password and decode(password)
  address.user = user ~= "" and user or nil
  local file = address.password_file
  demand(not password or not file, "has one password")
  demand(password or file or not address.user,
    "has a password with the user: USER:PASSWORD@ or password_file=PATH")
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

-- Reads a URL, and throws a sentence when it is wrong. Returns the parameters with `places`, a list
-- of `host` and `port`; `tls`, `user`, `password` and `database`.
function redis_url.read(text)
  local scheme, authority, path, query =
    text:match "^(rediss?)://([^/?#]*)(/?[^?#]*)%??([^#]*)$"
  demand(scheme, "is redis://[USER:PASSWORD@]HOST[:PORT][,HOST...][/DATABASE][?NAME=VALUE...], "
    .. "with TLS rediss://...")
  demand(not (path .. query):find("@", 1, true),
    "has %%2F for '/', %%3F for '?' and %%23 for '#' in user and password")
  local address = read_parameters(query, scheme == "rediss")
  local user, hosts = authority:match "^(.*)@([^@]*)$"
  add_credentials(address, user or "")
  address.places = read_places(hosts or authority, address.sentinel and SENTINEL_PORT or PORT)
  demand(address.sentinel or not address.places[2], "has several hosts only with sentinel=NAME")
  address.database = tonumber(path:match "^/(%d+)$")
  demand(address.database or #path < 2, "has a number as DATABASE")
  address.timeout = tonumber(address.timeout or TIMEOUT)
  return address
end

return redis_url
