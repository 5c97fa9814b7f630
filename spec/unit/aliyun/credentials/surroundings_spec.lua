-- Variables and files, as sources of credentials read them.

local shell = require "spec.emulator.launcher.shell"
local surroundings = require "streamctl.aliyun.credentials.surroundings"

local getenv = os.getenv

describe("a variable", function()
  after_each(function() os.getenv = getenv end) -- luacheck: ignore 122

  local function with(value)
    os.getenv = function() return value end -- luacheck: ignore 122
  end

  it("that is empty is not set", function()
    with ""
    assert.is_nil(surroundings.variable "X")
    with "0"
    assert.equal("0", surroundings.variable "X")
  end)

  it("is a flag that says true, in any case, and nothing else", function()
    for _, value in ipairs { "true", "TRUE", "True" } do
      with(value)
      assert.is_true(surroundings.flag "X")
    end
    for _, value in ipairs { "", "1", "yes", "false", " true" } do
      with(value)
      assert.is_false(surroundings.flag "X")
    end
    with(nil)
    assert.is_false(surroundings.flag "X")
  end)

  it("says where the home directory is", function()
    assert.equal("/x/.aliyun/config.json", surroundings.at_home("/x/", ".aliyun/config.json"))
    with "/home/me"
    assert.equal("/home/me/a", surroundings.at_home(nil, "a"))
    with(nil)
    assert.is_nil(surroundings.at_home(nil, "a"))
  end)
end)

describe("a file", function()
  local path

  before_each(function() path = os.tmpname() end)
  after_each(function() os.remove(path) end)

  it("is read as a whole, but for a byte order mark", function()
    shell.write_file(path, "\239\187\191a\r\nb\239\187\191")
    assert.equal("a\r\nb\239\187\191", surroundings.read(path))
    shell.write_file(path, "")
    assert.equal("", surroundings.read(path))
  end)

  it("that is not there is missing, and nothing else is", function()
    assert.same({ nil, path .. "/x cannot be read: Not a directory", true },
      { surroundings.read(path .. "/x") })
    os.remove(path)
    assert.same({ nil, path .. " cannot be read: No such file or directory", true },
      { surroundings.read(path) })
    assert.same({ nil, "/tmp cannot be read: Is a directory", false }, { surroundings.read "/tmp" })
  end)

  it("that is too large is refused", function()
    shell.write_file(path, ("x"):rep(1048576))
    assert.equal(1048576, #surroundings.read(path))
    shell.write_file(path, ("x"):rep(1048577))
    assert.same({ nil, path .. " cannot be read: it is larger than 1 MiB", false },
      { surroundings.read(path) })
  end)
end)

describe("a word of a file", function()
  it("is shown unless it may be a secret", function()
    assert.equal("'RamRoleArnWithRoleName'", surroundings.shown "RamRoleArnWithRoleName")
    assert.equal("'team a.b-c_1'", surroundings.shown "team a.b-c_1")
    assert.equal("of 30 characters (not shown)", surroundings.shown(("k"):rep(30)))
    assert.equal("of 5 characters (not shown)", surroundings.shown "ab/+=")
  end)
end)

describe("a refusal", function()
  it("names its source, and says whether nothing is configured", function()
    local refuse = require("streamctl.aliyun.credentials.define").refuser "uri"
    local answer, message, err = refuse("why", true)
    assert.same({ nil, "credentials: uri: why", "credentials", "aliyun", true },
      { answer, message, err.code, err.vendor, err.absent })
    assert.is_nil(select(3, refuse("why", false)).absent)
  end)
end)
