-- The option check: calls that a waiter confirms.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"

local response = helper.response
local STREAM = { DomainName = "push.example.com", AppName = "app", StreamName = "s1" }
local FORBIDDEN = response(200, '{"RequestId":"R-1"}')

local function state(text)
  return response(200, '{"RequestId":"R-2","StreamState":"' .. text .. '"}')
end

local function blocked(urls)
  return response(200, '{"RequestId":"R-3","TotalNum":' .. (urls == "" and 0 or 1)
    .. ',"TotalPage":1,"StreamUrls":{"StreamUrl":[' .. urls .. "]}}")
end

local function zego(code)
  return response(200, '{"Code":' .. code .. ',"Message":"m","RequestId":"7","Data":null}')
end

-- Answers DescribeRTCStreamState by its StreamId, and everything else with a success.
local function states_of(codes)
  return function(request)
    if request.action ~= "DescribeRTCStreamState" then return zego(0) end
    return zego(codes[helper.sent(request, "StreamId")[1]])
  end
end

local function actions(transport)
  local list = {}
  for i, request in ipairs(transport.requests) do list[i] = request.action end
  return list
end

helper.stand_still()

describe("check = true", function()
  it("polls until the state is seen, and says so", function()
    local live, transport = helper.aliyun(helper.script(FORBIDDEN, state "online",
      state "offline"))
    local answer = assert(live:forbid_live_stream(STREAM, { check = true }))
    assert.same({ RequestId = "R-1", checked = true }, answer)
    assert.same({ "ForbidLiveStream", "DescribeLiveStreamState", "DescribeLiveStreamState" },
      actions(transport))
    for name, value in pairs(STREAM) do
      assert.same({ value }, helper.sent(transport.requests[3], name))
    end
  end)

  it("takes parameters and a time limit for the waiter", function()
    local live, transport = helper.aliyun(helper.script(FORBIDDEN,
      blocked '"play.example.com/app/s1"', blocked ""))
    local answer = assert(live:resume_live_stream(STREAM,
      { check = { DomainName = "play.example.com", timeout = 20 } }))
    assert.is_true(answer.checked)
    assert.same({ "play.example.com" }, helper.sent(transport.requests[2], "DomainName"))
    assert.same({ "push.example.com" }, helper.sent(transport.requests[1], "DomainName"))
    assert.equal(3, #transport.requests)
  end)

  it("says that the call was executed when the state is not seen", function()
    local live = helper.aliyun(helper.script(FORBIDDEN, state "online"))
    local start = core.monotonic()
    local answer, message, err = live:forbid_live_stream(STREAM, { check = { timeout = 9 } })
    assert.is_nil(answer)
    assert.truthy(message:find("^unconfirmed: ForbidLiveStream: it was executed, but "
      .. "stream_offline was not seen: timeout: stream_offline: not yet after "), message)
    assert.truthy(message:find("the last state was online", 1, true), message)
    assert.same({ "unconfirmed", "vendor", "aliyun", "ForbidLiveStream", true, false, "R-1" },
      { err.code, err.kind, err.vendor, err.operation, err.maybe_sent, err.retryable,
        err.request_id })
    assert.same({ RequestId = "R-1" }, err.answer)
    assert.truthy(err.cause:find("^timeout: stream_offline"))
    assert.equal(core.monotonic() - start, err.elapsed)
    assert.equal(1, err.attempts)
    assert.is_true(err.elapsed <= 9)
  end)

  it("polls no longer than its batch goes on", function()
    local live = helper.aliyun(helper.script(FORBIDDEN, state "online"))
    local start, results = core.monotonic(), {}
    live:batch("ForbidLiveStream", { STREAM }, { check = true,
      should_stop = function() return core.monotonic() - start >= 3 and "told to" or nil end,
      on_result = function(result) results[#results + 1] = result end,
    })
    assert.equal("unconfirmed", results[1].err.code)
    assert.truthy(results[1].message:find("cancelled: stream_offline: not yet, and not looked for "
      .. "any longer, because told to", 1, true), results[1].message)
    assert.is_true(core.monotonic() - start < 5)
  end)

  it("takes the call's way to repeat, and tells how often the call was made", function()
    local waits = 0
    local live = helper.aliyun(helper.script(helper.stopped("dns", false), FORBIDDEN, state "x"),
      { retry = {}, on_event = function(event)
        if event.reason == "retry" then waits = waits + 1 end
      end })
    local _, _, err = live:forbid_live_stream(STREAM, { check = { timeout = 5 } })
    assert.same({ 2, 1 }, { err.attempts, waits })
    live = helper.aliyun(helper.script(FORBIDDEN, response(503, "busy"), state "offline"),
      { retry = {}, on_event = function(event)
        assert.not_equal("retry", event.reason)
        assert.equal("c", event.context) -- in the looks, too
      end })
    assert.is_true(live:forbid_live_stream(STREAM,
      { check = true, retry = false, context = "c" }).checked)
  end)

  it("polls nothing when the call fails, is not sent, or fails in part", function()
    local live, transport = helper.aliyun(response(400, '{"Code":"X","RequestId":"r"}'))
    local _, _, err = live:forbid_live_stream(STREAM, { check = true })
    assert.equal("vendor", err.code)
    assert.equal(1, #transport.requests)
    assert.is_string(assert(live:forbid_live_stream(STREAM,
      { check = true, dry_run = true })).url)
    assert.equal(1, #transport.requests)
    local rtc, at_zego = helper.zego(response(200,
      '{"Code":0,"RequestId":"7","Data":[{"CdnType":"ws","CdnResult":"no"}]}'))
    local answer = assert(rtc:forbid_cdn_live_stream({ StreamId = "s" }, { check = true }))
    assert.is_nil(answer.checked)
    assert.equal(1, #at_zego.requests)
  end)

  it("is for the operations that have one", function()
    local live, rtc = helper.aliyun(), helper.zego()
    for action, call in pairs {
      DescribeLiveStreamState = function()
        live:describe_live_stream_state(STREAM, { check = true })
      end,
      SomethingNew = function() live:call("SomethingNew", {}, { check = true }) end,
      DescribeLiveStreamsBlockList = function()
        live:batch("DescribeLiveStreamsBlockList", { STREAM }, { check = true })
      end,
      ensure_live_pull_to_push = function()
        live:ensure_live_pull_to_push({}, { check = true })
      end,
      DescribeRTCStreamState = function()
        rtc:call("DescribeRTCStreamState", { StreamId = "s" }, { check = true })
      end,
    } do
      helper.throws("the option 'check' is for ", call)
      helper.throws("; not for " .. action, call)
    end
  end)

  it("throws when it lacks what the waiter needs, or has what is none of it", function()
    local live, transport = helper.aliyun()
    for text, given in pairs {
      ["of ResumeLiveStream needs DomainName, the main playback domain: check = { DomainName = "] =
        true,
      ["has an unknown 'Domainname' (did you mean 'DomainName'?)"] = { Domainname = "x" },
      ["check.timeout' must be a number of seconds"] = { DomainName = "x", timeout = "5" },
      ["option 'check' must be true or false"] = "yes",
    } do
      helper.throws(text, function() live:resume_live_stream(STREAM, { check = given }) end)
    end
    assert(live:resume_live_stream(STREAM, { check = false }))
    assert.equal(1, #transport.requests)
  end)

  it("has a waiter that the vendor knows, in every row", function()
    for _, vendor in ipairs { "aliyun", "zego" } do
      local waiters = require("streamctl." .. vendor .. ".waiters")
      for row in require("streamctl." .. vendor .. ".operations"):each() do
        if row.seen_by then assert.is_table(waiters[row.seen_by[1]], row.action) end
      end
    end
  end)
end)

describe("check = true with a list of ids", function()
  it("polls for each of them", function()
    local rtc, transport = helper.zego(states_of { a = 41004, b = 41006 })
    local answer = assert(rtc:forbid_rtc_streams({ StreamId = { "a", "b" } }, { check = true }))
    assert.is_true(answer.checked)
    assert.equal(3, #transport.requests)
  end)

  it("leaves out those that gave way to a newer call", function()
    for _, given in ipairs { "b", "zegotest-1234567890-b" } do
      local store = require("streamctl.store.memory").new()
      local other = helper.zego(nil, { store = store })
      local rtc, transport = helper.zego(helper.script(function()
        assert(other:resume_rtc_stream { StreamId = "b" })
        return helper.stopped("timeout", true)
      end, zego(0), zego(41004)), { store = store, retry = {}, is_test = true })
      other = helper.zego(nil, { store = store, is_test = true })
      local answer = assert(rtc:forbid_rtc_streams({ StreamId = { "a", given } }, { check = true }))
      assert.same({ "zegotest-1234567890-b" }, answer.superseded)
      assert.is_true(answer.checked)
      assert.same({ "ForbidRTCStreams", "ForbidRTCStreams", "DescribeRTCStreamState" },
        actions(transport))
    end
  end)

  -- A client whose first request is lost while somebody else resumes "b"; "a" stays live.
  local function giving_way()
    local store = require("streamctl.store.memory").new()
    local other = helper.zego(nil, { store = store })
    return helper.zego(function(request)
      if request.action == "DescribeRTCStreamState" then return zego(0) end
      if #helper.sent(request, "StreamId[]") == 1 then return zego(0) end
      assert(other:resume_rtc_stream { StreamId = "b" })
      return helper.stopped("timeout", true)
    end, { store = store, retry = { base = 0.01 } })
  end

  it("tells of what it did not see all that the answer tells", function()
    local _, _, err = giving_way():forbid_rtc_streams({ StreamId = { "a", "b" } },
      { check = { timeout = 5 }, stamp = true })
    assert.same({ "unconfirmed", { "b" } }, { err.code, err.superseded })
    assert.same({ "a" }, { err.partial[1].item, err.partial[2] })
    assert.is_number(err.stamp)
    assert.equal(err.answer.stamp, err.stamp)
  end)

  it("reports no id as done in a batch that gave way", function()
    local report = giving_way():batch("ForbidRTCStreams", { "a", "b" }, { check = { timeout = 5 } })
    assert.same({ "unconfirmed", "superseded" }, helper.codes(report))
    assert.equal(2, report.results[1].err.attempts)
    assert.same({ 0, 2 }, { report.succeeded, report.failed })
  end)

  it("polls for the only one, which is no list where nothing is checked", function()
    local rtc, transport = helper.zego(states_of { ["a b"] = 41004 })
    local answer = assert(rtc:forbid_rtc_streams({ StreamId = "a b" },
      { validate = false, check = true }))
    assert.is_true(answer.checked)
    assert.same({ "ForbidRTCStreams", "DescribeRTCStreamState" }, actions(transport))
  end)

  it("ends with the error that ends a poll", function()
    local rtc = helper.zego(function(request)
      if request.action == "DescribeRTCStreamState" then error("a transport's own", 0) end
      return zego(0)
    end)
    for _, ids in ipairs { { "a" }, { "a", "b" } } do
      assert.error_matches(function()
        rtc:forbid_rtc_streams({ StreamId = ids }, { check = true })
      end, "a transport's own")
    end
  end)
end)

describe("check = true in a batch", function()
  it("fails the ids that were not seen, and keeps the answer", function()
    local rtc = helper.zego(states_of { a = 41004, b = 0, c = 41006 })
    local report = rtc:batch("ForbidRTCStreams", { "a", "b", "c" }, { check = { timeout = 5 } })
    assert.same({ 2, 1 }, { report.succeeded, report.failed })
    local failed = report.results[2]
    assert.same({ false, "unconfirmed" }, { failed.ok, failed.err.code })
    assert.truthy(failed.message:find("was not seen: b: timeout: ", 1, true), failed.message)
    assert.is_nil(failed.message:find("not seen: .*c:"))
    assert.equal(0, failed.response.Code)
    assert.equal(0, report.results[1].response.Code)
    assert.equal(1, report.requests)
  end)

  it("confirms each item that is a table, until the batch has no more time", function()
    local live = helper.aliyun(function(request)
      if request.action == "ForbidLiveStream" then return FORBIDDEN end
      return state(helper.sent(request, "StreamName")[1] == "s1" and "offline" or "online")
    end)
    local start = core.monotonic()
    local report = live:batch("ForbidLiveStream",
      { STREAM, helper.merged(STREAM, { StreamName = "s2" }) }, { check = true, timeout = 12 })
    assert.is_true(report.results[1].response.checked)
    assert.equal("unconfirmed", report.results[2].err.code)
    assert.same({ RequestId = "R-1" }, report.results[2].response)
    assert.is_true(core.monotonic() - start <= 12)
  end)

  it("polls no longer than the waiter does, though the batch has the time", function()
    local live = helper.aliyun(function(request)
      return request.action == "ForbidLiveStream" and FORBIDDEN or state "online"
    end)
    for limit, check in pairs { [30] = true, [5] = { timeout = 5 } } do
      local start = core.monotonic()
      local report = live:batch("ForbidLiveStream", { STREAM }, { check = check, timeout = 600 })
      assert.equal("unconfirmed", report.results[1].err.code)
      assert.is_true(core.monotonic() - start <= limit)
    end
  end)
end)
