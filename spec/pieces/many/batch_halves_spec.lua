-- Requests of several ids that the vendor refuses for one of them.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local loop = require "streamctl.loop.pick"
local memory = require "streamctl.store.memory"
local streamctl = require "streamctl"
local codes, ids, response = helper.codes, helper.ids, helper.response

local function refusal(code, message, status)
  return response(status or 200,
    ('{"Code":%.0f,"Message":"%s","RequestId":"7"}'):format(code, message or "no"))
end

local OK = helper.OK.zego
local ROOM = { params = { RoomId = "r" } }

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

  it("keeps each result in its place where a repeated id joins after on_send", function()
    local rtc = helper.zego(refusing { s3 = 30009 })
    local items = ids(20)
    items[21], items[22] = "s1", "s3"
    local told
    local report = rtc:batch("ResumeRTCStreams", items, { concurrency = 2, on_send = function(call)
      told = told or #call.items
      streamctl.sleep(0.01) -- another worker takes the last ids
    end })
    assert.same({ 20, 20, 2 }, { told, report.succeeded, report.failed })
    for i, result in ipairs(report.results) do
      assert.same({ i, items[i], items[i] ~= "s3" }, { result.index, result.item, result.ok })
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
    rtc:batch("KickoutUser", ids(4), ROOM)
    assert.equal(1, #transport.requests)
    local live = helper.aliyun(response(403, '{"Code":"Forbidden.RAM","RequestId":"r"}'))
    local report = live:batch("RemoveTerminals", ids(5),
      { params = { AppId = "a", ChannelId = "c" } })
    assert.same({ 5, 1 }, { report.failed, report.requests })
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
end)

describe("a request that would go again in halves", function()
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

  it("tells of an id that gave way after an attempt that it may have been executed", function()
    local store = memory.new()
    local other = helper.zego(nil, { store = store })
    local rtc = helper.zego(helper.script(function()
      assert(other:forbid_rtc_stream { StreamId = "s1" })
      return helper.stopped("timeout", true)
    end, OK), { store = store, retry = {} })
    local result = rtc:batch("ResumeRTCStreams", ids(2)).results[1]
    assert.same({ "superseded", true, 2 },
      { result.err.code, result.err.maybe_sent, result.err.attempts })
  end)
end)
