-- Sources that ask over HTTP, over the real engine: past proxies, and with answers that never end.

local child = require "spec.support.child"
local core = require "streamctl.core"
local credentials = require "streamctl.aliyun".credentials
local session = require "spec.support.session"

local PATH = "/latest/meta-data/ram/security-credentials/streamctl-role"
local LONG = 60 -- seconds that only a hanging question takes

session.describe("a source that asks over HTTP", function(s)
  -- How a client asks.
  local function context()
    local client = s:aliyun {}
    return { loop = client.loop(), options = client.options, deadline = core.monotonic() + LONG }
  end

  it("asks metadata directly where the environment names a proxy", function()
    local output, status = child.run(([[
      local streamctl = require "streamctl"
      local client = streamctl.aliyun.new { access_key_id = "id", access_key_secret = "secret",
        proxy = "env" }
      local source = streamctl.aliyun.credentials.ecs_role { endpoint = %q, timeout = 60 }
      io.write(assert(source:get { loop = client.loop(), options = client.options,
        deadline = require("streamctl.core").monotonic() + 60 }).access_key_id)
    ]]):format(s.e.metadata), { http_proxy = s.e.refused, all_proxy = s.e.refused,
        ALIBABA_CLOUD_ECS_METADATA_DISABLED = "" })
    assert.equal(0, status, output)
    assert.equal(s.e.sts.access_key_id, output)
  end)

  it("reads no more of an answer than a key takes", function()
    local uri = credentials.uri { url = s.e.metadata .. PATH }
    for _, chunked in ipairs { true, false } do
      s.e:reset()
      s.e:fault { kind = "huge", vendor = "metadata", bytes = 100000, chunked = chunked,
        times = -1 }
      local key, message = uri:get(context())
      assert.is_nil(key)
      assert.matches("too_large: ", message)
    end
  end)

  it("follows no redirect", function()
    s.e:fault { kind = "body", vendor = "metadata", action = "key", times = -1, status = 302,
      headers = { Location = s.e.metadata .. PATH } }
    local key, message = credentials.uri { url = s.e.metadata .. PATH }:get(context())
    assert.is_nil(key)
    assert.matches("the credentials URI answered HTTP 302", message)
    assert.equal(1, #s.e:requests { vendor = "metadata" })
  end)
end)
