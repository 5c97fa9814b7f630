-- Keys of CloudSSO for an access token.

local asking = require "spec.unit.aliyun.credentials.asking"
local credentials = require "streamctl.aliyun".credentials
local helper = require "spec.unit.helper"
local json = require "streamctl.json"

local answer = asking.answer
local KEYS = asking.inside "CloudCredential"
local SSO_TOKEN = "sso-access-token-0123456789"

describe("CloudSSO", function()
  before_each(function() helper.freeze() end)
  after_each(function() helper.thaw() end)

  local function source_of(given)
    local fields = { sign_in_url = "https://sso.example.com/start/login?x=1",
      account_id = "1234567890123456", access_config = "ac-1", access_token = SSO_TOKEN,
      access_token_expires = helper.NOW + 1 }
    for name, value in pairs(given or {}) do fields[name] = value end
    return credentials.cloud_sso(fields)
  end

  it("is asked with the account and its access configuration", function()
    local context, transport = asking.context(answer(200, KEYS))
    local source = source_of()
    local keys = source:current(context)
    assert.equal(asking.ID, keys.access_key_id)
    assert.equal(asking.EXPIRES, keys.expires)
    assert.equal("cloud_sso", keys.provider)
    assert.equal("1234567890123456", source.account)
    local sent = transport.sent[1]
    assert.same({ "POST https://sso.example.com/cloud-credentials" }, asking.lines(transport))
    assert.same({ AccountId = "1234567890123456", AccessConfigurationId = "ac-1" },
      json.decode(sent.body))
    assert.same({ accept = "application/json", authorization = "Bearer " .. SSO_TOKEN,
      ["content-type"] = "application/json" }, sent.headers)
    assert.same({ attempt_timeout = 10, connect_timeout = 5 }, sent.limits)
  end)

  it("is not asked when the login is over", function()
    local context, transport = asking.context(answer(200, KEYS))
    local source = source_of()
    helper.freeze(helper.NOW + 1)
    local keys, message, err = source:current(context)
    assert.is_nil(keys)
    assert.matches("the access token has expired; log in again: aliyun configure", message)
    assert.is_nil(err.absent)
    assert.same({}, transport.sent)
  end)

  it("says what is wrong with an answer, without the token", function()
    for _, case in ipairs {
      { answer(401, '{"ErrorCode":"x","Message":"Bearer ' .. SSO_TOKEN .. '"}'), "HTTP 401" },
      { answer(403, '{"Code":"Denied","Message":"' .. SSO_TOKEN .. '"}'), "403, Denied: %*%*%*$" },
      { answer(200, SSO_TOKEN), "cannot be read" },
      { answer(200, asking.keys()), "its answer has no CloudCredential$" },
      { answer(200, asking.inside("CloudCredential", { AccessKeyId = false })),
        "its answer has no AccessKeyId$" },
      { { code = "connect", message = "reset with " .. SSO_TOKEN }, "reset with %*%*%*$" },
    } do
      local keys, message, err = source_of():current((asking.context(case[1])))
      assert.is_nil(keys)
      assert.matches("^credentials: cloud_sso: ", message)
      assert.matches(case[2], message)
      local all = helper.everything(message, err)
      assert.is_nil(all:find(SSO_TOKEN, 1, true), all)
      assert.is_nil(all:find(asking.SECRET, 1, true), all)
    end
  end)
end)
