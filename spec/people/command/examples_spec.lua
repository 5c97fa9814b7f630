-- The examples of `streamctl help examples` and of the manual page: each does what it says, run by
-- a shell in their order.

local command = require "spec.support.command"
local emulator = require "spec.support.emulator"
local shell = require "spec.support.emulator.launcher.shell"

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

  -- What of a line tells why it cannot run here.
  local NOT_RUN = { ["^streamctl queue"] = "no Redis", ["^streamctl configure"] = "no terminal",
    ["^streamctl completion"] = "no such folders", ["%-%-profile prod"] = "no such profile",
    ["%-%-watch"] = "no end", ["^streamctl relay ensure"] = "it asks", ["@tasks"] = "it asks" }

  local function can_run(text)
    for pattern in pairs(NOT_RUN) do
      if text:find(pattern) then return false end
    end
    return true
  end

  it("can be run as they are", function()
    local examples, unfinished = {}, false
    for line in c:run({ "help", "examples" }).out:gmatch "[^\n]+" do
      assert.is_true(#line < 80, line)
      local text = line:match "^  (.*)"
      if text then
        if not unfinished then examples[#examples + 1] = "" end
        examples[#examples] = examples[#examples] .. text .. "\n"
      end
      unfinished = line:sub(-1) == "\\"
    end
    assert.is_true(#examples > 15)
    local installed, count = c:installed(), 0
    for _, text in ipairs(examples) do
      if can_run(text) then
        local output, status = shell.run(installed .. " && { " .. text .. "} </dev/null")
        assert.equal(0, status, text .. "\n" .. output)
        count = count + 1
      end
    end
    assert.is_true(count > 15)
    assert.is_true(#e:requests { action = "CreateLivePullToPush" } == 1)
    assert.is_true(#e:requests { action = "ResumeRTCStreams" } >= 2)
  end)
end)
