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
  { "DescribeLiveStreamCount", { "DomainName", "d", "DomainName", "d" }, "came twice" },
  { "GetMessageApp", {}, "UnsupportedHTTPMethod", nil, "GET" },
  { "GetMessageApp", { "AppId", "a" }, "AppId is invalid: belongs in the body" },
  { "DescribeLiveDomainDetail", {}, "DomainName is invalid: belongs in the query",
    "DomainName=d" },
}

session.describe("the emulator's catalogue", function(s)
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

  it("takes parameters of ZEGOCLOUD as documented only, also in bodies", function()
    local _, message = s:zego { validate = false }:call("StopMix", { TaskId = "t", UserID = "u" })
    assert.is_truthy(message:find("UserID is no parameter", 1, true), message)
  end)
end)
