-- Every golden vector of Alibaba Cloud through the C core.

local cjson = require "cjson"
local core = require "streamctl.core"
local requests = require "spec.support.requests"
local encode_uri = require "spec.support.encode_uri"
local samples = require "spec.support.samples"

local vectors = samples.vectors "aliyun"

for _, kind in ipairs { "v3", "v1" } do
  for _, vector in ipairs(vectors[kind]) do
    for name, value in pairs(vectors[kind .. "_default"]) do
      if vector[name] == nil then vector[name] = value end
    end
  end
end

-- ---- the vendor's serialisation, as rules: it happens before signing ----

local ESCAPES = { ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\t"] = "\\t", ["\n"] = "\\n",
  ["\f"] = "\\f", ["\r"] = "\\r" }

-- JSON text of a list of strings: no spaces, and only what JSON demands is escaped.
local function json_list(list)
  local parts = {}
  for i, text in ipairs(list) do
    parts[i] = '"' .. text:gsub('[%z\1-\31"\\]', function(c)
      return ESCAPES[c] or ("\\u%04x"):format(c:byte())
    end) .. '"'
  end
  return "[" .. table.concat(parts, ",") .. "]"
end

local function scalar_text(value)
  return type(value) == "number" and core.number_text(value) or tostring(value)
end

-- Parameters whose lists travel as one JSON text; all other lists become Name.1, Name.2, ...
local JSON_STYLE = { CreateLivePullToPush = { SourceUrls = true } }

-- Adds name and value to the flat list, as the package does; `null` is the text of a null, nil to
-- drop it.
local function add(list, name, value, json, null)
  if value == cjson.null then value = null end
  if type(value) ~= "table" then
    if value ~= nil then
      list[#list + 1] = name
      list[#list + 1] = scalar_text(value)
    end
  elseif json then
    add(list, name, json_list(value))
  else
    for i, item in ipairs(value) do add(list, name .. "." .. i, item, false, null) end
  end
end

local function flatten(query, action, null)
  local list = {}
  for name, value in pairs(query) do
    add(list, name, value, (JSON_STYLE[action] or {})[name], null)
  end
  return list
end

-- The trimmed value of the Content-Type among headers, whose names may have any case.
local function content_type_of(headers)
  for name, value in pairs(headers) do
    if name:lower() == "content-type" then return (value:gsub("^%s+", ""):gsub("%s+$", "")) end
  end
end

-- ---- helpers ----

local function query_of(target) return target == "/" and "" or assert(target:match("^/%?(.*)$")) end

local function signature_of(authorization)
  return assert(authorization:match(",Signature=(%x+)$"))
end

local function merge(into, from)
  for name, value in pairs(from or {}) do into[name] = value end
  return into
end

-- Signer and arguments of requests.sign for a V3 vector.
local function prepare_v3(vector)
  local credential, input = vector.credential, vector.input
  local added = input.added_by_sdk or {}
  local query = merge(merge({}, input.query), added.query)
  local headers = merge(merge({}, input.headers), added.headers)
  local body = input.body or {}
  local signer = assert(core.signer("acs3", {
    access_key_id = credential.access_key_id or "unused",
    access_key_secret = credential.access_key_secret or "unused",
    security_token = credential.security_token,
    host = vector.host,
    version = vector.version,
  }))
  return signer, { vector.method, vector.action, flatten(query, vector.action), body.sent,
    body.content_type or content_type_of(headers), vector.nonce, core.unix_time(vector.date) }
end

local function call(signer, method, arguments)
  return requests[method](signer, arguments[1], arguments[2], arguments[3], arguments[4],
    arguments[5], arguments[6], arguments[7])
end

-- HMAC-SHA256 by the definition in RFC 2104, over the only hash that the core shows: the one of a
-- body.
local function independent_signature(secret, text)
  local options = { access_key_id = "i", access_key_secret = "s", host = "h", version = "v" }
  local hasher = assert(core.signer("acs3", options))
  local function sha256(message)
    local _, headers = assert(requests.sign(hasher, "POST", "A", nil, message))
    return (headers["x-acs-content-sha256"]:gsub("%x%x", function(hex)
      return string.char(tonumber(hex, 16))
    end))
  end
  local function xor(a, b)
    local result, bit = 0, 1
    while a > 0 or b > 0 do
      if a % 2 ~= b % 2 then result = result + bit end
      a, b, bit = math.floor(a / 2), math.floor(b / 2), bit * 2
    end
    return result
  end
  local function pad(byte)
    return ((secret .. ("\0"):rep(64 - #secret)):gsub(".", function(c)
      return string.char(xor(c:byte(), byte))
    end))
  end
  assert(#secret <= 64)
  return (sha256(pad(0x5c) .. sha256(pad(0x36) .. text)):gsub(".", function(c)
    return ("%02x"):format(c:byte())
  end)), (sha256(text):gsub(".", function(c) return ("%02x"):format(c:byte()) end))
end

-- ---- ACS3-HMAC-SHA256 ----

-- What the packages send beside them, such as x-acs-credentials-provider, is for the vendor's
-- statistics.
local OURS = {
  ["content-type"] = true, host = true, ["x-acs-accesskey-id"] = true, ["x-acs-action"] = true,
  ["x-acs-content-sha256"] = true, ["x-acs-date"] = true, ["x-acs-security-token"] = true,
  ["x-acs-signature-nonce"] = true, ["x-acs-version"] = true,
}

-- A canonical request and its list of names, without the headers that are not ours.
local function without_theirs(canonical, names)
  local kept = {}
  for name in names:gmatch("[^;]+") do
    if OURS[name] then
      kept[#kept + 1] = name
    else
      local count
      canonical, count = canonical:gsub("\n" .. name:gsub("%-", "%%-") .. ":[^\n]*", "")
      assert.equal(1, count, name)
    end
  end
  local from, to = canonical:find("\n" .. names .. "\n", 1, true)
  local list = table.concat(kept, ";")
  return canonical:sub(1, from) .. list .. canonical:sub(to), list
end

local function check_v3(vector)
  local signer, arguments = prepare_v3(vector)
  local expected, secret = vector.expected, vector.credential.access_key_secret
  local target, headers = call(signer, "sign", arguments)
  local canonical, to_sign = call(signer, "explain", arguments)
  assert.equal(expected.canonical_query_string, query_of(target))
  assert.equal(expected.hashed_payload, headers["x-acs-content-sha256"])
  local wanted, names = without_theirs(expected.canonical_request, expected.signed_headers)
  assert.equal(wanted, canonical)
  assert.equal(names, headers.Authorization:match("SignedHeaders=([^,]*),"))
  if names == expected.signed_headers then
    assert.equal(expected.hashed_canonical_request, to_sign:match("\n(%x+)$"))
    assert.equal(expected.string_to_sign, to_sign)
    assert.equal(expected.signature, signature_of(headers.Authorization))
    assert.equal(expected.authorization, headers.Authorization)
  else -- what leads from their canonical request to their signature leads from ours to ours
    local _, hash = independent_signature(secret, expected.canonical_request)
    assert.equal(expected.hashed_canonical_request, hash)
    assert.equal(expected.signature, (independent_signature(secret, expected.string_to_sign)))
    _, hash = independent_signature(secret, wanted)
    assert.equal("ACS3-HMAC-SHA256\n" .. hash, to_sign)
    assert.equal((independent_signature(secret, to_sign)), signature_of(headers.Authorization))
  end
  assert.equal(vector.host, headers.host)
  -- what is signed is what is sent
  for name in names:gmatch("[^;]+") do
    local value = assert.is_string(headers[name]) and headers[name]
    assert.is_truthy(canonical:find("\n" .. name .. ":" .. value .. "\n", 1, true), name)
  end
end

-- Credentials of these types carry no signature at all: only the query can be compared.
local function check_unsigned(vector)
  for name in pairs(vector.expected.wire_headers) do
    assert.not_equal("authorization", name:lower())
  end
  assert.is_nil(vector.expected.signature)
  local signer, arguments = prepare_v3(vector)
  local target = call(signer, "sign", arguments)
  local pairs_sent = {} -- an unsigned query has no order
  for pair in vector.expected.wire_url:match("%?(.*)$"):gmatch("[^&]+") do
    pairs_sent[#pairs_sent + 1] = pair
  end
  table.sort(pairs_sent)
  assert.equal(table.concat(pairs_sent, "&"), query_of(target))
end

-- The package sorts names by UTF-16 code units and does not encode them. We sort by bytes and
-- encode, as the vendor's Java package does and as a server must: it receives encoded names. Names
-- outside ASCII do not occur in the API.
local function check_astral(vector)
  local signer, arguments = prepare_v3(vector)
  local expected = vector.expected
  local target = call(signer, "sign", arguments)
  local canonical = call(signer, "explain", arguments)
  local ours = "%EF%BC%A1=1&%F0%9F%8E%A5=2"
  assert.not_equal(expected.canonical_query_string, ours)
  assert.equal(ours, query_of(target))
  local theirs = without_theirs(expected.canonical_request, expected.signed_headers)
  local theirs_with_our_query = theirs:gsub("^(POST\n/\n)[^\n]*", "%1" .. ours:gsub("%%", "%%%%"))
  assert.equal(theirs_with_our_query, canonical)
  -- the rest of the vector is sound: its own request has its own hash and signature
  local _, hash = independent_signature(vector.credential.access_key_secret,
    expected.canonical_request)
  assert.equal(expected.hashed_canonical_request, hash)
  local signature = independent_signature(vector.credential.access_key_secret,
    expected.string_to_sign)
  assert.equal(expected.signature, signature)
end

local CHECKS = {
  ["v3-bearer"] = check_unsigned,
  ["v3-generic-anonymous"] = check_unsigned,
  ["v3-generic-astral-key-order"] = check_astral,
}

describe("ACS3-HMAC-SHA256 vector", function()
  for _, vector in ipairs(vectors.v3) do
    it(vector.id .. ": " .. vector.description, function()
      (CHECKS[vector.id] or check_v3)(vector)
    end)
  end
end)

-- ---- RPC HMAC-SHA1 ----

-- Some of the packages put the parameters in the form body. The signature is the same; we always
-- use the query.
local function check_v1(signer, arguments, expected)
  local target, headers = call(signer, "sign", arguments)
  local canonical, to_sign = call(signer, "explain", arguments)
  assert.equal(expected.canonical_query_string, canonical)
  assert.equal(expected.string_to_sign, to_sign)
  assert.equal(canonical .. "&Signature=" .. encode_uri(expected.signature), query_of(target))
  assert.is_nil(headers.Authorization)
end

describe("RPC HMAC-SHA1 vector", function()
  for _, vector in ipairs(vectors.v1) do
    it(vector.id .. ": " .. vector.description, function()
      -- pop-core asks for "JSON", and signs the text "null" for a null
      local pop = vector.producer:find("pop-core", 1, true)
      local signer = assert(core.signer("rpc", {
        access_key_id = vector.access_key_id,
        access_key_secret = vector.access_key_secret,
        security_token = vector.security_token,
        host = "live.aliyuncs.com",
        version = vector.version,
        format = pop and "JSON" or "json",
      }))
      local params = flatten(vector.input, pop and "" or vector.action, pop and "null" or nil)
      check_v1(signer, { vector.method, vector.action, params, nil, nil, vector.nonce,
        core.unix_time(vector.timestamp) }, vector.expected)
    end)
  end
end)

-- ---- what the documentation prints ----

describe("Alibaba Cloud documentation sample", function()
  local checks = {}

  function checks.v1(vector)
    local own = vector.params
    local signer = assert(core.signer("rpc", {
      access_key_id = own.AccessKeyId, access_key_secret = vector.access_key_secret,
      host = "ecs.aliyuncs.com", version = own.Version, format = own.Format,
    }))
    local arguments = { vector.method, own.Action, nil, nil, nil, own.SignatureNonce,
      core.unix_time(own.Timestamp) }
    local target = call(signer, "sign", arguments)
    local _, to_sign = call(signer, "explain", arguments)
    assert.equal(vector.published_string_to_sign, to_sign)
    assert.equal(encode_uri(vector.published_signature), target:match("&Signature=(.*)$"))
  end

  function checks.v3(vector)
    local own = vector.headers
    local signer = assert(core.signer("acs3", {
      access_key_id = vector.access_key_id, access_key_secret = vector.access_key_secret,
      host = own.host, version = own["x-acs-version"],
    }))
    local arguments = { vector.method, own["x-acs-action"], flatten(vector.query), nil, nil,
      own["x-acs-signature-nonce"], core.unix_time(own["x-acs-date"]) }
    local _, headers = call(signer, "sign", arguments)
    local canonical, to_sign = call(signer, "explain", arguments)
    assert.equal(vector.computed_canonical_request, canonical)
    assert.equal(vector.computed_string_to_sign, to_sign)
    assert.equal(vector.published_hashed_canonical_request, to_sign:match("\n(%x+)$"))
    assert.equal(vector.published_authorization, headers.Authorization)
  end

  for _, vector in ipairs(vectors.docs) do
    it(vector.id, function() checks[vector.kind](vector) end)
  end
end)
