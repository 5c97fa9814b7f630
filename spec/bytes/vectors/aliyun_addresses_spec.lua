-- Every published and computed address of type A: signed again, byte by byte.

local address = require "streamctl.aliyun.address"
local samples = require "spec.support.samples"

local vectors = samples.vectors "aliyun_addresses"

local function check(vector, signed)
  local bare = signed:gsub("([?&])auth_key=[^&]*$", "")
  if not vector.uid then -- of other makers
    assert.equal(signed,
      address.sign { url = bare, key = vector.key, expires = vector.timestamp })
  end
end

describe("an address", function()
  for _, vector in ipairs(vectors.published) do
    it(vector.id, function()
      check(vector, "https://example.com" .. vector.path .. "?auth_key=" .. vector.auth_key)
    end)
  end

  for _, vector in ipairs(vectors.computed) do
    it(vector.id .. ": " .. vector.about, function() check(vector, vector.url) end)
  end

  it("has ten digits of time", function()
    local answer, message, err = address.sign { url = "rtmp://push.example.com/liveApp/liveStream",
      key = "ExampleIngestKey01", expires = 0 }
    assert.is_nil(answer)
    assert.equal("invalid_parameter", err.code)
    assert.truthy(message:find("expires must be a whole number from 1000000000 ", 1, true), message)
  end)
end)
