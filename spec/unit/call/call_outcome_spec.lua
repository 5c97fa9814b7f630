-- What stops a request on its way, and what stays unknown for operations that must not be repeated.

local errors = require "streamctl.errors"
local helper = require "spec.unit.helper"

-- Operations that must not be repeated, and the query that settles what became of one.
local UNSAFE = {
  { "CreateLivePullToPush", nil,
    "DescribeLivePullToPushList with the same Region and DstUrl tells what became of it" },
  { "RestartLivePullToPush", nil,
    "DescribeLivePullToPush with the same Region and TaskId shows what is, not what was done; "
    .. "after a restart the task may have a new TaskId; DescribeLivePullToPushList shows it" },
  { "UpdateLivePullToPush", nil,
    "DescribeLivePullToPush with the same Region and TaskId tells what became of it" },
  { "ForbidLiveStream", { Oneshot = "yes" },
    "DescribeLiveStreamState with the same DomainName, AppName and StreamName shows what is, not "
    .. "what was done" },
  { "AddLiveThing", nil, "Ask the vendor for the present state first" },
}

local SAFE = {
  "DeleteLivePullToPush", "DescribeLivePullToPush", "DescribeLivePullToPushList",
  "DescribeLiveStreamsBlockList", "DescribeLiveStreamsOnlineList", "ForbidLiveStream",
  "ResumeLiveStream", "StopLivePullToPush",
}

local function stopped(code, maybe_sent, http_status)
  return { code = code, message = "what happened", maybe_sent = maybe_sent,
    http_status = http_status }
end

local function answered(status, body)
  return helper.response(status, body)
end

-- What the transport hands back, our code for an operation that may be repeated, and whether it may
-- go again.
local MAYBE_EXECUTED = {
  ["no answer in time"] = { stopped("timeout", true), "timeout", true },
  ["half an answer in time"] = { stopped("timeout", true, 200), "timeout", true },
  ["a reset connection"] = { stopped("connect", true), "connect", true },
  ["a broken secure connection"] = { stopped("tls", true), "tls", true },
  ["half an answer"] = { stopped("bad_response", true, 200), "bad_response", true },
  ["an answer that is too large"] = { stopped("too_large", true, 200), "too_large", false },
  ["a closed engine"] = { stopped("closed", true), "closed", false },
  ["HTTP 500 with a code"] = { answered(500, '{"Code":"InternalError","RequestId":"R"}'), "vendor",
    true },
  ["HTTP 503 with a code"] = { answered(503, '{"Code":"ServiceUnavailable","RequestId":"R"}'),
    "vendor", true },
  ["HTTP 502 with HTML"] = { answered(502, "<html></html>"), "http", true },
  ["HTTP 504 with nothing"] = { answered(504, ""), "http", true },
  ["a nonce that was used"] = { answered(400, '{"Code":"SignatureNonceUsed","RequestId":"R"}'),
    "replayed", true },
  ["HTTP 200 with HTML"] = { answered(200, "<html></html>"), "bad_response", true },
  ["HTTP 200 with nothing"] = { answered(200, ""), "bad_response", true },
  ["HTTP 200 without RequestId"] = { answered(200, "{}"), "bad_response", true },
  ["HTTP 204"] = { answered(204, ""), "bad_response", true },
}

local NOT_EXECUTED = {
  ["an unknown host"] = { stopped("dns", false), "dns", true },
  ["a refused connection"] = { stopped("connect", false), "connect", true },
  ["no connection in time"] = { stopped("timeout", false), "timeout", true },
  ["a wrong certificate"] = { helper.merged(stopped("tls", false), { lasting = true }), "tls",
    false },
  ["a broken handshake"] = { stopped("tls", false), "tls", true },
  ["a phase that cannot wait"] = { stopped("phase"), "phase", false },
  ["a closed engine"] = { stopped("closed", false), "closed", false },
  ["an engine of another process"] = { stopped("forked", false), "forked", false },
  ["a request that is too large"] = { stopped("too_large", false), "too_large", false },
  ["a request that cannot be signed"] = { stopped("crypto", false), "signature", false },
  ["no memory"] = { stopped("memory", false), "connect", true },
  ["throttling"] = { answered(400, '{"Code":"Throttling.User","RequestId":"R"}'), "throttled",
    true },
  ["throttling with HTTP 503"] = { answered(503, '{"Code":"Throttling","RequestId":"R"}'),
    "throttled", true },
  ["throttling with HTTP 429"] = { answered(429, ""), "throttled", true },
  ["a wrong clock"] = { answered(400, '{"Code":"InvalidTimeStamp.Expired","RequestId":"R"}'),
    "clock_skew", true },
  ["a wrong signature"] = { answered(403, '{"Code":"SignatureDoesNotMatch","RequestId":"R"}'),
    "signature", false },
  ["a missing right"] = { answered(403, '{"Code":"Forbidden.RAM","RequestId":"R"}'), "forbidden",
    false },
  ["a bad parameter"] = { answered(400, '{"Code":"InvalidParameter","RequestId":"R"}'), "vendor",
    false },
  ["a task that exists"] = { answered(400, '{"Code":"CodeConfigAlreadyExists","RequestId":"R"}'),
    "conflict", false },
  ["RetCode 5"] = { answered(200, '{"RequestId":"R","RetCode":5}'), "vendor", false },
  ["HTTP 404 with HTML"] = { answered(404, "<html></html>"), "http", false },
}

local function call(result, action, changes)
  local live, transport = helper.aliyun(result)
  local body, message, err = live:call(action,
    helper.merged(helper.ALIYUN_PARAMS[action] or {}, changes))
  assert.is_nil(body)
  assert.equal(1, #transport.requests)
  assert.equal(message, err.message)
  assert.equal(err.code .. ": ", message:sub(1, #err.code + 2))
  assert.equal(errors.codes[err.code], err.kind)
  assert.equal(action, err.operation)
  assert.equal(result.http_status, err.http_status)
  return message, err
end

describe("an operation that may be repeated", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  for name, case in pairs(MAYBE_EXECUTED) do
    it("answers " .. case[2] .. " after " .. name, function()
      for _, action in ipairs(SAFE) do
        local message, err = call(case[1], action)
        assert.equal(case[2], err.code, action)
        assert.equal(case[3], err.retryable, action)
        assert.is_true(err.maybe_sent, action)
        assert.is_nil(message:find("unknown whether", 1, true))
      end
    end)
  end
end)

describe("an operation that must not be repeated", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  for name, case in pairs(MAYBE_EXECUTED) do
    it("answers outcome_unknown after " .. name .. ", and names the query that settles "
      .. "it", function()
      for _, unsafe in ipairs(UNSAFE) do
        local message, err = call(case[1], unsafe[1], unsafe[2])
        assert.equal("outcome_unknown", err.code, unsafe[1])
        assert.equal("transport", err.kind)
        assert.is_false(err.retryable, unsafe[1])
        assert.is_true(err.maybe_sent, unsafe[1])
        assert.truthy(message:find("it is unknown whether " .. unsafe[1] .. " was executed ("
          .. case[2] .. ": ", 1, true), message)
        assert.truthy(message:find("do not repeat it blindly. " .. unsafe[3] .. ".", 1, true),
          message)
      end
    end)
  end

  it("keeps the request id of the header when the answer names none", function()
    local heard = {}
    local live = helper.aliyun(helper.response(500, "<html>", "x-acs-request-id: R-7\r\n"),
      { on_event = function(event) heard[#heard + 1] = event.request_id end })
    local _, message, err = live:resume_live_stream(helper.ALIYUN_PARAMS.ResumeLiveStream)
    assert.equal("R-7", err.request_id)
    assert.same({ "R-7" }, heard)
    assert.truthy(message:find(", RequestId R-7", 1, true), message)
  end)

  it("keeps the vendor's code and the request id of the answer", function()
    local _, err = call(MAYBE_EXECUTED["HTTP 500 with a code"][1], "CreateLivePullToPush")
    assert.equal("InternalError", err.vendor_code)
    assert.equal("R", err.request_id)
    assert.equal(500, err.http_status)
  end)

  it("names the query also after an answer of 100 KiB", function()
    local message = call(answered(500,
      '{"Code":"InternalError","Message":"' .. ("m"):rep(100 * 1024) .. '"}'),
      "CreateLivePullToPush")
    assert.truthy(message:find(UNSAFE[1][3], 1, true))
    assert.is_true(#message < 4096)
  end)

  it("of zego is one without a row, unless the caller knows better", function()
    for _, given in ipairs { { nil, "outcome_unknown" }, { { idempotent = true }, "vendor" } } do
      local rtc = helper.zego(answered(200, '{"Code":100000015,"RequestId":"R"}'))
      local _, _, err = rtc:call("SendSomethingNew", {}, given[1])
      assert.equal(given[2], err.code)
      assert.equal(100000015, err.vendor_code)
    end
  end)
end)

describe("any operation, when it was certainly not executed,", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  for name, case in pairs(NOT_EXECUTED) do
    it("answers " .. case[2] .. " after " .. name, function()
      for _, action in ipairs { "CreateLivePullToPush", "RestartLivePullToPush", "AddLiveThing",
        "ResumeLiveStream" } do
        local _, err = call(case[1], action)
        assert.equal(case[2], err.code, action)
        assert.equal(case[3], err.retryable, action)
        assert.is_false(err.maybe_sent, action)
      end
    end)
  end
end)

describe("a failure on the way", function()
  local function message_of(result)
    local message, err = call(result, "ResumeLiveStream")
    return message, err
  end

  it("says what happened, and keeps the text of the layer below", function()
    local message, err = message_of(stopped("dns", false))
    assert.equal("dns: what happened (ResumeLiveStream)", message)
    assert.equal("what happened", err.cause)
  end)

  it("begins with the first thousand bytes of a long text", function()
    local body = '{"Code":"Odd","RequestId":"R","Message":"' .. ("x"):rep(3000) .. '"}'
    local message = message_of(answered(400, body))
    local _, count = message:gsub("x", "")
    assert.is_true(count > 950 and count <= 1000, message)
    assert.truthy(message:find("xxx... (ResumeLiveStream, HTTP 400", 1, true), message)
  end)

  it("says how far a request came before its time was over", function()
    assert.equal("timeout: no connection in time (ResumeLiveStream)", (message_of(stopped("timeout",
      false))))
    assert.equal("timeout: no answer in time, after the request was sent (ResumeLiveStream)",
      (message_of(stopped("timeout", true))))
    assert.equal("timeout: the answer was not complete in time (ResumeLiveStream, HTTP 200)",
      (message_of(stopped("timeout", true, 200))))
  end)

  it("adds what the transport says to do about it, which is no part of the cause", function()
    local message, err = message_of { code = "tls", message = "bad certificate",
      hint = "; trust it" }
    assert.equal("tls: no secure connection: bad certificate; trust it (ResumeLiveStream)", message)
    assert.equal("bad certificate", err.cause)
    message = message_of { code = "dns", message = "no resolver", hint = "; name one",
      maybe_sent = false }
    assert.equal("dns: no resolver; name one (ResumeLiveStream)", message)
  end)
end)

describe("a change of a player", function()
  it("is not repeated with a place to seek, wherever that is", function()
    for _, place in ipairs { 0, 90.5 } do
      local rtc, transport = helper.zego(stopped("timeout", true), { retry = { base = 0.001 } })
      local _, message, err = rtc:update_player { PlayerId = "p", SeekTo = place }
      assert.equal("outcome_unknown", err.code, message)
      assert.equal(1, #transport.requests)
      _, message, err = rtc:update_player { PlayerId = "p", IsPause = 1 }
      assert.equal("timeout", err.code, message)
      assert.equal(4, #transport.requests)
    end
  end)
end)
