-- Processes that fork or are stopped while calls are under way.

local child = require "spec.support.child"
local command = require "spec.support.command"
local held = require "spec.world.surroundings.held"
local host = require "spec.world.surroundings.host"

command.describe("the process:", function(c, e)
  local function items(count, line)
    local list = {}
    for i = 1, count do list[i] = line:gsub("#", i) end
    return table.concat(list, "\n") .. "\n"
  end

  -- Stops the process, lets a minute pass, and lets it go on.
  local function stopped(clocks)
    return function(handle)
      handle:signal "STOP"
      clocks.step(60)
      handle:signal "CONT"
    end
  end

  -- The run ends by itself; the same command does what is left.
  it("stopped for 60 s", function()
    local clocks = host.clocks(c.dir)
    c:write("ids", items(60, "s#"))
    local words = { "resume", "@ids", "--rate", "1", "--report", "report" }
    local options = { vendor = "zego", environment = clocks.environment }
    local handle = c:start(words, options)
    command.await(function() return #e:requests() > 0 end, "the first request")
    stopped(clocks)(handle) -- the others wait for their slots
    handle:wait()
    for _, record in ipairs((c:report "report")) do assert.not_equal("superseded", record.code) end
    local ran = c:run(words, options)
    if ran.status ~= 0 then ran = c:run({ "retry", "report" }, options) end
    assert.equal(0, ran.status, ran.err)
    local executed = {}
    for _, entry in ipairs(e:requests { action = "ResumeRTCStreams" }) do
      for _, id in ipairs(entry.query["StreamId[]"]) do executed[id] = true end
    end
    for i = 1, 60 do assert.is_true(executed["s" .. i]) end
  end)

  it("stopped for 60 s while a task is created", function()
    local clocks = host.clocks(c.dir)
    c:write("tasks", items(3, '{"SourceUrls":["rtmp://pull.example.com/app/#"],'
      .. '"DstUrl":"rtmp://push.example.com/app/#"}'))
    local words = { "relay", "create", "--region", "cn-shanghai", "--end", "+2h",
      "@tasks", "--yes", "--concurrency", "1", "--report", "tasks.jsonl" }
    local options = { vendor = "aliyun", environment = clocks.environment }
    local ended = held.run(c, e, { words = words, options = options, number = 2, after = true,
      action = "CreateLivePullToPush", change = stopped(clocks) })
    assert.equal(4, ended.status, ended.err)
    c:run(words, options)
    local urls = {}
    for _, entry in ipairs(e:requests { action = "CreateLivePullToPush" }) do
      assert.is_nil(urls[entry.query.DstUrl], "sent twice: " .. entry.query.DstUrl)
      urls[entry.query.DstUrl] = true
    end
  end)

  -- LuaJIT can fork without any other library.
  local it_with_ffi = package.loaded.jit and it or function() end
  it_with_ffi("a fork while a task is created", function()
    e:fault { action = "CreateLivePullToPush", kind = "latency", held = true, after = true }
    local environment = { CONTROL = e.control }
    for _, pair in ipairs(e:environment()) do environment[pair[1]] = pair[2] end
    local output = child.run([[
      local ffi = require "ffi"
      ffi.cdef "int fork(void); int waitpid(int, int *, int);"
      local streamctl = require "streamctl"
      local function new()
        return streamctl.aliyun.new { access_key_id = os.getenv "ALIBABA_CLOUD_ACCESS_KEY_ID",
          access_key_secret = os.getenv "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
          endpoint = os.getenv "ALIBABA_CLOUD_ENDPOINT",
          tls = { ca_file = os.getenv "STREAMCTL_CA_FILE" } }
      end
      local live = new()
      local pid
      streamctl.run(function()
        local task = streamctl.spawn(function()
          local body, _, err = live:create_live_pull_to_push { Region = "cn-shanghai",
            SourceType = "live", SourceProtocol = "rtmp",
            SourceUrls = { "rtmp://pull.example.com/app/s1" },
            DstUrl = "rtmp://push.example.com/app/s2",
            StartTime = "2099-01-02T03:00:00Z", EndTime = "2099-01-02T04:00:00Z" }
          return body and "made" or err.code
        end)
        local function arrived()
          local pipe = io.popen("unset LD_PRELOAD; curl -s " .. os.getenv "CONTROL"
            .. "/requests?action=CreateLivePullToPush")
          local text = pipe:read "*a"
          pipe:close()
          return text:find("CreateLivePullToPush", 1, true)
        end
        while not arrived() do streamctl.sleep(0.02) end
        io.stdout:flush()
        pid = ffi.C.fork()
        if pid ~= 0 then
          ffi.C.waitpid(pid, nil, 0)
          os.execute("curl -s -X POST " .. os.getenv "CONTROL" .. "/release >/dev/null")
        end
        io.stdout:write(pid == 0 and "child " or "parent ", task:join(), "\n")
      end)
    ]], environment)
    assert.equal("child outcome_unknown\nparent made\n", output)
    assert.equal(1, #e:requests { action = "CreateLivePullToPush" })
  end)
end)
