-- The emulator itself: it starts, it stops, and it leaves nothing behind.

local child = require "spec.support.child"
local emulator = require "spec.support.emulator"
local shell = require "spec.support.emulator.launcher.shell"

local function exists(path) return select(2, shell.run("test -e " .. shell.quote(path))) == 0 end

-- Waits for up to a minute.
local function eventually(condition)
  for _ = 1, 1200 do
    if condition() then return true end
    shell.sleep(0.05)
  end
  return false
end

local function answers(control)
  return select(2, shell.run("curl -q -s -o /dev/null --noproxy '*' --max-time 5 " .. control
    .. "/config")) == 0
end

-- The process is gone, or only its shadow is left.
local function is_gone(pid)
  local status = shell.read_file("/proc/" .. pid .. "/status")
  return not status or status:find("State:%s*Z") ~= nil
end

describe("the emulator", function()
  local e

  before_each(function() e = assert(emulator.start()) end)
  after_each(function() e:stop() end)

  it("leaves no process and no directory", function()
    assert.same({ true, false, true }, { exists(e.dir), is_gone(e.pid), answers(e.control) })
    for _ = 1, 2 do
      assert.is_true(e:stop())
      assert.same({ false, true, false }, { exists(e.dir), is_gone(e.pid), answers(e.control) })
    end
  end)

  it("goes when the program that started it is gone", function()
    local output = child.run([[
      local e = assert(require("spec.support.emulator").start())
      io.write(e.pid, " ", e.control)
      io.stdout:flush()
      os.exit(0)
    ]])
    local pid, control = output:match("^(%d+) (%S+)$")
    assert.is_string(pid, output)
    assert.is_true(eventually(function() return is_gone(pid) end))
    assert.is_false(answers(control))
  end)
end)

describe("run.lua", function()
  local function run(arguments)
    return shell.run(shell.quote(child.interpreter()) .. " spec/support/emulator/run.lua "
      .. arguments)
  end

  it("runs a command with the environment of a user, and ends with its status", function()
    local output, status = run(
      [[-- sh -c 'echo "$ALIBABA_CLOUD_ENDPOINT $ZEGO_ENDPOINT $ZEGO_APP_ID"; exit 7']])
    assert.is_truthy(output:find("^https://127%.0%.0%.1:%d+ https://127%.0%.0%.1:%d+ 1234567890\n"))
    assert.equal(7, status)
    assert.equal(0, select(2, run("-- true")))
    assert.equal(1, select(2, run("-- false")))
  end)
end)
