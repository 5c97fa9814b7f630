-- Alibaba Cloud signatures, recomputed from what arrived: V3 (ACS3-HMAC-SHA256, in headers) and V1
-- (HMAC-SHA1, in parameters). Every check returns nil when the request may pass, else { status,
-- code, message }.

local codec = require "spec.support.emulator.codec"
local memory = require "spec.support.model.memory"
local metadata = require "spec.support.emulator.metadata"
local model = require "spec.support.model.aliyun"
local settings = require "spec.support.emulator.settings"

local M = {}

local API_VERSION = "2016-11-01"
local REQUIRED_HEADERS = {
  "host", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256",
}
local MISMATCH = "Specified signature is not matched with our calculation. server string to sign "
  .. "is:"

local function fail(status, code, message) return { status, code, message } end

local function trim(text) return (text:gsub("^%s+", ""):gsub("%s+$", "")) end

-- Sorted by the bytes of the encoded name, then of the encoded value.
local function canonical_pairs(list, skip)
  local encoded = {}
  for _, pair in ipairs(list) do
    if pair[1] ~= skip then
      encoded[#encoded + 1] = { codec.percent_encode(pair[1]), codec.percent_encode(pair[2]),
        pair[1] }
    end
  end
  table.sort(encoded, function(a, b)
    if a[3] ~= b[3] then return a[3] < b[3] end
    return a[2] < b[2]
  end)
  for i, pair in ipairs(encoded) do encoded[i] = pair[1] .. "=" .. pair[2] end
  return table.concat(encoded, "&")
end

local MISMATCHED = fail(400, "InvalidSecurityToken.MismatchWithAccessKey",
  "Specified SecurityToken mismatch with the AccessKey.")

local function find_key(access_key_id, token)
  local known = settings.credentials()
  if access_key_id == known.access_key_id then
    if token then return nil, MISMATCHED end
    return known.access_key_secret
  end
  local key = metadata.find_key(access_key_id)
  if not key then
    return nil, fail(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
  elseif not token or token == "" then
    return nil, fail(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.")
  elseif token ~= key.security_token then
    return nil, MISMATCHED
  elseif key.expires and memory.now() >= key.expires then
    return nil, fail(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.")
  end
  return key.access_key_secret
end

local function check_time(request, version)
  if version ~= API_VERSION then
    return fail(400, "InvalidVersion", "Specified parameter Version is not valid.")
  end
  return model.check_time(request)
end

local function incomplete(what)
  return fail(400, "IncompleteSignature",
    "The request signature does not conform to Aliyun standards. " .. what)
end

-- Lines "name:value" in the order of SignedHeaders, or the name of a header that was signed but not
-- sent.
local function canonical_headers(names, headers)
  local lines = {}
  for name in names:gmatch("[^;]+") do
    local value = headers[name]
    if not value then return nil, name end
    lines[#lines + 1] = name .. ":" .. trim(value) .. "\n"
  end
  return table.concat(lines)
end

local function unsigned_header(names, headers)
  local signed = {}
  for name in names:gmatch("[^;]+") do signed[name] = true end
  if not signed.host then return "host" end
  for name in pairs(headers) do
    if name:find("^x%-acs%-") and not signed[name] then return name end
  end
end

local function v3_string_to_sign(request, names)
  local headers, absent = canonical_headers(names, request.headers)
  if not headers then return nil, incomplete("Signed header " .. absent .. " is missing.") end
  local canonical = table.concat({
    request.method, request.path, canonical_pairs(request.query), headers, names,
    request.headers["x-acs-content-sha256"],
  }, "\n")
  return "ACS3-HMAC-SHA256\n" .. codec.sha256_hex(canonical), nil, canonical
end

local function verify_v3(request, entry)
  local headers = request.headers
  local access_key_id, names, signature = headers.authorization:match(
    "^ACS3%-HMAC%-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=(%x+)$")
  if not access_key_id then
    return incomplete("Authorization is not of the form ACS3-HMAC-SHA256 "
      .. "Credential=,SignedHeaders=,Signature=.")
  end
  for _, name in ipairs(REQUIRED_HEADERS) do
    if not headers[name] or headers[name] == "" then
      return incomplete("Header " .. name .. " is missing.")
    end
  end
  local unsigned = unsigned_header(names, headers)
  if unsigned then
    return incomplete("Header " .. unsigned .. " is not among the signed headers.")
  end
  local secret, refused = find_key(access_key_id, headers["x-acs-security-token"])
  refused = check_time(request, headers["x-acs-version"]) or refused
  if refused then return refused end
  if codec.sha256_hex(request.body) ~= headers["x-acs-content-sha256"] then
    return fail(400, "SignatureDoesNotMatch",
      "x-acs-content-sha256 is not the SHA-256 of the body. "
      .. "server string to sign is:" .. codec.sha256_hex(request.body))
  end
  local text, bad, canonical = v3_string_to_sign(request, names)
  if not text then return bad end
  entry.canonical = canonical
  if codec.hmac_sha256_hex(secret, text) ~= signature then
    return fail(400, "SignatureDoesNotMatch", MISMATCH .. text)
  end
  -- Recorded only now: else anybody could burn somebody's nonces.
  return model.check_nonce(request)
end

local REQUIRED_PARAMETERS = { "AccessKeyId", "SignatureNonce", "Timestamp", "SignatureVersion",
  "Version" }

local function verify_v1(request, entry)
  local params = request.params
  if not params.Signature then return incomplete("Signature is missing.") end
  for _, name in ipairs(REQUIRED_PARAMETERS) do
    if not params[name] or params[name] == "" then
      return fail(400, "Missing" .. name, name .. " is mandatory for this action.")
    end
  end
  if params.SignatureVersion ~= "1.0" then return incomplete("SignatureVersion must be 1.0.") end
  local secret, refused = find_key(params.AccessKeyId, params.SecurityToken)
  refused = check_time(request, params.Version) or refused
  if refused then return refused end
  local text = request.method .. "&%2F&"
    .. codec.percent_encode(canonical_pairs(request.list, "Signature"))
  entry.canonical = text
  if ngx.encode_base64(ngx.hmac_sha1(secret .. "&", text)) ~= params.Signature then
    return fail(400, "SignatureDoesNotMatch", MISMATCH .. text)
  end
  return model.check_nonce(request)
end

-- Fills entry.signature; returns nil when the request is authentic.
function M.check(request, entry)
  if request.headers.authorization then
    entry.signature = "v3"
    return verify_v3(request, entry)
  elseif request.params.SignatureMethod == "HMAC-SHA1" then
    entry.signature = "v1"
    return verify_v1(request, entry)
  end
  entry.signature = "none"
  return incomplete("Neither Authorization nor SignatureMethod was sent.")
end

return M
