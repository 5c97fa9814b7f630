-- Several sources in an order. The vendor's own scenarios are in spec/bytes/vectors.

local credentials = require "streamctl.aliyun.credentials"
local helper = require "spec.pieces.helper"
local places = require "spec.pieces.aliyun.credentials.place"

local SECRET = "chainSecret/0123456789"
local KEYS = { access_key_id = "LTAI5tChain", access_key_secret = SECRET }
local PROFILE = { current = "default", profiles = { {
  name = "default", mode = "AK", access_key_id = "LTAI5tProfile", access_key_secret = SECRET } } }

describe("the usual chain", function()
  local place = places.each()

  it("says of every source why it has no key, and what to do", function()
    local err = place:refused("chain: there are no keys: environment: ", credentials.chain())
    assert.is_true(err.absent)
    for _, part in ipairs { "environment: ALIBABA_CLOUD_ACCESS_KEY_ID and", "; oidc: provider_arn",
      "; profile: " .. place.home .. "/.aliyun/config.json cannot be read: No such file",
      "; ini: " .. place.home .. "/.alibabacloud/credentials cannot be read: No such file",
      "; ecs_role: there is no metadata service", "; uri: there is no url",
      "Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or make a client" } do
      assert.truthy(err.message:find(part, 1, true), err.message .. "\n lacks " .. part)
    end
    assert.is_true(#err.message < 4096)
    for _, asked in ipairs(place:asked()) do
      assert.truthy(asked:find("http://100.100.100.200/", 1, true), asked)
    end
  end)
end)

describe("a chain of one's own", function()
  local place = places.each()

  it("passes over nothing that somebody has named", function()
    local file = place:write("x.json", PROFILE)
    for _, source in ipairs { credentials.profile { file = file, name = "x" },
      credentials.profile { name = "x" }, credentials.ini { name = "x" },
      credentials.profile { file = place.home .. "/x" },
      credentials.ini { file = place.home .. "/x" } } do
      local err = place:refused("", credentials.chain { source, credentials.static(KEYS) })
      assert.matches("No such file", err.message:gsub("does not exist", "No such file"))
    end
  end)

  it("is refused with anything else", function()
    for _, wrong in ipairs { { KEYS }, { credentials.environment(), 1 }, "x", { a = 1 },
      credentials.environment(), { { current = print } } } do
      helper.throws("chain takes a list of sources", function() credentials.chain(wrong) end)
    end
  end)
end)
