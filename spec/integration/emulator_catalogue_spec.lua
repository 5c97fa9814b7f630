-- The emulator has every operation of both vendors and is strict about the parameters of each.

local core = require "streamctl.core"
local requests = require "spec.support.requests"
local session = require "spec.support.session"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

session.describe("the emulator's catalogue", function(s)
  local live, rtc

  before_each(function() live, rtc = s:aliyun { validate = false }, s:zego { validate = false } end)

  -- Signed by the client, sent as a test writes it: names that the client would refuse too.
  local function code_of(client, action, params, options)
    local body, _, err = client:call(action, params, options)
    return body and "OK" or tostring(err.vendor_code)
  end

  local function is_invalid(client, action, params, name, why, options)
    local body, _, err = client:call(action, params, options)
    assert.is_nil(body)
    assert.is_truthy(err.message:find(name, 1, true), err.message)
    assert.is_truthy(err.message:find(why, 1, true), err.message)
  end

  it("answers operations without a model in their documented shape", function()
    local body = assert(live:call("DescribeLiveDomainDetail", { DomainName = "d.example.com" }))
    assert.same({ "", "string" }, { body.DomainDetail.DomainStatus, type(body.RequestId) })
    body = assert(rtc:call("GenerateIdentifyToken"))
    assert.same({ 0, 0 }, { body.Code, body.Data.RemainTime })
  end)

  describe("parameters at Alibaba Cloud", function()
    local SPAN = { DomainName = "d", StartTime = "2026-01-01T00:00:00Z" }

    it("are there", function()
      assert.equal("MissingParameter", code_of(live, "DescribeLiveStreamsPublishList", SPAN))
    end)

    it("are known", function()
      is_invalid(live, "DescribeLiveStreamCount", { DomainName = "d", Domainname = "d" },
        "Domainname", "no parameter")
    end)

    it("have their type", function()
      is_invalid(live, "DescribeLiveStreamsBlockList", { DomainName = "d", PageNum = "one" },
        "PageNum", "is no integer")
    end)

    -- What no client would send: signed all the same.
    local function refused(method, action, params, body)
      local signer = assert(core.signer("acs3", { access_key_id = s.e.access_key_id,
        access_key_secret = s.e.access_key_secret, host = s.e.aliyun:match("//(.*)$"),
        version = "2016-11-01" }))
      local target, headers = assert(requests.sign(signer, method, action, params, body,
        body and "application/x-www-form-urlencoded"))
      local answer = s:send { method = method, url = s.e.aliyun .. target, headers = headers,
        body = body or "" }
      assert.is_true(s:last_request().verified)
      return answer.Code and answer.Code .. " " .. answer.Message or "OK"
    end

    it("come by the action's method", function()
      assert.is_truthy(refused("GET", "GetMessageApp", {}):find("^UnsupportedHTTPMethod"))
      assert.is_truthy(refused("POST", "StopLivePullToPush", {}):find("^UnsupportedHTTPMethod"))
    end)

    it("stand where they belong", function()
      assert.equal("OK", refused("POST", "GetMessageApp", {}, "AppId=a"))
      assert.is_truthy(refused("POST", "GetMessageApp", { "AppId", "a" })
        :find("AppId is invalid: belongs in the body", 1, true))
      assert.is_truthy(refused("POST", "DescribeLiveDomainDetail", {}, "DomainName=d")
        :find("DomainName is invalid: belongs in the query", 1, true))
    end)

    local CHANNEL = { "AppId", "a", "ChannelId", "c" }

    local function terminals(...)
      local params = { unpack(CHANNEL) }
      for i = 1, select("#", ...) do params[#params + 1] = (select(i, ...)) end
      return refused("POST", "RemoveTerminals", params)
    end

    it("encode lists as documented", function()
      assert.equal("OK", terminals("TerminalIds.1", "a", "TerminalIds.2", "b"))
      assert.is_truthy(terminals("TerminalIds.1", "a", "TerminalIds.3", "b")
        :find("TerminalIds.2 is invalid: missing", 1, true))
      assert.is_truthy(terminals("TerminalIds", '["a"]'):find("came as one value", 1, true))
      assert.is_truthy(refused("POST", "AddLiveMessageGroupBand",
        { "AppId", "a", "GroupId", "g", "BannedUsers", "a,,b" }):find("empty item", 1, true))
      assert.equal("OK", refused("POST", "AddLiveMessageGroupBand",
        { "AppId", "a", "GroupId", "g", "BannedUsers", "a,b" }))
      assert.is_truthy(refused("POST", "CreateLiveAIStudio", { "MattingLayout", "{" })
        :find("one JSON text of an object", 1, true))
      assert.is_truthy(refused("POST", "AddLiveDomain",
        { "DomainName", "d", "LiveDomainType", "t", "Region", "r", "Tag.1.Name", "x" })
        :find("Tag.1.Name is invalid: unknown field", 1, true))
    end)
  end)

  describe("parameters at ZEGOCLOUD", function()
    it("are there, also inside the body", function()
      is_invalid(rtc, "StartMix", { TaskId = "t", UserId = "u", MixInput = { {
        RectInfo = { Layer = 0 } } }, MixOutput = { { StreamId = "o" } } },
        "MixInput.1.StreamId|StreamUrl", "missing")
    end)

    it("are known, also inside the body", function()
      is_invalid(rtc, "StopMix", { TaskId = "t", UserID = "u" }, "UserID", "no parameter")
      is_invalid(rtc, "StartMix", { TaskId = "t", UserId = "u", MixInput = { { StreamId = "a",
        RectInfo = { Layers = 0 } } }, MixOutput = { { StreamId = "o" } } },
        "MixInput.1.RectInfo.Layers", "unknown field")
    end)

    it("have their type in JSON", function()
      is_invalid(rtc, "StopMix", { TaskId = "t", Sequence = "1" }, "Sequence", "is no integer")
    end)

    it("count their lists", function()
      is_invalid(rtc, "KickoutUser", { RoomId = "r", UserId = "u" }, "UserId", "missing")
    end)
  end)
end)
