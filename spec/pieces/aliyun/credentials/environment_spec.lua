-- Keys in the environment, and keys that the caller has.

local credentials = require "streamctl.aliyun.credentials"
local places = require "spec.pieces.aliyun.credentials.place"

local ID, SECRET, TOKEN = "LTAI5tEnvironment", "environmentSecret/01", "CAIS+environment"

describe("the source environment", function()
  local place = places.each()

  local function set(id, secret, token)
    place.variables.ALIBABA_CLOUD_ACCESS_KEY_ID = id
    place.variables.ALIBABA_CLOUD_ACCESS_KEY_SECRET = secret
    place.variables.ALIBABA_CLOUD_SECURITY_TOKEN = token
  end

  it("has the key of the moment when it is needed", function()
    local source = credentials.environment()
    set(ID, SECRET, "")
    assert.same({ access_key_id = ID, access_key_secret = SECRET, provider = "env" },
      place:get(source))
  end)

  it("is broken where half is set, or not fit", function()
    for why, case in pairs {
      ["ALIBABA_CLOUD_ACCESS_KEY_ID is not set, but ALIBABA_CLOUD_SECURITY_TOKEN is"] = { "", "",
        TOKEN },
      ["ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set, but ALIBABA_CLOUD_ACCESS_KEY_ID is"] = { ID, "",
        TOKEN },
      ["ALIBABA_CLOUD_ACCESS_KEY_SECRET must not hold control characters"] = { ID, SECRET .. "\n" },
    } do
      set(case[1], case[2], case[3])
      assert.is_nil(place:refused(why, credentials.environment(), { SECRET, TOKEN }).absent)
    end
  end)
end)

describe("the source static", function()
  local place = places.each()

  it("has the key that it was given, also after that was refused", function()
    local source = credentials.static { access_key_id = ID, access_key_secret = SECRET }
    source:refuse(source:current(place:context()))
    assert.same({ access_key_id = ID, access_key_secret = SECRET, provider = "static_ak" },
      place:get(source))
    assert.equal(ID, source.account)
    assert.same({ access_key_id = ID, access_key_secret = SECRET, security_token = TOKEN,
      provider = "static_sts" }, place:get(credentials.static { access_key_id = ID,
      access_key_secret = SECRET, security_token = TOKEN }))
  end)
end)
