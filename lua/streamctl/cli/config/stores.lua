-- Where order and rates are kept: by default a file that all terminals of a user share.

local config = require "streamctl.cli.config"
local errors = require "streamctl.errors"
local failure = require "streamctl.cli.failure"
local streamctl = require "streamctl"
local system = require "streamctl.system"

local stores = {}

local WANTED = "memory, file:PATH or redis://HOST[:PORT]"
local TIMEOUT = 2 -- seconds for Redis

-- What is wrong where there is none.
stores.NONE = "neither HOME nor XDG_STATE_HOME is set; say where to keep order and rates, such as "
  .. "by --store memory or STREAMCTL_STORE=memory"

-- The store where nobody names one. Returns nil where the user has no folder.
function stores.default(invocation)
  local path = config.state(invocation, "store")
  return path and "file:" .. path
end

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

-- The address of a Redis, "//[:password@]host[:port][/database]", taken apart; nil when it is none.
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

-- The kind of a store and what it is opened with; nil for a text that names none.
local function split(text)
  if text == "memory" then return "memory" end
  local path = text:match "^file:(.+)$"
  if path then return "file", path end
  local rest = text:match "^redis:redis:(//.+)$" or text:match "^redis:(//.+)$"
  local address = rest and address_of(rest)
  if address then return "redis", address end
end

-- Checks what names a store; ends by `failure.usage`. `from`: who says so.
function stores.check(text, from)
  local kind = split(text)
  if not kind then
    -- what is no URL may hold a password anywhere
    failure.usage("the store must be %s, not %s (%s)", WANTED,
      text:find("@", 1, true) and "what was given" or "'" .. text .. "'", from)
  elseif kind == "redis" and text:find("@", 1, true) and not from:find "^environment" then
    failure.usage("the store's password can be read by others there (%s); set STREAMCTL_STORE",
      from)
  end
end

-- Opens a store. `text`: checked. Returns it; or nil, why not and what to do.
function stores.open(text)
  local kind, what = split(text)
  local store, why = openers[kind](what)
  if store then return store end
  return nil, ("the store %s cannot be used: %s; name another one by --store (%s)"):format(
    errors.mask_url(text), why, WANTED)
end

return stores
