-- Keys from a URL.

local asking = require "spec.unit.aliyun.credentials.asking"
local credentials = require "streamctl.aliyun".credentials
local helper = require "spec.unit.helper"

local answer = asking.answer
local URL = "http://127.0.0.1:8123/creds?key=hidden"

describe("a credentials URI", function()
  local restore

  setup(function()
    restore = asking.environment {}
    helper.freeze()
  end)

  teardown(function()
    restore()
    helper.thaw()
  end)

  local function ask(result, url)
    local context, transport = asking.context(result)
    local held, message, err = credentials.uri { url = url or URL }:current(context)
    return held, message, err, transport
  end

  it("is asked once, and believed only with all of a key (uri-code)", function()
    for i, result in ipairs {
      answer(201, asking.keys()), answer(204, ""), answer(404, "no"), answer(500, asking.keys()),
      answer(200, ""), answer(200, "AccessKeyId=x"), answer(200, "[]"), answer(200, "null"),
      answer(200, ("["):rep(60000)), answer(200, asking.keys() .. "x"),
      answer(200, asking.keys { Code = "Failed" }), answer(200, asking.keys { Code = { "0" } }),
      answer(200, asking.keys { AccessKeyId = false }),
      answer(200, asking.keys { AccessKeySecret = "" }),
      answer(200, asking.keys { SecurityToken = { "null" } }),
      answer(200, asking.keys { SecurityToken = { "[]" } }),
      answer(200, asking.keys { Expiration = false }),
      answer(200, asking.keys { Expiration = "2026-01-02T03:04:00Z" }),
      { code = "connect", message = "Connection refused" }, { code = "ok", body = "{}" },
      { code = "too_large", message = "the answer is beyond 65536 bytes", http_status = 200 },
    } do
      local held, message, err, transport = ask(result)
      assert.is_nil(held, i)
      assert.matches("^credentials: uri: ", message)
      assert.equal("credentials", err.code)
      assert.is_nil(err.absent, i) -- somebody wants it asked
      assert.equal(1, #transport.sent)
      local all = helper.everything(message, err)
      for _, secret in ipairs { asking.SECRET, asking.TOKEN, "hidden" } do
        assert.is_nil(all:find(secret, 1, true), all)
      end
    end
  end)

  it("is not shown by what it answers, nor is what looks like a signature", function()
    local secrets = { "aSecretOfThePath012345", "aSecret+query" }
    local said = secrets[1] .. " " .. secrets[2] .. " aSecret%2Bquery Signature=sig012345"
    local _, message, err = ask(answer(403, '{"Code":"Forbidden","Message":"' .. said .. '"}'),
      "http://127.0.0.1:8123/" .. secrets[1] .. "?key=aSecret%2Bquery")
    assert.matches("Forbidden: %*%*%* %*%*%* %*%*%* Signature=%*%*%*", message)
    assert.is_nil(helper.everything(message, err):find("aSecret", 1, true))
  end)

  it("of a variable that has none is broken", function()
    local undo = asking.environment { ALIBABA_CLOUD_CREDENTIALS_URI = "undefined/hidden" }
    local source = credentials.uri {}
    undo()
    local context, transport = asking.context(answer(200, asking.keys()))
    local held, message, err = source:current(context)
    assert.is_nil(held)
    assert.matches("the variable ALIBABA_CLOUD_CREDENTIALS_URI must be a URL", message)
    assert.is_nil(message:find("hidden", 1, true))
    assert.is_nil(err.absent)
    assert.same({}, transport.sent)
  end)

  it("goes by an account of its own that does not show it", function()
    local one, other = credentials.uri { url = URL }, credentials.uri { url = URL .. "2" }
    assert.equal(one.account, credentials.uri { url = URL }.account)
    assert.not_equal(one.account, other.account)
    assert.matches("^uri%.%x+$", one.account)
  end)
end)
