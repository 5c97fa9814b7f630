-- What goes down: call and sign in either spelling, actions without a row, options of one call.

local core = require "streamctl.core"
local cjson = require "cjson"
local helper = require "spec.unit.helper"

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
  end)

  it("hands back the whole answer", function()
    local rtc = helper.zego()
    local body, message, err = rtc:resume_rtc_streams { StreamId = { "a", "b" } }
    assert.same({ Code = 0, Message = "success", RequestId = "8313355725069553069" }, body)
    assert.is_nil(message)
    assert.is_nil(err)
  end)

  it("says to the transport whether it may be sent twice", function()
    local live, transport = helper.aliyun()
    helper.freeze()
    finally(helper.thaw)
    local wanted = {
      CreateLivePullToPush = false, DeleteLivePullToPush = true, DescribeLivePullToPush = true,
      DescribeLivePullToPushList = true, DescribeLiveStreamsBlockList = true,
      DescribeLiveStreamsOnlineList = true, ForbidLiveStream = true, RestartLivePullToPush = false,
      ResumeLiveStream = true, StopLivePullToPush = true, UpdateLivePullToPush = false,
    }
    for action, safe in pairs(wanted) do
      assert(live:call(action, helper.ALIYUN_PARAMS[action]))
      assert.equal(safe, transport.requests[#transport.requests].safe, action)
    end
    assert(live:forbid_live_stream(helper.merged(STREAM, { Oneshot = "yes" })))
    assert.is_false(transport.requests[#transport.requests].safe)
    assert(live:forbid_live_stream(helper.merged(STREAM, { Oneshot = "no" })))
    assert.is_true(transport.requests[#transport.requests].safe)
  end)

  it("may name its own method", function()
    local live, transport = helper.aliyun()
    assert(live:call("ResumeLiveStream", STREAM, { method = "POST" }))
    assert.equal("POST", transport.requests[1].method)
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

  it("show in err.elapsed what was used of them", function()
    helper.freeze(helper.NOW, 100)
    finally(helper.thaw)
    local live = helper.aliyun(function()
      helper.freeze(helper.NOW, 102.5)
      return helper.response(400, '{"Code":"X","RequestId":"r"}')
    end)
    local _, _, err = live:resume_live_stream(STREAM)
    assert.equal(2.5, err.elapsed)
    assert.equal(1, err.attempts)
  end)
end)

describe("an action without a row", function()
  it("of aliyun is POST with flat parameters", function()
    local live, transport = helper.aliyun()
    assert(live:call("TagSomethingNew", { Tag = { { Key = "k", Value = true } }, Empty = "" }))
    local first = transport.requests[1]
    assert.same({ "POST", "TagSomethingNew" }, { first.method, first.action })
    assert.same({ "Empty", "", "Tag.1.Key", "k", "Tag.1.Value", "true" }, first.params)
  end)

  it("of zego is GET with flat parameters, or POST with a JSON body", function()
    local rtc, transport = helper.zego()
    assert(rtc:call("KickoutAll", { RoomId = "r", UserId = { "a", "b" } }))
    assert(rtc:call("MixAnew", { TaskId = "t", Sequence = 5, MixInput = { { StreamId = "s" } } },
      { method = "POST" }))
    local first, second = transport.requests[1], transport.requests[2]
    assert.same({ "RoomId", "r", "UserId[]", "a", "UserId[]", "b" }, first.params)
    assert.equal("GET", first.method)
    assert.is_nil(first.body)
    assert.equal("POST", second.method)
    assert.equal("application/json", second.content_type)
    assert.same({}, second.params)
    assert.same({ TaskId = "t", Sequence = 5, MixInput = { { StreamId = "s" } } },
      cjson.decode(second.body))
  end)

  it("takes the method it is told", function()
    local live, live_transport = helper.aliyun()
    local rtc, transport = helper.zego()
    assert(live:call("AddLiveThing", {}, { method = "GET" }))
    assert(rtc:call("NewThing", { A = 1 }, { method = "POST" }))
    assert(rtc:call("NewThing", { A = 1 }, { method = "GET" }))
    assert.equal("GET", live_transport.requests[1].method)
    assert.same({ "POST", '{"A":1}' }, { transport.requests[1].method, transport.requests[1].body })
    assert.same({ "GET", { "A", "1" } },
      { transport.requests[2].method, transport.requests[2].params })
  end)

  it("counts as one that must not be repeated, unless the caller knows better", function()
    local live, transport = helper.aliyun()
    assert(live:call("AddLiveThing"))
    assert(live:call("AddLiveThing", {}, { idempotent = false }))
    assert(live:call("AddLiveThing", {}, { idempotent = true }))
    assert.is_false(transport.requests[1].safe)
    assert.is_false(transport.requests[2].safe)
    assert.is_true(transport.requests[3].safe)
  end)

  it("may not carry names that belong to the signature", function()
    local reserved = {
      aliyun = { "AccessKeyId", "Action", "Format", "SecurityToken", "Signature", "SignatureMethod",
        "SignatureNonce", "SignatureType", "SignatureVersion", "Timestamp", "Version" },
      zego = { "Action", "AppId", "IsTest", "Signature", "SignatureNonce", "SignatureVersion",
        "Timestamp" },
    }
    for vendor, names in pairs(reserved) do
      local client, transport = helper[vendor]()
      for _, name in ipairs(names) do
        local body, message, err = client:call("SomeAction", { [name] = "x" })
        assert.is_nil(body)
        assert.equal("invalid_parameter: SomeAction: " .. name
          .. " belongs to the signature and is filled in", message)
        assert.equal(0, err.attempts)
      end
      assert.equal(0, #transport.requests)
    end
  end)

  it("refuses what cannot be sent, and names it", function()
    local live, transport = helper.aliyun()
    for name, value in pairs { A = print, B = 0 / 0, C = "a\0b", ["D\n"] = "x", E = {} } do
      local body, message, err = live:call("SomeAction", { [name] = value })
      assert.is_nil(body)
      assert.truthy(message:find("^invalid_parameter: SomeAction: " .. name:sub(1, 1)), message)
      assert.equal("SomeAction", err.operation)
    end
    local body, message = helper.zego():call("MixAnew", { "x" })
    assert.is_nil(body)
    assert.truthy(message:find("no parameter name", 1, true))
    assert.equal(0, #transport.requests)
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

  it("gives the older signature when asked for", function()
    local live = helper.aliyun(nil, { signature = "v1", security_token = helper.SECURITY_TOKEN })
    local signed = assert(live:sign("ResumeLiveStream", STREAM,
      { nonce = "n", timestamp = helper.NOW }))
    for _, part in ipairs { "SignatureMethod=HMAC-SHA1", "SignatureNonce=n",
      "Timestamp=2026-01-02T03%3A04%3A05Z", "SecurityToken=", "Signature=" } do
      assert.truthy(signed.url:find(part, 1, true), part)
    end
    assert.is_nil(signed.headers.Authorization)
  end)

  it("signs for zego, and fills in the Sequence", function()
    helper.freeze()
    finally(helper.thaw)
    local rtc, transport = helper.zego()
    local signed = assert(rtc:sign("ResumeRTCStreams", { StreamId = { "a", "b" } },
      { nonce = "4fd24687296dd9f3", timestamp = 1615186943 }))
    assert.equal("GET", signed.method)
    for _, part in ipairs { "Action=ResumeRTCStreams", "AppId=1234567890",
      "SignatureNonce=4fd24687296dd9f3", "Timestamp=1615186943", "Sequence=1767323045000",
      "StreamId%5B%5D=a&StreamId%5B%5D=b" } do
      assert.truthy(signed.url:find(part, 1, true), part)
    end
    assert.equal(0, #transport.requests)
  end)

  it("signs with the options as they were, whoever changes them while a store waits", function()
    local given = { nonce = "before", timestamp = 1 }
    local rtc = helper.zego(nil, { store = {
      stamp = function()
        given.nonce, given.timestamp, given.validate = "after", 2, 3
        return 7
      end,
      reserve = true,
    } })
    local url = assert(rtc:sign("ResumeRTCStreams", { StreamId = { "a" } }, given)).url
    assert.truthy(url:find("&SignatureNonce=before&Timestamp=1&", 1, true), url)
  end)

  it("reads options without metamethods, and changes none", function()
    local given = setmetatable({ nonce = "n" }, {
      __index = function() return "POST" end, __newindex = function() error "changed" end,
    })
    local signed = assert(helper.zego():sign("ResumeRTCStreams", { StreamId = { "a" } }, given))
    assert.equal("GET", signed.method)
    assert.truthy(signed.url:find("&SignatureNonce=n&", 1, true))
    assert.equal("n", rawget(given, "nonce"))
  end)

  it("signs actions without a row, and bodies", function()
    local signed = assert(helper.zego():sign("MixAnew", { TaskId = "t" },
      { method = "POST" }))
    assert.equal("POST", signed.method)
    assert.equal('{"TaskId":"t"}', signed.body)
    assert.equal("GET", assert(helper.aliyun():sign("X", { A = 1 }, { method = "GET" })).method)
  end)

  it("refuses bad parameters as a call does", function()
    local signed, message, err = helper.aliyun():sign("ResumeLiveStream", {})
    assert.is_nil(signed)
    assert.equal("invalid_parameter: ResumeLiveStream: AppName is required", message)
    assert.equal("invalid_parameter", err.code)
  end)

  it("takes a fresh nonce each time", function()
    local live = helper.aliyun()
    local one, other = assert(live:sign("ResumeLiveStream", STREAM)),
      assert(live:sign("ResumeLiveStream", STREAM))
    assert.are_not.equal(one.headers["x-acs-signature-nonce"],
      other.headers["x-acs-signature-nonce"])
  end)
end)

describe("dry_run", function()
  local function texts(signed)
    local all = { signed.url, signed.body }
    for name, value in pairs(signed.headers) do all[#all + 1] = name .. ": " .. value end
    return table.concat(all, "\n")
  end

  it("shows the request with signature and token masked, and sends nothing", function()
    for _, signature in ipairs { "v3", "v1" } do
      local live, transport = helper.aliyun(nil,
        { signature = signature, security_token = helper.SECURITY_TOKEN })
      local text = texts(assert(live:resume_live_stream(STREAM, { dry_run = true })))
      assert.truthy(text:find("StreamName=s1", 1, true))
      assert.truthy(text:find("Signature=***", 1, true))
      assert.is_nil(text:find("Signature=%w"))
      assert.is_nil(text:find("unit/token", 1, true))
      assert.is_nil(text:find("unit%2Ftoken", 1, true))
      assert.equal(0, #transport.requests)
    end
    local rtc, transport = helper.zego()
    local text = texts(assert(rtc:call("ResumeRTCStream", { StreamId = "s" }, { dry_run = true })))
    assert.truthy(text:find("Signature=***", 1, true))
    assert.is_nil(text:find("Signature=%w"))
    assert.equal(0, #transport.requests)
  end)

  it("refuses bad parameters as a call does", function()
    local signed, message = helper.aliyun():resume_live_stream({}, { dry_run = true })
    assert.is_nil(signed)
    assert.equal("invalid_parameter: ResumeLiveStream: AppName is required", message)
  end)
end)
