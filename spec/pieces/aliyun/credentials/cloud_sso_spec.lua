-- Keys of CloudSSO for an access token. What is sent is in spec/bytes/vectors, through a profile.

local credentials = require "streamctl.aliyun".credentials
local helper = require "spec.pieces.helper"
local places = require "spec.pieces.aliyun.credentials.place"

local SSO_TOKEN = "sso-access-token-0123456789"

describe("CloudSSO", function()
  local place = places.each()

  local function source()
    return credentials.cloud_sso { sign_in_url = "https://sso.example.com/start/login?x=1",
      account_id = "1234567890123456", access_config = "ac-1", access_token = SSO_TOKEN,
      access_token_expires = helper.NOW + 1 }
  end

  it("is asked for the account, as long as the login lasts", function()
    place.answer = places.answer({}, "CloudCredential")
    local keys = assert(place:get(source()))
    assert.same({ places.ID, places.EXPIRES, "cloud_sso" },
      { keys.access_key_id, keys.expires, keys.provider })
    assert.equal("1234567890123456", source().account)
    assert.same({ "POST https://sso.example.com/cloud-credentials" }, place:asked())
    local late = source()
    helper.freeze(helper.NOW + 1)
    local err = place:refused("the access token has expired; log in again: aliyun configure", late)
    assert.is_nil(err.absent)
    assert.same({}, place.sent)
  end)

  it("says what is wrong with an answer, without the token", function()
    for why, result in pairs {
      ["HTTP 401"] = helper.response(401, '{"ErrorCode":"x","Message":"Bearer ' .. SSO_TOKEN
        .. '"}'),
      ["403, Denied: ***"] = helper.response(403, '{"Code":"Denied","Message":"' .. SSO_TOKEN
        .. '"}'),
      ["cannot be read"] = helper.response(200, SSO_TOKEN),
      ["its answer has no CloudCredential"] = places.answer(),
      ["its answer has no AccessKeyId"] = places.answer({ AccessKeyId = false },
        "CloudCredential"),
      ["reset with ***"] = { code = "connect", message = "reset with " .. SSO_TOKEN },
    } do
      place.answer = result
      place:refused(why, source(), { SSO_TOKEN, places.SECRET })
    end
  end)
end)
