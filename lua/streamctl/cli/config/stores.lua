-- Opens the store of a command: by default a file that all terminals of a user share.

local fail = require "streamctl.cli.fail"
local config = require "streamctl.cli.config"
local errors = require "streamctl.errors"
local reader = require "streamctl.cli.reader"
local streamctl = require "streamctl"
local system = require "streamctl.system"

local stores = {}

local WANTED = "memory, file:PATH or redis://HOST[:PORT]"
local TIMEOUT = 2 -- seconds for Redis

local NONE = "neither HOME nor XDG_STATE_HOME is set; say where to keep order and rates, such as "
  .. "by --store memory or STREAMCTL_STORE=memory"

local openers = { memory = streamctl.store.memory }

function openers.file(path)
  local folder = path:match "^(.+)/[^/]*$"
  if folder then
    local made, why = system.make_folder(folder)
    if not made then return nil, why end
  end
  return streamctl.store.file(path)
end

function openers.redis(address)
  local found, redis = pcall(require, "redis")
  if not found then
    return nil, "there is no module 'redis'; install lua-redis (Debian), or run: luarocks install "
      .. "redis-lua"
  end
  return streamctl.store.redis(function(host, port)
    local client = redis.connect { host = host or address.host, port = port or address.port,
      timeout = TIMEOUT }
    if address.password then client:auth(address.password) end
    if address.database then client:select(address.database) end
    return client
  end)
end

-- Takes the address of a Redis apart: "//[:password@]host[:port][/database]".
local function address_of(rest)
  local user, place = rest:match "^//(.*)@([^@]*)$"
  local host, port, database = (place or rest:sub(3)):match "^([%w._-]+):?(%d*)/?(%d*)$"
  if not host then return nil end
  local password = user and user:match ":(.*)$"
  return { host = host, port = tonumber(port) or 6379, database = tonumber(database),
    password = password and password:gsub("%%(%x%x)", function(hex)
      return string.char(tonumber(hex, 16))
    end) or nil }
end

-- Returns the kind of a store, and the argument of its opener; nil for other texts.
local function split(text)
  if text == "memory" then return "memory" end
  local path = text:match "^file:(.+)$"
  if path then return "file", path end
  local rest = text:match "^redis:redis:(//.+)$" or text:match "^redis:(//.+)$"
  local address = rest and address_of(rest)
  if address then return "redis", address end
end

-- Finds the store by flag, environment or profile, else a file of the user, and adds the setting.
-- Refuses a text that names no store, or shows a password to others. Returns the text for people;
-- nil where the user has no folder.
function stores.find(settings)
  local text, from = settings:find("store", "STREAMCTL_STORE")
  local path, of_file = settings:of_environment "STREAMCTL_STORE_FILE"
  if path and (not text or from:find "^profile") then
    text, from = reader.secret(path, of_file), of_file
  end
  if not text then
    path = config.in_folder(settings.invocation, "XDG_STATE_HOME", ".local/state", "store")
    if not path then return nil end
    text, from = "file:" .. path, "default"
  end
  local kind, has_at_sign = split(text), text:find("@", 1, true) -- behind a user or password
  if not kind then -- a text that names no store may be a password
    local is_typed = from:find "^flag" and not has_at_sign
    fail.usage("the store must be %s, not %s (%s)", WANTED,
      is_typed and "'" .. text .. "'" or "what was given", from)
  elseif kind == "redis" and has_at_sign and not from:find "^environment" then
    fail.usage("the store's password can be read by others there (%s); set STREAMCTL_STORE",
      from)
  end
  settings:add("store", text, from)
  return settings.store.shown
end

-- Opens the store of a text that `find` took, if any. Returns the store; or nil and a message.
function stores.open(text)
  if not text then return nil, NONE end
  local kind, place = split(text)
  local store, why = openers[kind](place)
  if store then return store end
  return nil, ("the store %s cannot be used: %s; name another one by --store (%s)"):format(
    errors.mask_url(text), why, WANTED)
end

return stores
