-- Keys from a URL. Answers of every kind are in spec/bytes/vectors.

local credentials = require "streamctl.aliyun".credentials
local helper = require "spec.pieces.helper"
local json = require "streamctl.base.json"
local places = require "spec.pieces.aliyun.credentials.place"

local URL = "http://127.0.0.1:8123/creds?key=hidden"

describe("a credentials URI", function()
  local place = places.each()

  it("is asked once, and believed only with all of a key (uri-code)", function()
    for i, result in ipairs {
      helper.response(200, ("["):rep(60000)), places.answer { Code = "Failed" },
      places.answer { Code = 0 }, places.answer { AccessKeySecret = "" },
      places.answer { AccessKeyId = "a\nb" }, places.answer { SecurityToken = json.null },
      places.answer { SecurityToken = {} }, places.answer { Expiration = false },
      { code = "too_large", message = "the answer is beyond 65536 bytes", http_status = 200 },
    } do
      place.answer = result
      local err = place:refused("credentials: uri: ", credentials.uri { url = URL },
        { places.SECRET, places.TOKEN, "hidden" })
      assert.is_nil(err.absent, i) -- somebody wants it asked
      assert.equal(1, #place.sent)
    end
  end)

  it("is not shown by what it answers, nor is what looks like a signature", function()
    local secrets = { "aSecretOfThePath012345", "aSecret+query" }
    local said = secrets[1] .. " " .. secrets[2] .. " aSecret%2Bquery Signature=sig012345"
    place.answer = helper.response(403, '{"Code":"Forbidden","Message":"' .. said .. '"}')
    place:refused("Forbidden: *** *** *** Signature=***", credentials.uri {
      url = "http://127.0.0.1:8123/" .. secrets[1] .. "?key=aSecret%2Bquery" }, { "aSecret" })
  end)

  it("goes by an account of its own that does not show it", function()
    local one, other = credentials.uri { url = URL }, credentials.uri { url = URL .. "2" }
    assert.equal(one.account, credentials.uri { url = URL }.account)
    assert.not_equal(one.account, other.account)
    assert.matches("^uri%.%x+$", one.account)
  end)
end)
