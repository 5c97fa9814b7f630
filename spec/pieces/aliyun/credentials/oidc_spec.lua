-- A role by the token of an OIDC provider.

local credentials = require "streamctl.aliyun".credentials
local helper = require "spec.pieces.helper"
local places = require "spec.pieces.aliyun.credentials.place"

local PROVIDER = "acs:ram::1234567890123456:oidc-provider/cluster"
local JWT = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJwb2QifQ.c2lnbmF0dXJl"

describe("a role by an OIDC token", function()
  local place, path = places.each(places.answer({}, "Credentials")), nil
  before_each(function() path = place:write("token", JWT) end)

  local function source_of(given)
    local fields = { role_arn = places.ARN, provider_arn = PROVIDER, token_file = path }
    for name, value in pairs(given or {}) do fields[name] = value or nil end
    return credentials.oidc(fields)
  end

  it("reads the token again each time, without the white space around it (oidc-newline)", function()
    local source = source_of()
    place:write("token", " " .. JWT .. "\r\n")
    assert(place:get(source))
    assert.equal(JWT, places.form(place.sent[1].body).OIDCToken)
    place:write("token", JWT .. "2\n")
    place.answer = places.answer({ Expiration = "2026-01-02T15:04:05Z" }, "Credentials")
    helper.freeze(places.EXPIRES, 1000 + 6 * 3600)
    assert(place:get(source))
    assert.equal(JWT .. "2", places.form(place.sent[1].body).OIDCToken)
  end)
end)
