-- The examples of `streamctl help examples` and of the manual page: each does what it says, run by
-- a shell in their order.

local command = require "spec.support.command"
local emulator = require "spec.support.emulator"
local shell = require "spec.emulator.launcher.shell"

describe("the examples", function()
  local c, e

  setup(function()
    e = assert(emulator.start {})
    c = command.new(e)
    c:write("ids.txt", "room1-cam1\nroom1-cam2\n")
    -- only who has an account of both needs no flag in any of them
    e:state { zego = { live = { "room1-cam2" }, forbidden = { "room1-cam1" } },
      aliyun = { domains = { "push.example.com", "play.example.com" } } }
  end)
  teardown(function()
    if c then c:close() end
    if e then e:stop() end
  end)

  it("can be run as they are", function()
    local examples = {}
    for line in c:run({ "help", "examples" }).out:gmatch "[^\n]+" do
      assert.is_true(#line < 80, line)
      local text = line:match "^  (.*)"
      if not text then
        examples[#examples + 1] = ""
      else
        examples[#examples] = examples[#examples] .. text .. "\n"
      end
    end
    assert.is_true(#examples > 6)
    local installed = c:installed()
    for _, text in ipairs(examples) do
      local output, status = shell.run(installed .. " && " .. text)
      assert.equal(0, status, text .. "\n" .. output)
    end
    assert.is_true(#e:requests { action = "CreateLivePullToPush" } == 1)
    assert.is_true(#e:requests { action = "ResumeRTCStreams" } >= 2)
  end)
end)
