-- The file that the vendor's packages share. How it is read is in sections_spec.lua, the vendor's
-- own samples are in spec/vectors.

local credentials = require "streamctl.aliyun.credentials"
local helper = require "spec.unit.helper"
local json = require "streamctl.json"
local places = require "spec.unit.aliyun.credentials.place"

local SECRET = "iniSecret;with#signs/0123"
local FILE = ".alibabacloud/credentials"
local ROLE = "acs:ram::1234567890123456:role/r"
local KEY = "\ntype = access_key\naccess_key_id = LTAI5tIni\naccess_key_secret = " .. SECRET .. "\n"

describe("the source ini", function()
  local place
  before_each(function()
    place = places.enter(function()
      return helper.response(200, json.encode { Credentials = places.TEMPORARY })
    end)
  end)
  after_each(function() place:leave() end)

  it("takes the section that is asked for, and secrets as they are", function()
    place:write(FILE, "[default]" .. KEY .. "[team.a]" .. KEY:gsub("LTAI5tIni", "LTAI5tTeam"))
    assert.same({ access_key_id = "LTAI5tIni", access_key_secret = SECRET,
      provider = "profile/static_ak" }, place:get(credentials.ini()))
    assert.equal("LTAI5tTeam", place:get(credentials.ini { name = "team.a" }).access_key_id)
    place.variables.ALIBABA_CLOUD_PROFILE = "team.a"
    assert.equal("LTAI5tTeam", place:get(credentials.ini()).access_key_id)
    assert.equal("LTAI5tIni", place:get(credentials.ini { name = "default" }).access_key_id)
  end)

  it("is found by file, by variable, by home", function()
    local file = place:write("a.ini", "[default]" .. KEY:gsub("LTAI5tIni", "of file"))
    place:write("b.ini", "[default]" .. KEY:gsub("LTAI5tIni", "of variable"))
    place:write("second/" .. FILE, "[default]" .. KEY:gsub("LTAI5tIni", "of home"))
    assert.equal("of home",
      place:get(credentials.ini { home = place.home .. "/second" }).access_key_id)
    place.variables.ALIBABA_CLOUD_CREDENTIALS_FILE = place.home .. "/b.ini"
    assert.equal("of variable", place:get(credentials.ini()).access_key_id)
    assert.equal("of file", place:get(credentials.ini { file = file }).access_key_id)
  end)

  it("assumes a role", function()
    place:write(FILE, "[default]" .. KEY:gsub("access_key\n", "ram_role_arn\n", 1)
      .. "role_arn = " .. ROLE .. "\nrole_session_name = s\npolicy = {\"Version\":\"1\"}\n")
    assert.equal("profile/ram_role_arn/static_ak", place:get(credentials.ini()).provider)
    local request = place.transport.requests[1]
    assert.truthy(request.body:find("Policy=%7B%22Version%22%3A%221%22%7D", 1, true), request.body)
    assert.truthy(request.body:find("RoleSessionName=s", 1, true))
  end)

  it("assumes a role by OIDC", function()
    place:write(FILE, "[default]\ntype = oidc_role_arn\noidc_provider_arn = p\nrole_arn = " .. ROLE
      .. "\noidc_token_file_path = " .. place:write("token", "eyJ0") .. "\n")
    assert.equal("profile/oidc_role_arn", place:get(credentials.ini()).provider)
    local body = place.transport.requests[1].body
    assert.truthy(body:find("OIDCProviderArn=p&OIDCToken=eyJ0", 1, true), body)
  end)

  it("reads the file again when the key was refused", function()
    local source = credentials.ini()
    place:write(FILE, "[default]" .. KEY)
    local held = source:current(place:context())
    place:write(FILE, "[default]" .. KEY:gsub("LTAI5tIni", "LTAI5tNew"))
    source:refuse(held)
    assert.equal("LTAI5tNew", place:get(source).access_key_id)
  end)

  for name, case in pairs {
    ["no type"] = { KEY:gsub("type", "Type"), "type is missing; it must be access_key" },
    ["an unknown type"] = { KEY:gsub("access_key\n", "sts\n", 1),
      "its type 'sts' is not supported; it must be access_key, ecs_ram_role" },
    ["a secret as its type"] = { "\ntype = " .. SECRET .. "\n",
      "its type of 25 characters (not shown)" },
    ["no secret"] = { KEY:gsub("access_key_secret.*", ""), "access_key_secret is missing" },
    ["no id"] = { KEY:gsub("access_key_id", "access_key"), "access_key_id is missing" },
    ["no role"] = { KEY:gsub("access_key\n", "ram_role_arn\n", 1), "role_arn is missing" },
    ["no token file"] = { "\ntype = oidc_role_arn\nrole_arn = r\noidc_provider_arn = p\n",
      "oidc_token_file_path is missing" },
    ["a role whose name is none"] = { "\ntype = ecs_ram_role\nrole_name = " .. ROLE .. "\n",
      "role_name must be" },
    ["a line that says nothing"] = { KEY .. SECRET .. "\n",
      "line 5 must be written as key = value" },
    ["a key twice"] = { KEY .. "access_key_secret = x\n", "line 5 has the key of line 4 again" },
    ["itself twice"] = { KEY .. "[default]\n", "line 5 begins the section of line 1 again" },
  } do
    it("is refused with " .. name, function()
      place.variables.ALIBABA_CLOUD_ACCESS_KEY_SECRET = "environmentSecret"
      local path = place:write(FILE, "[default]" .. case[1])
      local err = place:refused(path, credentials.ini(), { SECRET })
      assert.truthy(err.message:find(case[2], 1, true), err.message)
      assert.is_nil(err.absent)
      assert.same({}, place:asked())
    end)
  end

  it("is absent without a file or a section, unless somebody has named it", function()
    assert.is_true(place:refused("No such file", credentials.ini()).absent)
    local path = place:write(FILE, "[other]" .. KEY)
    assert.is_true(place:refused("[default] of " .. path .. " does not exist",
      credentials.ini()).absent)
    assert.is_nil(place:refused("[x] of " .. path .. " does not exist",
      credentials.ini { name = "x" }).absent)
    place.variables.ALIBABA_CLOUD_PROFILE = "x"
    assert.is_nil(place:refused("[x] of " .. path .. " does not exist", credentials.ini()).absent)
    place.variables.HOME = nil
    assert.is_nil(place:refused("HOME is not set", credentials.ini()).absent)
    place.variables.ALIBABA_CLOUD_PROFILE = nil
    assert.is_true(place:refused("HOME is not set", credentials.ini()).absent)
    place.variables.ALIBABA_CLOUD_CREDENTIALS_FILE = place.home .. "/x"
    assert.is_nil(place:refused("No such file", credentials.ini()).absent)
    place:write("x", "access_key_secret = " .. SECRET)
    assert.is_nil(place:refused("x: line 1 stands in no section", credentials.ini(),
      { SECRET }).absent)
  end)
end)
