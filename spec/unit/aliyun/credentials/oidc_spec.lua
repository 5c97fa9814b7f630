-- A role by the token of an OIDC provider.

local asking = require "spec.unit.aliyun.credentials.asking"
local credentials = require "streamctl.aliyun".credentials
local helper = require "spec.unit.helper"

local answer = asking.answer
local ROLE = asking.inside "Credentials"
local PROVIDER = "acs:ram::1234567890123456:oidc-provider/cluster"
local JWT = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJwb2QifQ.c2lnbmF0dXJl"

describe("a role by an OIDC token", function()
  local restore, path

  local function write(text)
    local file = assert(io.open(path, "wb"))
    file:write(text)
    file:close()
  end

  setup(function()
    restore = asking.environment {}
    path = os.tmpname()
  end)

  teardown(function()
    restore()
    os.remove(path)
  end)

  before_each(function() helper.freeze() end)
  after_each(function() helper.thaw() end)

  local function source_of(given)
    local fields = { role_arn = asking.ARN, provider_arn = PROVIDER, token_file = path }
    for name, value in pairs(given or {}) do fields[name] = value or nil end
    return credentials.oidc(fields)
  end

  it("reads the token again each time, without the white space around it (oidc-newline)", function()
    local source = source_of()
    local function token_sent(expiration)
      local context, transport = asking.context(answer(200,
        asking.inside("Credentials", { Expiration = expiration })))
      assert(source:current(context))
      return asking.form(transport.sent[1].body).OIDCToken
    end
    write(" " .. JWT .. "\r\n")
    assert.equal(JWT, token_sent(asking.EXPIRATION))
    write(JWT .. "2\n")
    helper.freeze(asking.EXPIRES, 1000 + 6 * 3600)
    assert.equal(JWT .. "2", token_sent "2026-01-02T15:04:05Z")
  end)

  it("is not asked for with a token that is none", function()
    for _, text in ipairs { "", " \n", "a b", "a\nb", "a\0b", "\255\254a", ("a"):rep(20001) } do
      write(text)
      local context, transport = asking.context(answer(200, ROLE))
      local keys, message, err = source_of():current(context)
      assert.is_nil(keys)
      assert.matches("^credentials: oidc: the token file " .. path:gsub("%p", "%%%0"), message)
      assert.is_nil(err.absent)
      assert.same({}, transport.sent)
    end
    local context = asking.context(answer(200, ROLE))
    local keys, message, err = source_of { token_file = path .. ".none" }:current(context)
    assert.is_nil(keys)
    assert.matches("the token file .*%.none cannot be read: No such file", message)
    assert.is_nil(err.absent)
  end)

  it("is absent without provider and token file, and broken with half of them", function()
    write(JWT)
    for _, case in ipairs {
      { { provider_arn = false, token_file = false }, true },
      { { provider_arn = false, token_file = false, role_arn = false }, true },
      { { provider_arn = false } }, { { token_file = false } }, { { role_arn = false } },
    } do
      local context, transport = asking.context(answer(200, ROLE))
      local keys, message, err = source_of(case[1]):current(context)
      assert.is_nil(keys)
      assert.matches("is missing, and the variable ALIBABA_CLOUD_[%u_]+ is not set$", message)
      assert.equal(case[2], err.absent)
      assert.same({}, transport.sent)
    end
  end)

  it("shows the token to STS only", function()
    write(JWT)
    for _, result in ipairs {
      answer(400, '{"Code":"AuthenticationFail","Message":"the token ' .. JWT .. ' is bad"}'),
      answer(400, '{"Code":"' .. JWT .. '","Message":"' .. JWT .. '","RequestId":"' .. JWT .. '"}'),
      answer(200, JWT), { code = "connect", message = "cannot send " .. JWT },
      answer(500, JWT, "x-acs-request-id: " .. JWT .. "\r\n"),
    } do
      local context = asking.context(result)
      local keys, message, err = source_of():current(context)
      assert.is_nil(keys)
      local all = helper.everything(message, err)
      assert.is_nil(all:find(JWT, 1, true), all)
    end
  end)
end)
