-- The lint of layers, tools/check_layers.lua, on a tree of its own.

local child = require "spec.support.child"
local shell = require "spec.emulator.launcher.shell"

describe("the lint of layers", function()
  local folder

  before_each(function() folder = shell.run("mktemp -d"):match "%S+" end)
  after_each(function() shell.run("rm -rf " .. shell.quote(folder)) end)

  -- What it says about a module whose text is given.
  local function said_about(name, text)
    local path = folder .. "/streamctl/" .. name
    shell.run("mkdir -p " .. shell.quote(path:match "^(.*)/"))
    shell.write_file(path, text)
    return (shell.run(("%s tools/check_layers.lua %s 2>&1 || true"):format(child.interpreter(),
      shell.quote(folder))))
  end

  it("accepts the layers below, and the own folder", function()
    assert.equal("", said_about("call/init.lua", [[
      local loop, sign = require "streamctl.loop.pick", require "streamctl.call.sign"
      -- no more than require "streamctl.cli"
      local function late() return require("streamctl.core") end]]))
  end)

  it("refuses a higher layer, also inside a function", function()
    for _, text in ipairs {
      'local client = require "streamctl.vendor.client"',
      'local function late() return require("streamctl.cli") end',
      'return function(name) return require("streamctl.aliyun." .. name) end',
    } do
      local said = said_about("call/init.lua", text)
      assert.truthy(said:find("call/init.lua:1: streamctl.call needs streamctl.", 1, true), said)
    end
  end)

  it("refuses another folder of the same layer, and what is in none", function()
    local said = said_about("zego/init.lua", 'require "streamctl.aliyun.judge"')
    assert.truthy(said:find("needs streamctl.aliyun.judge", 1, true), said)
    said = said_about("extra/init.lua", 'require "streamctl.core"')
    assert.truthy(said:find("streamctl.extra is in no layer", 1, true), said)
  end)
end)
