-- Profiles of the command line tool. A sample of every mode is in spec/bytes/vectors.

local credentials = require "streamctl.aliyun.credentials"
local helper = require "spec.pieces.helper"
local places = require "spec.pieces.aliyun.credentials.place"

local ID, SECRET, TOKEN = "LTAI5tProfile", "profileSecret/0123456789", "CAIS+profile/token"
local ROLE = places.ARN
local FILE = ".aliyun/config.json"

local function key(more)
  return helper.merged({ name = "default", mode = "AK", access_key_id = ID,
    access_key_secret = SECRET }, more)
end

describe("the source profile", function()
  local place = places.each(places.answer({}, "Credentials"))

  local function write(...)
    return place:write(FILE, { current = "default", profiles = { ... } })
  end

  it("reads the file when a key is needed, whatever its first bytes (byte-order-mark)", function()
    local source = credentials.profile()
    local path = write(key())
    place:write(FILE, "\239\187\191" .. io.open(path):read("*a"))
    assert.equal(ID, place:get(source).access_key_id)
  end)

  it("names the circle in which source_profile leads", function()
    local function chained(name, source)
      return { name = name, mode = "ChainableRamRoleArn", source_profile = source,
        ram_role_arn = ROLE }
    end
    write(chained("default", "b"), chained("b", "c"), chained("c", "b"))
    place:refused("the profile 'b' of " .. place.home .. "/" .. FILE
      .. ": source_profile leads in a circle: 'default' -> 'b' -> 'c' -> 'b'",
      credentials.profile())
    write(chained("default", "default"))
    place:refused("'default' -> 'default'", credentials.profile())
    write(chained("default", "b"))
    place.variables.ALIBABA_CLOUD_PROFILE = "default" -- which is there
    assert.is_nil(place:refused("the profile 'b' of " .. place.home .. "/" .. FILE
      .. " does not exist", credentials.profile()).absent)
    write(chained("default", "b"), key { name = "b", access_key_secret = "" })
    place:refused("the profile 'b' of " .. place.home .. "/" .. FILE
      .. ": access_key_secret is missing", credentials.profile())
    write(chained("default", "b"), key { name = "b", mode = "RamRoleArn", ram_role_arn = ROLE,
      sts_region = "no region" })
    place:refused("the profile 'b' of " .. place.home .. "/" .. FILE
      .. ": sts_region must be the name of a region", credentials.profile())
    assert.same({}, place:asked())
  end)

  it("follows source_profile through ten profiles and no more", function()
    local profiles = { key { name = "p1" } }
    for i = 2, 5000 do
      profiles[i] = { name = "p" .. i, mode = "ChainableRamRoleArn", source_profile = "p" .. i - 1,
        ram_role_arn = ROLE }
    end
    place:write(FILE, { current = "p10", profiles = profiles })
    assert(place:get(credentials.profile()))
    assert.equal(9, #place.sent)
    for _, name in ipairs { "p11", "p5000" } do
      place:refused("source_profile leads through more than 10 profiles",
        credentials.profile { name = name })
      assert.same({}, place.sent)
    end
  end)

  for name, case in pairs {
    ["an unknown mode"] = { key { mode = "Magic" }, "its mode 'Magic' is unknown" },
    ["a secret as its mode"] = { key { mode = SECRET }, "its mode of 24 characters (not shown)" },
    ["no mode"] = { { name = "default" }, "mode is missing" },
    ["no source"] = { key { mode = "ChainableRamRoleArn", ram_role_arn = ROLE,
      source_profile = "" }, "source_profile is missing" },
    ["a number as its mode"] = { key { mode = 1 }, "mode must be text" },
    ["a mode that is not supported"] = { key { mode = "RsaKeyPair" },
      "its mode RsaKeyPair is not supported; use RamRoleArn" },
    ["a control character"] = { key { access_key_secret = SECRET .. "\n" },
      "access_key_secret must not hold control characters" },
    ["a table as its secret"] = { key { access_key_secret = { SECRET } },
      "access_key_secret must be text" },
    ["a life that is too short"] = { key { mode = "RamRoleArn", ram_role_arn = ROLE,
      expired_seconds = 600 }, "expired_seconds must be a whole number from 900" },
    ["a life that is no number"] = { key { mode = "RamRoleArn", ram_role_arn = ROLE,
      expired_seconds = SECRET }, "expired_seconds must be a whole number" },
    ["a switch that is none"] = { key { mode = "RamRoleArn", ram_role_arn = ROLE,
      enable_vpc = "yes" }, "enable_vpc must be true or false" },
    ["a login of OAuth"] = { key { mode = "OAuth", oauth_site_type = "CN",
      oauth_access_token = TOKEN, oauth_access_token_expire = helper.NOW + 3600 },
      "its mode OAuth is not supported, since only aliyun can renew its login; use" },
    ["a table as its source"] = { key { mode = "ChainableRamRoleArn", ram_role_arn = ROLE,
      source_profile = { SECRET } }, "source_profile must be text" },
    ["a login of CloudSSO"] = { key { mode = "CloudSSO", access_token = TOKEN },
      "its mode CloudSSO is not supported, since only aliyun can renew its login; use" },
    ["no URI"] = { key { mode = "CredentialsURI" }, "credentials_uri is missing" },
    ["a command for a shell"] = { key { mode = "External",
      process_command = "x '" .. SECRET }, "process_command has quotes or a backslash" },
  } do
    it("is refused with " .. name, function()
      write(case[1])
      local err = place:refused(case[2], credentials.profile(), { SECRET, TOKEN })
      assert.is_nil(err.absent)
      assert.same({}, place:asked())
    end)
  end

  for name, case in pairs {
    ["more than 1 MiB"] = { (" "):rep(1048577), "cannot be read: it is larger than 1 MiB" },
    ["nothing but 1 MiB of blanks"] = { (" "):rep(1048576), "is empty; run" },
    ["half of its text"] = { '{\n"current": "a",\n"' .. SECRET, ": line 3: it is not JSON" },
    ["a list"] = { "[]", "it is not a JSON object" },
    ["profiles of another kind"] = { '{"current":"a","profiles":"' .. SECRET .. '"}',
      "has no profiles" },
    ["a profile that is none"] = { '{"current":"a","profiles":["' .. SECRET .. '"]}',
      "the profile 'a' of" },
    ["a secret as the current one"] = { '{"current":"' .. SECRET .. '","profiles":[{"name":"a"}]}',
      "the profile of 24 characters (not shown) of" },
  } do
    it("is refused when the file has " .. name, function()
      local path = place:write(FILE, case[1])
      local err = place:refused(path, credentials.profile(), { SECRET })
      assert.truthy(err.message:find(case[2], 1, true), err.message)
      assert.is_nil(err.absent)
    end)
  end
end)
