-- Many items: what is written down, when it stops, what it says, what it exits with.

local command = require "spec.support.command"
local json = require "cjson"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local function task(i)
  return json.encode { SourceUrls = { "rtmp://pull.example.com/app/s" .. i },
    DstUrl = "rtmp://push.example.com/app/d" .. i }
end

local function tasks(count)
  local lines = {}
  for i = 1, count do lines[i] = task(i) end
  return table.concat(lines, "\n") .. "\n"
end

local function ids(count)
  local lines = {}
  for i = 1, count do lines[i] = "s" .. i end
  return table.concat(lines, "\n") .. "\n"
end

command.describe("many items", function(c, e)
  after_each(function() os.remove(c.dir .. "/report") end)

  local function resume(words, options)
    options = options or {}
    options.vendor = "zego"
    return c:run({ "resume", unpack(words) }, options)
  end

  -- Billed tasks, which must not be made twice.
  local function create(count, words, options)
    options = options or {}
    options.vendor, options.input = "aliyun", tasks(count)
    return c:run({ "relay", "create", "--region", "cn-shanghai", "--start", "2035-01-01T00:00:00Z",
      "--end", "2035-01-02T00:00:00Z", "-y", "-", unpack(words or {}) }, options)
  end

  local function report_of(words)
    words = words or {}
    words[#words + 1], words[#words + 2] = "--report", "report"
    return words
  end

  local function kinds()
    local list = {}
    for _, record in ipairs((c:report "report")) do list[#list + 1] = record.record end
    return table.concat(list, " ")
  end

  local function last()
    local records = c:report "report"
    return records[#records]
  end

  it("go into the report in order, and no request that may be repeated is announced", function()
    resume(report_of { "s1", "s2", "s3" }):ok()
    assert.equal("plan items result result result end", kinds())
    local records = c:report "report"
    assert.same({ "zego", "zego:1234567890", "live", "resume", "ResumeRTCStreams", 3 },
      { records[1].vendor, records[1].account, records[1].mode, records[1].command,
        records[1].operation, records[1].total })
    assert.same({ "s1", "s2", "s3" }, records[2].items)
    local by_index = {}
    for i = 3, 5 do by_index[records[i].index] = records[i].item end
    assert.same({ "s1", "s2", "s3" }, by_index)
    assert.same({ 3, 0, 0 }, { last().succeeded, last().unsent, last().status })
    assert.equal(1, #e:requests())
  end)

  it("are announced one by one where they must not be repeated", function()
    create(2, report_of { "--concurrency", "1" }):ok()
    assert.equal("plan items sent result sent result end", kinds())
    local records = c:report "report"
    assert.same({ 1 }, records[3].items)
    assert.equal("DescribeLivePullToPushList", records[3].settle.operation)
  end)

  it("of another run are refused before anything is sent", function()
    local function ban(app, ...)
      return c:run({ "forbid", "--domain", "push.example.com", "--app", app, "-y", "--report",
        "report", ... }, { vendor = "aliyun" })
    end
    assert.equal(0, ban("live", "s1", "s2").status)
    for what, ran in pairs {
      ["item 2 is "] = ban("live", "s1", "s3"),
      ["total is 2, and this one's is 1"] = ban("live", "s1"),
      ["params is "] = ban("other", "s1", "s2"),
      ["options is {}, and this one's is {\"check\":true}"] = ban("live", "s1", "s2", "--check"),
      ["command is \"forbid\", and this one's is \"resume\""] = c:run({ "resume", "--domain",
        "push.example.com", "--app", "live", "s1", "s2", "--report", "report" },
        { vendor = "aliyun" }),
      ["of the account aliyun:"] = resume(report_of { "s1", "s2" }),
    } do
      ran:ends(2, what)
    end
    assert.equal(2, #e:requests())
    os.remove(c.dir .. "/report")
    resume(report_of { "s1" })
    local ran = resume(report_of { "s1" }, { environment = { ZEGO_IS_TEST = "true" } }):ends(2)
    assert.matches("is of the mode live, and this run's is test", ran.err)
    assert.equal(3, #e:requests())
  end)

  it("end with 4 when an outcome is unknown, whatever else failed", function()
    e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "reset_after" }
    e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "ret_code" }
    local ran = create(3, report_of { "--concurrency", "1", "-o", "jsonl" }):ends(4)
    assert.same({ 1, 1, 1, 4 }, { last().unknown, last().failed, last().succeeded, last().status })
    assert.equal("outcome_unknown", json.decode(ran.out:match "[^\n]+").code)
    assert.not_matches("client:settle", ran.out)
    assert.matches("`streamctl settle report` asks that", ran.out, 1, true)
    assert.matches("streamctl settle report", ran.err)
  end)

  it("stop when the vendor refuses the account three times", function()
    c:write("ids", ids(400))
    local ran = resume(report_of { "@ids", "--concurrency", "1" },
      { environment = { ZEGO_SERVER_SECRET = ("0"):rep(32) } }):ends(3)
    assert.matches("account is refused: signature", ran.err)
    assert.matches("doctor", ran.err)
    assert.equal(3, #e:requests())
    assert.same({ 60, 340, 3 }, { last().failed, last().unsent, last().status })
    assert.matches("\n340 items +unsent +cancelled +[^\n]*the account is refused\n  s61 to s400\n",
      ran.out)
    -- with the right secret the failed ones go again, and then the rest
    c:run({ "retry", "report", "--only", "failed" }, { vendor = "zego" }):ends(1)
    assert.same({ 60, 0, 340 }, { last().succeeded, last().failed, last().unsent })
    resume(report_of { "@ids" }):ok()
    assert.same({ 400, 0 }, { last().succeeded, last().unsent })
    assert.equal(3 + 20, #e:requests())
  end)

  it("go on when other answers come between refusals", function()
    for _ = 1, 2 do
      for _ = 1, 2 do
        e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "status", status = 403,
          code = "Forbidden.RAM" }
      end
      e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "ret_code" }
    end
    local ran = create(7, { "--concurrency", "1" }):ends(1)
    assert.matches("1 ok, 6 failed", ran.err)
  end)

  -- The file of a store is larger than the limits on files of these cases.
  local NO_FILE = { STREAMCTL_STORE = "memory" }

  it("are not sent once the report cannot be written", function()
    -- 8 blocks of 512 bytes hold the plan and some records
    local ran = create(20, report_of { "--concurrency", "1", "-o", "jsonl" },
      { before = "ulimit -f 8", environment = NO_FILE })
    assert.matches("the report report cannot be written", ran.err)
    local sent, results = 0, 0
    for _, record in ipairs((c:report "report")) do
      if record.record == "sent" then sent = sent + 1 end
      if record.record == "result" then results = results + 1 end
    end
    local executed = #e:requests { action = "CreateLivePullToPush" }
    assert.is_true(executed > 0 and executed < 20)
    assert.equal(sent, executed)
    assert.is_true(sent - results <= 1)
    assert.equal(1, ran.status, ran.err) -- nothing is unknown here
    assert.truthy(ran.out:find('"index":' .. executed .. ",", 1, true), "its result is on stdout")
    -- with room again the same command goes on
    local again = create(20, report_of { "--concurrency", "1" })
    assert.equal(results == sent and 0 or 4, again.status, again.err)
    assert.equal(20, #e:requests { action = "CreateLivePullToPush" })
  end)

  it("are not sent once nobody can be told, since stdout is full", function()
    local ran = create(20, { "--concurrency", "1", "-o", "jsonl" }, { stdout = "/dev/full" })
    ran:ends(1)
    assert.matches("1 ok, 19 unsent", ran.err)
    assert.matches("stdout cannot be written", ran.err)
    assert.equal(1, #e:requests { action = "CreateLivePullToPush" })
  end)

  it("are not sent when not even the plan can be written", function()
    local ran = create(40, report_of(), { before = "ulimit -f 4", environment = NO_FILE }):ends(1)
    assert.matches("nothing was sent", ran.err)
    assert.equal(0, #e:requests())
    resume { "s1", "--report", "/dev/full" }:ends(2)
    assert.equal(0, #e:requests())
  end)

  it("are shown by what became of them, in each format", function()
    e:state { zego = { cdn_results = { bad = 5 } } }
    local words = { "good", "no/id", "good2", "--skip-bad" }
    local ran = resume(words)
    assert.same({ 1, "" }, { ran.status, ran.out }, ran.err) -- all that is not ok: nothing
    assert.matches("2 ok, 1 line left out", ran.err)
    words[5], words[6] = "--only", "ok"
    ran = resume(words)
    assert.matches("^ITEM +STATE +CODE +MESSAGE\ngood +ok +%- +%-\ngood2 +ok", ran.out)
    words[7], words[8] = "-o", "ids"
    assert.equal("good\ngood2\n", resume(words).out)
    words[8] = "json"
    local shown = json.decode(resume(words).out)
    assert.same({ 2, 2, 0, 1 },
      { #shown.items, shown.succeeded, shown.unsent, shown.left_out })
    assert.same({ "good", "ok", true },
      { shown.items[1].item, shown.items[1].state, shown.items[1].ok })
    words[8] = "jsonl"
    assert.equal("good2", json.decode(resume(words).out:match "\n([^\n]+)\n$").item)
  end)

  it("are planned only with -n, which touches neither store nor report", function()
    c:write("ids", ids(100))
    local ran = resume(report_of { "@ids", "-n", "-o", "json" }):ok()
    local plan = json.decode(ran.out)
    assert.same({ "resume", "ResumeRTCStreams", 100, 5, 0.2 }, { plan.command, plan.operation,
      plan.total, plan.requests, plan.seconds })
    assert.matches("Signature=%*%*%*", plan.first_request.url)
    assert.equal(0, #e:requests())
    assert.is_nil(io.open(c.dir .. "/report"))

  end)

  it("are all looked at with -n", function()
    local ran = c:run({ "relay", "stop", "t1", "t2", "--region", "nowhere", "-n" },
      { vendor = "aliyun" }):refused()
    assert.matches("t1: .*Region must be.*t2: .*Region must be.*2 of 2 cannot be right", ran.err)
  end)

  describe("of a report", function()
    local function retry(words, options)
      return c:run({ "retry", "report", unpack(words or {}) }, options or { vendor = "aliyun" })
    end

    -- The first fails, the second is unknown, the third is made.
    local function mixed()
      e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "ret_code" }
      e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "reset_after" }
      create(3, report_of { "--concurrency", "1" })
    end

    local function created()
      return #e:requests { action = "CreateLivePullToPush" }
    end

    it("go again when they failed", function()
      mixed()
      local ran = retry { "-y", "-o", "ids", "--only", "failed" }
      assert.equal(4, ran.status, ran.err) -- the unknown one is still there
      assert.equal(4, created())
      assert.same({ 2, 0, 1 }, { last().succeeded, last().failed, last().unknown })
      assert.equal(0, #retry({ "-y" }).out)
      ran = retry { "-y" }
      assert.equal(4, ran.status, ran.err) -- also when nothing goes again
      assert.matches("nothing of report is to be sent again", ran.err)
      assert.matches("streamctl settle report", ran.err)
      assert.equal(4, created())
    end)

    it("go again with unknown outcomes only when these are named, and after a question", function()
      mixed()
      local ran = retry { "--only", "unknown" }:ends(2)
      assert.matches("outcome of 1 item is unknown.*does it twice", ran.err)
      assert.equal(3, created())
      retry { "--only", "unknown", "-y" }:ends(4)
      assert.equal(4, created())
      -- the vendor takes no second one, and that says nothing of the first
      assert.same({ 1, 1, 1 }, { last().succeeded, last().failed, last().unknown })
    end)

    it("stay unknown when it stops before them, and are not sent unasked", function()
      e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "reset_after",
        times = 5 }
      create(5, report_of { "--concurrency", "1" })
      assert.equal(5, last().unknown)
      e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "status", status = 403,
        code = "Forbidden.RAM", times = 3 }
      local ran = retry { "--only", "unknown", "-y", "--concurrency", "1", "-o", "jsonl" }:ends(3)
      assert.equal(8, created())
      assert.same({ 0, 5, 0 }, { last().failed, last().unknown, last().unsent })
      assert.truthy(ran.out:find('"state":"unknown"', 1, true), ran.out)
      assert.falsy(ran.out:find('"state":"unsent"', 1, true), ran.out)
      -- neither the same command nor a plain retry sends them
      assert.equal(4, create(5, report_of()).status)
      assert.equal(8, created())
      assert.equal(4, retry({ "-y" }).status)
      assert.equal(8, created())
    end)

    it("are interrupted also where all that is left is unknown", function()
      e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "reset_after",
        times = 2 }
      create(2, report_of { "--concurrency", "1" })
      e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "latency", held = true }
      local handle = c:start({ "retry", "report", "--only", "unknown", "-y", "--concurrency", "1" },
        { vendor = "aliyun" })
      command.await(function() return created() >= 3 end, "a request")
      handle:signal "INT"
      e:release()
      local ran = handle:wait():ends(130)
      assert.matches("interrupted %(SIGINT%); what was not sent again is as unknown", ran.err)
      assert.same({ 3, 2, 0 }, { created(), last().unknown, last().unsent })
    end)

    it("go on by a plain retry after they were interrupted", function()
      e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "ret_code", times = 3 }
      create(3, report_of { "--concurrency", "1" })
      e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "latency", held = true }
      local handle = c:start({ "retry", "report", "--only", "failed", "-y", "--concurrency", "1" },
        { vendor = "aliyun" })
      command.await(function() return created() >= 4 end, "a request")
      handle:signal "TERM"
      e:release()
      local ran = handle:wait():ends(143)
      assert.matches("`streamctl retry report` goes on with what is unsent", ran.err)
      assert.equal(0, retry({ "-y" }).status)
      assert.same({ 6, 3 }, { created(), last().succeeded })
    end)

    it("have their addresses shown without keys, which the report keeps", function()
      e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "ret_code", times = 2 }
      local function make(name)
        return c:run({ "relay", "create", "--region", "cn-shanghai", "--end", "+2h", "-y", "--from",
          "rtmp://pull.example.com/a/s", "--to", ("rtmp://push.example.com/a/%s?auth_key=secret")
          :format(name), "--report", "report" }, { vendor = "aliyun" })
      end
      make "d"
      local ran = retry { "-y" }:ends(1)
      assert.matches("rtmp://push.example.com/a/d?...", ran.out, 1, true)
      assert.not_matches("secret", ran.out .. ran.err)
      ran = make "other"
      assert.matches("rtmp://push.example.com/a/d?...", ran.err, 1, true)
      assert.not_matches("secret", ran.err)
      assert.equal(0, retry({ "-y" }).status)
      assert.equal("rtmp://push.example.com/a/d?auth_key=secret",
        select(2, next(e:state().aliyun.tasks)).info.DstUrl)
    end)

    it("are asked about as they were at first", function()
      mixed()
      local ran = retry():ends(2)
      assert.matches("billed", ran.err)
      assert.equal(2, c:run({ "retry", "none" }, { vendor = "aliyun" }).status)
      assert.equal(2, retry({ "--only", "ok", "-y" }).status)
      assert.equal(3, created())
    end)

    it("are only shown with -n", function()
      mixed()
      local before = #(c:report "report")
      local ran = retry { "-n", "-o", "json" }:ok()
      assert.equal(1, json.decode(ran.out).to_send)
      assert.equal(before, #(c:report "report"))
      assert.equal(3, created())
    end)
  end)

  it("are one command's at a time", function()
    e:fault { vendor = "zego", kind = "latency", held = true }
    local first = c:start({ "resume", "s1", "--report", "report" }, { vendor = "zego" })
    command.await(function() return #e:requests() > 0 end, "a request")
    local ran = resume(report_of { "s1" }):ends(2)
    assert.matches("another process", ran.err)
    e:release()
    assert.equal(0, first:wait().status)
  end)

  it("are under way together as --concurrency says", function()
    for _, most in ipairs { 1, 3 } do
      e:reset()
      -- the first answer waits until so many requests are there at once
      e:fault { vendor = "aliyun", action = "CreateLivePullToPush", kind = "latency", seconds = 60,
        together = most, times = most }
      create(4, { "--concurrency", tostring(most) }):ok()
      assert.equal(most, e:counters().max_in_flight.aliyun)
    end
  end)

  it("say how long they take, at a rate that may only be lower", function()
    local ran = create(2, { "--rate", "2", "-q" })
    assert.same({ 0, "" }, { ran.status, ran.err })
    ran = create(3, { "--rate", "2" })
    assert.matches("about 1 s %(3 requests at 2/s%)", ran.err)
    create(1, { "--rate", "1000" }):ends(2)
  end)
end)
