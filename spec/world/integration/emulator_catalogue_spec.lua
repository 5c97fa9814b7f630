-- The emulator is strict about the parameters of each operation.

local core = require "streamctl.core"
local requests = require "spec.support.requests"
local samples = require "spec.support.samples"
local session = require "spec.support.session"

-- What no client would send: action, list of names and values, what the emulator says; and the
-- body, and the method where it is not the operation's.
local ALIYUN = {
  { "DescribeLiveStreamsPublishList", { "DomainName", "d", "StartTime", "2026-01-01T00:00:00Z" },
    "MissingParameter" },
  { "DescribeLiveStreamCount", { "DomainName", "d", "Domainname", "d" },
    "Domainname is invalid: no parameter" },
  { "DescribeLiveStreamsBlockList", { "DomainName", "d", "PageNum", "one" }, "is no integer" },
  { "GetMessageApp", {}, "UnsupportedHTTPMethod", nil, "GET" },
  { "GetMessageApp", { "AppId", "a" }, "AppId is invalid: belongs in the body" },
  { "DescribeLiveDomainDetail", {}, "DomainName is invalid: belongs in the query",
    "DomainName=d" },
  { "RemoveTerminals", { "AppId", "a", "ChannelId", "c", "TerminalIds.1", "a",
    "TerminalIds.2", "b" }, "OK" },
  { "RemoveTerminals", { "AppId", "a", "ChannelId", "c", "TerminalIds.1", "a",
    "TerminalIds.3", "b" }, "TerminalIds.2 is invalid: missing" },
  { "AddLiveMessageGroupBand", { "AppId", "a", "GroupId", "g", "BannedUsers", "a,,b" },
    "empty item" },
  { "CreateLiveAIStudio", { "MattingLayout", "{", "MattingType", "t", "StudioName", "s" },
    "one JSON text of an object" },
  { "AddLiveDomain", { "DomainName", "d", "LiveDomainType", "t", "Region", "r", "Tag.1.Name", "x" },
    "Tag.1.Name is invalid: unknown field" },
}

-- The same of JSON bodies: action, parameters, the name at fault, why.
local ZEGO = {
  { "StartMix", { TaskId = "t", UserId = "u", MixInput = { { RectInfo = { Layer = 0 } } },
    MixOutput = { { StreamId = "o" } } }, "MixInput.1.StreamId|StreamUrl", "missing" },
  { "StartMix", { TaskId = "t", UserId = "u", MixOutput = { { StreamId = "o" } }, MixInput = {
    { StreamId = "a", RectInfo = { Layers = 0 } } } }, "MixInput.1.RectInfo.Layers",
    "unknown field" },
  { "StopMix", { TaskId = "t", UserID = "u" }, "UserID", "no parameter" },
}

session.describe("the emulator's catalogue", function(s)
  it("answers operations without a model in their documented shape", function()
    local body = assert(s:aliyun():call("DescribeLiveDomainDetail",
      { DomainName = "d.example.com" }))
    assert.same({ "", "string" }, { body.DomainDetail.DomainStatus, type(body.RequestId) })
    body = assert(s:zego():call("GenerateIdentifyToken"))
    assert.same({ 0, 0 }, { body.Code, body.Data.RemainTime })
  end)

  it("takes parameters of Alibaba Cloud as documented only", function()
    local signer = assert(core.signer("acs3", { access_key_id = s.e.access_key_id,
      access_key_secret = s.e.access_key_secret, host = s.e.aliyun:match("//(.*)$"),
      version = "2016-11-01" }))
    for _, case in ipairs(ALIYUN) do
      local action, params, expected, body = case[1], case[2], case[3], case[4]
      local method = case[5] or samples.facts("aliyun")[action].method
      local target, headers = assert(requests.sign(signer, method, action, params, body,
        body and "application/x-www-form-urlencoded"))
      local answer = s:send { method = method, url = s.e.aliyun .. target, headers = headers,
        body = body or "" }
      assert.is_true(s:last_request().verified)
      local text = answer.Code and answer.Code .. " " .. answer.Message or "OK"
      assert.is_truthy(text:find(expected, 1, true), action .. ": " .. text)
    end
  end)

  it("takes parameters of ZEGOCLOUD as documented only, also inside of bodies", function()
    local rtc = s:zego { validate = false }
    for _, case in ipairs(ZEGO) do
      local body, message = rtc:call(case[1], case[2])
      assert.is_nil(body)
      assert.is_truthy(message:find(case[3], 1, true), message)
      assert.is_truthy(message:find(case[4], 1, true), message)
    end
  end)
end)
