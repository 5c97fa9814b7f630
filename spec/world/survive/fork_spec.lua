-- A process that forks while calls are on their way. LuaJIT can do so without any other library, so
-- these specs are its.

local child = require "spec.support.child"
local session = require "spec.support.session"

-- How each loop runs functions at once, and whether its child may go on: luv does not offer libuv's
-- function that makes a loop fit for that.
local LOOPS = {
  auto = [[
    local goes_on, sleep = true, streamctl.sleep
    local function run(functions)
      streamctl.run(function()
        for _, fn in ipairs(functions) do streamctl.spawn(fn) end
      end)
    end
  ]],
  luv = [[
    local goes_on = false
    local uv, sleep = require "luv", require("streamctl.loop.luv").sleep
    local function run(functions)
      for _, fn in ipairs(functions) do coroutine.wrap(fn)() end
      uv.run()
    end
  ]],
}

local SCRIPT = [[
  local ffi, json, streamctl = require "ffi", require "cjson", require "streamctl"
  ffi.cdef "int fork(void); int waitpid(int, int *, int); void _exit(int);"
  local env = os.getenv
  @LOOP@
  local live = streamctl.aliyun.new { access_key_id = env "ID", access_key_secret = env "SECRET",
    endpoint = env "ALIYUN", tls = { ca_file = env "CA_FILE" }, loop = env "LOOP", timeout = 60,
    attempt_timeout = 60 }
  local rtc = streamctl.zego.new { app_id = tonumber(env "APP_ID"),
    server_secret = env "ZEGO_SECRET", endpoint = env "ZEGO", tls = { ca_file = env "CA_FILE" },
    loop = env "LOOP", timeout = 60, attempt_timeout = 60 }
  local stream = { DomainName = "push.example.com", AppName = "app", StreamName = "s1" }
  local who, pid = "parent"

  local function tell(name, body, _, err)
    print(who, name, body and "ok" or err.code, err and err.maybe_sent, err and err.attempts)
  end

  local function arrived()
    local pipe = io.popen("unset LD_PRELOAD; curl -q -s --noproxy '*' " .. env "CONTROL" .. "/counters")
    local counters = json.decode(pipe:read "*a")
    pipe:close()
    return (counters.in_flight.aliyun or 0) + (counters.in_flight.zego or 0)
  end

  run {
    function()
      tell("unsafe", live:create_live_pull_to_push(json.decode(env "TASK")))
    end,
    function()
      tell("safe", live:forbid_live_stream(stream))
      if who == "parent" or goes_on then tell("next", live:resume_live_stream(stream)) end
    end,
    function() tell("list", rtc:forbid_rtc_streams { StreamId = { "a", "b" } }) end,
    function()
      for _ = 1, 1000 do
        if arrived() == 3 then break end
        sleep(0.02)
      end
      io.stdout:flush()
      pid = ffi.C.fork()
      if pid == 0 then who = "child" end
    end,
  }
  io.stdout:flush()
  if pid == 0 then ffi.C._exit(0) end
  ffi.C.waitpid(pid, nil, 0)
]]

session.describe("a process that forks while calls are on their way", function(s)
  if not package.loaded.jit then return pending("needs LuaJIT, which can fork") end


  for name, loop in pairs(LOOPS) do
    it("sends none of them twice: " .. name, function()
      s.e:fault { kind = "latency", seconds = 3, times = -1, after = true, vendor = "zego" }
      s.e:fault { kind = "latency", seconds = 3, times = 2, after = true, vendor = "aliyun" }
      local output = child.run((SCRIPT:gsub("@LOOP@", function() return loop end)), {
        ID = s.e.access_key_id, SECRET = s.e.access_key_secret, ALIYUN = s.e.aliyun,
        ZEGO = s.e.zego, ZEGO_SECRET = s.e.server_secret, APP_ID = ("%d"):format(s.e.app_id),
        CA_FILE = s.e.ca_file, CONTROL = s.e.control, LOOP = name,
        TASK = require("cjson").encode(session.task()),
      })
      local lines = {}
      for line in output:gmatch("[^\n]+") do lines[#lines + 1] = line end
      table.sort(lines)
      local next_ones = name == "auto" and 2 or 1
      local wanted = {
        "child\tlist\tforked\ttrue\t1", "child\tnext\tok\tnil\tnil",
        "child\tsafe\tforked\ttrue\t1", "child\tunsafe\toutcome_unknown\ttrue\t1",
        "parent\tlist\tok\tnil\tnil", "parent\tnext\tok\tnil\tnil",
        "parent\tsafe\tok\tnil\tnil", "parent\tunsafe\tok\tnil\tnil",
      }
      if next_ones == 1 then table.remove(wanted, 2) end
      assert.same(wanted, lines)
      local counts = {}
      for _, entry in ipairs(s.e:requests()) do
        counts[entry.action] = (counts[entry.action] or 0) + 1
      end
      assert.same({ CreateLivePullToPush = 1, ForbidLiveStream = 1, ForbidRTCStreams = 1,
        ResumeLiveStream = next_ones }, counts)
      assert.equal(0, s.e:counters().unverified)
    end)
  end
end)
