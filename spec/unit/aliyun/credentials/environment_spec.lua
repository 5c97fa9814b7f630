-- Keys in the environment, and keys that the caller has.

local credentials = require "streamctl.aliyun.credentials"
local places = require "spec.unit.aliyun.credentials.place"

local ID, SECRET, TOKEN = "LTAI5tEnvironment", "environmentSecret/01", "CAIS+environment"

describe("the source environment", function()
  local place
  before_each(function() place = places.enter() end)
  after_each(function() place:leave() end)

  local function set(id, secret, token)
    place.variables.ALIBABA_CLOUD_ACCESS_KEY_ID = id
    place.variables.ALIBABA_CLOUD_ACCESS_KEY_SECRET = secret
    place.variables.ALIBABA_CLOUD_SECURITY_TOKEN = token
  end

  it("has the key of the moment when it is needed", function()
    local source = credentials.environment()
    set(ID, SECRET)
    assert.same({ access_key_id = ID, access_key_secret = SECRET, provider = "env" },
      place:get(source))
    set(ID, SECRET, TOKEN)
    assert.same({ access_key_id = ID, access_key_secret = SECRET, security_token = TOKEN,
      provider = "env" }, place:get(credentials.environment {}))
    set(ID, SECRET, "")
    assert.is_nil(place:get(credentials.environment()).security_token)
  end)

  it("is absent where nothing is set, or all is empty", function()
    for _, value in ipairs { false, "" } do
      set(value or nil, value or nil, value or nil)
      local err = place:refused("environment: ALIBABA_CLOUD_ACCESS_KEY_ID and "
        .. "ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set", credentials.environment())
      assert.is_true(err.absent)
    end
  end)

  it("is broken where half is set", function()
    for _, case in ipairs {
      { { ID }, "ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set, but ALIBABA_CLOUD_ACCESS_KEY_ID is" },
      { { nil, SECRET },
        "ALIBABA_CLOUD_ACCESS_KEY_ID is not set, but ALIBABA_CLOUD_ACCESS_KEY_SECRET is" },
      { { nil, nil, TOKEN },
        "ALIBABA_CLOUD_ACCESS_KEY_ID is not set, but ALIBABA_CLOUD_SECURITY_TOKEN is" },
      { { ID, "", TOKEN },
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set, but ALIBABA_CLOUD_ACCESS_KEY_ID is" },
      { { ID, SECRET .. "\n" },
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET must not hold control characters" },
    } do
      set(case[1][1], case[1][2], case[1][3])
      assert.is_nil(place:refused(case[2], credentials.environment(), { SECRET, TOKEN }).absent)
    end
  end)

  it("takes no fields", function()
    local ok, why = pcall(function() credentials.environment { name = "x" } end)
    assert.is_false(ok)
    assert.truthy(why:find("environment_spec.lua:%d+: .*there is no field 'name'"), why)
  end)
end)

describe("the source static", function()
  local place
  before_each(function() place = places.enter() end)
  after_each(function() place:leave() end)

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

  it("takes no half, not even where the environment has the other", function()
    place.variables.ALIBABA_CLOUD_ACCESS_KEY_SECRET = SECRET
    for _, case in ipairs {
      { { access_key_id = ID }, "access_key_secret is missing" },
      { { access_key_secret = SECRET }, "access_key_id is missing" },
      { { access_key_id = ID, access_key_secret = "" }, "access_key_secret must not be empty" },
      { { access_key_id = ID, access_key_secret = SECRET, token = TOKEN }, "no field 'token'" },
    } do
      local ok, why = pcall(function() credentials.static(case[1]) end)
      assert.is_false(ok)
      assert.truthy(why:find("environment_spec.lua:%d+: ") and why:find(case[2], 1, true), why)
    end
  end)
end)
