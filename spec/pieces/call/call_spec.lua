-- What goes down: call and sign in either spelling, operations without a row, options of one call.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"

local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

describe("an operation with a row", function()
  it("is the same call under every name", function()
    local live, transport = helper.aliyun()
    assert.equal("R-1", assert(live:resume_live_stream(STREAM)).RequestId)
    assert(live:call("ResumeLiveStream", STREAM))
    assert(live:call("resume_live_stream", STREAM))
    for i = 1, 3 do
      local request = transport.requests[i]
      assert.equal("ResumeLiveStream", request.action)
      assert.equal("POST", request.method)
      assert.same({ AppName = "app", DomainName = "push.example.com", LiveStreamType = "publisher",
        StreamName = "s1" }, helper.wire(request))
      assert.is_nil(request.body)
      assert.is_true(request.safe)
    end
    local body, message, err = helper.zego():resume_rtc_streams { StreamId = { "a", "b" } }
    assert.same({ Code = 0, Message = "success", RequestId = "8313355725069553069",
      info = { stamp = body.info.stamp } }, body)
    assert.is_nil(message or err)
  end)

  it("has no info of the vendor's, whatever it is", function()
    for _, text in ipairs { "5", "true", "null", '"x"', "{}", '{"superseded":7}',
      '{"partial":"x","already":true,"superseded":["a"]}' } do
      local ended
      local rtc = helper.zego(helper.response(200, '{"Code":0,"info":' .. text .. "}"), {
        on_event = function(event) ended = event.event == "call" and event or ended end })
      local body = assert(rtc:describe_rtc_stream_state { StreamId = "a" })
      assert.same({ "ok", 0 }, { ended.code, ended.superseded })
      assert.same({ Code = 0 }, body)
      body = assert(rtc:resume_rtc_stream { StreamId = "a" })
      assert.same({ stamp = body.info.stamp }, body.info)
      local report = rtc:batch("DescribeRTCStreamState", { "a", "b" })
      assert.same({ 2, 2 }, { report.total, report.succeeded })
    end
  end)
end)

describe("the time limits of a call", function()
  it("are the client's, unless the call has its own", function()
    helper.freeze()
    finally(helper.thaw)
    local lefts = {}
    local live, transport = helper.aliyun(function(_, deadline)
      lefts[#lefts + 1] = deadline - core.monotonic()
      return helper.response(200, helper.SUCCESS.aliyun)
    end, { timeout = 20, attempt_timeout = 8, connect_timeout = 2 })
    assert(live:resume_live_stream(STREAM))
    assert(live:resume_live_stream(STREAM,
      { timeout = 3.5, attempt_timeout = 1.5, connect_timeout = 0.5 }))
    assert.same({ 20, 3.5 }, lefts)
    local first, second = transport.requests[1].limits, transport.requests[2].limits
    assert.same({ 8, 2, 1.5, 0.5 },
      { first.attempt_timeout, first.connect_timeout, second.attempt_timeout,
        second.connect_timeout })
  end)
end)

describe("an operation without a row", function()
  it("is POST at aliyun, at zego GET or POST with a JSON body, unless it is told", function()
    for _, case in ipairs {
      { "aliyun", nil, "POST" }, { "aliyun", "GET", "GET" }, { "zego", nil, "GET" },
      { "zego", "GET", "GET" }, { "zego", "POST", "POST", '{"A":1,"Sequence":5}' },
    } do
      local client, transport = helper[case[1]]()
      assert(client:call("NewThing", { A = 1, Sequence = 5 }, { method = case[2] }))
      local request = transport.requests[1]
      assert.same({ "NewThing", case[3], case[4], case[4] and {} or { "A", "1", "Sequence", "5" } },
        { request.action, request.method, request.body, request.params })
      assert.equal(case[4] and "application/json" or nil, request.content_type)
    end
  end)

  it("counts as one that must not be repeated, unless the caller knows better", function()
    for _, idempotent in ipairs { "left out", false, true } do
      local live, transport = helper.aliyun()
      local options = idempotent ~= "left out" and { idempotent = idempotent } or nil
      assert(live:call("AddLiveThing", nil, options))
      assert.equal(idempotent == true, transport.requests[1].safe)
    end
  end)
end)

describe("sign", function()
  it("gives a request that any HTTP client can send, and sends nothing", function()
    local live, transport = helper.aliyun()
    local options = { nonce = "nonce-1", timestamp = helper.NOW }
    local signed = assert(live:sign("ResumeLiveStream", STREAM, options))
    assert.equal("POST", signed.method)
    assert.equal("https://live.aliyuncs.com/?AppName=app&DomainName=push.example.com"
      .. "&LiveStreamType=publisher&StreamName=s1", signed.url)
    assert.equal("", signed.body)
    assert.equal("nonce-1", signed.headers["x-acs-signature-nonce"])
    assert.equal("2026-01-02T03:04:05Z", signed.headers["x-acs-date"])
    assert.truthy(signed.headers.Authorization:find("^ACS3%-HMAC%-SHA256 Credential="
      .. helper.ACCESS_KEY_ID))
    assert.same(signed, assert(live:sign("resume_live_stream", STREAM, options)))
    assert.equal(0, #transport.requests)
  end)
end)

describe("a masked request", function()
  it("is refused for bad parameters as a call is", function()
    for _, masked in ipairs { true, false } do
      assert.equal("invalid_parameter: ResumeLiveStream: AppName is required",
        (select(2, helper.aliyun():sign("ResumeLiveStream", {}, { masked = masked }))))
    end
  end)
end)
