-- Where a user's files would be, and are not.

local child = require "spec.support.child"
local command = require "spec.support.command"
local emulator = require "spec.support.emulator"
local host = require "spec.world.surroundings.host"
local shell = require "spec.support.emulator.launcher.shell"

describe("HOME:", function()
  local c, e

  setup(function()
    e = assert(emulator.start())
    c = command.new(e)
    shell.run("chmod 000 " .. shell.quote(c.home))
  end)
  before_each(function() e:reset() end)
  teardown(function()
    if c then
      shell.run("chmod 700 " .. shell.quote(c.home))
      c:close()
    end
    if e then e:stop() end
  end)

  local HIDDEN = { XDG_CONFIG_HOME = false, XDG_STATE_HOME = false }
  local NONE = { XDG_CONFIG_HOME = false, XDG_STATE_HOME = false, HOME = false }

  local function resume(environment, within, ...)
    return c:run({ "resume", "s1", ... },
      { vendor = "zego", environment = environment, within = within })
  end

  it("may not be entered", function()
    local within = host.bound()
    local ran = resume(HIDDEN, within)
    assert.equal(2, ran.status, ran.err)
    assert.matches(c.home, ran.err, 1, true)
    assert.equal(0, #e:requests())
  end)

  it("may not be entered, and other folders are named", function()
    local ran = resume({ XDG_CONFIG_HOME = c.dir .. "/config", XDG_STATE_HOME = c.dir .. "/state" },
      host.bound())
    assert.equal(0, ran.status, ran.err)
    assert.equal(1, #e:requests())
  end)

  it("may not be entered, and the library looks for a key", function()
    local code = [[
      local streamctl = require "streamctl"
      local source = streamctl.aliyun.credentials.chain()
      local _, message = source:get()
      print(message)
    ]]
    local path = c:write("chain.lua", code)
    local output = shell.run(("cd %s && %s %s"):format(shell.quote(c.dir), host.bound(),
      child.command(code, { HOME = c.home }, path)))
    assert.matches("there are no keys", output, 1, true)
    assert.matches("uri: ", output, 1, true) -- the last source of the chain
  end)

  it("is not set", function()
    local ran = resume(NONE)
    assert.equal(2, ran.status, ran.err)
    assert.matches("HOME", ran.err, 1, true)
    assert.matches("--store memory", ran.err, 1, true)
    assert.equal(0, #e:requests())
    assert.equal(0, resume(NONE, nil, "--store", "memory").status)
  end)

  it("no temporary folder", function()
    local above = shell.quote(c.dir:match "^(.*)/")
    local ran = c:run({ "resume", "s1", "--store", "memory" }, { vendor = "zego",
      environment = { TMPDIR = "/nonexistent" },
      within = host.mounts(c.dir, ("mount --bind %s %s; mount -o remount,bind,ro %s")
        :format(above, above, above)) })
    assert.equal(0, ran.status, ran.err)
  end)
end)
