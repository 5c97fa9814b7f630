-- The judge of the chaos finds each kind of violation, and nothing where all is well.

local checker = require "spec.world.queue.chaos.checker"

describe("the checker of the chaos", function()
  local history

  before_each(function()
    history = { log = {}, intents = {}, reports = {}, rates = {}, spans = {}, late = 0,
      stopped = {} }
  end)

  local IDS = { KickoutUser = "UserId[]", ResumeLiveStream = "StreamName",
    ForbidLiveStream = "StreamName" }

  -- A request in the log that was executed, unless `changes` says otherwise; each 100 ms.
  local function request(action, ids, changes)
    local n = #history.log + 1
    local entry = { n = n, nth = n, time = n * 100, elapsed = 10, action = action, status = 200,
      vendor = IDS[action] == "StreamName" and "aliyun" or "zego", executed = true,
      headers = { ["user-agent"] = "w1" },
      query = { [IDS[action] or "StreamId[]"] = ids[2] and ids or ids[1],
        Sequence = tostring(100 + n) } }
    for name, value in pairs(changes or {}) do entry[name] = value end
    entry.query.Sequence = entry.sequence or entry.query.Sequence
    history.log[n] = entry
  end

  -- A job whose items have these states (all "ok"), with a report that says so.
  local function job(operation, ids, states, changes)
    local name = "job-" .. #history.intents + 1
    local intent = { job = name, operation = operation, items = ids, from = #history.log,
      sure = true }
    for field, value in pairs(changes or {}) do intent[field] = value end
    history.intents[#history.intents + 1] = intent
    local status = { state = intent.cancelled and "cancelled" or "done", total = #ids,
      succeeded = 0, failed = 0, unknown = 0, superseded = 0, cancelled = 0 }
    local records = { { record = "plan" }, { record = "items", first = 1, items = ids } }
    for i = 1, #ids do
      local state = states and states[i] or "ok"
      local field = state == "ok" and "succeeded" or state
      status[field] = status[field] + 1
      if state ~= "cancelled" then
        records[#records + 1] = { record = "result", index = i,
          ok = state == "ok" or state == "superseded", superseded = state == "superseded" or nil,
          code = state == "unknown" and "outcome_unknown" or state == "failed" and "http" or nil,
          settle = state == "unknown" and { operation = "DescribeUsers" } or nil }
      end
    end
    history.reports[name] = { status = status, records = records }
    return history.reports[name], intent
  end

  local function direct(operation, ids, sure)
    history.intents[#history.intents + 1] = { operation = operation, items = ids,
      from = #history.log, sure = sure ~= false }
  end

  local function finds(text)
    local found = checker.judge(history)
    assert.equal(1, #found, table.concat(found, "\n"))
    assert.matches(text, found[1])
  end

  local function is_well()
    local found = checker.judge(history)
    assert.equal(0, #found, table.concat(found, "\n"))
    return found
  end

  it("finds nothing in a run that went well", function()
    job("ResumeRTCStreams", { "a", "b", "c" }, { "ok", "superseded", "ok" })
    job("KickoutUser", { "u1", "u2", "u3" }, { "ok", "ok", "unknown" })
    job("ForbidRTCStreams", { "b" })
    job("ForbidLiveStream", { "s1", "s2" })
    job("KickoutUser", { "u4", "u5" }, { "ok", "cancelled" }, { cancelled = true })
    direct("ForbidRTCStreams", { "c" })
    direct("ForbidRTCStreams", { "a" }, false)
    request("ResumeRTCStreams", { "a", "c" })
    request("KickoutUser", { "u1", "u2" }, { status = 200, executed = false }) -- throttled
    request("ForbidRTCStreams", { "b" })
    request("KickoutUser", { "u1", "u2" })
    request("ResumeRTCStreams", { "a", "c" }) -- after a worker's death
    request("ForbidLiveStream", { "s1" })
    request("ForbidLiveStream", { "s2" })
    request("KickoutUser", { "u4" })
    request("KickoutUser", { "u3" }, { status = 444, executed = false })
    request("ForbidRTCStreams", { "c" })
    history.rates, history.spans = { KickoutUser = 3 }, { { from = 2, to = 5, vendor = "zego",
      limit = 3, text = "paused" } }
    local totals = is_well().totals
    assert.same({ total = 11, ok = 8, superseded = 1, unknown = 1, cancelled = 1, failed = 0 },
      totals)
  end)

  it("finds an id that was never executed", function()
    job("ResumeRTCStreams", { "a", "b" })
    request("ResumeRTCStreams", { "a" })
    finds "^lost: b of job%-1 is ok and was never executed"
  end)

  it("finds an id that was only executed for an earlier job", function()
    request("ResumeRTCStreams", { "a" })
    job("ResumeRTCStreams", { "a" })
    finds "^lost: a of job%-1 is ok and was never executed"
  end)

  it("finds an id without a result", function()
    job("ResumeRTCStreams", { "a", "b" }, { "ok", "cancelled" })
    request("ResumeRTCStreams", { "a" })
    finds "^lost: b of job%-1 has no result"
  end)

  it("finds a job that does not end", function()
    job("ResumeRTCStreams", { "a" }).status.state = "working"
    request("ResumeRTCStreams", { "a" })
    finds "^lost: job%-1 is working, not done"
  end)

  it("finds an id that gave way to nothing", function()
    job("ForbidRTCStreams", { "a" })
    job("ResumeRTCStreams", { "a" }, { "superseded" })
    request("ForbidRTCStreams", { "a" })
    finds "^lost: a of job%-2 gave way to nothing newer"
  end)

  it("finds an id that failed", function()
    job("ResumeRTCStreams", { "a" }, { "failed" })
    finds "^lost: a of job%-1 failed, executed 0 times"
    request("ResumeRTCStreams", { "a" })
    finds "^report: a of job%-1 failed, executed 1 times"
  end)

  it("takes a conflict of a ban that was executed, and of no other", function()
    local report = job("ForbidLiveStream", { "s" }, { "failed" })
    report.records[3].code = "conflict"
    finds "^lost: s of job%-1 is a conflict"
    request("ForbidLiveStream", { "s" })
    is_well()
  end)

  it("finds an unsafe request that was executed twice, or sent again after silence", function()
    job("KickoutUser", { "u1", "u2" })
    request("KickoutUser", { "u1" })
    request("KickoutUser", { "u2" })
    request("KickoutUser", { "u1" })
    finds "^repeated: u1 was sent 2 times, executed 2 times"
    history.log[3].executed, history.log[3].status = false, 444
    finds "^repeated: u1 was sent 2 times, executed 1 times"
    history.log[3].status = 503
    finds "^repeated: u1"
  end)

  it("finds Sequences that do not rise, or come twice", function()
    job("ResumeRTCStreams", { "a" })
    request("ResumeRTCStreams", { "a" }, { sequence = "1000" })
    request("ResumeRTCStreams", { "a" }, { sequence = "999" })
    finds "^sequence: 999 of a was executed after 1000"
    history.log[2].executed = false -- refused by the vendor
    is_well()
    history.log[2].query.Sequence = "1000"
    finds "^sequence: 1000 of a twice"
  end)

  it("finds a second above the rate, and grants what a busy machine needs", function()
    job("KickoutUser", { "u1" })
    request("KickoutUser", { "u1" })
    for i = 2, 5 do request("KickoutUser", { "v" .. i }) end
    history.rates = { KickoutUser = 3 }
    finds "^rate: 5 KickoutUser in 0.400 s, at 3 a second"
    history.late = 1
    is_well()
  end)

  it("finds a steady breach of the rate in longer windows, however busy the machine", function()
    job("KickoutUser", { "u1" })
    request("KickoutUser", { "u1" })
    for i = 2, 40 do request("KickoutUser", { "v" .. i }) end
    history.rates, history.late = { KickoutUser = 6 }, 1
    assert.is_true(checker.judge(history).counts.rate > 0)
    history.rates = { KickoutUser = 9 }
    is_well()
  end)

  it("finds a stream whose newest intent is not final", function()
    job("ForbidRTCStreams", { "a" })
    job("ResumeRTCStreams", { "a" })
    request("ResumeRTCStreams", { "a" })
    request("ForbidRTCStreams", { "a" })
    finds "^final: a is forbidden, and the newest intent is ResumeRTCStreams"
    history.log[2].nth = 0 -- held up on its way in: executed first
    history.log[2].query.Sequence = "50"
    is_well()
  end)

  it("goes by the newest intent that is sure", function()
    job("ForbidRTCStreams", { "a" })
    direct("ResumeRTCStreams", { "a" })
    request("ResumeRTCStreams", { "a" })
    request("ForbidRTCStreams", { "a" })
    finds "^final: a is forbidden"
    history.intents[2].sure = false
    is_well()
  end)

  it("grants Alibaba Cloud a request that was on its way, and no later one", function()
    job("ForbidLiveStream", { "s" })
    job("ResumeLiveStream", { "s" })
    request("ResumeLiveStream", { "s" }, { elapsed = 150 })
    request("ForbidLiveStream", { "s" })
    is_well()
    history.log[1].elapsed = 10
    finds "^final: s is forbidden"
    history.late = 0.09
    is_well()
    history.late, history.stopped = 0, { w1 = true }
    is_well()
  end)

  it("finds a report that differs from its status or its job", function()
    local report, intent = job("ResumeRTCStreams", { "a", "b" })
    request("ResumeRTCStreams", { "a", "b" })
    report.status.succeeded = 1
    finds "^report: job%-1 has 2 ok by its records, 1 by its status"
    report.status.succeeded, intent.items = 2, { "a", "b", "c" }
    report.status.total = 3
    local found = checker.judge(history)
    assert.matches("lost: c of job%-1 has no result", found[1])
    assert.matches("report: item 3 of job%-1 is not c", found[2])
  end)

  it("finds a second result, but for a late answer of an unsafe request", function()
    local report = job("KickoutUser", { "u1" }, { "unknown" })
    request("KickoutUser", { "u1" })
    local late = { record = "result", index = 1, ok = true }
    table.insert(report.records, late)
    report.status.succeeded, report.status.unknown = 1, 0
    is_well()
    table.insert(report.records, late)
    finds "^report: u1 of job%-1 is ok after ok"
  end)

  it("finds an unknown result without a query, and of a harmless request", function()
    local report = job("KickoutUser", { "u1" }, { "unknown" })
    report.records[3].settle = nil
    finds "^report: u1 of job%-1 is unknown and has no query"
    table.insert(report.records, 3, { record = "sent", items = { 1 }, settle = {} })
    is_well()
    job("ResumeRTCStreams", { "a" }, { "unknown" })
    finds "^report: a of job%-2 is unknown though harmless to repeat"
  end)

  it("takes a cancelled request for unknown that the report shows as sent", function()
    local report = job("KickoutUser", { "u1" }, { "cancelled" }, { cancelled = true })
    table.insert(report.records, { record = "sent", items = { 1 },
      settle = { operation = "DescribeUsers" } })
    request("KickoutUser", { "u1" })
    finds "^report: job%-1 has 1 unknown by its records, 0 by its status"
    report.status.unknown = 1
    is_well()
    table.insert(report.records, { record = "result", index = 1, ok = false, code = "cancelled" })
    report.status.failed, report.status.unknown = 1, 0
    finds "^report: u1 of job%-1 is cancelled and was executed"
  end)

  it("finds what was executed after it was cancelled, or while its account was paused", function()
    job("KickoutUser", { "u1" }, { "cancelled" }, { cancelled = true })
    request("KickoutUser", { "u1" })
    finds "^report: u1 of job%-1 is cancelled and was executed"
    history.intents = {}
    history.spans = { { from = 0, to = 1, ids = { u1 = true }, limit = 0, text = "gone" } }
    finds "^span: 1 requests, at most 0 expected: gone"
  end)
end)
