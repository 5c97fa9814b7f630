-- The command uses the library as everybody does, and nobody else loads the command.

local child = require "spec.support.child"
local dir = require "pl.dir"

-- What the README and the reference offer to everybody, and the C core's own functions.
local PUBLIC = {
  ["streamctl"] = true, ["streamctl.core"] = true, ["streamctl.engine"] = true,
  ["streamctl.system"] = true,
  ["streamctl.errors"] = true, ["streamctl.json"] = true, ["streamctl.sections"] = true,
  ["streamctl.suggest"] = true,
}

local OTHERS = { argparse = true, redis = true }

describe("the command", function()
  it("requires public modules only", function()
    local files = dir.getallfiles("lua/streamctl/cli", "*.lua")
    assert.is_true(#files > 10)
    for _, path in ipairs(files) do
      local file = assert(io.open(path))
      local source = file:read "*a"
      file:close()
      for name in source:gmatch "require%s*%(?%s*[\"']([%w._]+)[\"']" do
        assert.is_true(PUBLIC[name] or OTHERS[name] or name:find "^streamctl%.cli%." ~= nil,
          path .. " requires " .. name)
      end
    end
  end)

  it("is not loaded by the library, neither is its parser", function()
    local output, status = child.run [[
      local streamctl = require "streamctl"
      local client = streamctl.zego.new {
        app_id = 1, server_secret = ("0"):rep(32), retry = false,
        transport = { send = function()
          return { code = "ok", http_status = 200, headers = "", maybe_sent = true,
            body = '{"Code":0,"Message":"success","RequestId":"1","Data":null}' }
        end },
      }
      assert(client:resume_rtc_streams { StreamId = { "a" } })
      assert(client:batch("ResumeRTCStreams", { "a", "b" }))
      local _ = streamctl.aliyun, streamctl.steps, streamctl.run
      for name in pairs(package.loaded) do
        assert(name ~= "argparse" and not (name .. "."):find "^streamctl%.cli%.", name)
      end
      print "neither"
    ]]
    assert.equal("neither\n", output)
    assert.equal(0, status)
  end)

  it("loads only what a command needs", function()
    local output = child.run [[
      local print = print
      require("streamctl.cli").main { "--version" }
      assert(not package.loaded.argparse)
      require("streamctl.cli").main { "completion", "fish", "--help" }
      assert(not package.loaded["streamctl.cli.commands.ops"])
      io.stdout:flush()
      print "little"
    ]]
    assert.equal("little\n", output:sub(-7))
  end)
end)
