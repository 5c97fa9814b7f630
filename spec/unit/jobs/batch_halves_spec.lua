-- Requests of several ids that the vendor refuses for one of them.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local loop = require "streamctl.loop.pick"
local memory = require "streamctl.store.memory"

local codes, response = helper.codes, helper.response

local function ids(count)
  local list = {}
  for i = 1, count do list[i] = "s" .. i end
  return list
end

local function refusal(code, message, status)
  return response(status or 200,
    ('{"Code":%.0f,"Message":"%s","RequestId":"7"}'):format(code, message or "no"))
end

local OK = response(200, helper.SUCCESS.zego)

-- A vendor that refuses a whole request for each of these ids, with its code.
local function refusing(bad, name)
  return function(request)
    for _, id in ipairs(helper.sent(request, name or "StreamId[]")) do
      if bad[id] then return refusal(bad[id]) end
    end
    return OK
  end
end

-- What failed, by item.
local function failed(report)
  local found = {}
  for _, result in ipairs(report.results) do
    if not result.ok then found[result.item] = result.err.vendor_code or result.err.code end
  end
  return found
end

local function sizes(transport, name)
  local list = {}
  for i, request in ipairs(transport.requests) do
    list[i] = #helper.sent(request, name or "StreamId[]")
  end
  return list
end

before_each(function() helper.freeze() end)
after_each(helper.thaw)

describe("a request that is refused for one of its ids", function()
  it("goes again in halves until that one stands alone, in few requests", function()
    local most = 0
    for at = 1, 20 do
      local rtc, transport = helper.zego(refusing { ["s" .. at] = 30009 })
      local report = rtc:batch("ResumeRTCStreams", ids(20))
      assert.same({ ["s" .. at] = 30009 }, failed(report))
      assert.same({ 19, 1, #transport.requests },
        { report.succeeded, report.failed, report.requests })
      assert.truthy(report.results[at].message:find("^vendor: Code 30009: no"))
      for i, result in ipairs(report.results) do assert.equal("s" .. i, result.item) end
      most = math.max(most, report.requests - 1)
    end
    assert.is_true(most <= 2 * math.log(20) / math.log(2) + 1, most)
  end)

  it("has each of several fail alone, with its own code", function()
    local bad = { s1 = 30006, s2 = 2, s20 = 41004, s33 = 1, s45 = 30009 }
    local rtc = helper.zego(refusing(bad))
    assert.same(bad, failed(rtc:batch("ForbidRTCStreams", ids(45))))
    bad = {}
    for _, id in ipairs(ids(20)) do bad[id] = 30009 end
    local transport
    rtc, transport = helper.zego(refusing(bad))
    assert.same(bad, failed(rtc:batch("ForbidRTCStreams", ids(20))))
    assert.equal(39, #transport.requests)
  end)

  it("does so with ids of an iterator, and hands each result out once", function()
    local rtc, at, seen = helper.zego(refusing { s7 = 30009 }), 0, {}
    local report = rtc:batch("ResumeRTCStreams", function()
      at = at + 1
      return at <= 40 and "s" .. at or nil
    end, { on_result = function(result)
      assert.is_nil(seen[result.index])
      seen[result.index] = result
    end })
    assert.same({ 40, 39, 1 }, { report.total, report.succeeded, report.failed })
    assert.same({ s7 = 30009 }, failed { results = seen })
  end)

  it("sends an id of an iterator again that comes when its half has ended", function()
    local rtc, transport = helper.zego(refusing { s7 = 30009 })
    local at = 0
    local report = rtc:batch("ResumeRTCStreams", function()
      at = at + 1
      return at <= 20 and "s" .. at or at == 21 and "s1" or nil
    end, { concurrency = 1 })
    assert.is_true(report.results[21].ok)
    assert.same({ "s1" }, helper.sent(transport.requests[#transport.requests], "StreamId[]"))
  end)

  it("gives repeated ids what came of their half", function()
    local rtc = helper.zego(refusing { b = 30009 })
    local report = rtc:batch("ResumeRTCStreams", { "a", "b", "a", "c", "b", "d" })
    assert.same({ "ok", "vendor", "ok", "ok", "vendor", "ok" }, codes(report))
    local transport -- what is thought to be bad is sent alone, also when it stands there twice
    rtc, transport = helper.zego(helper.script(refusal(30009), OK))
    report = rtc:batch("ResumeRTCStreams", { "a", "b", "b" })
    assert.same({ 3, { 2, 1, 1 } }, { report.succeeded, sizes(transport) })
    local many = ids(20) -- and those that come when it has ended
    many[21], many[22] = "s1", "s9"
    rtc = helper.zego(refusing { s9 = 30009 })
    report = rtc:batch("ResumeRTCStreams", many, { concurrency = 1 })
    assert.is_true(report.results[21].ok)
    assert.same({ "vendor", 2 }, { report.results[22].err.code, report.failed })
  end)

  it("keeps the documented rate", function()
    local rtc = helper.zego(refusing { s7 = 30009 }, { rate_limit = 10 })
    local report = rtc:batch("ResumeRTCStreams", ids(20))
    assert.is_true(report.requests > 5)
    assert.is_true(report.elapsed >= (report.requests - 1) / 10, report.elapsed)
  end)

  it("goes in halves for each code that may be about one id", function()
    local room = { params = { RoomId = "r" } }
    for operation, its in pairs {
      ResumeRTCStreams = { { 1, 2, 1006, 30006, 30009, 41003, 41004, 41006, 42003, 42004 } },
      KickoutUser = { { 2, 3, 105, 138, 50003, 50011 }, room },
      DeleteMedia = { { 2, 1000, 41003 }, { params = { Vendor = "Huawei" } } },
      DescribeUserNum = { { 1, 2, 3, 105, 138, 50003, 50011, 104, 5018, 5024, 50001 } },
    } do
      for _, code in ipairs(its[1]) do
        local rtc, transport = helper.zego(refusal(code))
        assert.equal(4, rtc:batch(operation, ids(4), its[2]).failed)
        assert.equal(7, #transport.requests, operation .. " " .. code)
      end
    end
    for _, code in ipairs { "InvalidParam", "InvalidTerminalId.Malformed" } do
      local live, transport =
        helper.aliyun(response(400, ('{"Code":"%s","RequestId":"r"}'):format(code)))
      live:batch("RemoveTerminals", ids(4), { params = { AppId = "a", ChannelId = "c" } })
      assert.equal(7, #transport.requests, code)
    end
  end)

  it("stays whole when its code is about the account or the whole request", function()
    for code, message in pairs {
      [100000005] = "signature wrong", [100000017] = "not enabled", [30002] = "too fast",
      [30004] = "IsTest", [30005] = "bad AppId", [3] = "who are you", [30003] = "internal",
      [100000010] = "no secret", [1] = "sequence not increasing",
    } do
      local rtc, transport = helper.zego(refusal(code, message))
      local report = rtc:batch("ResumeRTCStreams", ids(20))
      assert.same({ 20, 1 }, { report.failed, #transport.requests }, message)
    end
    local rtc, transport = helper.zego(refusal(104, "no such room")) -- it is for all of them
    rtc:batch("KickoutUser", ids(4), { params = { RoomId = "r" } })
    assert.equal(1, #transport.requests)
    rtc, transport = helper.zego(refusal(104, "no such room"))
    rtc:batch("DescribeUserNum", ids(4))
    assert.equal(7, #transport.requests)
  end)

  it("goes in halves after a failure of the batch only where that is harmless", function()
    local rtc, transport = helper.zego(helper.script(refusal(42004), OK))
    assert.equal(4, rtc:batch("ResumeRTCStreams", ids(4)).succeeded)
    assert.same({ 4, 2, 1, 1 }, sizes(transport))
    rtc, transport = helper.zego(helper.script(refusal(1), OK)) -- "failed, contact support"
    assert.equal(0, rtc:batch("KickoutUser", ids(4), { params = { RoomId = "r" } }).succeeded)
    assert.equal(1, #transport.requests)
  end)

  it("of what must not be repeated goes again when it was certainly not executed", function()
    local room = { params = { RoomId = "r" }, concurrency = 1 }
    local rtc, transport = helper.zego(refusing({ s3 = 2 }, "UserId[]"))
    local told = {}
    room.on_send = function(what)
      local list = {}
      for i, result in ipairs(what.items) do list[i] = result.item end
      told[#told + 1] = table.concat(list, " ") .. (what.safe and " safe" or "")
      assert.equal(#told - 1, #transport.requests) -- before it goes out
    end
    local report = rtc:batch("KickoutUser", ids(5), room)
    assert.same({ "ok", "ok", "vendor", "ok", "ok" }, codes(report))
    assert.same({ "s1 s2 s3 s4 s5", "s1 s2", "s3", "s4 s5" }, told)
    for _, answer in ipairs { refusal(2, "no", 503), refusal(1),
      helper.stopped("timeout", true) } do
      rtc, transport = helper.zego(answer)
      report = rtc:batch("KickoutUser", ids(5), { params = { RoomId = "r" } })
      assert.equal(1, #transport.requests)
      for i = 1, 5 do assert.equal("outcome_unknown", report.results[i].err.code) end
    end
  end)

  it("does so at Alibaba Cloud", function()
    local room = { params = { AppId = "a", ChannelId = "c" } }
    local live = helper.aliyun(function(request)
      for i = 1, #request.params, 2 do
        if request.params[i + 1] == "s3" then
          return response(400, '{"Code":"InvalidParameter","Message":"no","RequestId":"r"}')
        end
      end
      return response(200, helper.SUCCESS.aliyun)
    end)
    local report = live:batch("RemoveTerminals", ids(5), room)
    assert.same({ "ok", "ok", "vendor", "ok", "ok" }, codes(report))
    live = helper.aliyun(response(403, '{"Code":"Forbidden.RAM","RequestId":"r"}'))
    report = live:batch("RemoveTerminals", ids(5), room)
    assert.same({ 5, 1 }, { report.failed, report.requests })
  end)

  it("is looked after when its half went through", function()
    local rtc = helper.zego(function(request)
      if request.action == "DescribeRTCStreamState" then return refusal(41004) end
      return refusing { b = 30009 }(request)
    end)
    local report = rtc:batch("ForbidRTCStreams", { "a", "b", "c", "d" }, { check = true })
    assert.same({ "ok", "vendor", "ok", "ok" }, codes(report))
    for _, i in ipairs { 1, 3, 4 } do assert.is_true(report.results[i].response.checked) end
  end)

  for seen, wanted in pairs { [41004] = "ok", [0] = "unconfirmed" } do
    it("is looked after when all of its halves were sent: " .. wanted, function()
      local looked, late, started = false, 0, core.monotonic()
      local rtc = helper.zego(function(request)
        looked = looked or request.action == "DescribeRTCStreamState"
        if request.action == "DescribeRTCStreamState" then return refusal(seen) end
        late = late + (looked and 1 or 0)
        return refusing { b = 30009 }(request)
      end)
      local done = {}
      local report = rtc:batch("ForbidRTCStreams", { "b", "a", "c", "d" }, { check = true,
        on_progress = function(progress) done[#done + 1] = progress.done end })
      assert.same({ "vendor", wanted, wanted, wanted }, codes(report))
      assert.equal(0, late)
      assert.same({ 1, 2, 4 }, done)
      assert.is_true(core.monotonic() - started < 2 * 60) -- both halves at the same time
      assert.equal(seen == 0 and 1 or nil, (report.results[3].err or {}).attempts)
    end)
  end

  it("is as old in halves as it was whole", function()
    local store = memory.new()
    local other = helper.zego(nil, { store = store })
    local vendor, sent = refusing { b = 30009 }, 0
    local rtc, transport = helper.zego(function(request)
      sent = sent + 1
      local answer = vendor(request)
      if sent == 1 then assert(other:resume_rtc_streams { StreamId = { "a", "d" } }) end
      return answer
    end, { store = store })
    local report = rtc:batch("ForbidRTCStreams", { "a", "b", "c", "d" })
    assert.same({ "superseded", "vendor", "ok", "superseded" }, codes(report))
    for i = 2, #transport.requests do
      for _, id in ipairs(helper.sent(transport.requests[i], "StreamId[]")) do
        assert.is_true(id == "b" or id == "c", id)
      end
    end
  end)

  it("gives way with a whole half, too", function()
    local store = memory.new()
    local other = helper.zego(nil, { store = store })
    local vendor, sent = refusing { b = 30009 }, 0
    local rtc, transport = helper.zego(function(request)
      sent = sent + 1
      if sent == 1 then assert(other:resume_rtc_streams { StreamId = { "a", "b" } }) end
      return vendor(request)
    end, { store = store })
    local report = rtc:batch("ForbidRTCStreams", { "a", "b", "c", "d" })
    assert.same({ "superseded", "superseded", "ok", "ok" }, codes(report))
    assert.same({ 4, 2 }, sizes(transport))
  end)

  it("may have been executed in a half whose transport throws", function()
    local rtc = helper.zego(helper.script(refusal(2), function() error "boom" end))
    local report = rtc:batch("KickoutUser", ids(4), { params = { RoomId = "r" } })
    for _, result in ipairs(report.results) do
      assert.same({ "outcome_unknown", true }, { result.err.code, result.err.maybe_sent })
    end
  end)

  it("does not send again what gave way before it was refused", function()
    local store = memory.new()
    local other = helper.zego(nil, { store = store })
    local vendor = refusing { b = 30009 }
    local rtc, transport
    rtc, transport = helper.zego(function(request)
      if #transport.requests > 1 then return vendor(request) end
      assert(other:resume_rtc_stream { StreamId = "a" })
      return helper.stopped("timeout", true)
    end, { store = store, retry = { base = 0.001 } })
    local report = rtc:batch("ForbidRTCStreams", { "a", "b", "c", "d" })
    assert.same({ "superseded", "vendor", "ok", "ok" }, codes(report))
    assert.same({ 4, 3 }, { sizes(transport)[1], sizes(transport)[2] })
  end)

  it("does not send it again either when the store has forgotten why", function()
    local store = memory.new()
    local other = helper.zego(nil, { store = store })
    local vendor = refusing { b = 30009 }
    local rtc, transport
    rtc, transport = helper.zego(function(request)
      if #transport.requests == 1 then
        assert(other:resume_rtc_stream { StreamId = "a" })
        core.sleep(40)
        return helper.stopped("timeout", true)
      end
      if #transport.requests == 2 then core.sleep(25) end
      return vendor(request)
    end, { store = store, retry = { base = 0.001 }, timeout = 200, attempt_timeout = 30 })
    local report = rtc:batch("ForbidRTCStreams", { "a", "b", "c", "d" })
    assert.same({ "superseded", "vendor", "ok", "ok" }, codes(report))
    for i = 3, #transport.requests do
      assert.not_equal("a", helper.sent(transport.requests[i], "StreamId[]")[1])
    end
  end)

  it("does not go again when nobody knows any more whether a newer call was made", function()
    local store = memory.new()
    local other = helper.zego(nil, { store = store })
    local rtc, transport
    rtc, transport = helper.zego(function()
      if #transport.requests == 1 then return refusal(30009) end
      assert(other:resume_rtc_stream { StreamId = "d" })
      core.sleep(70)
      return OK
    end, { store = store })
    local report = rtc:batch("ForbidRTCStreams", { "a", "b", "c", "d" })
    assert.same({ "ok", "ok", "vendor", "vendor" }, codes(report))
    assert.same({ 4, 2 }, sizes(transport))
    assert.truthy(report.results[4].message:find("newer call", 1, true), report.results[4].message)
    -- the whole may have taken long itself
    rtc, transport = helper.zego(function()
      core.sleep(#transport.requests == 1 and 40 or 15)
      return #transport.requests == 1 and refusal(30009) or OK
    end, { timeout = 200, attempt_timeout = 45 })
    report = rtc:batch("ForbidRTCStreams", { "a", "b", "c", "d" })
    assert.same({ "ok", "ok", "vendor", "vendor" }, codes(report))
    -- stores forget by the wall clock, which somebody may set
    rtc, transport = helper.zego(function()
      if #transport.requests == 1 then return refusal(30009) end
      core.set_clock(core.now() + 100, core.monotonic())
      return OK
    end)
    report = rtc:batch("ForbidRTCStreams", { "a", "b", "c", "d" })
    assert.same({ "ok", "ok", "vendor", "vendor" }, codes(report))
    -- where there is no order, there is nothing to know
    rtc, transport = helper.zego(function()
      if #transport.requests == 1 then return refusal(2) end
      core.sleep(70)
      return OK
    end)
    report = rtc:batch("KickoutUser", { "a", "b", "c", "d" }, { params = { RoomId = "r" } })
    assert.equal(4, report.succeeded)
  end)

  it("tells its number in the order of intents only when asked", function()
    for intent, kind in pairs { [false] = "nil", [true] = "number" } do
      local rtc = helper.zego(refusing { b = 30009 })
      local report = rtc:batch("ForbidRTCStreams", { "a", "b", "c", "d" },
        { intent = intent or nil })
      assert.same({ "ok", "vendor", "ok", "ok" }, codes(report))
      for _, i in ipairs { 1, 3, 4 } do
        assert.equal(kind, type(report.results[i].response.intent))
      end
    end
  end)
end)

describe("a request that would go again in halves", function()
  local function run(given, answer)
    local rtc, transport = helper.zego(answer or refusing { s3 = 30009 })
    given.concurrency = 1
    return rtc:batch("ForbidRTCStreams", ids(8), given), transport
  end

  it("does not when the batch is to stop, and has failed as it was refused", function()
    local sent, vendor, given = 0, refusing { s3 = 30009 }, {}
    function given.should_stop() return sent == 2 and "SIGINT" or nil end
    local report, transport = run(given, function(request)
      sent = sent + 1
      return vendor(request)
    end)
    assert.same({ 8, 4 }, sizes(transport))
    assert.equal(8, report.failed)
    for i = 1, 8 do
      local result = report.results[i]
      assert.same({ "vendor", 30009, false },
        { result.err.code, result.err.vendor_code, result.err.maybe_sent })
      assert.truthy(result.message:find("SIGINT", 1, true), result.message)
    end
  end)

  it("does not beyond the batch's time", function()
    local report, transport = run({ timeout = 5 }, function()
      core.sleep(6)
      return refusal(30009)
    end)
    assert.same({ 8 }, sizes(transport))
    for i = 1, 8 do
      assert.equal(30009, report.results[i].err.vendor_code)
      assert.truthy(report.results[i].message:find("the time limit of the batch", 1, true))
    end
  end)

  it("does not when on_send refuses, or when a failure is to end the batch", function()
    local asked = 0
    local report, transport = run { on_send = function()
      asked = asked + 1
      if asked == 2 then return false, "the disk is full" end
    end }
    assert.same({ 2, { 8 } }, { asked, sizes(transport) })
    assert.truthy(report.results[8].message:find("the disk is full", 1, true))
    assert.equal(30009, report.results[8].err.vendor_code)
    report, transport = run { stop_on_error = true }
    assert.same({ 8, { 8 } }, { report.failed, sizes(transport) })
  end)

  for when, wanted in pairs { ["its look"] = "DescribeRTCStreamState", ["the next half"] = "s3" } do
    it("is accounted for when the batch is interrupted at " .. when, function()
      local real, seen = core.sleep, {}
      finally(function() core.sleep = real end)
      local vendor, count = refusing { s1 = 30009 }, 0
      local rtc = helper.zego(function(request)
        count = count + 1
        local id = helper.sent(request, "StreamId[]")[1]
        if request.action == wanted or (id == wanted and count > 1) then
          core.sleep = function() error("interrupted!", 0) end
          loop.sleep(1)
        end
        return vendor(request)
      end)
      assert.error_matches(function()
        rtc:batch("ForbidRTCStreams", ids(4), { check = true, on_result = function(result)
          assert.is_nil(seen[result.index])
          seen[result.index] = result.err.vendor_code or result.err.code
        end })
      end, "interrupted!")
      assert.same({ 30009, "connect", "connect", "connect" }, seen)
    end)
  end

  it("is accounted for when the batch is interrupted", function()
    local real, seen = core.sleep, {}
    finally(function() core.sleep = real end)
    local rtc = helper.zego(helper.script(refusal(30009), function()
      core.sleep = function() error("interrupted!", 0) end
      loop.sleep(1)
    end))
    assert.error_matches(function()
      rtc:batch("ForbidRTCStreams", ids(4), { on_result = function(result)
        seen[result.index] = result.err.vendor_code or result.err.code
      end })
    end, "interrupted!")
    assert.same({ "connect", "connect", 30009, 30009 }, seen)
  end)
end)
