-- Temporary keys of the instance's role. Without the switch `role_rotation` there is one, the `sts`
-- key of the credentials. With it there is a new one every so many seconds, and each of them is
-- good for twice as long: what was handed out last is still good when the next one comes.

local codec = require "emulator.codec"
local settings = require "emulator.settings"
local state = require "emulator.state"

local M = {}

local LIFE = 6 * 3600 -- of the one that does not change

local function issue(now, rotation)
  local key = {
    access_key_id = "STS.role" .. state.increment("role_keys"),
    access_key_secret = codec.uuid(), security_token = "CAIS+" .. codec.uuid() .. "/==",
    -- Whole seconds, as the answer says them: it is refused when the answer says so.
    issued = now, expires = math.floor(now + 2 * rotation),
  }
  state.set("role_keys", key.access_key_id, key)
  state.set("role_keys", "current", key)
  return key
end

local function current(now, rotation)
  local key = state.get("role_keys", "current")
  return key and now < key.issued + rotation and key or issue(now, rotation)
end

-- The key that the metadata server hands out now.
function M.current()
  local now, rotation = settings.vendors_now(), settings.get().role_rotation
  if rotation > 0 then return state.locked(current, now, rotation) end
  local sts = settings.credentials().sts
  return {
    access_key_id = sts.access_key_id, access_key_secret = sts.access_key_secret,
    security_token = sts.security_token, issued = now, expires = math.floor(now + LIFE),
  }
end

-- A key that was handed out, whether it is still good or not; nil when there was none.
function M.find(access_key_id)
  local sts = settings.credentials().sts
  if access_key_id == sts.access_key_id then return sts end
  return state.get("role_keys", access_key_id)
end

return M
