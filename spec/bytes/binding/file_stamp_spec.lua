-- Whether a file is still the one that was read.

local system = require "streamctl.system"
local shell = require "spec.support.emulator.launcher.shell"

describe("file_stamp", function()
  local dir, path

  before_each(function()
    dir = shell.run("mktemp -d"):gsub("%s+$", "")
    path = dir .. "/f"
    shell.write_file(path, "one")
  end)
  after_each(function() shell.run("rm -rf " .. shell.quote(dir)) end)

  -- Whether `change` makes another stamp.
  local function changes(change)
    local before = assert(system.file_stamp(path))
    assert.equal(before, system.file_stamp(path))
    change()
    return system.file_stamp(path) ~= before
  end

  it("stays while nobody writes", function()
    assert.is_false(changes(function() assert.equal("one", shell.read_file(path)) end))
  end)

  it("changes with the size, the time and the file", function()
    assert.is_true(changes(function() shell.write_file(path, "longer") end))
    assert.is_true(changes(function()
      shell.run("touch -d '2001-02-03 04:05:06' " .. shell.quote(path))
    end))
    assert.is_true(changes(function()
      shell.run("touch -d '2001-02-03 04:05:06.000000001' " .. shell.quote(path))
    end))
    assert.is_true(changes(function() -- of the same size and time
      local q = shell.quote(path)
      shell.run(("cp -p %s %s.new && mv %s.new %s"):format(q, q, q, q))
    end))
  end)

  it("says why there is none", function()
    local stamp, message, code, errno = system.file_stamp(dir .. "/none")
    assert.is_nil(stamp)
    assert.equal("system: cannot look at the file: No such file or directory", message)
    assert.same({ "system", 2 }, { code, errno })
    assert.is_nil((system.file_stamp "")) -- what an empty path names is no file either
    assert.has_error(function() system.file_stamp(path .. "\0x") end)
    assert.has_error(function() system.file_stamp() end)
  end)
end)

describe("file_mode", function()
  it("tells who may read and write, links followed", function()
    local dir = shell.run("mktemp -d"):gsub("%s+$", "")
    local path = dir .. "/f"
    shell.write_file(path, "one")
    shell.run(("cd %s; ln -s f l; chmod 640 f"):format(shell.quote(dir)))
    assert.same({ 416, true, true }, { system.file_mode(path) })
    assert.equal(416, system.file_mode(dir .. "/l"))
    shell.run("chmod 4702 " .. shell.quote(path))
    assert.equal(2498, system.file_mode(path))
    assert.same({ 448, false, true }, { system.file_mode(dir) })
    assert.is_false(select(2, system.file_mode "/dev/null"))
    local mode, message, code, errno = system.file_mode(dir .. "/none")
    assert.is_nil(mode)
    assert.equal("system: cannot look at the file: No such file or directory", message)
    assert.same({ "system", 2 }, { code, errno })
    assert.has_error(function() system.file_mode(path .. "\0x") end)
    shell.run("rm -rf " .. shell.quote(dir))
  end)
end)
