-- Requests of several ids that the vendor refuses for one of them.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local loop = require "streamctl.loop.pick"
local memory = require "streamctl.store.memory"

local codes, ids, response = helper.codes, helper.ids, helper.response

local function refusal(code, message, status)
  return response(status or 200,
    ('{"Code":%.0f,"Message":"%s","RequestId":"7"}'):format(code, message or "no"))
end

local OK = helper.OK.zego
local ROOM = { params = { RoomId = "r" } }
local FOUR = { "a", "b", "c", "d" }

local function sent(request, name) return helper.sent(request, name or "StreamId[]") end

-- A vendor that refuses a whole request for each of these ids, with its code.
local function refusing(bad, name)
  return function(request)
    for _, id in ipairs(sent(request, name)) do
      if bad[id] then return refusal(bad[id]) end
    end
    return OK
  end
end

-- What failed, by item.
local function failed(results)
  local found = {}
  for _, result in pairs(results) do
    if not result.ok then found[result.item] = result.err.vendor_code or result.err.code end
  end
  return found
end

local function sizes(transport, name)
  local list = {}
  for i, request in ipairs(transport.requests) do list[i] = #sent(request, name) end
  return list
end

helper.stand_still()

describe("a request that is refused for one of its ids", function()
  it("goes again in halves until that one stands alone, in few requests", function()
    for at = 1, 20 do
      local rtc, transport = helper.zego(refusing { ["s" .. at] = 30009 })
      local report = rtc:batch("ResumeRTCStreams", ids(20))
      assert.same({ ["s" .. at] = 30009 }, failed(report.failures))
      assert.same({ 19, 1, #transport.requests },
        { report.succeeded, report.failed, report.requests })
      assert.truthy(report.results[at].message:find("^vendor: Code 30009: no"))
      for i, result in ipairs(report.results) do assert.equal("s" .. i, result.item) end
      assert.is_true(report.requests - 1 <= 9, report.requests)
    end
  end)

  it("has each of several fail alone, with its own code", function()
    local bad = { s1 = 30006, s2 = 2, s20 = 41004, s33 = 1, s45 = 30009 }
    assert.same(bad, failed(helper.zego(refusing(bad)):batch("ForbidRTCStreams", ids(45)).failures))
    for _, id in ipairs(ids(20)) do bad[id] = 30009 end
    local rtc, transport = helper.zego(refusing(bad))
    assert.equal(20, rtc:batch("ForbidRTCStreams", ids(20)).failed)
    assert.equal(39, #transport.requests)
  end)

  it("does so with ids of an iterator, and hands each result out once", function()
    local rtc, transport = helper.zego(refusing { s7 = 30009 })
    local at, seen = 0, {}
    local report = rtc:batch("ResumeRTCStreams", function()
      at = at + 1 -- s1 comes again when its half has ended
      return at <= 20 and "s" .. at or at == 21 and "s1" or nil
    end, { concurrency = 1, on_result = function(result)
      assert.is_nil(seen[result.index])
      seen[result.index] = result
    end })
    assert.same({ 21, 20, 1 }, { report.total, report.succeeded, report.failed })
    assert.same({ s7 = 30009 }, failed(seen))
    assert.same({ "s1" }, sent(transport.requests[#transport.requests]))
  end)

  local late = ids(20) -- two of them come again when their half has ended
  late[21], late[22] = "s1", "s9"
  for title, case in pairs {
    ["in one request"] = { { "a", "b", "a", "c", "b", "d" }, refusing { b = 30009 }, "b" },
    ["when it is thought to be bad"] = { { "a", "b", "b" }, helper.script(refusal(30009), OK),
      sizes = { 2, 1, 1 } },
    ["when it has ended"] = { late, refusing { s9 = 30009 }, "s9" },
  } do
    it("gives repeated ids what came of their half, " .. title, function()
      local rtc, transport = helper.zego(case[2])
      local report = rtc:batch("ResumeRTCStreams", case[1], { concurrency = 1 })
      for i, id in ipairs(case[1]) do
        local result = report.results[i]
        assert.same({ id ~= case[3], id == case[3] and "vendor" or nil },
          { result.ok, result.err and result.err.code })
      end
      if case.sizes then assert.same(case.sizes, sizes(transport)) end
    end)
  end

  for operation, its in pairs {
    ResumeRTCStreams = { { 1, 2, 1006, 30006, 30009, 41003, 41004, 41006, 42003, 42004 } },
    KickoutUser = { { 2, 3, 105, 138, 50003, 50011 }, ROOM },
    DeleteMedia = { { 2, 1000, 41003 }, { params = { Vendor = "Huawei" } } },
    DescribeUserNum = { { 1, 2, 3, 105, 138, 50003, 50011, 104, 5018, 5024, 50001 } },
    RemoveTerminals = { { "InvalidParam", "InvalidTerminalId.Malformed" },
      { params = { AppId = "a", ChannelId = "c" } } },
  } do
    it("goes in halves for each code that may be about one id: " .. operation, function()
      for _, code in ipairs(its[1]) do
        local client, transport
        if type(code) == "number" then
          client, transport = helper.zego(refusal(code))
        else
          client, transport =
            helper.aliyun(response(400, ('{"Code":"%s","RequestId":"r"}'):format(code)))
        end
        assert.equal(4, client:batch(operation, ids(4), its[2]).failed)
        assert.equal(7, #transport.requests, code)
      end
    end)
  end

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
    rtc:batch("KickoutUser", ids(4), ROOM)
    assert.equal(1, #transport.requests)
    local live = helper.aliyun(response(403, '{"Code":"Forbidden.RAM","RequestId":"r"}'))
    local report = live:batch("RemoveTerminals", ids(5),
      { params = { AppId = "a", ChannelId = "c" } })
    assert.same({ 5, 1 }, { report.failed, report.requests })
  end)

  it("goes in halves after a failure of the batch only where that is harmless", function()
    local rtc, transport = helper.zego(helper.script(refusal(42004), OK))
    assert.equal(4, rtc:batch("ResumeRTCStreams", ids(4)).succeeded)
    assert.same({ 4, 2, 1, 1 }, sizes(transport))
    local lost = helper.stopped("timeout", true)
    for _, answer in ipairs { refusal(1), refusal(2, "no", 503), lost } do
      rtc, transport = helper.zego(answer)
      local report = rtc:batch("KickoutUser", ids(5), ROOM)
      assert.equal(1, #transport.requests)
      for _, result in ipairs(report.results) do
        assert.equal("outcome_unknown", result.err.code)
      end
    end
  end)

  it("of what must not be repeated goes again when it was certainly not executed", function()
    local rtc, transport = helper.zego(refusing({ s3 = 2 }, "UserId[]"))
    local told = {}
    local report = rtc:batch("KickoutUser", ids(5), { params = ROOM.params, concurrency = 1,
      on_send = function(what)
        local list = {}
        for i, result in ipairs(what.items) do list[i] = result.item end
        told[#told + 1] = table.concat(list, " ") .. (what.safe and " safe" or "")
        assert.equal(#told - 1, #transport.requests) -- before it goes out
      end })
    assert.same({ "ok", "ok", "vendor", "ok", "ok" }, codes(report))
    assert.same({ "s1 s2 s3 s4 s5", "s1 s2", "s3", "s4 s5" }, told)
  end)

  it("tells its number in the order of calls", function()
    local report = helper.zego(refusing { b = 30009 }):batch("ForbidRTCStreams", FOUR)
    assert.same({ "ok", "vendor", "ok", "ok" }, codes(report))
    for _, i in ipairs { 1, 3, 4 } do
      assert.is_number(report.results[i].answer.info.stamp)
    end
  end)
end)

-- What the vendor, and somebody else, do at the first, the second ... request; "b" is bad.
describe("a half is as old as the whole:", function()
  local function resume(...)
    local list = { ... }
    return function(other) assert(other:resume_rtc_streams { StreamId = list }) end
  end
  local function slept(seconds, answer)
    return function()
      core.sleep(seconds)
      return answer
    end
  end
  local patient = { timeout = 200, attempt_timeout = 45 }

  for title, case in pairs {
    ["it gives way for what is newer"] = { { "superseded", "vendor", "ok", "superseded" },
      never = { a = true, d = true }, resume("a", "d") },
    ["it gives way whole"] = { { "superseded", "superseded", "ok", "ok" }, sizes = { 4, 2 },
      resume("a", "b") },
    ["what gave way before is not sent again"] = { { "superseded", "vendor", "ok", "ok" },
      never = { a = true }, function(other)
        resume "a"(other)
        return helper.stopped("timeout", true)
      end },
    ["what gave way is not sent when the store has forgotten why"] = {
      { "superseded", "vendor", "ok", "ok" }, never = { a = true },
      options = { timeout = 200, attempt_timeout = 30 }, function(other)
        resume "a"(other)
        return slept(40, helper.stopped("timeout", true))()
      end, slept(25) },
    ["it does not go when nobody knows any more of newer calls"] = {
      { "ok", "ok", "cancelled", "cancelled" }, sizes = { 4, 2 }, says = "newer call",
      slept(0, refusal(30009)), function(other)
        resume "d"(other)
        return slept(70, OK)()
      end },
    ["the whole may have taken long itself"] = { { "ok", "ok", "cancelled", "cancelled" },
      options = patient, slept(40, refusal(30009)), slept(15, OK) },
    ["stores forget by the wall clock, which may be set"] = {
      { "ok", "ok", "cancelled", "cancelled" },
      slept(0, refusal(30009)), function()
        core.set_clock(core.now() + 100, core.monotonic())
        return OK
      end },
    ["where there is no order, there is nothing to know"] = { { "ok", "ok", "ok", "ok" },
      operation = "KickoutUser", given = ROOM, slept(0, refusal(2)), slept(70, OK), slept(70, OK) },
  } do
    it(title, function()
      local store, vendor = memory.new(), refusing { b = 30009 }
      local other = helper.zego(nil, { store = store })
      local rtc, transport
      rtc, transport = helper.zego(function(request)
        local act = case[1 + #transport.requests]
        return act and act(other) or vendor(request)
      end, helper.merged({ store = store, retry = { base = 0.001 } }, case.options))
      local report = rtc:batch(case.operation or "ForbidRTCStreams", FOUR, case.given)
      assert.same(case[1], codes(report))
      if case.sizes then assert.same(case.sizes, sizes(transport)) end
      for i = 2, #transport.requests do
        -- the second one may be the whole again, which gives way on its way
        for _, id in ipairs(sent(transport.requests[i])) do
          assert.is_nil((case.never or {})[id], id)
        end
      end
      if case.says then
        assert.truthy(report.results[4].message:find(case.says, 1, true))
      end
    end)
  end
end)

describe("a request that would go again in halves", function()
  -- Options and what the vendor does; how many ids went out, what the messages say.
  for title, make in pairs {
    ["the batch is to stop"] = function(given, state)
      function given.should_stop() return state.sent == 2 and "SIGINT" or nil end
      return { 8, 4 }, "never sent, because SIGINT"
    end,
    ["the batch's time is over"] = function(given, state)
      given.timeout, state.slow = 5, 6
      return { 8 }, "never sent, because the time limit of the batch passed"
    end,
    ["on_send refuses"] = function(given, state)
      function given.on_send()
        if state.sent > 0 then return false, "the disk is full" end
      end
      return { 8 }, "never sent, because the disk is full"
    end,
  } do
    it("does not when " .. title .. ", and tells what was never judged", function()
      local given, state, vendor = { concurrency = 1 }, { sent = 0 }, refusing { s3 = 30009 }
      local wanted, says = make(given, state)
      local rtc, transport = helper.zego(function(request)
        state.sent = state.sent + 1
        core.sleep(state.slow or 0)
        return vendor(request)
      end)
      local report = rtc:batch("ForbidRTCStreams", ids(8), given)
      assert.same({ wanted, 8 }, { sizes(transport), report.unsent })
      for _, result in ipairs(report.results) do
        assert.same({ "cancelled", "unsent", false },
          { result.err.code, result.err.outcome, result.err.maybe_sent })
        assert.truthy(result.message:find(says), result.message)
      end
    end)
  end

  for title, case in pairs {
    ["the next half"] = { "s3", { 30009, "ok", "connect", "connect" }, "s1" },
    ["its first half"] = { "s1", { "connect", "connect", "cancelled", "cancelled" }, "s1" },
    ["a half that was divided at once"] = { "s3", { "ok", "ok", "connect", "cancelled" }, "s4" },
  } do
    it("is accounted for when the batch is interrupted at " .. title, function()
      local real, seen = core.sleep, {}
      finally(function() core.sleep = real end)
      local vendor, count = refusing { [case[3]] = 30009 }, 0
      local rtc = helper.zego(function(request)
        count = count + 1
        if sent(request)[1] == case[1] and count > 1 then
          core.sleep = function() error("interrupted!", 0) end
          loop.sleep(1)
        end
        return vendor(request)
      end)
      assert.error_matches(function()
        rtc:batch("ForbidRTCStreams", ids(4), { on_result = function(result)
          assert.is_nil(seen[result.index])
          seen[result.index] = result.ok and "ok" or result.err.vendor_code or result.err.code
        end })
      end, "interrupted!")
      assert.same(case[2], seen)
    end)
  end

  -- A call for the first id, by another process with the same store.
  local function forbid(store)
    return helper.zego(nil, { store = store }):forbid_rtc_stream { StreamId = "s1" }
  end

  it("is unsent when its process was stopped too long to know of newer calls", function()
    local store, vendor = memory.new(), refusing { s2 = 30009 }
    local rtc, transport = helper.zego(function(request)
      core.sleep(1)
      assert(forbid(store))
      core.sleep(100) -- stopped, and the answer waits
      return vendor(request)
    end, { store = store })
    local report = rtc:batch("ResumeRTCStreams", ids(2), { attempt_timeout = 10 })
    assert.equal(1, #transport.requests)
    assert.same({ s1 = "cancelled", s2 = "cancelled" }, failed(report.results))
  end)

  it("tells of an id that gave way after an attempt that it may have been executed", function()
    local store = memory.new()
    local rtc = helper.zego(helper.script(function()
      assert(forbid(store))
      return helper.stopped("timeout", true)
    end, OK), { store = store, retry = {} })
    local result = rtc:batch("ResumeRTCStreams", ids(2)).results[1]
    assert.same({ "superseded", true, 2 },
      { result.err.code, result.err.maybe_sent, result.err.attempts })
  end)
end)
