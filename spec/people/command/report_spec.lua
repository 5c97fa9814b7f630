-- A report through the life of an operations desk: another place, another week, another key, a full
-- disk, a torn line, a removed file.

local command = require "spec.support.command"
local json = require "cjson"
local shell = require "spec.support.emulator.launcher.shell"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local function contains(expected, text)
  assert.truthy(text:find(expected, 1, true), text)
end

command.describe("a report", function(c, e)
  before_each(function() c:write("ids", command.ids(60)) end)
  after_each(function()
    c:configure ""
    shell.run("rm -f " .. c.dir .. "/report*")
  end)

  local function path() return c.dir .. "/report" end

  local function text() return assert(shell.read_file(path())) end

  local function put(...) shell.write_file(path(), table.concat { ... }) end

  local function resume(words, options)
    options = options or {}
    options.vendor = options.vendor or "zego"
    return c:run({ "resume", "--report", "report", unpack(words or { "@ids" }) }, options)
  end

  local function create(count, options, ...)
    return c:create(count, { "--report", "report", ... }, options)
  end

  local function on_report(name, words, options)
    options = options or {}
    options.vendor = options.vendor or "aliyun"
    return c:run({ name, "report", unpack(words or {}) }, options)
  end

  -- Has the next request for a task fail.
  local function fault(kind)
    e:fault { vendor = "aliyun", kind = kind, action = "CreateLivePullToPush" }
  end

  local function created() return #e:requests { action = "CreateLivePullToPush" } end

  local function plan() return (c:report "report")[1] end

  -- How all items stand, as the last line of the report says.
  local function stands()
    local records = c:report "report"
    local ending = records[#records]
    return { ending.succeeded, ending.failed, ending.unknown, ending.unsent }
  end

  describe("says what was planned", function()
    it("by whom, where, and by which command line", function()
      resume(nil, { environment = { USER = "jane" } }):ok()
      local planned = plan()
      assert.same({ "jane", (shell.run "uname -n":gsub("%s+$", "")), e.zego },
        { planned.user, planned.host, planned.endpoint })
      assert.same({ "resume", "--report", "report", "@ids" }, planned.argv)
    end)

    it("with the time of each request, and the number of requests", function()
      resume():ok()
      local records, requests, last = c:report "report", 0, plan().time
      for _, record in ipairs(records) do
        if record.record == "sent" then
          assert.is_true(record.time >= last and record.time < last + 600, tostring(record.time))
          requests, last = requests + 1, record.time
        end
      end
      assert.same({ 3, 3 }, { requests, records[#records].requests })
    end)

    it("without what keys may be in", function()
      c:run({ "relay", "create", "--region", "cn-shanghai", "--end", "+2h", "-y",
        "--from", "rtmp://me:pw1@a/b/c", "--to", "rtmp://d/e/f?auth_key=pw2", "--report", "report",
        "CallbackUrl=http://h/?k=pw3" }, { vendor = "aliyun" }):ok()
      local words = table.concat(plan().argv, " ")
      contains("--to rtmp://d/e/f?...", words)
      assert.not_matches("pw%d", words)
    end)

    it("and is of one endpoint", function()
      resume():ok()
      local function elsewhere()
        return { vendor = "zego", environment = { ZEGO_ENDPOINT = "https://127.0.0.1:1" } }
      end
      for _, ran in ipairs { resume(nil, elsewhere()), resume({ "@ids", "-n" }, elsewhere()),
        on_report("retry", {}, elsewhere()), on_report("settle", {}, elsewhere()) } do
        ran:refused(e.zego, "https://127.0.0.1:1")
      end
      assert.equal(3, #e:requests())
    end)
  end)

  describe("that is complete", function()
    it("is told so even with -q, with its date and what to do", function()
      resume():ok()
      local whole = text():gsub('"time":%d+', '"time":1763289060', 1)
      put(whole)
      local ran = resume({ "@ids", "-q" }):ok("name another file for a new run",
        "nothing is left to send: report was begun 2025-11-16 10:31 UTC")
      assert.equal("", ran.out)
      assert.not_matches("ok, in", resume().err)
      local shown = json.decode(resume({ "@ids", "-o", "json" }).out)
      assert.same({ 0, 60, 60 }, { #shown.items, shown.total, shown.succeeded })
      assert.equal(3, #e:requests())
      -- and since when, where something is left
      local kept, results = {}, 0
      for line in whole:gmatch "[^\n]*\n" do
        if results < 20 then kept[#kept + 1] = line end
        results = results + (line:find('"ok":true', 1, true) and 1 or 0)
      end
      put(table.concat(kept))
      resume():ok "20 of 60 items were sent before, since 2025-11-16 10:31 UTC"
    end)
  end)

  describe("of what never left the machine", function()
    it("leaves that unsent, and the same command sends it", function()
      -- refused at first; then a listener is there at the same address
      resume({ "@ids", "--attempts", "1" },
        { environment = { ZEGO_ENDPOINT = "https://localhost:1" } }):ends(1, "60 unsent")
      assert.same({ 0, 0, 0, 60 }, stands())
      put((text():gsub("https://localhost:1", e.zego)))
      resume():ok()
      assert.same({ 60, 0, 0, 0 }, stands())
    end)

    it("ends after twenty such requests in a row", function()
      create(50, { environment = { ALIBABA_CLOUD_ENDPOINT = "https://127.0.0.1:1" } },
        "--attempts", "1"):ends(1, "stopped", "streamctl doctor", "the same command goes on")
      assert.same({ 0, 0, 0, 50 }, stands())
      assert.equal(20, select(2, text():gsub('"record":"sent"', "")))
    end)
  end)

  -- A run with whose report something happens while its second request is under way.
  local function meanwhile(happens)
    e:fault { vendor = "zego", kind = "latency", held = true, skip = 1 }
    local handle = c:start({ "resume", "@ids", "--report", "report", "--concurrency", "1" },
      { vendor = "zego" })
    command.await(function() return #e:requests() == 2 or handle:is_over() end,
      "the request that is held")
    happens()
    e:release()
    local ran = handle:wait():ends(1, "40 ok, 20 unsent")
    assert.matches("s40 +ok", ran.out) -- as nothing else tells it
    return ran.err
  end

  -- The same command would send all of it again.
  local function is_lost(said)
    contains("do not repeat the command", said)
    assert.is_nil(said:find("goes on with", 1, true))
  end

  it("that is removed meanwhile ends the run, and is told", function()
    local said = meanwhile(function() os.remove(path()) end)
    contains("was removed", said)
    is_lost(said)
    assert.is_nil(shell.read_file(path()))
  end)

  it("that another program writes to meanwhile ends the run, and is told", function()
    local said = meanwhile(function() put(text(), "a word\n") end)
    contains("another program", said)
    contains("goes on with", said)
    e:reset()
    resume({ "@ids" }):ends(2, "take the line out")
    put((text():gsub("a word\n", "")))
    resume({ "@ids" }):ok()
    assert.equal(2, #e:requests()) -- one whose answer it had no line of, and what was unsent
    e:reset()
    os.remove(path())
    said = meanwhile(function() put "" end)
    contains("another program", said)
    is_lost(said)
  end)

  it("is not what stdout or stderr writes to", function()
    for _, through in ipairs { ">report", ">>report", "2>report" } do
      local ran = c:run({ "resume", "s1", "--report", "report", "-o", "jsonl" },
        { vendor = "zego", before = "exec " .. through }):ends(2)
      if through ~= "2>report" then contains("report is what stdout writes to", ran.err) end
    end
    c:run({ "resume", "s1", "--report", "-" }, { vendor = "zego" }):ends(2, "--report")
    assert.is_nil(shell.read_file(c.dir .. "/-"))
    assert.equal(0, #e:requests())
  end)

  describe("of an account", function()
    local NEW = { ALIBABA_CLOUD_ACCESS_KEY_ID = "STS.testkey",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET = "stssecret/0123456789+abc",
      ALIBABA_CLOUD_SECURITY_TOKEN = "CAIS+token/0123456789==" }

    it("whose key is another one by now goes on when somebody says so", function()
      fault "ret_code"
      create(2):ends(1)
      on_report("retry", { "-y" }, { environment = NEW }):ends(2, "--same-account")
      on_report("retry", { "-y", "--same-account" }, { environment = NEW }):ok()
      -- from then on it is a report of that key
      on_report("settle", {}, { environment = NEW }):ok()
      create(2, { environment = NEW }):ok()
      create(2):ends(2)
      assert.equal(3, created())
      assert.matches('"record":"account","account":"aliyun:STS.testkey","time":%d', text())
    end)

    it("that is an AppId is of no other", function()
      resume():ok()
      resume({ "@ids", "--same-account" }, { environment = { ZEGO_APP_ID = "77" } })
        :ends(2, "zego:1234567890")
    end)

    it("is of its vendor and profile, whatever the environment prefers", function()
      c:configure("[profile default]\nvendor = zego\n[profile rtc]\nvendor = zego\n"
        .. "[profile relays]\nvendor = aliyun\nregion = cn-shanghai")
      fault "reset_after"
      fault "ret_code"
      create(2, nil, "--profile", "relays"):ends(4)
      assert.equal("relays", plan().profile)
      local both = {}
      for _, pair in ipairs(e:environment()) do both[pair[1]] = pair[2] end
      both.STREAMCTL_VENDOR, both.STREAMCTL_PROFILE = "zego", "rtc"
      on_report("settle", {}, { environment = both }):ok()
      on_report("retry", { "-y" }, { environment = both }):ok()
      on_report("settle", { "--profile", "rtc" }, { environment = both }):ends(2)
      for _, name in ipairs { "retry", "settle" } do
        on_report(name, { "--vendor", "zego" }, { vendor = "zego" })
          :ends(2, "is of aliyun, and --vendor says zego")
      end
    end)

    it("is that of the environment where that went before the profile's", function()
      c:configure "[profile default]\nvendor = zego\napp_id = 77"
      e:fault { kind = "status", status = 403, vendor = "zego" }
      resume():ends(1)
      assert.is_nil(plan().profile)
      on_report("retry", {}, { vendor = "zego" }):ok()
    end)
  end)

  it("in which an outcome is unknown keeps that until it is known", function()
    fault "reset_after"
    create(1):ends(4)
    local records = c:report "report"
    local first = records[#records - 1].settle.began
    for _, kind in ipairs { "reset_after", "ret_code" } do -- unknown again, failed for certain
      fault(kind)
      on_report("retry", { "--only", "unknown", "-y" }):ends(4)
      assert.same({ 0, 0, 1, 0 }, stands())
    end
    local asked = 0
    for i, record in ipairs((c:report "report")) do
      if i > #records and record.settle then
        asked = asked + 1
        assert.is_true(record.settle.began <= first, record.record)
        assert.is_true(record.settle.ended > record.settle.began)
      end
    end
    assert.equal(3, asked) -- what was sent twice, and what came of the first
    -- a plain retry does not send it, and settle still finds what became of it
    on_report("retry", { "-y" }):ends(4)
    assert.equal(3, created())
    on_report("settle"):ok()
    assert.same({ 1, 0, 0, 0 }, stands())
  end)

  it("is begun only when the profile's options are right, else that is named", function()
    c:configure "[profile default]\nvendor = zego\nconcurrency = 100000"
    local ran = resume():refused()
    assert.matches("option 'concurrency' must be .* %(profile default in .*config.ini line 3%)",
      ran.err)
    assert.is_nil(shell.read_file(path()))
  end)
end)
