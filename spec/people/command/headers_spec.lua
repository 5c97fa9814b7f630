-- `-vv`: first line and headers of each attempt's request and response, and no secret in them.

local command = require "spec.support.command"

local KEY, TOKEN = "s3cretStreamKey0123", "CAIS+unit/token/0123456789=="

command.describe("-vv", { rates = false }, function(c, e)
  -- The environment's own keys, as the emulator gives them.
  local function given(name)
    for _, pair in ipairs(e:environment()) do
      if pair[1] == name then return pair[2] end
    end
  end

  local function encoded(text)
    return (text:gsub("[^%w_.~-]", function(byte) return ("%%%02X"):format(byte:byte()) end))
  end

  -- Asserts that stderr has texts, and no secret in any form. Returns stderr.
  local function shows(ran, ...)
    for _, text in ipairs { ... } do assert.truthy(ran.err:find(text, 1, true), ran.err) end
    for _, secret in ipairs { KEY, TOKEN, given "ZEGO_SERVER_SECRET",
      given "ALIBABA_CLOUD_ACCESS_KEY_SECRET" } do
      for _, form in ipairs { secret, encoded(secret), encoded(encoded(secret)) } do
        assert.is_nil(ran.err:find(form, 1, true), ran.err)
      end
    end
    for value in ran.err:gmatch "[Ss]ignature=([^&,%s]*)" do assert.equal("***", value) end
    return ran.err
  end

  local ACT = "call CreateLivePullToPush -y -vv Region=cn-shanghai SourceType=live "
    .. "SourceProtocol=rtmp StartTime=2036-01-01T00:00:00Z EndTime=2036-01-02T00:00:00Z "
    .. "SourceUrls=rtmp://pull.example.com/app/s1?auth_key=" .. KEY .. " "
    .. "DstUrl=rtmp://" .. KEY .. "@push.example.com/app/" .. KEY

  it("shows them for ZEGOCLOUD", function()
    local ran = c:run("resume s1 -vv", { vendor = "zego" }):ok()
    local seen = e:requests { action = "ResumeRTCStreams" }[1]
    shows(ran, "\n  > GET /?Action=ResumeRTCStreams&", "&Signature=***&", "\n  > Host: 127.0.0.1:",
      "&SignatureNonce=" .. seen.query.SignatureNonce .. "&", "\n  < HTTP/1.1 200 OK\n",
      "\n  < Date: ")
  end)

  it("shows them for Alibaba Cloud, in both kinds of signatures", function()
    local ran = c:run(ACT, { vendor = "aliyun" }):ok()
    local seen = e:requests { action = "CreateLivePullToPush" }[1]
    shows(ran, "\n  > POST /?", "\n  > Authorization: ACS3-HMAC-SHA256 Credential=",
      ",Signature=***\n",
      "\n  > x-acs-signature-nonce: " .. seen.headers["x-acs-signature-nonce"] .. "\n",
      "\n  < x-acs-request-id: ")
    c:configure "[profile old]\nvendor = aliyun\nsignature = v1"
    ran = c:run(ACT .. " --profile old", { vendor = "aliyun" }) -- there is such a task by now
    shows(ran, "\n  > POST /?AccessKeyId=", "Signature=***", "SignatureMethod=HMAC-SHA1")
  end)

  it("hides tokens, in both kinds of signatures", function()
    c:configure "[profile old]\nvendor = aliyun\nsignature = v1"
    local options = { vendor = "aliyun", environment = { ALIBABA_CLOUD_SECURITY_TOKEN = TOKEN } }
    shows(c:run("call DescribeLiveStreamSnapshotInfo --no-validate -vv", options),
      "\n  > x-acs-security-token: ***\n")
    shows(c:run("call DescribeLiveStreamSnapshotInfo --no-validate -vv --profile old", options),
      "SecurityToken=***")
  end)

  it("shows each attempt, and nothing of it with one -v", function()
    e:fault { action = "DescribeRTCStreamState", kind = "status", status = 500, times = 1 }
    local line = "call DescribeRTCStreamState StreamId=a "
    local ran = c:run(line .. "-v -v", { vendor = "zego" }):ok()
    local _, count = shows(ran, "\n  < HTTP/1.1 500"):gsub("\n  > GET ", "")
    assert.equal(2, count)
    ran = c:run(line .. "-v", { vendor = "zego" }):ok()
    assert.is_nil(ran.err:find("[<>]"))
    assert.matches("^  attempt  [^\n]*\n$", (ran.err:gsub("  wait [^\n]*\n", "")))
  end)
end)
