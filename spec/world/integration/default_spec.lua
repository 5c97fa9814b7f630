-- The vendors' functions without a client: options from the environment of a process. What it may
-- hold is in spec/pieces/client_environment_spec.lua.

local child = require "spec.support.child"
local helper = require "spec.pieces.helper"
local session = require "spec.support.session"

session.describe("without a client", function(s)
  local function aliyun(changes)
    local e = s.e
    return helper.merged({
      ALIBABA_CLOUD_ENDPOINT = e.aliyun_http, ALIBABA_CLOUD_ACCESS_KEY_ID = e.access_key_id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET = e.access_key_secret, ALIBABA_CLOUD_SECURITY_TOKEN = "",
    }, changes)
  end

  local FORBID = [[
    local streamctl = require "streamctl"
    local body, message, err = streamctl.aliyun.forbid_live_stream {
      DomainName = "d.example.com", AppName = "a", StreamName = "s", LiveStreamType = "publisher" }
    io.write(body and "ok" or message, "|", err and err.code or "-")
  ]]

  it("calls of Alibaba Cloud take keys and endpoint from the environment", function()
    assert.equal("ok|-", (child.run(FORBID, aliyun())))
    local entry = s:last_request()
    assert.same({ true, "v3" }, { entry.verified, entry.signature })
    assert.is_nil(entry.headers["x-acs-security-token"])
    assert.is_table(s.e:state().aliyun.blocked["d.example.com/a/s"])
  end)

  -- Without a key in the environment.
  local function elsewhere(changes)
    return aliyun(helper.merged({ ALIBABA_CLOUD_ACCESS_KEY_ID = "",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET = "" }, changes))
  end

  it("without a key, all that was asked is named, and nothing is sent", function()
    local output = child.run(FORBID, elsewhere())
    assert.is_truthy(output:find("^credentials: chain: there are no keys: environment: .*"
      .. "profile: .*ini: .*Set ALIBABA_CLOUD_ACCESS_KEY_ID .*|credentials$"), output)
    assert.same({}, s.e:requests())
  end)
end)
