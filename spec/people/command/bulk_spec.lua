-- Many items: what is written down, when it stops, what it says, what it exits with.

local command = require "spec.support.command"
local json = require "cjson"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local REPORT, CREATE = { "--report", "report" }, "CreateLivePullToPush"

command.describe("many items", function(c, e)
  after_each(function() os.remove(c.dir .. "/report") end)

  local function resume(words, options)
    options = options or {}
    options.vendor = "zego"
    return c:run({ "resume", unpack(words) }, options)
  end

  local function create(...) return c:create(...) end

  -- Has the next requests for tasks fail: `kind` of the fault, how often.
  local function fault(kind, times, code)
    e:fault { vendor = "aliyun", action = CREATE, kind = kind, times = times,
      status = kind == "status" and 403 or nil, code = code }
  end

  local function created() return #e:requests { action = CREATE } end

  local function last()
    local records = c:report "report"
    return records[#records]
  end

  local function counts()
    local record = last()
    return ("%d ok, %d failed, %d unknown, %d unsent: %d"):format(record.succeeded, record.failed,
      record.unknown, record.unsent, record.status)
  end

  it("go into the report in order, behind what is sent", function()
    resume({ "s1", "s2", "s3", "--report", "report" }):ok()
    local records, kinds, by_index = c:report "report", {}, {}
    for i, record in ipairs(records) do
      kinds[i] = record.record
      if record.record == "result" then by_index[record.index] = record.item end
    end
    assert.equal("plan items sent result result result end", table.concat(kinds, " "))
    assert.same({ "zego", "zego:1234567890", "live", "resume", "ResumeRTCStreams", 3 },
      { records[1].vendor, records[1].account, records[1].mode, records[1].command,
        records[1].operation, records[1].total })
    assert.same({ "s1", "s2", "s3" }, records[2].items)
    assert.same({ "s1", "s2", "s3" }, by_index)
    assert.same({ 1, 2, 3, safe = true }, { records[3].items[1], records[3].items[2],
      records[3].items[3], safe = records[3].safe })
    assert.equal("3 ok, 0 failed, 0 unknown, 0 unsent: 0", counts())
    assert.equal(1, #e:requests())
  end)

  it("of another run are refused before anything is sent", function()
    local function ban(app, ...)
      return c:run({ "forbid", "--domain", "push.example.com", "--app", app, "-y", "--report",
        "report", ... }, { vendor = "aliyun" })
    end
    ban("live", "s1", "s2"):ok()
    for what, ran in pairs {
      ["item 2 is "] = ban("live", "s1", "s3"),
      ["total is 2, and this one's is 1"] = ban("live", "s1"),
      ["params is "] = ban("other", "s1", "s2"),
      ["command is \"forbid\", and this one's is \"resume\""] = c:run({ "resume", "--domain",
        "push.example.com", "--app", "live", "s1", "s2", "--report", "report" },
        { vendor = "aliyun" }),
      ["of the account aliyun:"] = resume { "s1", "s2", "--report", "report" },
    } do
      ran:ends(2, what)
    end
    assert.equal(2, #e:requests())
    os.remove(c.dir .. "/report")
    resume { "s1", "--report", "report" }
    resume({ "s1", "--report", "report" }, { environment = { ZEGO_IS_TEST = "true" } })
      :ends(2, "is of the mode live, and this run's is test")
    assert.equal(3, #e:requests())
  end)

  it("end with 4 when an outcome is unknown, whatever else failed", function()
    fault "reset_after"
    fault "ret_code"
    local ran = create(3, { "-o", "jsonl", "--report", "report" })
    ran:ends(4, "streamctl settle report")
    assert.equal("1 ok, 1 failed, 1 unknown, 0 unsent: 4", counts())
    assert.equal("outcome_unknown", ran:rows()[1].code)
    assert.not_matches("client:settle", ran.out)
    assert.matches("`streamctl settle report` asks that", ran.out, 1, true)
  end)

  it("stop when the vendor refuses the account three times", function()
    c:write("ids", command.ids(400))
    local ran = resume({ "@ids", "--concurrency", "1", "--report", "report" },
      { environment = { ZEGO_SERVER_SECRET = ("0"):rep(32) } })
    ran:ends(3, "account is refused: signature", "doctor")
    assert.equal(3, #e:requests())
    assert.equal("0 ok, 60 failed, 0 unknown, 340 unsent: 3", counts())
    assert.matches("\n340 items +unsent +cancelled +[^\n]*the account is refused\n  s61 to s400\n",
      ran.out)
    -- a report of another version may name a method
    local file = assert(io.open(c.dir .. "/report"))
    c:write("other", (file:read "*a":gsub('"operation":', '"method":"bogus","operation":', 1)))
    file:close()
    c:run({ "retry", "other" }, { vendor = "zego" }):ends(2, "the method 'bogus'")
    -- with the right secret the failed ones go again, and then the rest
    c:run({ "retry", "report", "--only", "failed" }, { vendor = "zego" }):ends(1)
    assert.equal("60 ok, 0 failed, 0 unknown, 340 unsent: 1", counts())
    resume({ "@ids", "--report", "report" }):ok()
    assert.equal("400 ok, 0 failed, 0 unknown, 0 unsent: 0", counts())
    assert.equal(3 + 20, #e:requests())
  end)

  it("are shown by what became of them, in each format", function()
    local words = { "good", "no/id", "good2", "--skip-bad" }
    local ran = resume(words):ends(1, "2 ok, 1 line left out")
    assert.equal("", ran.out) -- all that is not ok: nothing
    words[5], words[6] = "-o", "ids"
    assert.equal("", resume(words).out)
    words[6] = "json"
    local shown = json.decode(resume(words).out)
    assert.same({ 2, 2, 0, 1, "good", "ok", true }, { #shown.items, shown.succeeded, shown.unsent,
      shown.left_out, shown.items[1].item, shown.items[1].state, shown.items[1].ok })
    words[6] = "jsonl"
    assert.equal("good2", resume(words):rows()[2].item)
  end)

  it("are checked and planned only with -n, which touches neither store nor report", function()
    c:write("ids", command.ids(100))
    local plan = json.decode(resume({ "@ids", "-n", "-o", "json", "--report", "report" }):ok().out)
    assert.same({ "resume", "ResumeRTCStreams", 100, 5, 0.2 }, { plan.command, plan.operation,
      plan.total, plan.requests, plan.seconds })
    assert.matches("Signature=%*%*%*", plan.first_request.url)
    assert.is_nil(io.open(c.dir .. "/report"))
    local ran = c:run({ "relay", "stop", "t1", "t2", "--region", "nowhere", "-n" },
      { vendor = "aliyun" }):refused()
    assert.matches("t1: .*Region must be.*t2: .*Region must be.*2 of 2 cannot be right", ran.err)
    assert.equal(0, #e:requests())
  end)

  describe("of a report", function()
    local function retry(...)
      return c:run({ "retry", "report", "--concurrency", "1", ... }, { vendor = "aliyun" })
    end

    -- The first fails, the second is unknown, the third is made.
    local function mixed()
      fault "ret_code"
      fault "reset_after"
      create(3, REPORT)
    end

    it("go again when they failed", function()
      mixed()
      retry("-y", "-o", "ids", "--only", "failed"):ends(4) -- the unknown one is still there
      assert.equal("2 ok, 0 failed, 1 unknown, 0 unsent: 4", counts())
      local ran = retry "-y":ends(4, "nothing of report is to be sent again",
        "streamctl settle report") -- also when nothing goes again
      assert.equal("", ran.out)
      assert.equal(4, created())
    end)

    it("go again with unknown outcomes only when these are named, and after a question", function()
      mixed()
      local ran = retry("--only", "unknown"):ends(2)
      assert.matches("outcome of 1 item is unknown.*does it twice", ran.err)
      assert.equal(3, created())
      retry("--only", "unknown", "-y"):ends(4)
      assert.equal(4, created())
      -- the vendor takes no second one, and that says nothing of the first
      assert.equal("1 ok, 1 failed, 1 unknown, 0 unsent: 4", counts())
    end)

    it("stay unknown when it stops before them, and are not sent unasked", function()
      fault("reset_after", 5)
      create(5, REPORT)
      fault("status", 3, "Forbidden.RAM")
      local ran = retry("--only", "unknown", "-y", "-o", "jsonl"):ends(3)
      assert.equal("0 ok, 0 failed, 5 unknown, 0 unsent: 3", counts())
      assert.truthy(ran.out:find('"state":"unknown"', 1, true), ran.out)
      assert.falsy(ran.out:find('"state":"unsent"', 1, true), ran.out)
      -- neither the same command nor a plain retry sends them
      create(5, REPORT):ends(4)
      retry "-y":ends(4)
      assert.equal(8, created())
    end)

    for _, case in ipairs {
      { "reset_after", "unknown", "INT", 130, "interrupted (SIGINT); what was not sent again is as "
        .. "unknown", "0 ok, 0 failed, 3 unknown, 0 unsent: 130" },
      { "ret_code", "failed", "TERM", 143, "interrupted (SIGTERM); what was not sent again is as "
        .. "failed as before", "1 ok, 2 failed, 0 unknown, 0 unsent: 143" },
    } do
      it("are interrupted when they go again: " .. case[2], function()
        fault(case[1], 3)
        create(3, REPORT)
        e:fault { vendor = "aliyun", action = CREATE, kind = "latency", held = true }
        local handle = c:start({ "retry", "report", "--only", case[2], "-y", "--concurrency", "1" },
          { vendor = "aliyun" })
        command.await(function() return created() >= 4 end, "a request")
        handle:signal(case[3])
        e:release()
        handle:wait():ends(case[4], case[5])
        assert.equal(case[6], counts())
        assert.equal(case[2] == "failed" and 0 or 4, retry("-y").status)
        assert.equal(case[2] == "failed" and 6 or 4, created())
      end)
    end

    it("have their addresses shown without keys, which the report keeps", function()
      fault("ret_code", 2)
      local function make(name)
        return c:run({ "relay", "create", "--region", "cn-shanghai", "--end", "+2h", "-y", "--from",
          "rtmp://pull.example.com/a/s", "--to", ("rtmp://push.example.com/a/%s?auth_key=secret")
          :format(name), "--report", "report" }, { vendor = "aliyun" })
      end
      make "d"
      local ran = retry "-y":ends(1)
      assert.matches("rtmp://push.example.com/a/d?...", ran.out, 1, true)
      assert.not_matches("secret", ran.out .. ran.err)
      ran = make "other":ends(2, "rtmp://push.example.com/a/d?...")
      assert.not_matches("secret", ran.err)
      retry "-y":ok()
      assert.equal("rtmp://push.example.com/a/d?auth_key=secret",
        select(2, next(e:state().aliyun.tasks)).info.DstUrl)
    end)

    it("are asked about by what is sent, and only shown with -n", function()
      mixed()
      local before = #(c:report "report")
      retry():ends(2, "1 item goes again by CreateLivePullToPush")
      retry("--only", "ok", "-y"):ends(2)
      c:run({ "retry", "none" }, { vendor = "aliyun" }):ends(2)
      assert.equal(1, json.decode(retry("-n", "-o", "json"):ok().out).to_send)
      assert.same({ before, 3 }, { #(c:report "report"), created() })
    end)
  end)

  it("are one command's at a time", function()
    e:fault { vendor = "zego", kind = "latency", held = true }
    local first = c:start({ "resume", "s1", "--report", "report" }, { vendor = "zego" })
    command.await(function() return #e:requests() > 0 end, "a request")
    resume({ "s1", "--report", "report" }):ends(2, "another process")
    e:release()
    first:wait():ok()
  end)

  it("are under way together as --concurrency says", function()
    for _, count in ipairs { 1, 3 } do
      e:reset()
      -- the first answer waits until so many requests are there at once
      e:fault { vendor = "aliyun", action = CREATE, kind = "latency", seconds = 60,
        together = count, times = count }
      create(4, { "--concurrency", tostring(count) }):ok()
      assert.equal(count, e:counters().max_in_flight.aliyun)
    end
  end)
end)
