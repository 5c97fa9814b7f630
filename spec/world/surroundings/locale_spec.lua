-- A program that sets a locale with a decimal comma.

local child = require "spec.support.child"
local emulator = require "spec.support.emulator"
local redis_server = require "spec.world.store.redis_server"
local shell = require "spec.support.emulator.launcher.shell"

describe("the locale:", function()
  local e, dir

  setup(function()
    e = assert(emulator.start { rates = true })
    dir = shell.run "mktemp -d":gsub("%s+$", "")
  end)
  teardown(function()
    if dir then shell.run("rm -rf " .. shell.quote(dir)) end
    if e then e:stop() end
  end)

  it("a decimal comma", function()
    local made, status = shell.run(("localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8")
      :format(shell.quote(dir)))
    if status ~= 0 then return pending("no such locale can be made here: " .. made) end
    local server = redis_server.library() and assert(redis_server.start())
    local environment = { LOCPATH = dir, REDIS_PORT = server and tostring(server.port) or nil,
      CELLS = dir .. "/cells" }
    for _, pair in ipairs(e:environment()) do environment[pair[1]] = pair[2] end
    local output = child.run([[
      local streamctl = require "streamctl"
      assert(os.setlocale "de_DE.UTF-8")
      assert(rawget(_G, "jit") or ("%.1f"):format(0.5) == "0,5") -- LuaJIT formats by itself
      local m = streamctl.metrics.new()
      local stores = { streamctl.store.memory(), assert(streamctl.store.file(os.getenv "CELLS")) }
      local port = os.getenv "REDIS_PORT"
      if port then
        package.path = package.path .. ";/usr/share/lua/5.3/?.lua"
        stores[3] = streamctl.store.redis(function()
          return require("redis").connect { host = "127.0.0.1", port = tonumber(port) }
        end)
      end
      for _, store in ipairs(stores) do
        local tls = { ca_file = os.getenv "STREAMCTL_CA_FILE" }
        local rtc = streamctl.zego.new { app_id = tonumber(os.getenv "ZEGO_APP_ID"),
          server_secret = os.getenv "ZEGO_SERVER_SECRET", endpoint = os.getenv "ZEGO_ENDPOINT",
          tls = tls, store = store, timeout = 15.5, retry = { base = 0.25 },
          on_event = m.on_event }
        local ids = {}
        for i = 1, 70 do ids[i] = "s" .. i end
        local report = rtc:batch("ResumeRTCStreams", ids)
        for _, result in ipairs(report.results) do assert(result.ok, result.message) end
        local live = streamctl.aliyun.new { access_key_id = os.getenv "ALIBABA_CLOUD_ACCESS_KEY_ID",
          access_key_secret = os.getenv "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
          endpoint = os.getenv "ALIBABA_CLOUD_ENDPOINT", tls = tls, store = store }
        assert(live:resume_live_stream { DomainName = "push.example.com", AppName = "app",
          StreamName = "s1" })
      end
      m.on_event { event = "clock", vendor = "zego", offset = 0.5 }
      assert(m:text():find('clock_offset_seconds{vendor="zego"} 0.5\n', 1, true))
      assert(m:text():find('le="0.005"', 1, true))
      print(#stores .. " stores")
    ]], environment)
    if server then server:stop() end
    assert.equal((server and 3 or 2) .. " stores\n", output)
  end)
end)
