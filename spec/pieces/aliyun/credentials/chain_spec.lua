-- Several sources in an order. The vendor's own scenarios are in spec/bytes/vectors.

local credentials = require "streamctl.aliyun.credentials"
local helper = require "spec.pieces.helper"
local places = require "spec.pieces.aliyun.credentials.place"

local SECRET = "chainSecret/0123456789"
local KEYS = { access_key_id = "LTAI5tChain", access_key_secret = SECRET }
local PROFILE = { current = "default", profiles = { {
  name = "default", mode = "AK", access_key_id = "LTAI5tProfile", access_key_secret = SECRET } } }
local INI = "[default]\ntype = access_key\naccess_key_id = LTAI5tIni\naccess_key_secret = "
  .. SECRET .. "\n"

local function of_ecs(it)
  if it.method == "PUT" then return helper.response(200, "token") end
  return it.target:find("/$") and helper.response(200, "a-role") or places.answer()
end

describe("the usual chain", function()
  local place = places.each()

  local function provider_of(source)
    local found, message = place:get(source)
    return found and found.provider or message
  end

  -- Everything is configured; the first one that is left has the key.
  it("goes through its sources in the order of the vendor's packages", function()
    local variables = place.variables
    place.answer = function(it)
      local of_sts = it.target:find("AssumeRoleWithOIDC", 1, true)
      return of_sts and places.answer({}, "Credentials") or of_ecs(it)
    end
    local profile = place:write(".aliyun/config.json", PROFILE)
    local ini = place:write(".alibabacloud/credentials", INI)
    variables.ALIBABA_CLOUD_ACCESS_KEY_ID = "LTAI5tEnvironment"
    variables.ALIBABA_CLOUD_ACCESS_KEY_SECRET = SECRET
    variables.ALIBABA_CLOUD_ROLE_ARN = places.ARN
    variables.ALIBABA_CLOUD_OIDC_PROVIDER_ARN = "acs:ram::1234567890123456:oidc-provider/p"
    variables.ALIBABA_CLOUD_OIDC_TOKEN_FILE = place:write("token", "eyJ0")
    variables.ALIBABA_CLOUD_CREDENTIALS_URI = "http://127.0.0.1:8123/key"
    local found = place:get(credentials.chain())
    assert.same({ "default/env", "LTAI5tEnvironment" }, { found.provider, found.access_key_id })
    variables.ALIBABA_CLOUD_ACCESS_KEY_ID, variables.ALIBABA_CLOUD_ACCESS_KEY_SECRET = nil, ""
    assert.equal("default/oidc_role_arn", provider_of(credentials.chain {}))
    variables.ALIBABA_CLOUD_OIDC_PROVIDER_ARN, variables.ALIBABA_CLOUD_OIDC_TOKEN_FILE = nil, nil
    found = place:get(credentials.chain())
    assert.same({ "default/cli_profile", "LTAI5tProfile" }, { found.provider, found.access_key_id })
    variables.ALIBABA_CLOUD_CLI_PROFILE_DISABLED = "True"
    found = place:get(credentials.chain())
    assert.same({ "default/profile", "LTAI5tIni" }, { found.provider, found.access_key_id })
    variables.ALIBABA_CLOUD_CLI_PROFILE_DISABLED = nil
    os.remove(profile)
    os.remove(ini)
    assert.equal("default/ecs_ram_role", provider_of(credentials.chain()))
    variables.ALIBABA_CLOUD_ECS_METADATA_DISABLED = "true"
    assert.equal("default/credential_uri", provider_of(credentials.chain()))
  end)

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

  it("ends at a source that is configured and broken: nothing else is looked for", function()
    local variables = place.variables
    place:write(".alibabacloud/credentials", INI)
    for _, case in ipairs {
      { "profile: " .. place.home .. "/.aliyun/config.json: line 1: it is not JSON",
        function() place:write(".aliyun/config.json", '{"' .. SECRET) end },
      { "profile: the profile 'default' of " .. place.home
        .. "/.aliyun/config.json: access_key_secret is missing", function()
          place:write(".aliyun/config.json", { current = "default", profiles = { {
            name = "default", mode = "AK", access_key_id = "LTAI5tProfile" } } })
        end },
      { "oidc: token_file is missing", function()
        variables.ALIBABA_CLOUD_ROLE_ARN = places.ARN
        variables.ALIBABA_CLOUD_OIDC_PROVIDER_ARN = "acs:ram::1234567890123456:oidc-provider/p"
      end },
      { "environment: the environment variable ALIBABA_CLOUD_ACCESS_KEY_ID is not set",
        function() variables.ALIBABA_CLOUD_ACCESS_KEY_SECRET = SECRET end },
    } do
      case[2]()
      local err = place:refused("chain: " .. case[1], credentials.chain(), { SECRET })
      assert.is_nil(err.absent)
      assert.truthy(err.message:find("(so no other identity was looked for)", 1, true))
      assert.equal(case[1]:find("^env") == nil,
        err.message:find("; before it: environment: ", 1, true) ~= nil)
    end
    assert.same({}, place:asked())
  end)

  it("looks for a profile that a variable names in both files, and then no further", function()
    place.variables.ALIBABA_CLOUD_PROFILE = "team.a"
    place:write(".aliyun/config.json", PROFILE)
    local ini = place:write(".alibabacloud/credentials", (INI:gsub("default", "team.a")))
    assert.equal("LTAI5tIni", place:get(credentials.chain()).access_key_id)
    os.remove(ini)
    assert.is_nil(place:refused("ini: " .. ini .. " cannot be read", credentials.chain()).absent)
    place:write(".alibabacloud/credentials", INI)
    assert.is_nil(place:refused("ini: [team.a] of " .. ini .. " does not exist",
      credentials.chain()).absent)
    assert.same({}, place:asked())
  end)
end)

describe("a chain of one's own", function()
  local place = places.each()

  it("takes sources in their order", function()
    local chain = credentials.chain { credentials.ini(), credentials.static(KEYS) }
    assert.equal("LTAI5tChain", place:get(chain).access_key_id)
    place:write(".alibabacloud/credentials", INI)
    assert.equal("LTAI5tIni", place:get(credentials.chain { credentials.environment(),
      credentials.chain { credentials.profile(), credentials.ini() } }).access_key_id)
    place:refused("chain: there are no keys: environment: ",
      credentials.chain { credentials.environment() })
  end)

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
