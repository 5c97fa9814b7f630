-- A report through the life of an operations desk: another place, another week, another key, a full
-- disk, a torn line, a removed file.

local command = require "spec.support.command"
local emulator = require "spec.support.emulator"
local json = require "cjson"
local shell = require "spec.emulator.launcher.shell"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local function ids(count)
  local lines = {}
  for i = 1, count do lines[i] = "s" .. i end
  return table.concat(lines, "\n") .. "\n"
end

local function contains(expected, text)
  assert.truthy(text:find(expected, 1, true), text)
end

describe("a report", function()
  local c, e

  setup(function() e = assert(emulator.start {}) end)
  before_each(function()
    e:reset()
    c = command.new(e)
    c:write("ids", ids(60))
  end)
  after_each(function() c:close() end)
  teardown(function() if e then e:stop() end end)

  local function path() return c.dir .. "/report" end

  local function text() return assert(shell.read_file(path())) end

  local function put(...) shell.write_file(path(), table.concat { ... }) end

  local function resume(words, options)
    options = options or {}
    options.vendor = options.vendor or "zego"
    return c:run({ "resume", "--report", "report", unpack(words or { "@ids" }) }, options)
  end

  local function tasks(count)
    local lines = {}
    for i = 1, count do
      lines[i] = ('{"SourceUrls":["rtmp://a/b/c"],"DstUrl":"rtmp://d/e/t%d"}'):format(i)
    end
    return table.concat(lines, "\n") .. "\n"
  end

  -- Billed tasks, which must not be made twice.
  local function create(count, options, ...)
    options = options or {}
    options.vendor, options.input = "aliyun", tasks(count)
    return c:run({ "relay", "create", "--region", "cn-shanghai", "--end", "+2h", "-y", "-",
      "--report", "report", "--concurrency", "1", ... }, options)
  end

  local function on_report(name, words, options)
    options = options or {}
    options.vendor = options.vendor or "aliyun"
    return c:run({ name, "report", unpack(words or {}) }, options)
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
      assert.equal(0, resume(nil, { environment = { USER = "jane" } }).status)
      local planned = plan()
      assert.equal("jane", planned.user)
      assert.equal((shell.run "uname -n":gsub("%s+$", "")), planned.host)
      assert.equal(e.zego, planned.endpoint)
      assert.same({ "resume", "--report", "report", "@ids" }, planned.argv)
    end)

    it("without what keys may be in", function()
      c:run({ "relay", "create", "--region", "cn-shanghai", "--end", "+2h", "-y",
        "--from", "rtmp://me:pw1@a/b/c", "--to", "rtmp://d/e/f?auth_key=pw2", "--report", "report",
        "--json", '{"CallbackUrl":"http://h/?k=pw3"}' }, { vendor = "aliyun" }):ok()
      local words = table.concat(plan().argv, " ")
      contains("--to rtmp://d/e/f?...", words)
      assert.not_matches("pw%d", words)
    end)

    it("with the beginning of a very long command line", function()
      local words = {}
      for i = 1, 60 do words[i] = ("x"):rep(100) .. i end
      assert.equal(0, resume(words).status)
      assert.is_true(#plan().argv < 60)
      assert.equal("...", plan().argv[#plan().argv])
    end)

    it("and is of one endpoint", function()
      assert.equal(0, resume().status)
      for _, ran in ipairs {
        resume(nil, { environment = { ZEGO_ENDPOINT = "https://127.0.0.1:1" } }),
        resume({ "@ids", "-n" }, { environment = { ZEGO_ENDPOINT = "https://127.0.0.1:1" } }),
        on_report("retry", {}, { vendor = "zego",
          environment = { ZEGO_ENDPOINT = "https://127.0.0.1:1" } }),
        on_report("settle", {}, { vendor = "zego",
          environment = { ZEGO_ENDPOINT = "https://127.0.0.1:1" } }),
      } do
        ran:refused()
        contains(e.zego, ran.err)
        contains("https://127.0.0.1:1", ran.err)
      end
      assert.equal(3, #e:requests())
    end)

    it("and is of one region", function()
      local function run(region)
        c:configure("[profile default]\nvendor = aliyun\n"
          .. (region and "region = " .. region or ""))
        return c:run({ "resume", "--domain", "push.example.com", "--app", "live", "s1", "--report",
          "report" }, { vendor = "aliyun" })
      end
      assert.equal(0, run("cn-shanghai").status)
      assert.equal("cn-shanghai", plan().region)
      for _, other in ipairs { "ap-southeast-1", false } do
        run(other):refused "region"
      end
      assert.equal(1, #e:requests())
      -- nor does a run at the vendor's choice go on at another place
      os.remove(path())
      e:reset()
      assert.equal(0, run(false).status)
      assert.is_nil(plan().region)
      assert.equal(2, run("cn-shanghai").status)
      assert.equal(1, #e:requests())
    end)
  end)

  describe("that is complete", function()
    it("is told so even with -q, with its date and what to do", function()
      assert.equal(0, resume().status)
      put((text():gsub('"time":%d+', '"time":1763289060', 1)))
      local ran = resume { "@ids", "-q" }
      assert.same({ 0, "" }, { ran.status, ran.out })
      contains("nothing is left to send: report was begun 2025-11-16 10:31 UTC", ran.err)
      contains("name another file for a new run", ran.err)
      assert.not_matches("ok, in", resume().err)
      local shown = json.decode(resume({ "@ids", "-o", "json" }).out)
      assert.same({ 0, 60, 60 }, { #shown.items, shown.total, shown.succeeded })
      assert.equal(3, #e:requests())
    end)

    it("has the status of its results", function()
      e:fault { vendor = "aliyun", kind = "ret_code", action = "CreateLivePullToPush" }
      assert.equal(1, create(2).status)
      create(2):ends(1, "nothing is left to send", "streamctl retry report")
      assert.equal(2, created())
    end)

    it("says since when, where something is left", function()
      assert.equal(0, resume().status)
      local kept = {}
      for line in text():gmatch "[^\n]*\n" do if #kept < 22 then kept[#kept + 1] = line end end
      put((table.concat(kept):gsub('"time":%d+', '"time":1763289060', 1)))
      contains("20 of 60 items were sent before, since 2025-11-16 10:31 UTC", resume().err)
    end)
  end)

  describe("of what never left the machine", function()
    local NOWHERE = { ZEGO_ENDPOINT = "https://127.0.0.1:1" }

    it("leaves that unsent, and the same command sends it", function()
      -- refused at first; then a listener is there at the same address
      local env = { ZEGO_ENDPOINT = "https://localhost:1" }
      local ran = resume({ "@ids", "--attempts", "1" }, { environment = env }):ends(1)
      assert.same({ 0, 0, 0, 60 }, stands())
      contains("60 unsent", ran.err)
      put((text():gsub("https://localhost:1", e.zego)))
      resume():ok()
      assert.same({ 60, 0, 0, 0 }, stands())
    end)

    it("also where it must not be repeated", function()
      create(2, { environment = { ALIBABA_CLOUD_ENDPOINT = "https://127.0.0.1:1" } },
        "--attempts", "1"):ends(1)
      assert.same({ 0, 0, 0, 2 }, stands())
      put((text():gsub("https://127.0.0.1:1", e.aliyun)))
      create(2):ok()
      assert.equal(2, created())
    end)

    it("ends after twenty such requests in a row", function()
      c:write("ids", ids(1000))
      local ran = resume({ "@ids", "--attempts", "1", "--concurrency", "1" },
        { environment = NOWHERE })
      ran:ends(1, "stopped", "streamctl doctor", "the same command goes on")
      assert.same({ 0, 0, 0, 1000 }, stands())
      local told = 0
      for _, record in ipairs((c:report "report")) do
        if record.record == "result" then told = told + 1 end
      end
      assert.equal(400, told)
    end)
  end)

  it("that the disk has no room for is counted by what is known here", function()
    c:write("ids", ids(2000))
    local ran = resume({ "@ids", "-o", "json", "--concurrency", "1", "--store", "memory" },
      { before = "ulimit -f 60", through = "cat" }):ends(1)
    local shown, ok = json.decode(ran.out), 0
    for _, item in ipairs(shown.items) do if item.state == "ok" then ok = ok + 1 end end
    assert.is_true(ok > 0 and ok < 2000)
    assert.same({ ok, 2000 - ok }, { shown.succeeded, shown.unsent })
    assert.equal(20 * #e:requests(), ok)
    contains(ok .. " ok", (ran.err:gsub(",(%d%d%d)", "%1")))
    contains("the same command goes on", ran.err)
  end)

  -- A run with whose report something happens while its second request is under way.
  local function meanwhile(happens)
    e:fault { vendor = "zego", kind = "latency", seconds = 300, together = 2, skip = 1 }
    local handle = c:start({ "resume", "@ids", "--report", "report", "--concurrency", "1" },
      { vendor = "zego" })
    command.await(function() return #e:requests() == 2 or handle:is_over() end,
      "the request that is held")
    happens()
    shell.run("curl -sS --noproxy '*' -k " .. shell.quote(e.zego .. "/?Action=EchoNothing"))
    local ran = handle:wait():ends(1)
    assert.matches("40 ok, 20 unsent", ran.err)
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
    assert.equal(0, resume({ "@ids", "--repair" }).status)
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

  describe("with a line that makes no sense", function()
    it("is mended by --repair, which keeps the old file", function()
      assert.equal(0, resume().status)
      local good = text()
      put(good, "junk\n")
      local before = text()
      resume():ends(2, "--repair")
      resume { "@ids", "--repair" }:ok "report.old"
      assert.equal(before, shell.read_file(c.dir .. "/report.old"))
      assert.equal(good, text():sub(1, #good))
      assert.equal(0, resume().status)
      assert.equal(3, #e:requests())
      assert.equal("600", (shell.run("stat -c %a " .. path()):gsub("%s", "")))
    end)

    it("is not mended without a report, nor by -n", function()
      c:run({ "resume", "s1", "--repair" }, { vendor = "zego" }):ends(2, "--report")
      assert.equal(2, resume({ "@ids", "--repair", "-n" }).status)
    end)

    it("is mended before it is sent again", function()
      e:fault { vendor = "aliyun", kind = "ret_code", action = "CreateLivePullToPush" }
      assert.equal(1, create(3).status)
      put((text():gsub('({"record":"sent"[^\n]*\n)', "torn by hand\n%1", 1)))
      on_report("retry", { "--repair", "-y" }):ok()
      assert.same({ 3, 0, 0, 0 }, stands())
      assert.equal(4, created())
    end)
  end)

  describe("of an account", function()
    local NEW = { ALIBABA_CLOUD_ACCESS_KEY_ID = "STS.testkey",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET = "stssecret/0123456789+abc",
      ALIBABA_CLOUD_SECURITY_TOKEN = "CAIS+token/0123456789==" }

    it("whose key is another one by now goes on when somebody says so", function()
      e:fault { vendor = "aliyun", kind = "ret_code", action = "CreateLivePullToPush" }
      assert.equal(1, create(2).status)
      on_report("retry", { "-y" }, { environment = NEW }):ends(2, "--same-account")
      on_report("retry", { "-y", "--same-account" }, { environment = NEW }):ok()
      -- from then on it is a report of that key
      assert.equal(0, on_report("settle", {}, { environment = NEW }).status)
      assert.equal(0, create(2, { environment = NEW }).status)
      assert.equal(2, create(2).status)
      assert.equal(3, created())
      for _, record in ipairs((c:report "report")) do
        if record.record == "account" then
          assert.same({ "aliyun:STS.testkey", true },
            { record.account, type(record.time) == "number" })
        end
      end
    end)

    it("that is an AppId is of no other", function()
      assert.equal(0, resume().status)
      local ran = resume({ "@ids", "--same-account" }, { environment = { ZEGO_APP_ID = "77" } })
      ran:ends(2, "zego:1234567890")
    end)

    it("is of its vendor, also where --vendor says another one", function()
      assert.equal(0, create(1).status)
      for _, name in ipairs { "retry", "settle" } do
        local ran = on_report(name, { "--vendor", "zego" }, { vendor = "zego" })
        ran:ends(2, "is of aliyun, and --vendor says zego")
      end
    end)

    it("tells retry and settle whose it is, whatever the environment prefers", function()
      e:fault { kind = "reset_after", action = "CreateLivePullToPush" }
      e:fault { vendor = "aliyun", kind = "ret_code", action = "CreateLivePullToPush" }
      assert.equal(4, create(2).status)
      local both = {}
      for _, pair in ipairs(e:environment()) do both[pair[1]] = pair[2] end
      both.STREAMCTL_VENDOR, both.STREAMCTL_PROFILE = "zego", "rtc"
      c:configure "[profile rtc]\nvendor = zego"
      on_report("settle", {}, { environment = both }):ok()
      on_report("retry", { "-y" }, { environment = both }):ok()
      on_report("settle", { "--profile", "rtc" }, { environment = both }):ends(2)
    end)

    it("that a profile had is found by it again", function()
      c:configure("[profile default]\nvendor = zego\n"
        .. "[profile relays]\nvendor = aliyun\nregion = cn-shanghai")
      e:fault { kind = "reset_after", action = "CreateLivePullToPush" }
      assert.equal(4, create(1, nil, "--profile", "relays").status)
      assert.equal("relays", plan().profile)
      on_report("settle"):ok()
    end)
  end)

  describe("in which an outcome is unknown", function()
    local function unknown()
      e:fault { kind = "reset_after", action = "CreateLivePullToPush" }
      assert.equal(4, create(1).status)
    end

    it("keeps it so when it is sent again and fails for certain", function()
      unknown()
      e:fault { vendor = "aliyun", kind = "ret_code", action = "CreateLivePullToPush" }
      on_report("retry", { "--only", "unknown", "-y" }):ends(4)
      assert.same({ 0, 0, 1, 0 }, stands())
      assert.equal(2, created())
      -- a plain retry does not send it, and settle still finds what became of it
      assert.equal(4, on_report("retry", { "-y" }).status)
      assert.equal(2, created())
      on_report "settle":ok()
      assert.same({ 1, 0, 0, 0 }, stands())
    end)

    it("has both requests in its question when it is sent again and unknown again", function()
      unknown()
      local records = c:report "report"
      local first = records[#records - 1].settle.began
      e:fault { kind = "reset_after", action = "CreateLivePullToPush" }
      assert.equal(4, on_report("retry", { "--only", "unknown", "-y" }).status)
      local asked = 0
      for i, record in ipairs((c:report "report")) do
        if i > #records and record.settle then
          asked = asked + 1
          assert.is_true(record.settle.began <= first, record.record)
          assert.is_true(record.settle.ended > record.settle.began)
        end
      end
      assert.equal(2, asked) -- what was sent, and what came of it
    end)
  end)

  it("is begun only when the profile's options are right, else that is named", function()
    c:configure "[profile default]\nvendor = zego\nconcurrency = 100000"
    local ran = resume():refused()
    assert.matches("option 'concurrency' must be .* %(profile default in .*config.ini line 3%)",
      ran.err)
    assert.is_nil(shell.read_file(path()))
  end)
end)
