-- What a signer does not sign any more is never sent: over the engine, and over cosockets where
-- these specs run inside nginx.

local streamctl = require "streamctl"

local KEY = { access_key_id = "testid", access_key_secret = "the/secret+key 123",
  security_token = "CAIS+token/0123==" }

describe("a call with credentials that have expired", function()
  local attempts

  local function client(vendor, expires)
    attempts = {}
    local made = streamctl[vendor].new {
      access_key_id = vendor == "aliyun" and "old" or nil,
      access_key_secret = vendor == "aliyun" and "old" or nil,
      app_id = vendor == "zego" and 1 or nil, server_secret = vendor == "zego" and "old" or nil,
      endpoint = "http://127.0.0.1:9", tls = { verify = false },
      on_event = function(event)
        if event.event == "attempt" then attempts[#attempts + 1] = event.code end
      end,
    }
    local fresh = { expires = expires }
    if vendor == "zego" then fresh.server_secret = KEY.access_key_secret end
    for name, value in pairs(vendor == "aliyun" and KEY or {}) do fresh[name] = value end
    assert(made.signer:renew(fresh))
    return made
  end

  for vendor, calls in pairs {
    aliyun = { { "DescribeLiveStreamsBlockList", { DomainName = "a.example.com" } },
      { "AddSomething", {} } },
    zego = { { "ResumeRTCStream", { StreamId = "s1" } }, { "StartSomething", {} } },
  } do
    it("is refused, once, and known not to have been sent: " .. vendor, function()
      for _, call in ipairs(calls) do
        local it = client(vendor, 1)
        local answer, message, err = it:call(call[1], call[2])
        assert.is_nil(answer)
        assert.same({ "credentials", false, 1, false },
          { err.code, err.maybe_sent, err.attempts, err.retryable })
        assert.truthy(message:find("the credentials expired at 1970-01-01T00:00:01Z", 1, true),
          message)
        assert.is_nil(message:find(KEY.access_key_secret, 1, true))
        assert.same({ "credentials" }, attempts)
      end
    end)

    it("is not signed either: " .. vendor, function()
      local signed, message, err = client(vendor, 1):sign(calls[1][1], calls[1][2])
      assert.is_nil(signed)
      assert.equal("credentials", err.code)
      assert.truthy(message:find("the credentials expired at ", 1, true), message)
      assert.truthy(client(vendor, 1e12):sign(calls[1][1], calls[1][2]))
    end)
  end
end)
