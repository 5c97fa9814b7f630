-- The file that the vendor's packages share. How it is read is in sections_spec.lua, the vendor's
-- own samples are in spec/vectors.

local credentials = require "streamctl.aliyun.credentials"
local places = require "spec.unit.aliyun.credentials.place"

local SECRET = "iniSecret;with#signs/0123"
local FILE = ".alibabacloud/credentials"
local KEY = "\ntype = access_key\naccess_key_id = LTAI5tIni\naccess_key_secret = " .. SECRET .. "\n"

describe("the source ini", function()
  local place
  before_each(function() place = places.enter(places.answer({}, "Credentials")) end)
  after_each(function() place:leave() end)

  it("is found by file, by variable, by home, and has secrets as they are", function()
    local file = place:write("a.ini", "[default]" .. KEY:gsub("LTAI5tIni", "of file"))
    place:write("b.ini", "[default]" .. KEY:gsub("LTAI5tIni", "of variable"))
    place:write("second/" .. FILE, "[default]" .. KEY)
    assert.same({ access_key_id = "LTAI5tIni", access_key_secret = SECRET,
      provider = "profile/static_ak" },
      place:get(credentials.ini { home = place.home .. "/second" }))
    place.variables.ALIBABA_CLOUD_CREDENTIALS_FILE = place.home .. "/b.ini"
    assert.equal("of variable", place:get(credentials.ini()).access_key_id)
    assert.equal("of file", place:get(credentials.ini { file = file }).access_key_id)
    place.variables.ALIBABA_CLOUD_PROFILE = "x"
    assert.equal("of file", place:get(credentials.ini { file = file, name = "default" })
      .access_key_id)
  end)

  it("sends everything that a role's section says", function()
    local role = "role_arn = " .. places.ARN .. "\nrole_session_name = s\npolicy = {}\n"
      .. "sts_region = cn-beijing\n"
    place:write(FILE, "[default]" .. KEY:gsub("access_key\n", "ram_role_arn\n", 1) .. role
      .. "[oidc]\ntype = oidc_role_arn\noidc_provider_arn = p\noidc_token_file_path = "
      .. place:write("token", "eyJ0") .. "\n" .. role)
    for name, provider in pairs { default = "ram_role_arn/static_ak", oidc = "oidc_role_arn" } do
      assert.equal("profile/" .. provider, place:get(credentials.ini { name = name }).provider)
      local form = places.form(place.sent[1].body)
      assert.same({ places.ARN, "s", "{}" }, { form.RoleArn, form.RoleSessionName, form.Policy })
      assert.equal("https://sts.cn-beijing.aliyuncs.com", place.sent[1].origin)
      assert.equal(name == "oidc" and "eyJ0" or nil, form.OIDCToken)
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
