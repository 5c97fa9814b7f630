-- A role by the keys of another source: what is signed and sent, and what a refusal leads to. The
-- vendor's recordings (spec/bytes/vectors) have the signatures.

local credentials = require "streamctl.aliyun".credentials
local helper = require "spec.pieces.helper"
local places = require "spec.pieces.aliyun.credentials.place"

local answer = helper.response
local ROLE = places.answer({}, "Credentials")

describe("a role that is assumed", function()
  local place = places.each()

  local function ask(result, given, source)
    place.answer = result
    return place:get(credentials.assume_role(helper.merged({ role_arn = places.ARN,
      source = source or places.source() }, given)))
  end

  it("is asked for at an address, before that of a region", function()
    for origin, given in pairs {
      ["https://sts.example.com"] = { endpoint = "sts.example.com", region = "cn-beijing" },
      ["http://127.0.0.1:8080"] = { endpoint = "http://127.0.0.1:8080/" },
    } do
      ask(ROLE, given)
      assert.equal(origin, place.sent[1].origin)
    end
  end)

  it("sends a token over plain HTTP to 127.0.0.1 alone", function()
    for endpoint, fine in pairs {
      ["http://127.0.0.1"] = true, ["HTTP://127.0.0.1:8080"] = true,
      ["http://sts.example.com"] = false, ["http://127.0.0.1.example.com:80"] = false,
      ["http://localhost"] = false, ["http://192.0.2.1"] = false, ["http://127.0.0.12"] = false,
    } do
      local ok, why = pcall(credentials.assume_role, { source = places.source(),
        role_arn = places.ARN, endpoint = endpoint })
      assert.equal(fine, ok, endpoint .. tostring(why))
      if not fine then
        assert.truthy(why:find("endpoint must begin with https://, since tokens and keys", 1, true))
      end
    end
  end)

  it("takes a key instead of a source", function()
    local keys = ask(ROLE, {},
      { access_key_id = "LTAIkey", access_key_secret = "aSecret", security_token = "aToken" })
    assert.equal("ram_role_arn/static_sts", keys.provider)
    assert.equal("LTAIkey", places.form(place.sent[1].target).AccessKeyId)
    for why, source in pairs { ["access_key_secret is missing"] = { access_key_id = "LTAIkey" },
      ["there is no field 'current'"] = { current = print } } do
      helper.throws("assume_role: source: " .. why, function()
        credentials.assume_role { source = source, role_arn = places.ARN }
      end)
    end
  end)

  it("tells the vendor's code and message, and that no other answer will do", function()
    local keys, message, err = ask(answer(403, '{"RequestId":"R-9","Code":"NoPermission",'
      .. '"Message":"You are not authorized"}'))
    assert.same({ nil, "credentials: assume_role: STS answered HTTP 403, NoPermission: You are not "
      .. "authorized", "NoPermission", "R-9", 403, false }, { keys, message, err.vendor_code,
      err.request_id, err.http_status, err.retryable })
    for _, case in ipairs {
      { answer(503, '{"Code":"ServiceUnavailable"}'),
        "HTTP 503, ServiceUnavailable: no message$", true },
      { answer(400, '{"Code":"X","Message":{"a":1}}'), "HTTP 400, X: no message$" },
      { answer(400, '{"Message":"no code"}'), "STS answered HTTP 400$" },
      { answer(200, '{"Credentials":"none"}'), "its answer has no Credentials$" },
    } do
      keys, message, err = ask(case[1])
      assert.is_nil(keys)
      assert.matches("^credentials: assume_role: ", message)
      assert.matches(case[2], message)
      assert.equal(case[3] or false, err.retryable, message)
      assert.is_nil(err.absent)
    end
  end)
end)
