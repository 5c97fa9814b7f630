-- `streamctl help environment` names every variable that the command reads.

local config = require "streamctl.cli.config"
local dir = require "pl.dir"
local shell = require "spec.emulator.launcher.shell"

describe("the variables that help tells of", function()
  it("are all that the command's sources name", function()
    local told = {}
    for _, entry in ipairs(config.environment) do
      for name in (entry[1] .. " " .. entry[2]):gmatch "[%w_]+" do told[name] = true end
      assert.matches("%.$", entry[2])
    end
    local read = 0
    for _, path in ipairs(dir.getallfiles("lua/streamctl/cli", "*.lua")) do
      for name in shell.read_file(path):gmatch "\"(%u+_[%u_]+)\"" do
        if name:find "^ZEGO_" or name:find "^ALIBABA_" or name:find "^STREAMCTL_"
          or name:find "^XDG_" or name:find "^NO_" then
          assert.is_true(told[name], path .. " reads " .. name)
          read = read + 1
        end
      end
    end
    assert.is_true(read > 15)
  end)
end)
