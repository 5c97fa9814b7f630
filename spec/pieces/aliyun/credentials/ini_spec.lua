-- The file that the vendor's packages share. How it is read is in spec/pieces/sections_spec.lua,
-- the vendor's own samples are in spec/bytes/vectors.

local credentials = require "streamctl.aliyun.credentials"
local places = require "spec.pieces.aliyun.credentials.place"

local SECRET = "iniSecret;with#signs/0123"
local FILE = ".alibabacloud/credentials"
local KEY = "\ntype = access_key\naccess_key_id = LTAI5tIni\naccess_key_secret = " .. SECRET .. "\n"

describe("the source ini", function()
  local place = places.each(places.answer({}, "Credentials"))

  -- The token without the white space around it.
  it("asks the STS that a role's section names (oidc-newline)", function()
    for lines, origin in pairs {
      ["sts_region = cn-beijing"] = "sts.cn-beijing", ["sts_endpoint = sts.x"] = "sts.x",
      ["sts_region = cn-beijing\nenable_vpc = true"] = "sts-vpc.cn-beijing",
      ["sts_region = cn-beijing\nenable_vpc = false"] = "sts.cn-beijing",
    } do
      place:write(FILE, "[oidc]\ntype = oidc_role_arn\noidc_provider_arn = p\nrole_arn = r\n"
        .. "oidc_token_file_path = " .. place:write("token", " eyJ0\r\n") .. "\n" .. lines)
      assert(place:get(credentials.ini { name = "oidc" }))
      assert.equal("eyJ0", places.form(place.sent[1].body).OIDCToken)
      local expected = "https://" .. origin .. (origin == "sts.x" and "" or ".aliyuncs.com")
      assert.equal(expected, place.sent[1].origin)
    end
  end)

  for name, case in pairs {
    ["no type"] = { KEY:gsub("type", "Type"), "type is missing; it must be access_key" },
    ["an unknown type"] = { KEY:gsub("access_key\n", "sts\n", 1),
      "its type 'sts' is not supported; it must be access_key, ecs_ram_role" },
    ["a secret as its type"] = { "\ntype = " .. ("s"):rep(25) .. "\n",
      "its type of 25 characters (not shown)" },
    ["no secret"] = { KEY:gsub("access_key_secret.*", ""), "access_key_secret is missing" },
    ["no role"] = { KEY:gsub("access_key\n", "ram_role_arn\n", 1), "role_arn is missing" },
    ["no token file"] = { "\ntype = oidc_role_arn\nrole_arn = r\noidc_provider_arn = p\n",
      "oidc_token_file_path is missing" },
    ["a role whose name is none"] = { "\ntype = ecs_ram_role\nrole_name = a:b\n",
      "role_name must be" },
    ["a switch that is none"] = { KEY:gsub("access_key\n", "ram_role_arn\n", 1)
      .. "role_arn = r\nenable_vpc = yes\n", "enable_vpc must be true or false" },
    ["a line that says nothing"] = { KEY .. SECRET .. "\n",
      "line 5 must be written as key = value" },
  } do
    it("is refused with " .. name, function()
      place.variables.ALIBABA_CLOUD_ACCESS_KEY_SECRET = "environmentSecret"
      local path = place:write(FILE, "[default]" .. case[1])
      local err = place:refused(path, credentials.ini(), { SECRET })
      assert.truthy(err.message:find(case[2], 1, true), err.message)
      assert.is_nil(err.absent)
      assert.same({}, place.sent)
    end)
  end

  it("is absent without a section, unless somebody has named it", function()
    local path = place:write(FILE, "[other]" .. KEY)
    assert.is_true(place:refused("[default] of " .. path .. " does not exist",
      credentials.ini()).absent)
    assert.is_nil(place:refused("[x] of " .. path .. " does not exist",
      credentials.ini { name = "x" }).absent)
    place.variables.ALIBABA_CLOUD_PROFILE = "x"
    assert.is_nil(place:refused("[x] of " .. path .. " does not exist", credentials.ini()).absent)
    place.variables.HOME = nil -- the last file of the usual chain
    assert.is_nil(place:refused("HOME is not set", credentials.ini()).absent)
    place.variables.ALIBABA_CLOUD_CREDENTIALS_FILE = place:write("x", "secret = " .. SECRET)
    assert.is_nil(place:refused("x: line 1 stands in no section", credentials.ini(),
      { SECRET }).absent)
  end)
end)
