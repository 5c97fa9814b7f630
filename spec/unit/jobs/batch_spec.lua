-- One operation for many items.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local loop = require "streamctl.loop.pick"

local codes, response, stopped = helper.codes, helper.response, helper.stopped
local OK = { aliyun = response(200, helper.SUCCESS.aliyun),
  zego = response(200, helper.SUCCESS.zego) }

local function ids(count)
  local list = {}
  for i = 1, count do list[i] = "s" .. i end
  return list
end

local function stream(name)
  return helper.merged(helper.ALIYUN_PARAMS.ResumeLiveStream, { StreamName = name })
end

local function streams(...)
  local list = {}
  for i, name in ipairs { ... } do list[i] = stream(name) end
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
    assert.same({ "ok", "invalid_parameter", "invalid_parameter", "ok", "invalid_parameter" },
      codes(report))
    assert.same({ 2, 3, 1 }, { report.succeeded, report.failed, report.requests })
    assert.same({ "a", "b" }, helper.sent(transport.requests[1], "StreamId[]"))
    assert.truthy(report.results[2].message:find(
      "^invalid_parameter: ResumeRTCStreams: StreamId must be"))
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

  it("takes ids as they are when they are not to be checked", function()
    local store = require("streamctl.store.memory").new()
    local rtc, transport
    rtc, transport = helper.zego(helper.script(function()
      assert(rtc:resume_rtc_stream { StreamId = "new id" })
      return stopped("timeout", true)
    end, OK.zego), { store = store, retry = {}, is_test = true, validate = false })
    local report = rtc:batch("ForbidRTCStreams", { "a", "new id", 5, true, "a" })
    assert.same({ "ok", "superseded", "ok", "invalid_parameter", "ok" }, codes(report))
    assert.same({ "a", "new id", "5" }, helper.sent(transport.requests[1], "StreamId[]"))
    assert.same({ "a", "5" }, helper.sent(transport.requests[3], "StreamId[]"))
    assert.truthy(report.results[4].message:find("StreamId must be text, got a boolean", 1, true))
  end)

  it("marks every id of a request that fails, and only those", function()
    local rtc = helper.zego(helper.script(OK.zego,
      response(200, '{"Code":5,"Message":"no","RequestId":"1"}')))
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
    assert.truthy(report.results[2].message:find(
      "the item must be a table of parameters, got a string", 1, true))
  end)

  it("shows how an item is written that is no table", function()
    local function said(client, operation, item, given)
      return client:batch(operation, { item }, given).results[1].message:match "parameters, (.*)$"
    end
    local rtc, live = helper.zego(), helper.aliyun()
    assert.equal('got a string: write { StreamId = "room1-cam1" }',
      said(rtc, "DescribeRTCStreamState", "room1-cam1"))
    assert.equal('got a string: write { AppName = ..., DomainName = ..., StreamName = ... }',
      said(live, "ForbidLiveStream", "s1"))
    assert.equal('got a string: write { StreamName = ... }', said(live, "ForbidLiveStream", "s1",
      { params = { DomainName = "push.example.com", AppName = "app" } }))
    assert.equal('got a number: write { StreamId = ... }',
      said(rtc, "DescribeRTCStreamState", 5))
    assert.equal('got a string: write { StreamId = ... }',
      said(rtc, "DescribeRTCStreamState", "a b\n"))
    assert.equal("got a string", said(rtc, "SomethingNew", "s1"))
  end)

  it("never has two calls for a stream in flight, keeps their order, and uses its "
    .. "concurrency", function()
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
    assert.same({ total = 0, succeeded = 0, failed = 0, requests = 0, elapsed = 0, failures = {},
      results = {} },
      report)
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

  it("throws for what is no batch, at the caller's line", function()
    local live, transport = helper.aliyun()
    local hole, mixed = streams("a", "b", "c"), streams "a"
    hole[2], mixed.name = nil, stream "b"
    for text, arguments in pairs {
      ["did you mean 'concurrency'"] = { {}, { concurency = 1 } },
      ["list of items without gaps or names"] = { hole },
      ["without gaps or names"] = { stream "a" }, -- a map, which holds no item
      ["or an iterator"] = { mixed },
      ["batch takes a list or an iterator of items, got nothing"] = {},
      ["got a string"] = { "a" },
    } do
      local ok, why = pcall(function()
        live:batch("ResumeLiveStream", arguments[1], arguments[2])
      end)
      assert.is_false(ok)
      assert.truthy(why:find("batch_spec.lua:%d+: "), why)
      assert.truthy(why:find(text, 1, true), why)
    end
    assert.equal(0, #transport.requests)
  end)

  it("takes the options of client:call", function()
    local live, transport = helper.aliyun()
    local report = live:batch("SetSomethingNew", { { A = "1" }, { A = "2" } },
      { method = "POST" })
    assert.same({ "ok", "ok" }, codes(report))
    assert.equal("POST", transport.requests[2].method)
    local restore = helper.stub_random(0)
    finally(restore)
    for idempotent, code in pairs { [true] = "ok", [false] = "outcome_unknown" } do
      live = helper.aliyun(helper.script(stopped("timeout", true), OK.aliyun), { retry = {} })
      report = live:batch("SomethingNew", { { A = "1" } }, { idempotent = idempotent })
      assert.same({ code }, codes(report))
    end
  end)

  it("shows what it would send when asked to, and sends nothing", function()
    local rtc, transport = helper.zego()
    local report = rtc:batch("ResumeRTCStreams", ids(25), { dry_run = true })
    assert.same({ 25, 0, 0 }, { report.succeeded, report.requests, #transport.requests })
    local signed = report.results[25].response
    assert.equal("GET", signed.method)
    assert.truthy(signed.url:find("StreamId%%5B%%5D=s25"), signed.url)
    assert.truthy(signed.url:find("Signature=***", 1, true), signed.url)
  end)
end)

-- What is under way at the same time, for items of an operation.
local function most_at_once(client_of, operation, items, given)
  local flying, most = 0, 0
  local client = client_of(function()
    flying = flying + 1
    most = math.max(most, flying)
    loop.sleep(0.5)
    flying = flying - 1
    return client_of == helper.zego and OK.zego or OK.aliyun
  end)
  assert.equal(#items,
    client:batch(operation, items, helper.merged({ concurrency = 20 }, given)).succeeded)
  return most
end

describe("a batch of tables that are about", function()
  it("nothing that is known runs them at the same time", function()
    local items = {}
    for i = 1, 20 do items[i] = { RoomId = "room" .. i, UserId = { "u1" } } end
    assert.equal(20, most_at_once(helper.zego, "KickoutAll", items))
  end)

  it("one thing runs them one after the other, and several things at the same time", function()
    local tasks, create = {}, helper.ALIYUN_PARAMS.CreateLivePullToPush
    for i = 1, 8 do tasks[i] = { Region = "cn-shanghai", TaskId = "task-" .. i % 3 } end
    assert.equal(3, most_at_once(helper.aliyun, "StopLivePullToPush", tasks))
    for i = 1, 8 do
      tasks[i] = helper.merged(create, { DstUrl = "rtmp://dst.example.com/app/" .. i % 4 })
    end
    assert.equal(4, most_at_once(helper.aliyun, "CreateLivePullToPush", tasks))
  end)

  it("things that the option about names do so, too", function()
    local items = {}
    for i = 1, 8 do items[i] = { RoomId = "room" .. i % 2, UserId = { "u" .. i } } end
    assert.equal(2, most_at_once(helper.zego, "KickoutAll", items, { about = { "RoomId" } }))
    -- each is about several users, and shares one with its neighbours
    for i = 1, 8 do items[i] = { RoomId = "room", UserId = { "u" .. i, "u" .. i + 1 } } end
    assert.equal(1, most_at_once(helper.zego, "KickoutAll", items, { about = { "UserId" } }))
    items[3].UserId, items[6].UserId = { "x" }, { "y" }
    assert.equal(5, most_at_once(helper.zego, "KickoutAll", items, { about = { "UserId" } }))
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
    run({ on_progress = function(progress) seen[#seen + 1] = progress end },
      helper.script(function()
      core.sleep(2)
      return OK.aliyun
    end, stopped("dns", false)), streams("a", "b"))
    assert.same({
      { total = 2, done = 1, succeeded = 1, failed = 0, requests = 1, elapsed = 2 },
      { total = 2, done = 2, succeeded = 1, failed = 1, requests = 1, elapsed = 2 },
    }, seen)
  end)

  it("is cancelled by on_progress returning false, and only by that", function()
    local told
    local report, sends = run { on_progress = function(progress)
      told = progress.done
      if progress.done == 2 then return false end
    end }
    assert.equal(4, told) -- also of those that were cancelled
    assert.same({ "ok", "ok", "cancelled", "cancelled" }, codes(report))
    assert.same({ 2, 2, 2, 2 }, { sends, report.requests, report.succeeded, report.failed })
    assert.truthy(report.results[3].message:find(
      "never sent, because on_progress cancelled the batch", 1, true))
  end)

  it("is of what the list held when it began", function()
    local items, live = streams("a", "b"), helper.aliyun()
    local report = live:batch("ResumeLiveStream", items, { on_result = function()
      if #items < 9 then items[#items + 1] = stream("c" .. #items) end
    end })
    assert.same({ 2, 2, 2 }, { report.total, report.succeeded, report.requests })
  end)

  it("goes on when on_progress throws, and asks it no more", function()
    local asked = 0
    local report = run { on_progress = function()
      asked = asked + 1
      error("oops", 0)
    end }
    assert.same({ 1, 4, "callback", "oops" },
      { asked, report.succeeded, report.failure.code, report.failure.thrown })
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
      local left = deadline - core.monotonic()
      core.sleep(math.min(left, 3))
      return left < 3 and stopped("timeout", true) or OK.aliyun
    end)
    assert.same({ "ok", "timeout", "cancelled", "cancelled" }, codes(report))
    assert.same({ 2, 5 }, { sends, report.elapsed })
    assert.truthy(report.results[3].message:find("the time limit of the batch passed", 1, true))
  end)

  it("begins nothing when a loop has ended a call a little before its time", function()
    local report = run({ timeout = 5 }, function(_, deadline)
      core.sleep(deadline - core.monotonic() - 0.009)
      return stopped("timeout", true)
    end)
    assert.same({ "timeout", "cancelled", "cancelled", "cancelled" }, codes(report))
  end)
end)

describe("a batch that is paced", function()
  it("takes (N - 1) / R, also beyond the time limit of one call", function()
    local live = helper.aliyun(nil,
      { rate_limit = 0.1, timeout = 5, store = require("streamctl.store.memory").new() })
    local report = live:batch("ResumeLiveStream", streams("a", "b", "c", "d"))
    assert.equal(4, report.succeeded)
    assert.is_true(report.elapsed >= 30 and report.elapsed < 30.2)
  end)

  it("says of a call that failed how long all of it took", function()
    local live = helper.aliyun(stopped("dns", false),
      { rate_limit = 0.1, timeout = 5, store = require("streamctl.store.memory").new() })
    local report = live:batch("ResumeLiveStream", streams("a", "b"))
    assert.equal(0, report.results[1].err.elapsed)
    assert.is_true(report.results[2].err.elapsed >= 10)
  end)

  it("pauses for a second when the vendor does not say for how long", function()
    local sent, start = {}, core.monotonic()
    local live = helper.aliyun(function()
      local number = #sent + 1
      sent[number] = core.monotonic() - start
      loop.sleep(number == 2 and 0.005 or 0.01) -- it is answered first
      return number == 2 and response(429, "") or OK.aliyun
    end)
    live:batch("ResumeLiveStream", streams("a", "b", "c", "d", "e"), { concurrency = 4 })
    assert.is_true(sent[5] >= 1 and sent[5] < 1.1, sent[5])
  end)

  it("has a time limit of its own, and its calls have the client's", function()
    local lefts = {}
    local live = helper.aliyun(function(_, deadline)
      lefts[#lefts + 1] = deadline - core.monotonic()
      return OK.aliyun
    end, { timeout = 3 })
    assert(live:batch("ResumeLiveStream", streams("a", "b"), { timeout = 100 }))
    assert.same({ 3, 3 }, lefts)
  end)

  it("pauses as a whole when the vendor says that it is too fast", function()
    local restore = helper.stub_random(0)
    finally(restore)
    local throttled = response(429, '{"Code":"Throttling.User","Message":"slow","RequestId":"1"}',
      "x-acs-retry-after: 7000\r\n")
    for _, case in ipairs { { { attempts = 2 }, 10, 3 }, { false, 10, 3 }, { false, false, 5 } } do
      local retry, rate_limit, first_held = case[1], case[2], case[3]
      local sent, start = {}, core.monotonic()
      local live = helper.aliyun(function()
        local number = #sent + 1
        sent[number] = core.monotonic() - start
        loop.sleep(number == 2 and 0.005 or 0.01) -- it is answered first
        return number == 2 and throttled or OK.aliyun
      end, { retry = retry, rate_limit = rate_limit, timeout = 20,
        store = require("streamctl.store.memory").new() })
      local report = live:batch("ResumeLiveStream", streams("a", "b", "c", "d", "e", "f"),
        { concurrency = 4 })
      assert.equal(retry and 6 or 5, report.succeeded)
      assert.equal(retry and 7 or 6, #sent)
      assert.is_true(sent[2] < 0.2)
      assert.is_true(sent[first_held] >= sent[2] + 7, sent[first_held])
    end
  end)
end)
