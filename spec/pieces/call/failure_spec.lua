-- What stops a call, what it ends with, and whether it goes again: every way to fail, met by
-- operations that may be repeated and by those that must not be.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local helper = require "spec.pieces.helper"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local response, stopped = helper.response, helper.stopped

local function code(name) return '{"Code":"' .. name .. '","RequestId":"R"}' end

-- What the transport hands back, our code, and what the error says: "maybe" executed, "again".
local FAULTS = {
  { "an unknown host", stopped("dns", false), "dns", "again" },
  { "a refused connection", stopped("connect", false), "connect", "again" },
  { "a lost connection", stopped("connect", true), "connect", "again maybe" },
  { "no memory", stopped("memory", false), "connect", "again" },
  { "a wrong certificate", stopped("tls", false, { lasting = true }), "tls", "" },
  { "a broken handshake", stopped("tls", false), "tls", "again" },
  { "a broken secure connection", stopped("tls", true), "tls", "again maybe" },
  { "no connection in time", stopped("timeout", false), "timeout", "again" },
  { "no answer in time", stopped("timeout", true), "timeout", "again maybe" },
  { "half an answer in time", stopped("timeout", true, { http_status = 200 }), "timeout",
    "again maybe" },
  { "half an answer", stopped("bad_response", true, { http_status = 200 }), "bad_response",
    "again maybe" },
  { "too large an answer", stopped("too_large", true, { http_status = 200 }), "too_large",
    "maybe" },
  { "too large a request", stopped("too_large", false), "too_large", "" },
  { "an engine that was closed", stopped("closed", true), "closed", "maybe" },
  { "an engine that is closed", stopped("closed", false), "closed", "" },
  { "an engine of another process", stopped("forked", false), "forked", "" },
  { "a phase that cannot wait", stopped "cannot_wait", "cannot_wait", "" },
  { "a request that cannot be signed", stopped("crypto", false), "signature", "" },
  { "HTTP 500 with a code", response(500, code "InternalError"), "vendor", "again maybe" },
  { "HTTP 503 with a code", response(503, code "ServiceUnavailable"), "vendor", "again maybe" },
  { "HTTP 502 with HTML", response(502, "<html></html>"), "http", "again maybe" },
  { "HTTP 504 with nothing", response(504, ""), "http", "again maybe" },
  { "HTTP 404 with HTML", response(404, "<html></html>"), "http", "" },
  { "HTTP 200 with HTML", response(200, "<html></html>"), "bad_response", "again maybe" },
  { "HTTP 200 with nothing", response(200, ""), "bad_response", "again maybe" },
  { "HTTP 200 without RequestId", response(200, "{}"), "bad_response", "again maybe" },
  { "HTTP 204", response(204, ""), "bad_response", "again maybe" },
  { "a nonce that was used", response(400, code "SignatureNonceUsed"), "replayed", "again maybe" },
  { "throttling", response(400, code "Throttling.User"), "throttled", "again" },
  { "throttling with HTTP 503", response(503, code "Throttling"), "throttled", "again" },
  { "throttling with HTTP 429", response(429, ""), "throttled", "again" },
  { "a wrong clock without a Date", response(400, code "InvalidTimeStamp.Expired"), "clock_skew",
    "again", 1 },
  { "a wrong signature", response(403, code "SignatureDoesNotMatch"), "signature", "" },
  { "a missing right", response(403, code "Forbidden.RAM"), "access_denied", "" },
  { "a bad parameter", response(400, code "InvalidParameter"), "vendor", "" },
  { "a task that exists", response(400, code "CodeConfigAlreadyExists"), "conflict", "" },
  { "RetCode 5", response(200, '{"RequestId":"R","RetCode":5}'), "vendor", "" },
}

-- Operations that must not be repeated, and what their messages say of the query that settles them.
local UNSAFE = {
  { "CreateLivePullToPush", nil, "DescribeLivePullToPushList tells what became of it" },
  { "RestartLivePullToPush", nil, "DescribeLivePullToPush shows what is, not what was done; "
    .. "after a restart the task may have a new TaskId; DescribeLivePullToPushList shows it" },
  { "UpdateLivePullToPush", nil, "DescribeLivePullToPush tells what became of it" },
  { "ForbidLiveStream", { Oneshot = "yes" },
    "DescribeLiveStreamState shows what is, not what was done" },
  { "AddLiveThing", nil, "Ask the vendor for the present state first" },
}

local SAFE = {
  { "DeleteLivePullToPush" }, { "DescribeLivePullToPush" }, { "DescribeLivePullToPushList" },
  { "DescribeLiveStreamsBlockList" }, { "DescribeLiveStreamsOnlineList" }, { "ForbidLiveStream" },
  { "ResumeLiveStream" }, { "StopLivePullToPush" }, { "AddLiveThing", nil, nil, true },
}

-- Fields of `err`, and no others.
local DOCUMENTED = {}
local source = io.open("lua/streamctl/base/errors.lua"):read "*a"
for name in source:gmatch "@tfield %w+[|%w]* (%w[%w_]*)" do
  DOCUMENTED[name] = true
end

local function check_fields(err)
  for name in pairs(err) do assert.is_true(DOCUMENTED[name], name) end
end

-- Calls with such a result each time; checks what holds for every error.
local function fail(result, operation, options)
  local live, transport = helper.aliyun(result, options)
  local action, changes = operation[1], operation[2]
  local body, message, err = live:call(action,
    helper.merged(helper.ALIYUN_PARAMS[action] or {}, changes), { idempotent = operation[4] })
  assert.is_nil(body)
  assert.same({ message, action, "aliyun", errors.outcome_of(err), #transport.requests },
    { err.message, err.operation, err.vendor, err.outcome, err.attempts })
  assert.equal(result.http_status, err.http_status)
  assert.equal(err.code .. ": ", message:sub(1, #err.code + 2))
  check_fields(err)
  return message, err
end

describe("a call that meets", function()
  helper.stand_still(0.5)

  for _, fault in ipairs(FAULTS) do
    local name, result, meant, is = fault[1], fault[2], fault[3], fault[4]
    local maybe, again = is:find("maybe", 1, true) ~= nil, is:find("again", 1, true) ~= nil

    -- With retries it goes three times, where it may, or once.
    local function goes(operation, may_go)
      local message, err = fail(result, operation, { retry = {} })
      local sends = may_go and (fault[5] or 3) or 1
      assert.equal(sends, err.attempts, message)
      assert.equal(sends > 1, message:find(", attempt 3", 1, true) ~= nil, message)
      assert.equal(sends > 1, message:find("; no more attempts", 1, true) ~= nil, message)
      assert.is_true(math.abs(err.elapsed - (sends > 1 and 0.5 * 0.2 + 0.5 * 0.4 or 0)) < 1e-6)
    end

    it(name .. " fails with " .. meant .. (again and ", and goes again" or ""), function()
      for _, operation in ipairs(SAFE) do
        local message, err = fail(result, operation)
        assert.same({ meant, again, maybe }, { err.code, err.retryable, err.maybe_sent }, message)
        assert.is_nil(message:find("unknown whether", 1, true))
      end
      goes(SAFE[7], again)
      goes(SAFE[9], again)
    end)

    it(name .. (maybe and ", once, and is not repeated" or ", repeatable or not"), function()
      for _, operation in ipairs(UNSAFE) do
        local message, err = fail(result, operation)
        assert.same({ maybe and "outcome_unknown" or meant, again and not maybe, maybe },
          { err.code, err.retryable, err.maybe_sent }, message)
        for _, text in ipairs(maybe and { "it is unknown whether " .. operation[1]
          .. " was executed (" .. meant .. ": ", "do not repeat it blindly. " .. operation[3] .. "."
        } or {}) do
          assert.truthy(message:find(text, 1, true), message)
        end
      end
      goes(UNSAFE[1], again and not maybe)
      goes(UNSAFE[5], again and not maybe)
    end)
  end
end)

describe("a failure", function()
  helper.stand_still()

  local STREAM = { "ResumeLiveStream" }

  -- Results, the messages that come of them, and their causes.
  local TEXTS = {
    { stopped("dns", false), "dns: what happened (ResumeLiveStream)", "what happened" },
    { stopped("timeout", false), "timeout: no connection in time (ResumeLiveStream)" },
    { stopped("timeout", true),
      "timeout: no answer in time, after the request was sent (ResumeLiveStream)" },
    { stopped("timeout", true, { http_status = 200 }),
      "timeout: the answer was not complete in time (ResumeLiveStream, HTTP 200)" },
    { { code = "tls", message = "bad certificate", hint = "; trust it" },
      "tls: no secure connection: bad certificate; trust it (ResumeLiveStream)",
      "bad certificate" },
    { { code = "dns", message = "no resolver", hint = "; name one" },
      "dns: no resolver; name one (ResumeLiveStream)", "no resolver" },
    { response(502, ("x"):rep(3000)), "http: HTTP status 502 with no code of the vendor: "
      .. ("x"):rep(200) .. "... (ResumeLiveStream, HTTP 502)" },
    { response(400, '{"Code":"Odd","RequestId":"R","Message":"' .. ("x"):rep(3000) .. '"}'),
      "vendor: Odd: " .. ("x"):rep(995) .. "... (ResumeLiveStream, HTTP 400, RequestId R)" },
  }

  it("says what happened, and keeps the text of the layer below", function()
    for _, case in ipairs(TEXTS) do
      local message, err = fail(case[1], STREAM)
      assert.same({ case[2], case[3] or err.cause }, { message, err.cause })
    end
  end)

  it("keeps the vendor's code and the request id, of the answer or else of a header", function()
    local heard = {}
    local function listen(event) heard[#heard + 1] = event.request_id end
    local message, err = fail(response(500, "<html>", "x-acs-request-id: R-7\r\n"), STREAM,
      { on_event = listen })
    assert.same({ "R-7", { "R-7", "R-7" } }, { err.request_id, heard }) -- attempt and call
    assert.truthy(message:find(", RequestId R-7", 1, true), message)
    err = select(2, fail(response(500, code "InternalError"), UNSAFE[1]))
    assert.same({ "InternalError", "R" }, { err.vendor_code, err.request_id })
  end)

  it("has that query as data, with the time of the call", function()
    local live = helper.aliyun(function()
      core.sleep(2)
      return stopped("timeout", true)
    end)
    local task = helper.ALIYUN_PARAMS.CreateLivePullToPush
    local _, _, err = live:create_live_pull_to_push(task)
    local given = { DstUrl = task.DstUrl, Region = task.Region }
    assert.same({ operation = "DescribeLivePullToPushList", params = given,
      given = err.settle.given, began = helper.NOW, ended = helper.NOW + 2 }, err.settle)
    assert.equal(task.DstUrl, err.settle.given.DstUrl)
  end)

  it("of a store is told by sign, and of a transport that throws by a batch", function()
    local function throw() error("oops", 0) end
    local rtc = helper.zego(nil, { store = {
      stamp = function() return nil, "gone" end, reserve = function() return 0 end,
    } })
    local _, message, err = rtc:sign("ResumeRTCStream", { StreamId = "s" })
    assert.same({ "store: ResumeRTCStream: the store gives no Sequence: gone", true, false },
      { message, err.retryable, err.maybe_sent })
    check_fields(err)
    local numbers = { { 5, {} } } -- and none for a repeat of a call with the caller's Sequence
    rtc = helper.zego(stopped("dns", false), { retry = { base = 0.001 }, store = {
      stamp = function() return unpack(table.remove(numbers) or { nil, "gone" }, 1, 2) end,
      reserve = function() return 0 end,
    } })
    message = select(2, rtc:forbid_rtc_stream { StreamId = "s", Sequence = 5 })
    assert.equal("store: the store gives no Sequence: gone (ForbidRTCStream)", message)
    rtc = helper.zego(throw)
    local result = rtc:batch("DescribeRTCStreamState", { { StreamId = "s" } }).results[1]
    assert.equal("connect: DescribeRTCStreamState: the call was ended by an error: oops",
      result.message)
    assert.same({ false, true }, { result.err.retryable, result.err.maybe_sent })
    check_fields(result.err)
  end)
end)
