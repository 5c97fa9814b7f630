-- Requests that the vendor's documentation prints: ours are the same once they are decoded, whether
-- their parameters are checked or not.

local cjson = require "cjson"
local memory = require "streamctl.store.memory"
local zego = require "streamctl.zego"
local samples = require "spec.support.samples"

local vectors = samples.vectors "zego_requests"

-- What every call carries beside its own parameters.
local COMMON = {
  Action = true, AppId = true, Signature = true, SignatureNonce = true, SignatureVersion = true,
  Timestamp = true,
}

local function decode(text)
  return (text:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

local function sorted(list)
  table.sort(list)
  return list
end

-- The fields of a query that are the call's own, decoded.
local function fields(query)
  local list = {}
  for name, value in query:gmatch "([^=&]+)=([^&]*)" do
    if not COMMON[name] then list[#list + 1] = decode(name) .. "=" .. decode(value) end
  end
  return sorted(list)
end

local function printed(query)
  local list = {}
  for _, pair in ipairs(query or {}) do list[#list + 1] = pair[1] .. "=" .. pair[2] end
  return sorted(list)
end

local function sign(vector, validate)
  local store = memory.new()
  local rtc = zego.new { app_id = 1234567890, server_secret = "secret", store = store }
  local signed, message = rtc:sign(vector.action, vector.params, { validate = validate })
  store:close()
  return assert(signed, message)
end

-- What is filled in beside what the page prints.
local function without_ours(object, params)
  if not params.Sequence then object.Sequence = nil end
  if object.RecordInputParams then object.RecordInputParams.ClientTaskId = nil end
  return object
end

for _, validate in ipairs { true, false } do
  local how = validate and "checked" or "not checked"
  describe("a request " .. how .. " is the documented one", function()
    for i, vector in ipairs(vectors.requests) do
      it("for " .. vector.action .. " (" .. i .. ")", function()
        local signed = sign(vector, validate)
        local host, query = signed.url:match "^https://([%w-]+)%-api%.zego%.im/%?(.*)$"
        assert.equal(vector.host, host)
        assert.same(printed(vector.query), fields(query))
        if vector["in"] ~= "body" then
          assert.same({ "GET", "" }, { signed.method, signed.body })
        else
          assert.same({ "POST", "application/json" },
            { signed.method, signed.headers["content-type"] })
          assert.same(vector.params, without_ours(cjson.decode(signed.body), vector.params))
        end
      end)
    end
  end)
end
