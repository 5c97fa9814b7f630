-- Views that change: `state --watch`, on a terminal and without one.

local core = require "streamctl.core"
local command = require "spec.support.command"
local tmux = require "spec.support.tmux"

local INGEST = "push.example.com"

command.describe("a watch", function(c, e)
  local opened

  after_each(function()
    if opened then opened:stop() end
    opened = nil
    for _, handle in ipairs(c.handles) do
      if handle.pipe and not handle:is_over() then
        handle:signal "KILL"
        handle:wait()
      end
    end
    e:quiet()
  end)

  local function open(columns, rows, environment)
    environment = environment or {}
    environment.TERM = environment.TERM or "screen"
    opened = tmux.start(c:installed { vendor = "zego", environment = environment },
      { dir = c.dir, columns = columns, rows = rows })
    return opened
  end

  local function live(...) e:state { zego = { live = { ... } } } end

  -- The screen with times, durations and the emulator's port replaced.
  local function without_times(screen)
    screen = screen:gsub("%d%d:%d%d:%d%d", "hh:mm:ss"):gsub("look %d+", "look N")
    return (screen:gsub("in %d+%.%d s", "in N s"):gsub("next in %d s", "next in N s")
      :gsub("127.0.0.1:%d+", "127.0.0.1:port"))
  end

  -- Two streams that become live, two that never are, and one whose state cannot be had.
  local function watched(columns, rows, environment, flags)
    live "s1"
    e:fault { kind = "status", status = 403, times = -1, match = { StreamId = "s5" } }
    local t = open(columns, rows, environment)
    t:type("streamctl state s1 s2 s3 s4 s5 --watch --every 1s " .. (flags or "") .. "\n")
    t:await "1 live  3 offline  1 failed"
    live "s2"
    t:await "2 live  2 offline  1 failed"
    return t
  end

  local SCREENS = {
    [80] = {
      "hh:mm:ss UTC  state  ZEGOCLOUD AppId 1234567890, live, at https://127.0.0.1:...",
      "5 streams  2 live  2 offline  1 failed",
      "look N: 5 requests in N s, at most 40 a second; the next in N s",
      "",
      "FAILURES",
      "s5  http: HTTP status 403 with no code of the vendor: <html>  <head><title>4...",
      "",
      "CHANGES since hh:mm:ss",
      "hh:mm:ss  live     s2  was offline",
    },
    [120] = {
      "hh:mm:ss UTC  state  ZEGOCLOUD AppId 1234567890, live, at https://127.0.0.1:port",
      "5 streams  2 live  2 offline  1 failed",
      "look N: 5 requests in N s, at most 40 a second; the next in N s",
      "",
      "FAILURES",
      "s5  http: HTTP status 403 with no code of the vendor: <html>  <head><title>403</title>"
        .. "</head>  <body>  <center><h1>4...",
      "",
      "CHANGES since hh:mm:ss",
      "hh:mm:ss  live     s2  was offline",
    },
  }

  for columns, lines in pairs(SCREENS) do
    it(("shows states, changes and failures in %d columns"):format(columns), function()
      local t = watched(columns, 24)
      t:await(function(screen) return without_times(screen) == table.concat(lines, "\n") end)
    end)
  end

  it("counts no failed look as a change of a stream", function()
    local t = watched(80, 24)
    e:clear_faults()
    e:fault { kind = "status", status = 403, times = 1, match = { StreamId = "s2" } }
    t:await "1 live  3 offline  1 failed"
    local screen = t:await "2 live  3 offline\n"
    assert.equal(1, select(2, screen:gsub("  was ", "")))
    assert.falsy(screen:find("FAILURES", 1, true))
  end)

  it("fits a terminal whose size changes", function()
    local t = watched(80, 24)
    t:resize(40, 6)
    t:await(function(screen)
      local first, count = screen:match "^[^\n]*", select(2, screen:gsub("\n", ""))
      return #first == 39 and first:find "%.%.%.$" and count == 2
    end)
    t:resize(100, 20)
    t:await "s2  was offline"
  end)

  it("ends with Ctrl-C, leaves the last frame, and has the status of the last look", function()
    live("s1", "s2")
    local t = open(80, 24)
    for flags, status in pairs { ["s1 s2 --expect live"] = 0, ["s1 s3 --expect live"] = 1,
      ["s1 s3"] = 0, ["s3 --until live"] = 1 } do
      t:type "clear\n"
      t:await(function(screen) return screen == "$" end)
      t:type("streamctl state --watch " .. flags .. "; echo status $?\n")
      t:await "look 1: "
      t:key "C-c"
      local screen = t:await("status " .. status)
      assert.truthy(screen:find("streams?  %d live"), screen)
      assert.falsy(screen:find("^C", 1, true), screen)
    end
  end)

  it("ends at once though a request is under way", function()
    e:fault { kind = "latency", held = true, times = -1 }
    local t = open(80, 24)
    t:type "streamctl state s1 s2 --watch; echo status $?\n"
    t:await "2 streams  0 live  0 offline"
    command.await(function() return (e:counters().in_flight.zego or 0) == 2 end, "requests")
    t:key "C-c"
    t:await "status 1"
    assert.equal(2, e:counters().in_flight.zego)
    e:quiet()
  end)

  it("can be stopped by Ctrl-Z and goes on, below what was written meanwhile", function()
    local t = watched(80, 24)
    t:key "C-z"
    t:await "Stopped"
    t:type "sleep 2.1; echo between; fg\n" -- nobody draws for longer than a view does
    live("s3", "s4")
    local screen = t:await(function(screen)
      return screen:find("4 live  0 offline", 1, true) and not screen:find("between", 1, true)
    end)
    assert.truthy(screen:find "^%d%d:%d%d:%d%d UTC  state ")
    assert.truthy(t:screen("-S -"):find("\nbetween\n", 1, true)) -- scrolled away
    t:key "C-z"
    t:await "Stopped"
    t:type "bg; echo is behind\n"
    t:await "is behind"
    t:type "kill %1; wait %1; echo status $?\n"
    t:await "status 143"
  end)

  it("has colours, unless they are not wanted", function()
    for flags, expected in pairs { [""] = true, ["--color never"] = false } do
      local t = watched(80, 24, nil, flags)
      local screen = t:screen "-e"
      assert.equal(expected, screen:find "\27%[32m[^\n]*  live" ~= nil)
      assert.equal(expected, screen:find "\27%[[%d;]*m" ~= nil)
      t:stop()
      e:reset()
    end
    local t = watched(80, 24, { NO_COLOR = "1" })
    assert.falsy(t:screen("-e"):find "\27%[[%d;]*m")
  end)

  it("writes lines on a dumb terminal, and nothing that steers it", function()
    live "s1"
    local ended = c:terminal({ "state", "s1", "--watch", "--until", "live" },
      { vendor = "zego", environment = { TERM = "dumb" } })
    assert.equal(0, ended.status)
    assert.falsy(ended.screen:find("\27", 1, true))
    assert.truthy(ended.screen:find "\n?%d+%-%d+%-%d+T[%d:]+Z  1 stream  1 live  0 offline\r\n")
  end)

  it("cuts lines of wide characters, and draws each frame over the one before", function()
    opened = tmux.start(c:installed { vendor = "aliyun", environment = { TERM = "screen" } },
      { dir = c.dir, columns = 40, rows = 8 })
    opened:type("clear; streamctl state --watch --every 1s --until live --domain " .. INGEST
      .. " --app live " .. ("\229\174\189"):rep(30) .. "\n")
    local screen = opened:await "look 3: "
    assert.equal(3, select(2, screen:gsub("\n", "")), screen)
    assert.equal(1, select(2, opened:screen("-S -"):gsub("not live", "")))
  end)

  describe("without a terminal", function()
    it("ends where its output cannot be written", function()
      c:run("state s1 --watch", { vendor = "zego", stdout = "/dev/full" })
        :ends(1, "stdout cannot be written")
    end)

    local function start(words)
      for i, word in ipairs { "--watch", "--every", "1s" } do table.insert(words, i, word) end
      table.insert(words, 1, "state")
      return c:start(words, { vendor = "zego" })
    end

    local function await(handle, text)
      command.await(function() return (handle:output()):find(text, 1, true) end, text)
    end

    it("writes a line for each change, and ends when all are as wanted", function()
      live "s1"
      local handle = start { "s1", "s2", "s3", "--until", "live" }
      await(handle, "1 live  2 offline")
      e:fault { kind = "status", status = 403, times = 1, match = { StreamId = "s2" } }
      await(handle, "s2  failed -> offline")
      live("s2", "s3")
      local ended = handle:wait():ok()
      local lines = ended.out:gsub("%d+%-%d+%-%d+T[%d:]+Z", "time")
      local failure = lines:match "\ntime  s2  offline %-> failed  http: HTTP status 403[^\n]*"
      assert.truthy(failure, lines)
      lines = lines:gsub("time  s3[^\n]*\n", "", 1) -- which comes first is not known
      assert.equal("time  3 streams  1 live  2 offline" .. failure
        .. "\ntime  s2  failed -> offline\ntime  s2  offline -> live\n"
        .. "time  3 streams  3 live  0 offline\n", lines)
    end)

    it("writes a row for each state and each change as JSON lines", function()
      live "s1"
      local handle = start { "s1", "s2", "-o", "jsonl" }
      await(handle, '"item":{"StreamId":"s2"},"state":"offline"')
      e:state { zego = { live = { "s2" } } }
      await(handle, '"state":"live"}\n{')
      await(handle, '"before":"offline","state":"live"')
      handle:signal "INT"
      local states = {}
      for _, row in ipairs(handle:wait():ok():rows()) do
        local id = row.item.StreamId
        states[id] = (states[id] or "") .. (row.before or "") .. ">" .. row.state .. " "
        assert.matches("^%d+%-%d+%-%d+T[%d:]+Z$", row.time)
      end
      assert.same({ s1 = ">live ", s2 = ">offline offline>live " }, states)
    end)

    it("ends by signals as other commands do", function()
      local handle = start { "s1" }
      await(handle, "1 offline")
      handle:signal "TERM"
      assert.equal(143, handle:wait().status)
    end)
  end)

  describe("of many streams", function()
    -- How many requests of an action came; all of them are as documented.
    local function asked(action)
      local count = 0
      for _, request in ipairs(e:requests()) do
        assert.is_true(request.fits or request.fault ~= nil or not request.status)
        if request.action == action then count = count + 1 end
      end
      return count
    end

    it("asks no faster than is documented", function()
      local ids, start = {}, core.now()
      for i = 1, 60 do ids[i] = "s" .. i end
      e:state { zego = { live = ids } }
      local handle = c:start({ "state", "-", "--watch", "--every", "1s", "--until", "offline" },
        { vendor = "zego", input = command.ids(60) })
      command.await(function() return asked "DescribeRTCStreamState" > 120 end, "three rounds")
      handle:signal "INT"
      local ran = handle:wait():ends(130)
      assert.matches("60 live  0 offline; a look takes 2 s\n", ran.out, 1, true)
      -- none arrived before its slot; a busy machine may have several arrive together
      for i, request in ipairs(e:requests()) do
        assert.is_true(request.time / 1000 > start + (i - 1) / 40 - 0.002)
      end
    end)

    it("says that a look takes longer than the interval", function()
      local t = open(80, 24)
      t:type "clear; streamctl state --watch --every 1s $(seq 60)\n"
      t:await ", at most 40 a second; a look takes 2 s"
      t:key "C-c"
    end)
  end)

  it("ends when nobody reads any more", function()
    live "s1"
    local ran = c:run("state s1 --watch --every 1s", { vendor = "zego", through = "head -n 1" })
    assert.equal(141, ran.status)
    assert.matches("1 live", ran.out)
  end)

  it("ends where the account is refused", function()
    local options = { vendor = "zego", environment = { ZEGO_SERVER_SECRET = ("0"):rep(32) } }
    c:run("state s1 s2 s3 s4 --watch", options):ends(3, "signature")
    c:run("state --cdn s1 --watch", options):ends(3, "signature")
    assert.is_true(#e:requests() <= 5)
  end)

  it("shows the streams of a list as failed while the list cannot be had", function()
    local handle = c:start("state --cdn s1 s2 --watch --every 1s", { vendor = "zego" })
    command.await(function() return (handle:output()):find "2 allowed" end, "a list")
    e:fault { kind = "status", status = 500, times = 3, action = "QueryForbidCDNLiveStream" }
    command.await(function() return (handle:output()):find "s2  failed %-> allowed" end, "a list")
    assert.matches("s1  allowed %-> failed  [^\n]*500", (handle:output()))
    handle:signal "INT"
    handle:wait():ok()
  end)

  it("refuses flags that do not go together", function()
    for text, words in pairs {
      ["--every is for --watch"] = "s1 --every 3s",
      ["--until is for --watch"] = "s1 --until live",
      ["--until blocked: "] = "s1 --watch --until blocked",
      ["leave out -o json"] = "s1 --watch -o json",
      ["--every '0s'"] = "s1 --watch --every 0s",
    } do
      c:run("state " .. words, { vendor = "zego" }):refused(text)
    end
    assert.equal(0, #e:requests())
  end)
end)
