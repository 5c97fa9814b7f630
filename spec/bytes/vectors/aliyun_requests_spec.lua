-- Whole requests of the vendor's own client, for operations of every kind: ours are the same, byte
-- for byte once they are decoded, whether their parameters are checked or not.

local aliyun = require "streamctl.aliyun"
local samples = require "spec.support.samples"

local vectors = samples.vectors "aliyun_requests"

local meta = vectors.meta

local function client(signature)
  return aliyun.new {
    access_key_id = meta.access_key_id, access_key_secret = meta.access_key_secret,
    signature = signature,
  }
end

local CLIENTS = { v3 = client "v3", v1 = client "v1" }

local function decode(text)
  return (text:gsub("+", " "):gsub("%%(%x%x)", function(hex)
    return string.char(tonumber(hex, 16))
  end))
end

-- The fields of a query or form, decoded, in byte order.
local function fields(text)
  local list = {}
  for pair in (text or ""):gmatch "[^&]+" do
    local name, value = pair:match "^([^=]+)=(.*)$"
    list[#list + 1] = decode(name) .. "=" .. decode(value)
  end
  table.sort(list)
  return list
end

local function query_of(target) return assert(target:match "^/%?(.*)$" or target == "/" and "") end

local function sign(kind, vector, validate)
  local signed, message = CLIENTS[kind]:sign(vector.action, vector.params,
    { nonce = meta.nonce, timestamp = meta.timestamp, validate = validate })
  assert(signed, message)
  local host, target = signed.url:match "^https://([^/]+)(.*)$"
  assert.equal(meta.host, host)
  assert.equal(vector.method, signed.method)
  assert.equal(vector.content_type, signed.headers["content-type"])
  assert.same(fields(vector.body), fields(signed.body))
  return signed, target
end

-- A body is signed as it is sent; theirs leaves more characters as they are.
local function has_same_bytes(vector) return not (vector.body or ""):find "[!'()*]" end

for _, validate in ipairs { true, false } do
  local how = validate and "checked" or "not checked"
  describe("a request " .. how .. " is the vendor's", function()
    for _, vector in ipairs(vectors.requests) do
      local refused = validate and vector.refused
      if refused then
        it("for " .. vector.action .. " but for a missing parameter", function()
          local signed, message = CLIENTS.v3:sign(vector.action, vector.params)
          assert.same({ nil, "invalid_parameter: " .. vector.action .. ": " .. refused },
            { signed, message })
        end)
      end

      it("for " .. vector.action .. " with ACS3-HMAC-SHA256", function()
        local signed, target = sign("v3", vector, validate and not refused)
        assert.same(fields(query_of(vector.target)), fields(query_of(target)))
        if has_same_bytes(vector) then
          assert.equal(vector.body or "", signed.body)
          assert.equal(vector.authorization, signed.headers.Authorization)
        else
          assert.not_equal(vector.authorization, signed.headers.Authorization)
        end
      end)

      if vector.rpc_target then
        it("for " .. vector.action .. " with the RPC signature", function()
          local _, target = sign("v1", vector, validate and not refused)
          assert.same(fields(query_of(vector.rpc_target)), fields(query_of(target)))
        end)
      end
    end
  end)
end
