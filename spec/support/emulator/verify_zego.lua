-- ZEGO: lowercase_hex(MD5(AppId .. SignatureNonce .. ServerSecret .. Timestamp)). Returns nil
-- when the request may pass, else { code, message }.

local model = require "spec.support.model.zego"
local settings = require "spec.support.emulator.settings"

local M = {}

local function is_app_id(text)
  local number = text:find("^[1-9]%d*$") and #text <= 10 and tonumber(text)
  return number and number < 2 ^ 32
end

local REQUIRED = {
  { "AppId", 100000001, "app_id" }, { "SignatureVersion", 100000013, "signature version" },
  { "Timestamp", 100000002, "timestamp" }, { "SignatureNonce", 100000008, "signature nonce" },
  { "Signature", 100000009, "signature" }, { "Action", 100000006, "action" },
}

local function check_presence(params)
  for _, entry in ipairs(REQUIRED) do
    if (params[entry[1]] or "") == "" then return { entry[2], entry[3] .. " is missing" } end
  end
  if not is_app_id(params.AppId) then return { 100000001, "app_id format error" } end
  if params.SignatureVersion ~= "2.0" then return { 100000014, "signature version error" } end
end

local function is_signed(params, known)
  local changed = settings.get().zego_secret
  for secret in (changed ~= "" and changed or known):gmatch("%S+") do
    local text = params.AppId .. params.SignatureNonce .. secret .. params.Timestamp
    if ngx.md5(text) == params.Signature then return true end
  end
  return false
end

function M.check(request, entry)
  local params = request.query_map
  entry.signature = params.Signature and "zego" or "none"
  local refused = check_presence(params)
  if refused then return refused end
  local known = settings.credentials()
  if params.AppId ~= known.app_id then
    return { 100000011, "app configuration not found" }
  end
  refused = model.check_time(request)
  if refused then return refused end
  if not is_signed(params, known.server_secret) then return { 100000005, "signature error" } end
  refused = model.check_nonce(request)
  if request.nonce_reused then
    entry.nonce_reused = true
    ngx.shared.emulator_counters:incr("nonce_reused", 1, 0)
  end
  return refused
end

return M
