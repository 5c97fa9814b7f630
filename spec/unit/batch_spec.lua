-- One operation for many items.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local loop = require "streamctl.loop.pick"

local response, stopped = helper.response, helper.stopped
local OK = { aliyun = response(200, helper.SUCCESS.aliyun), zego = response(200, helper.SUCCESS.zego) }

local function ids(count)
  local list = {}
  for i = 1, count do list[i] = "s" .. i end
  return list
end

local function stream(name) return helper.merged(helper.ALIYUN_PARAMS.ResumeLiveStream, { StreamName = name }) end

local function streams(...)
  local list = {}
  for i, name in ipairs { ... } do list[i] = stream(name) end
  return list
end

local function codes(report)
  local list = {}
  for i, result in ipairs(report.results) do list[i] = result.ok and "ok" or result.err.code end
  return list
end

before_each(function() helper.freeze() end)
after_each(helper.thaw)

describe("a batch of ids", function()
  it("goes out in requests of 20, each id once, and is reported in its order", function()
    local rtc, transport = helper.zego()
    local items = ids(45)
    table.insert(items, 3, "s1")
    items[#items + 1] = "s45"
    local report = rtc:batch("resume_rtc_streams", items)
    assert.same({ 47, 47, 0, 3, 47 },
      { report.total, report.succeeded, report.failed, report.requests, #report.results })
    local sent = {}
    for i, count in ipairs { 20, 20, 5 } do
      local list = helper.sent(transport.requests[i], "StreamId[]")
      assert.equal(count, #list)
      for _, id in ipairs(list) do sent[#sent + 1] = id end
    end
    assert.same(ids(45), sent)
    for i, result in ipairs(report.results) do
      assert.equal(items[i], result.item)
      assert.is_true(result.ok)
      assert.equal(0, result.response.Code)
    end
  end)

  it("has bad ids fail alone, without a request of their own", function()
    local rtc, transport = helper.zego()
    local report = rtc:batch("ResumeRTCStreams", { "a", "no id", 5, "b", "" })
    assert.same({ "ok", "invalid_parameter", "invalid_parameter", "ok", "invalid_parameter" }, codes(report))
    assert.same({ 2, 3, 1 }, { report.succeeded, report.failed, report.requests })
    assert.same({ "a", "b" }, helper.sent(transport.requests[1], "StreamId[]"))
    assert.truthy(report.results[2].message:find("^invalid_parameter: ResumeRTCStreams: StreamId must be"))
    report = rtc:batch("ResumeRTCStreams", { "no id" })
    assert.same({ 1, 1, 0 }, { report.failed, #transport.requests, report.requests })
  end)

  it("knows an id with the test environment's prefix for the same", function()
    local rtc, transport = helper.zego(nil, { is_test = true })
    local report = rtc:batch("ResumeRTCStreams", { "a", "zegotest-1234567890-a", "b" })
    assert.equal(3, report.succeeded)
    assert.same({ "zegotest-1234567890-a", "zegotest-1234567890-b" },
      helper.sent(transport.requests[1], "StreamId[]"))
  end)

  it("marks the ids that gave way to newer calls", function()
    local store = require("streamctl.store.memory").new()
    local other = helper.zego(nil, { store = store })
    local rtc = helper.zego(helper.script(function()
      assert(other:resume_rtc_stream { StreamId = "b" })
      return stopped("timeout", true)
    end, OK.zego), { store = store, retry = {} })
    local report = rtc:batch("ForbidRTCStreams", { "a", "b", "c", "b" })
    assert.same({ "ok", "superseded", "ok", "superseded" }, codes(report))
    assert.same({ 2, 2, 2 }, { report.succeeded, report.failed, report.requests })
  end)

  it("marks every id of a request that fails, and only those", function()
    local rtc = helper.zego(helper.script(OK.zego, response(200, '{"Code":5,"Message":"no","RequestId":"1"}')))
    local report = rtc:batch("ResumeRTCStreams", ids(25), { concurrency = 1 })
    assert.same({ 20, 5 }, { report.succeeded, report.failed })
    for i, result in ipairs(report.results) do assert.equal(i <= 20, result.ok) end
    assert.equal("vendor", report.results[21].err.code)
    assert.equal(report.results[21].err.message, report.results[21].message)
  end)
end)

describe("a batch of tables", function()
  it("sends each, in either spelling, and keeps the order of the report", function()
    for _, name in ipairs { "ResumeLiveStream", "resume_live_stream" } do
      local live, transport = helper.aliyun()
      local items = streams("a", "b", "c")
      local report = live:batch(name, items)
      assert.same({ "ok", "ok", "ok" }, codes(report))
      assert.equal(3, #transport.requests)
      for i, result in ipairs(report.results) do assert.equal(items[i], result.item) end
    end
  end)

  it("has what is no table or not well-formed fail alone", function()
    local live = helper.aliyun()
    local report = live:batch("ResumeLiveStream", { stream "a", "b", {}, stream "c" })
    assert.same({ "ok", "invalid_parameter", "invalid_parameter", "ok" }, codes(report))
    assert.equal(2, report.requests)
    assert.truthy(report.results[2].message:find("the item must be a table of parameters, got a string", 1, true))
  end)

  it("never has two calls for a stream in flight, keeps their order, and uses its concurrency", function()
    local flying, most, order = {}, 0, {}
    local live = helper.aliyun(function(request)
      local name = helper.sent(request, "StreamName")[1]
      assert.is_nil(flying[name], name)
      flying[name] = true
      order[name] = (order[name] or "") .. (helper.sent(request, "AppName")[1])
      local count = 0
      for _ in pairs(flying) do count = count + 1 end
      most = math.max(most, count)
      loop.sleep(#order[name] % 3 + 0.5)
      flying[name] = nil
      return OK.aliyun
    end)
    local items = {}
    for _ = 1, 4 do
      for _, name in ipairs { "a", "b", "c", "d", "e", "f" } do items[#items + 1] = stream(name) end
    end
    assert.equal(24, live:batch("ResumeLiveStream", items, { concurrency = 3 }).succeeded)
    assert.equal(3, most)
    most = 0
    assert.equal(24, live:batch("ResumeLiveStream", items).succeeded)
    assert.equal(6, most)
    for _, text in pairs(order) do assert.equal(("app"):rep(8), text) end
  end)

  it("may be empty", function()
    local live, transport = helper.aliyun()
    local report = live:batch("ResumeLiveStream", {})
    assert.same({ total = 0, succeeded = 0, failed = 0, requests = 0, elapsed = 0, results = {} }, report)
    assert.equal(0, #transport.requests)
  end)

  it("counts the requests that went out, repeats too, and takes retry", function()
    local restore = helper.stub_random(0.5)
    finally(restore)
    for went_out, requests in pairs { [true] = 4, [false] = 0 } do
      local live, transport = helper.aliyun(stopped("connect", went_out))
      local report = live:batch("ResumeLiveStream", streams("a", "b"), { retry = { attempts = 2 } })
      assert.same({ requests, 4, 2 }, { report.requests, #transport.requests, report.failed })
      report = live:batch("ResumeLiveStream", streams("a", "b"), { retry = false })
      assert.equal(requests / 2, report.requests)
    end
  end)

  it("throws for an unknown option, at the caller's line", function()
    for option, text in pairs { concurency = "did you mean 'concurrency'", dry_run = "unknown option" } do
      local ok, why = pcall(function() helper.aliyun():batch("ResumeLiveStream", {}, { [option] = true }) end)
      assert.is_false(ok)
      assert.truthy(why:find("batch_spec.lua:%d+: "), why)
      assert.truthy(why:find(text, 1, true), why)
    end
  end)
end)

describe("a batch under way", function()
  local function run(given, answer, items)
    local live, transport = helper.aliyun(answer)
    local report = live:batch("ResumeLiveStream", items or streams("a", "b", "c", "d"),
      helper.merged({ concurrency = 1 }, given))
    return report, #transport.requests
  end

  it("tells on_progress where it is, after each request", function()
    local seen = {}
    run({ on_progress = function(progress) seen[#seen + 1] = progress end }, helper.script(function()
      core.sleep(2)
      return OK.aliyun
    end, stopped("dns", false)), streams("a", "b"))
    assert.same({
      { total = 2, done = 1, succeeded = 1, failed = 0, requests = 1, elapsed = 2 },
      { total = 2, done = 2, succeeded = 1, failed = 1, requests = 1, elapsed = 2 },
    }, seen)
  end)

  it("is cancelled by on_progress returning false, and only by that", function()
    local report, sends = run { on_progress = function(progress)
      if progress.done == 2 then return false end
    end }
    assert.same({ "ok", "ok", "cancelled", "cancelled" }, codes(report))
    assert.same({ 2, 2, 2, 2 }, { sends, report.requests, report.succeeded, report.failed })
    assert.truthy(report.results[3].message:find("never sent, because on_progress cancelled the batch", 1, true))
  end)

  it("goes on when on_progress throws, and asks it no more", function()
    local asked = 0
    local report = run { on_progress = function()
      asked = asked + 1
      error("oops", 0)
    end }
    assert.same({ 1, 4, "oops" }, { asked, report.succeeded, report.callback_error })
  end)

  it("stops at the first failure when asked to", function()
    local answer = function() return helper.script(OK.aliyun, stopped("dns", false), OK.aliyun) end
    local report, sends = run({ stop_on_error = true }, answer())
    assert.same({ "ok", "dns", "cancelled", "cancelled" }, codes(report))
    assert.equal(2, sends)
    assert.same({ "ok", "dns", "ok", "ok" }, codes(run({}, answer())))
  end)

  it("ends with its time, and reports what was done, failed and never sent", function()
    local report, sends = run({ timeout = 5 }, function(_, deadline)
      local left = deadline:left()
      core.sleep(math.min(left, 3))
      return left < 3 and stopped("timeout", true) or OK.aliyun
    end)
    assert.same({ "ok", "timeout", "cancelled", "cancelled" }, codes(report))
    assert.same({ 2, 5 }, { sends, report.elapsed })
    assert.truthy(report.results[3].message:find("the time limit of the batch passed", 1, true))
  end)
end)

describe("a batch that is paced", function()
  it("takes (N - 1) / R, also beyond the time limit of one call", function()
    local live = helper.aliyun(nil, { rate_limit = 0.1, timeout = 5, store = require("streamctl.store.memory").new() })
    local report = live:batch("ResumeLiveStream", streams("a", "b", "c", "d"))
    assert.equal(4, report.succeeded)
    assert.is_true(report.elapsed >= 30 and report.elapsed < 30.2)
  end)
end)
