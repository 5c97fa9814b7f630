-- Reads the URL of a Redis for `streamctl.store.redis_address`. The URL may hold a password, so no
-- message repeats a part of it.

local percent_decoded = require("streamctl.base.encode").percent_decoded
local suggest = require "streamctl.base.suggest"

local redis_url = {}

local PORT = 6379
local TIMEOUT = 2 -- seconds

-- Parameters: the pattern of a value, the words for it, and whether only rediss:// has it.
local PARAMETERS = {
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

local function read_place(text)
  local host, port = text:match "^%[([%x:.]+)%]:?(%d*)$"
  if not host then host, port = text:match "^([%w._-]+):?(%d*)$" end
  demand(host, "has HOST[:PORT], and an IPv6 address in []")
  port = port == "" and PORT or tonumber(port)
  demand(port >= 1 and port <= 65535, "has a port from 1 to 65535")
  return host, port
end

-- Reads a URL, and throws a sentence when it is wrong. Returns the parameters with `host`, `port`,
-- `tls`, `user`, `password` and `database`.
function redis_url.read(text)
  local scheme, authority, path, query =
    text:match "^(rediss?)://([^/?#]*)(/?[^?#]*)%??([^#]*)$"
  demand(scheme, "is redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE][?NAME=VALUE...], "
    .. "with TLS rediss://...")
  demand(not (path .. query):find("@", 1, true),
    "has %%2F for '/', %%3F for '?' and %%23 for '#' in user and password")
  local address = read_parameters(query, scheme == "rediss")
  local user, place = authority:match "^(.*)@([^@]*)$"
  add_credentials(address, user or "")
  address.host, address.port = read_place(place or authority)
  address.database = tonumber(path:match "^/(%d+)$")
  demand(address.database or #path < 2, "has a number as DATABASE")
  address.timeout = tonumber(address.timeout or TIMEOUT)
  return address
end

return redis_url
