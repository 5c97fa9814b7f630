-- Failures that the vendors report, and answers at the edge of success. What each code means is in
-- the judge_spec of each vendor.

local session = require "spec.support.session"

session.describe("the vendor's answer", function(s)
  describe("to wrong credentials", function()
    local SECRET = "a-wrong-secret-0123456789+/="

    -- No field of an error, and nothing that a client says about itself, holds the text.
    local function hidden(text, client, message, err)
      assert.is_nil(message:find(text, 1, true))
      assert.is_nil(tostring(client):find(text, 1, true))
      for _, value in pairs(err) do assert.is_nil(tostring(value):find(text, 1, true)) end
    end

    for _, version in ipairs { "v3", "v1" } do
      it("is signature for a wrong secret, " .. version, function()
        local client = s:aliyun { signature = version, access_key_secret = SECRET }
        local _, message, err = client:resume_live_stream(session.stream())
        assert.same({ "signature", "SignatureDoesNotMatch", false },
          { err.code, err.vendor_code, err.retryable })
        hidden(SECRET, client, message, err)
        local _, _, unsafe = client:create_live_pull_to_push(session.task())
        assert.equal("signature", unsafe.code)
        assert.is_false(s:last_request().verified)
      end)

      it("hides a token that the vendor sends back, " .. version, function()
        local token = "CAIS-wrong-token/0123456789=="
        local client = s:aliyun {
          signature = version, security_token = token, access_key_id = s.e.sts.access_key_id,
          access_key_secret = s.e.sts.access_key_secret,
        }
        local _, message, err = client:resume_live_stream(session.stream())
        assert.same({ "credentials", "InvalidSecurityToken.MismatchWithAccessKey" },
          { err.code, err.vendor_code })
        hidden(token, client, message, err)
        for _, body in ipairs {
          '{"Code":"A","Message":"got %s and %s"}', '{"Code":"%s%s"}',
          '{"Code":"A","RequestId":"%s-%s"}', "<p>%s%s</p>",
        } do
          s.e:fault { vendor = "aliyun", kind = "body", status = 400,
            body = body:format(token, s.e.sts.access_key_secret) }
          _, message, err = client:resume_live_stream(session.stream())
          hidden(token, client, message, err)
          hidden(s.e.sts.access_key_secret, client, message, err)
        end
      end)
    end

    it("is signature for a wrong secret of ZEGO", function()
      local secret = ("ab"):rep(16)
      local client = s:zego { server_secret = secret }
      local _, message, err = client:resume_rtc_stream { StreamId = "s1" }
      assert.same({ "signature", 100000005 }, { err.code, err.vendor_code })
      hidden(secret, client, message, err)
    end)

    it("is credentials for keys that nobody knows", function()
      local _, _, err = s:aliyun { access_key_id = "nobody" }:resume_live_stream(session.stream())
      assert.same({ "credentials", "failed" }, { err.code, err.outcome })
      _, _, err = s:aliyun { access_key_id = s.e.sts.access_key_id }:resume_live_stream(
        session.stream())
      assert.same({ "credentials", "MissingSecurityToken" }, { err.code, err.vendor_code })
      _, _, err = s:zego { app_id = 4242 }:resume_rtc_stream { StreamId = "s1" }
      assert.same({ "credentials", 100000011 }, { err.code, err.vendor_code })
    end)
  end)

  for _, offset in ipairs { 3600, -3600 } do
    it("is clock_skew when the clocks differ by " .. offset, function()
      s.e:config { clock_offset = offset }
      for _, version in ipairs { "v3", "v1" } do
        local _, _, err = s:aliyun { signature = version }:create_live_pull_to_push(session.task())
        assert.same({ "clock_skew", "InvalidTimeStamp.Expired", true, false },
          { err.code, err.vendor_code, err.retryable, err.maybe_sent })
      end
      local _, _, err = s:zego():resume_rtc_stream { StreamId = "s1" }
      assert.same({ "clock_skew", 100000004, true }, { err.code, err.vendor_code, err.retryable })
    end)
  end

  describe("in a body", function()
    it("is read whatever the Content-Type, and however it is sent", function()
      local json = '\r\n { "RequestId" : "R", "Name" : "\\u00e4\\ud83d\\udd34 \\/" , "Nothing" : '
        .. 'null }\n'
      for _, content_type in ipairs { "text/html", "application/octet-stream",
        "text/plain; charset=gbk" } do
        s.e:fault { vendor = "aliyun", kind = "body", body = json, content_type = content_type }
        local body = assert(s:aliyun():resume_live_stream(session.stream()))
        assert.same({ "R", "ä🔴 /" }, { body.RequestId, body.Name })
      end
      s.e:fault { vendor = "aliyun", kind = "slow_body", pause = 0.01, chunks = 8 }
      assert(s:aliyun():resume_live_stream(session.stream()))
    end)
  end)
end)
