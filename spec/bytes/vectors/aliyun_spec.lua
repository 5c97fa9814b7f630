-- Every golden vector of Alibaba Cloud through the C core.

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

-- The flat list of a query. SourceUrls travels as one JSON text; nulls are dropped.
local function flatten(query)
  local list = {}
  for name, value in pairs(query) do
    if type(value) == "table" then value = json_list(value) end
    if type(value) == "number" then value = core.number_text(value) end
    if type(value) == "string" then
      list[#list + 1] = name
      list[#list + 1] = value
    end
  end
  return list
end

-- ---- helpers ----

local function query_of(target) return target == "/" and "" or assert(target:match("^/%?(.*)$")) end

-- Signer and arguments of requests.sign for a V3 vector.
local function prepare_v3(vector)
  local credential, body = vector.credential, vector.input.body or {}
  local signer = assert(core.signer("acs3", {
    access_key_id = credential.access_key_id, access_key_secret = credential.access_key_secret,
    security_token = credential.security_token, host = vector.host, version = vector.version,
  }))
  return signer, { vector.method, vector.action, flatten(vector.input.query), body.sent,
    body.content_type, vector.nonce, core.unix_time(vector.date) }
end

local function sign(signer, arguments)
  return requests.sign(signer, arguments[1], arguments[2], arguments[3], arguments[4],
    arguments[5], arguments[6], arguments[7])
end

-- ---- ACS3-HMAC-SHA256 ----

-- The package's own header, which is for the vendor's statistics.
local PROVIDER = "x%-acs%-credentials%-provider"

local function check_v3(vector, query)
  local signer, arguments = prepare_v3(vector)
  local target, headers, canonical, to_sign = sign(signer, arguments)
  local wanted, is_different = vector.canonical_request:gsub("\n" .. PROVIDER .. ":[^\n]*", "")
  wanted = wanted:gsub(PROVIDER .. ";", ""):gsub("^(POST\n/\n)([^\n]*)", function(first, sent)
    return first .. (query or sent)
  end)
  assert.equal(wanted, canonical)
  assert.equal(wanted:match("^%u+\n/\n([^\n]*)"), query_of(target))
  assert.equal(wanted:match("[^\n]*$"), headers["x-acs-content-sha256"])
  local names = wanted:match("([^\n]*)\n[^\n]*$")
  assert.equal(names, headers.Authorization:match("SignedHeaders=([^,]*),"))
  if is_different == 0 then
    assert.equal("ACS3-HMAC-SHA256\n" .. vector.hashed_canonical_request, to_sign)
    assert.equal(vector.authorization, headers.Authorization)
  end
  assert.equal(vector.host, headers.host)
  -- what is signed is what is sent
  for name in names:gmatch("[^;]+") do
    local value = assert.is_string(headers[name]) and headers[name]
    assert.is_truthy(canonical:find("\n" .. name .. ":" .. value .. "\n", 1, true), name)
  end
end

-- The package sorts names by UTF-16 code units and does not encode them. The library sorts by bytes
-- and encodes, as the vendor's Java package does and as a server must: it receives encoded names.
local QUERIES = { ["v3-generic-astral-key-order"] = "%EF%BC%A1=1&%F0%9F%8E%A5=2" }

describe("ACS3-HMAC-SHA256 vector", function()
  for _, vector in ipairs(vectors.v3) do
    it(vector.id .. ": " .. vector.description, function()
      check_v3(vector, QUERIES[vector.id])
    end)
  end
end)

-- ---- RPC HMAC-SHA1 ----

describe("RPC HMAC-SHA1 vector", function()
  for _, vector in ipairs(vectors.v1) do
    it(vector.id .. ": " .. vector.description, function()
      local signer = assert(core.signer("rpc", {
        access_key_id = vector.access_key_id, access_key_secret = vector.access_key_secret,
        security_token = vector.security_token, host = "live.aliyuncs.com",
        version = vector.version, format = vector.producer:find "pop%-core" and "JSON" or "json",
      }))
      local arguments = { vector.method, vector.action, flatten(vector.input), nil, nil,
        vector.nonce, core.unix_time(vector.timestamp) }
      -- some packages send a form body; its signature is that of the query
      local target, headers, canonical, to_sign = sign(signer, arguments)
      assert.equal(vector.canonical_query_string, canonical)
      assert.equal(vector.string_to_sign, to_sign)
      assert.equal(canonical .. "&Signature=" .. encode_uri(vector.signature), query_of(target))
      assert.is_nil(headers.Authorization)
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
    local target, _, _, to_sign = sign(signer, arguments)
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
    local _, headers, canonical, to_sign = sign(signer, arguments)
    assert.equal(vector.computed_canonical_request, canonical)
    assert.equal(vector.computed_string_to_sign, to_sign)
    assert.equal(vector.published_hashed_canonical_request, to_sign:match("\n(%x+)$"))
    assert.equal(vector.published_authorization, headers.Authorization)
  end

  for _, vector in ipairs(vectors.docs) do
    it(vector.id, function() checks[vector.kind](vector) end)
  end
end)
