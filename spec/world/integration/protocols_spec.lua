-- Calls over each signature and protocol: what else arrives than the parameters, of which
-- catalogue_spec.lua and exactness_spec.lua tell.

local core = require "streamctl.core"
local session = require "spec.support.session"

local V1 = { signature = "v1" }

local VARIANTS = {
  { "aliyun", "signature V3 over HTTPS" },
  { "aliyun", "signature V1 over HTTPS", V1 },
  { "aliyun", "signature V3 with STS", sts = true },
  { "aliyun", "signature V1 with STS", V1, sts = true },
  { "aliyun", "a server that offers HTTP/2", address = "aliyun_h2" },
  { "aliyun", "plain HTTP, written out", address = "aliyun_http", plain = true },
  { "zego", "HTTPS" },
  { "zego", "a server that offers HTTP/2", address = "zego_h2" },
  { "zego", "plain HTTP, written out", address = "zego_http", plain = true },
}

local CALLS = {
  aliyun = {
    { "POST", "forbid_live_stream", session.stream() },
    { "GET", "describe_live_pull_to_push_list", { Region = "cn-shanghai" } },
  },
  zego = {
    { "GET", "forbid_rtc_streams", { StreamId = { "b", "a", "b2" } } },
    { "POST", "stop_mix", { TaskId = "t", UserId = "u" }, json = '{"TaskId":"t","UserId":"u"' },
  },
}

session.describe("a call", function(s)
  for _, variant in ipairs(VARIANTS) do
    local vendor, address = variant[1], variant.address or variant[1]
    it("of " .. vendor .. " arrives whole over " .. variant[2], function()
      local options = { endpoint = s.e[address] }
      for name, value in pairs(variant.sts and s.e.sts or {}) do options[name] = value end
      for name, value in pairs(variant[3] or {}) do options[name] = value end
      local client = s[vendor](s, options)
      for _, call in ipairs(CALLS[vendor]) do assert(client[call[2]](client, call[3])) end
      local log = s.e:requests()
      assert.equal(2, #log)
      for i, entry in ipairs(log) do
        local call, headers = CALLS[vendor][i], entry.headers
        assert.same({ true, "HTTP/1.1", not variant.plain, call[1] },
          { entry.verified, entry.protocol, entry.tls, entry.method })
        assert.equal(s.e[address]:match("//(.*)"), headers.host)
        assert.equal("streamctl/" .. core._VERSION, headers["user-agent"])
        assert.equal("application/json", headers.accept)
        assert.is_nil(headers.expect)
        assert.is_nil(headers["transfer-encoding"])
        assert.equal(call.json and "application/json" or nil, headers["content-type"])
        assert.equal(call.json or "", entry.body:sub(1, #(call.json or "x")))
        assert.equal(call[1] == "POST" and ("%d"):format(#entry.body) or nil,
          headers["content-length"])
        assert.equal(variant.sts and s.e.security_token or nil,
          headers["x-acs-security-token"] or entry.query.SecurityToken)
        if vendor == "aliyun" then
          assert.equal(variant[3] and "v1" or "v3", entry.signature)
        else
          assert.same({ "1234567890", "2.0" }, { entry.query.AppId, entry.query.SignatureVersion })
        end
      end
    end)
  end

  it("has the user agent of its options", function()
    assert(s:aliyun { user_agent = "job/2 (night)" }:call("EchoTest"))
    assert.equal("job/2 (night)", s:last_request().headers["user-agent"])
  end)
end)
