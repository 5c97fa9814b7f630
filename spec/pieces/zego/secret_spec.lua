-- A ServerSecret that comes from a function or a file.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local zego = require "streamctl.zego"

local OK = helper.response(200, helper.SUCCESS.zego)
local REFUSED = helper.response(200, '{"Code":100000005,"Message":"signature error",'
  .. '"RequestId":"1"}')
local FIRST, SECOND = "firstSecretOfTheApp0123456789abc", "secondSecretOfTheApp123456789abc"

local secrets = { FIRST, SECOND, "thirdSecretOfTheApp" }

-- The secret that a request is signed with.
local function secret_of(request)
  local target = request:sign()
  local function value(name) return target:match("[?&]" .. name .. "=(%w+)") end
  for _, secret in ipairs(secrets) do
    local signed = core.md5(value "AppId" .. value "SignatureNonce", secret .. value "Timestamp")
    if signed == value "Signature" then return secret end
  end
end

-- A client; its vendor knows the secret `it.theirs`, or any. `it.used`: what requests were signed
-- with.
local function client_of(server_secret, options)
  local it = { used = {} }
  it.client = zego.new(helper.merged({ app_id = helper.APP_ID, server_secret = server_secret,
    retry = false, rate_limit = false, transport = helper.transport(function(request)
      local used = secret_of(request)
      it.used[#it.used + 1] = used or "an unknown one"
      return (not it.vendors or used == it.vendors) and OK or REFUSED
    end) }, options))
  return it
end

local function resume(it) return it.client:resume_rtc_stream { StreamId = "s1" } end

local function pass(seconds) helper.freeze(core.now() + seconds, core.monotonic() + seconds) end

local function expect_error(it, ...)
  local answer, message, err = resume(it)
  assert.is_nil(answer)
  for _, part in ipairs { ... } do assert.truthy(message:find(part, 1, true), message) end
  local all = helper.everything(message, err)
  for _, secret in ipairs(secrets) do assert.is_nil(all:find(secret, 1, true), all) end
  return err
end

describe("a ServerSecret from a function", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("is asked for by the first call, once", function()
    local count = 0
    local it = client_of(function()
      count = count + 1
      return FIRST
    end)
    assert.equal(0, count)
    assert.equal("zego:1234567890", it.client.account)
    for _ = 1, 3 do assert(resume(it)) end
    assert.same({ 1, { FIRST, FIRST, FIRST } }, { count, it.used })
  end)

  it("must be text", function()
    local what
    local it = client_of(function() return what, "the vault is shut" end)
    for why, value in pairs { ["it gives no key: it must be text, got a number"] = 5,
      ["it gives no key: it must not be empty"] = "",
      ["it gives nothing: the vault is shut"] = false,
      ["it gives no key: it must not hold control characters"] = FIRST .. "\n" } do
      what = value
      pass(60) -- the pause after the one before
      local err = expect_error(it, "credentials: function: " .. why)
      assert.same({ "credentials", 0, false }, { err.code, err.attempts, err.maybe_sent })
    end
    assert.same({}, it.used)
  end)
end)

describe("a ServerSecret from a file", function()
  local path

  local function write(text)
    local file = assert(io.open(path .. ".new", "wb"))
    file:write(text)
    file:close()
    assert(os.rename(path .. ".new", path))
  end

  before_each(function()
    path = os.tmpname()
    helper.freeze()
  end)
  after_each(function()
    helper.thaw()
    os.remove(path)
  end)

  it("is read by the first call, without the end of its line", function()
    local it
    for _, ending in ipairs { "", "\n", "\r\n", "\n\n" } do
      write(FIRST .. ending)
      it = client_of { file = path }
      for _ = 1, 2 do assert(resume(it)) end
      assert.same({ FIRST, FIRST }, it.used)
    end
  end)

  it("is read again when the vendor refuses the signature", function()
    write(FIRST)
    local it = client_of { file = path }
    assert(resume(it))
    write(SECOND .. "\n")
    assert(resume(it))
    it.vendors = SECOND
    for _ = 1, 2 do assert(resume(it)) end
    assert.same({ FIRST, FIRST, FIRST, SECOND, SECOND }, it.used)
  end)

  it("stays as it was while there is nothing to read", function()
    write(FIRST)
    local it = client_of { file = path }
    assert(resume(it))
    it.vendors = SECOND
    for _, text in ipairs { "", "\n", "two\nlines", ("x"):rep(65537), "short", SECOND:sub(1, 31),
      SECOND .. "x", false } do
      if text then write(text) else os.remove(path) end
      pass(60)
      assert.equal("signature", expect_error(it, "signature").code)
    end
    write(SECOND)
    pass(60)
    assert(resume(it))
    assert.equal(SECOND, it.used[#it.used])
    for i = 1, #it.used - 1 do assert.equal(FIRST, it.used[i]) end
  end)

  it("says what is wrong with it when there is none yet", function()
    local it = client_of { file = path }
    local wrong = " bytes, and a ServerSecret has 32"
    for text, why in pairs { [""] = " has 0" .. wrong, ["\n"] = " has 0" .. wrong,
      [FIRST .. "\n" .. SECOND] = " has 65" .. wrong, ["short"] = " has 5" .. wrong,
      [("x"):rep(1048577)] = " cannot be read: it is larger than 1 MiB" } do
      write(text)
      pass(60)
      local err = expect_error(it, "credentials: file: " .. path .. why)
      assert.same({ "credentials", 0 }, { err.code, err.attempts })
    end
    os.remove(path)
    pass(60)
    expect_error(it, "credentials: file: " .. path .. " cannot be read: No such file or directory")
    expect_error(client_of { file = "/" }, "credentials: file: / ")
    assert.same({}, it.used)
    write(FIRST)
    pass(60)
    assert(resume(it))
  end)
end)
