-- Descriptors: many in use, and none left.

local child = require "spec.support.child"
local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"

command.describe("descriptors:", function(c, e)
  -- Runs code with a client `rtc` and a function `take(count)`, which opens files.
  local function run(limit, code)
    local environment = { REFUSED = e.refused }
    for _, pair in ipairs(e:environment()) do environment[pair[1]] = pair[2] end
    local program = child.command([[
      local streamctl = require "streamctl"
      local rtc = streamctl.zego.new { app_id = tonumber(os.getenv "ZEGO_APP_ID"),
        server_secret = os.getenv "ZEGO_SERVER_SECRET", endpoint = os.getenv "ZEGO_ENDPOINT",
        tls = { ca_file = os.getenv "STREAMCTL_CA_FILE" }, retry = false, rate_limit = false }
      local files = {}
      local function take(count)
        for _ = 1, count do
          local file = io.open "/dev/null"
          if not file then return false end
          files[#files + 1] = file
        end
        return true
      end
      local function give_back()
        for _, file in ipairs(files) do file:close() end
        files = {}
      end
      local function resume()
        local body, message, err = rtc:resume_rtc_streams { StreamId = { "s1" } }
        return body and "ok" or message, err
      end
    ]] .. code, environment, c.dir .. "/child.lua")
    local output, status = shell.run(("ulimit -n %d && %s"):format(limit, program))
    return output, status
  end

  it("10,000 in use", function()
    if select(2, shell.run "ulimit -n 10100") ~= 0 then
      return pending "this machine gives a process fewer than 10,100 descriptors"
    end
    assert.equal("ok\nok\n", (run(10100, [[
      assert(take(10000))
      print((resume()))
      print((resume()))
      give_back()
    ]])))
    assert.equal(2, #e:requests())
  end)

  it("none left", function()
    local output = run(64, [[
      streamctl.zego.new { app_id = 1, server_secret = ("a"):rep(32), retry = false,
        endpoint = os.getenv "REFUSED" }:resume_rtc_streams { StreamId = { "s1" } } -- loads modules
      assert(not take(100))
      local said, err = resume()
      print(err.code, err.maybe_sent, said:find("ulimit -n", 1, true) ~= nil)
      give_back()
      print((resume()))
      assert(not take(100)) -- the kept connection needs no more of them
      print((resume()))
    ]])
    assert.equal("connect\tfalse\ttrue\nok\nok\n", output)
    assert.equal(2, #e:requests())
  end)

  it("none left, for the command", function()
    local ran = c:run({ "resume", "s1" }, { vendor = "zego", before = "ulimit -n 4" })
    assert.not_equal(0, ran.status)
    assert.not_matches("traceback", ran.err)
    assert.equal(0, #e:requests())
  end)
end)
