-- What a signer does not sign any more is never sent.

local streamctl = require "streamctl"

local SECRET = "the/secret+key 123"

-- vendor, options, the credentials but for their end, calls with a row and without
local CASES = {
  { "aliyun", { access_key_id = "old", access_key_secret = "old" },
    { access_key_id = "testid", access_key_secret = SECRET, security_token = "CAIS+token/0123==" },
    { { "DescribeLiveStreamsBlockList", { DomainName = "a.example.com" } }, { "AddThing", {} } } },
  { "zego", { app_id = 1, server_secret = "old" }, { server_secret = SECRET },
    { { "ResumeRTCStream", { StreamId = "s1" } }, { "StartThing", {} } } },
}

describe("a call with credentials that have expired", function()
  for _, case in ipairs(CASES) do
    local vendor, options, credentials, calls = case[1], case[2], case[3], case[4]
    local codes

    local function client(expires)
      codes = {}
      options.endpoint = "http://127.0.0.1:9"
      function options.on_event(event)
        if event.event == "attempt" then codes[#codes + 1] = event.code end
      end
      local made = streamctl[vendor].new(options)
      credentials.expires = expires
      assert(made.signer:renew(credentials))
      return made
    end

    it("is refused, once, known not to have been sent, and not signed: " .. vendor, function()
      for _, call in ipairs(calls) do
        local _, message, err = client(1):call(call[1], call[2])
        assert.same({ "credentials", false, 1, false, { "credentials" } },
          { err.code, err.maybe_sent, err.attempts, err.retryable, codes })
        assert.truthy(message:find("the credentials expired at 1970-01-01T00:00:01Z", 1, true),
          message)
        assert.is_nil(message:find(SECRET, 1, true))
      end
      local signed, message = client(1):sign(calls[1][1], calls[1][2])
      assert.is_nil(signed)
      assert.matches("^credentials: .*the credentials expired at ", message)
      assert(client(1e12):sign(calls[1][1], calls[1][2]))
    end)
  end
end)
