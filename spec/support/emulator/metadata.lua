-- The metadata server of an instance, as far as its role's temporary key goes: a session token by
-- PUT, the role's name and its key by GET, with that token or without one. Without the switch
-- `role_rotation` that is the `sts` key of the credentials. With it there is a new key every so
-- many seconds, each good for twice as long.

local memory = require "spec.support.model.memory"
local settings = require "spec.support.emulator.settings"

local M = {}

local ROLE = "streamctl-role"
local LIST = "/latest/meta-data/ram/security-credentials/"
local LONGEST = 21600

local LIFE = 6 * 3600 -- of the one that does not change

local function issue(now, rotation)
  local key = {
    access_key_id = "STS.role" .. memory.increment("role_keys"),
    access_key_secret = memory.uuid(), security_token = "CAIS+" .. memory.uuid() .. "/==",
    -- Whole seconds, as the answer says them: it is refused when the answer says so.
    issued = now, expires = math.floor(now + 2 * rotation),
  }
  memory.set("role_keys", key.access_key_id, key)
  memory.set("role_keys", "current", key)
  return key
end

local function current(now, rotation)
  local key = memory.get("role_keys", "current")
  return key and now < key.issued + rotation and key or issue(now, rotation)
end

-- The key that the metadata server hands out now.
local function current_key()
  local now, rotation = memory.now(), settings.get().role_rotation
  if rotation > 0 then return memory.locked(current, now, rotation) end
  local sts = settings.credentials().sts
  return {
    access_key_id = sts.access_key_id, access_key_secret = sts.access_key_secret,
    security_token = sts.security_token, issued = now, expires = math.floor(now + LIFE),
  }
end

-- A key that was handed out, whether it is still good or not; nil when there was none.
function M.find_key(access_key_id)
  local sts = settings.credentials().sts
  if access_key_id == sts.access_key_id then return sts end
  return memory.get("role_keys", access_key_id)
end

local function answer(status, code, text)
  return {
    status = status, code = code, raw = text, headers = { ["Content-Type"] = "text/plain" },
    executed = status == 200,
  }
end

-- What the faults make answers with.
function M.error(_, status, code, message) return answer(status, code, message) end

function M.throttled() return answer(429, "TooManyRequests", "Too Many Requests") end

function M.success() return answer(200, "OK", "") end

function M.common_headers() return { Date = memory.date() } end

local ACTIONS = { ["PUT /latest/api/token"] = "token", ["GET " .. LIST] = "list",
  ["GET " .. LIST .. ROLE] = "key" }

local function tokens() return ngx.shared.emulator_nonces end

function M.verify(request, entry)
  request.action = ACTIONS[request.method .. " " .. request.path] -- faults choose by it
  local token = request.headers["x-aliyun-ecs-metadata-token"]
  entry.signature = token and "token" or "none"
  if request.action == "token" then
    return nil
  elseif token and not tokens():get("metadata/" .. token) then
    return answer(401, "Unauthorized", "Unauthorized")
  end
end

local handlers = {}

function handlers.token(request)
  local seconds = tonumber((request.headers["x-aliyun-ecs-metadata-token-ttl-seconds"] or "")
    :match("^%d+$"))
  if not seconds or seconds < 1 or seconds > LONGEST then
    return answer(400, "BadRequest", "Bad Request")
  end
  local token = memory.uuid()
  tokens():set("metadata/" .. token, true, seconds)
  return answer(200, "token", token)
end

function handlers.list() return answer(200, "list", ROLE) end

function handlers.key()
  local key = current_key()
  return {
    status = 200, code = "key", executed = true,
    body = {
      Code = "Success", AccessKeyId = key.access_key_id, AccessKeySecret = key.access_key_secret,
      SecurityToken = key.security_token, Expiration = memory.format_time(key.expires),
      LastUpdated = memory.format_time(key.issued),
    },
  }
end

function M.handle(request)
  request.fits = request.action ~= nil
  local handle = handlers[request.action]
  return handle and handle(request) or answer(404, "NotFound", "Not Found")
end

return M
