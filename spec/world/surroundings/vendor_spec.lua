-- A vendor that is not there, says nothing, says half of it, or asks for patience.

local command = require "spec.support.command"

command.describe("the vendor:", function(c, e)
  setup(function()
    local ids, tasks = {}, {}
    for i = 1, 1000 do ids[i] = "s" .. i end
    for i = 1, 2 do
      tasks[i] = ('{"SourceUrls":["rtmp://pull.example.com/app/%d"],'
        .. '"DstUrl":"rtmp://push.example.com/app/%d"}'):format(i, i)
    end
    c:write("few", table.concat(ids, "\n", 1, 60) .. "\n")
    c:write("many", table.concat(ids, "\n") .. "\n")
    c:write("tasks", table.concat(tasks, "\n") .. "\n")
  end)

  local reports = 0

  local function resume(file, environment, ...)
    reports = reports + 1
    local report = "report" .. reports
    local ran = c:run({ "resume", "@" .. file, "--report", report, ... },
      { vendor = "zego", environment = environment })
    local codes = {}
    for _, record in ipairs((c:report(report))) do
      if record.record == "result" and not record.ok then
        codes[record.code] = (codes[record.code] or 0) + 1
      end
    end
    return ran, codes, report
  end

  -- One of three requests is asked to come back later.
  local function patience(seconds)
    e:fault { kind = "status", status = 429, retry_after = seconds, times = 1, skip = 1 }
    local ran, codes, report = resume("few", nil, "--concurrency", "1")
    assert.equal(1, ran.status, ran.err)
    assert.is_true(codes.throttled >= 20)
    local again = c:run({ "retry", report }, { vendor = "zego" })
    assert.equal(0, again.status, again.err)
  end

  it("Retry-After of a day", function() patience "86400" end)
  it("Retry-After of 1e300", function() patience("1" .. ("0"):rep(300)) end)

  it("nothing listens", function()
    local ran, codes, report = resume("many", { ZEGO_ENDPOINT = e.refused }, "--attempts", "1")
    assert.equal(1, ran.status, ran.err)
    assert.is_nil(codes.outcome_unknown)
    ran = c:run({ "resume", "@many", "--report", report }, { vendor = "zego",
      environment = { ZEGO_ENDPOINT = e.refused } })
    assert.equal(1, ran.status, "nothing was sent before: " .. ran.err)
    local records = c:report(report)
    assert.equal(1000, records[#records].unsent)
  end)

  local function create(...)
    return c:run({ "relay", "create", "--region", "cn-shanghai", "--end", "+2h",
      "@tasks", "--yes", ... }, { vendor = "aliyun" })
  end

  it("nothing answers", function()
    e:fault { kind = "latency", held = true, times = -1 }
    local ran, codes = resume("few", nil, "--timeout", "1")
    assert.equal(1, ran.status, ran.err)
    assert.equal(60, codes.timeout)
    ran = create("--timeout", "1")
    assert.equal(4, ran.status, ran.err)
    assert.equal(2, #e:requests { action = "CreateLivePullToPush" })
  end)

  it("half an answer", function()
    e:fault { kind = "truncated", times = 1, skip = 1 }
    assert.equal(0, (resume "few").status)
    e:reset()
    e:fault { kind = "truncated", times = -1 }
    local ran = create()
    assert.equal(4, ran.status, ran.err)
    assert.equal(2, #e:requests { action = "CreateLivePullToPush" })
  end)
end)
