-- The lints of layers, rooms and words, tools/check_layers.lua and check_words.lua, on a tree of
-- their own.

local child = require "spec.support.child"
local shell = require "spec.support.emulator.launcher.shell"

describe("the lint of layers", function()
  local folder

  before_each(function() folder = shell.run("mktemp -d"):match "%S+" end)
  after_each(function() shell.run("rm -rf " .. shell.quote(folder)) end)

  -- What a lint says of a file with a text; of lua/streamctl, unless its folder is named.
  local function said_about(name, text, lint)
    local path = folder .. (name:find "^csrc/" and "/" or "/lua/streamctl/") .. name
    shell.run("mkdir -p " .. shell.quote(path:match "^(.*)/"))
    shell.write_file(path, text)
    return (shell.run(("%s tools/%s.lua %s 2>&1 || true"):format(child.interpreter(),
      lint or "check_layers", shell.quote(folder))))
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

  it("refuses a higher layer of C", function()
    local said = said_about("csrc/core/base/buf.c", '#include "../../check/walk.h"')
    assert.equal("csrc/core/base/buf.c:1: csrc.core.base.buf needs csrc.check.walk, which is no "
      .. "lower layer\n", said)
    assert.equal("", said_about("csrc/core/base/buf.c", '#include "sctl.h"'))
    assert.equal("", said_about("csrc/check/walk.c", '#include "../core/base/sctl.h"'))
  end)

  it("refuses a room with more lines than its budget, but for rows", function()
    local said = said_about("metrics/init.lua", ("\n"):rep(312))
    assert.matches("^lua/streamctl/metrics has 312 lines, its budget is %d", said)
    said_about("metrics/init.lua", "")
    said = said_about("csrc/core/base/buf.c", ("\n"):rep(20000))
    assert.matches("^csrc has 20000 lines, its budget is %d", said)
    said_about("csrc/core/base/buf.c", "")
    assert.equal("", said_about("zego/operations/player.lua", ("\n"):rep(20000)))
  end)

  it("of words refuses old words in names and comments, but no text", function()
    assert.equal("", said_about("call/init.lua", [[
      local text = "what the thing is about" -- a look at the text
      return text]], "check_words"))
    assert.matches("call/init.lua:1: thing: say resource\n",
      said_about("call/init.lua", "-- a thing", "check_words"))
    assert.matches("call/init.c:2: renewal: say refresh\n",
      said_about("call/init.c", "/* the\n * renewal */", "check_words"))
    assert.matches("call/init.lua:1: things: say resources\n",
      said_about("call/init.lua", "local things = {}", "check_words"))
    assert.matches("call/init.c:2: look: say poll\n",
      said_about("call/init.c", "/* a look */\nint look;", "check_words"))
  end)
end)
