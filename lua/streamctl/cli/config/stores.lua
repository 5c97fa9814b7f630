-- Opens the store of a command: by default a file that all terminals of a user share.

local fail = require "streamctl.cli.fail"
local config = require "streamctl.cli.config"
local errors = require "streamctl.base.errors"
local streamctl = require "streamctl"
local system = require "streamctl.system"

local stores = {}

local WANTED = "memory, file:PATH, redis://HOST or rediss://HOST"

local NONE = "neither HOME nor XDG_STATE_HOME names a folder of this user; say where to keep order "
  .. "and rates, such as by --store memory or STREAMCTL_STORE=memory"

-- Refuses a text that names no store, or shows a password to others. A text that names no store may
-- be a password.
local function check(text, from)
  if text == "memory" or text:find "^file:." then return end
  local has_at_sign, is_of_flag = text:find("@", 1, true), from:find "^flag"
  if not text:find "^rediss?://" then
    fail.usage("the store must be %s, not %s (%s)", WANTED,
      is_of_flag and not has_at_sign and "'" .. text .. "'" or "what was given", from)
  elseif text:find "^rediss?://[^@]*:[^@]*@" and not from:find "^environment" then
    fail.usage("the store's password can be read by others there (%s); set STREAMCTL_STORE, or "
      .. "write ?password_file=PATH", from)
  end
  local ok, why = pcall(streamctl.store.redis, text)
  if not ok then fail.usage("the store: %s (%s)", fail.text_of(why), from) end
end

-- Finds the store by flag, environment or profile, else a file of the user, and adds the setting.
-- Returns the text for people; nil where the user has no folder. A HOME of another user, as after
-- `sudo -E`, may have links to anything.
function stores.find(settings)
  local text, from = settings:find "store"
  if not text then
    local path, above = config.in_folder(settings.invocation, "XDG_STATE_HOME", ".local/state",
      "store")
    local mode, _, is_ours = system.file_mode(above or "")
    if not path or mode and not is_ours then return nil end
    text, from = "file:" .. path, "default"
  end
  check(text, from)
  settings:add("store", text, from)
  return settings.store.shown
end

-- Opens the store of a text that `find` took, if any, or ends the command.
function stores.open(text)
  if not text then fail.usage(NONE) end
  if text == "memory" then return streamctl.store.memory() end
  local path = text:match "^file:(.*)$"
  if not path then return streamctl.store.redis(text) end
  local folder, made, store, why = path:match "^(.+)/[^/]*$", true, nil, nil
  if folder then made, why = system.make_folder(folder) end
  if made then store, why = streamctl.store.file(path) end
  return store or fail.usage("the store %s cannot be used: %s; name another one by --store (%s)",
    errors.mask_url(text), errors.text_of(why), WANTED)
end

return stores
