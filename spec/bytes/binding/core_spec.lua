-- The Lua face of streamctl.core. What the signatures are is in spec/bytes/vectors.

local core = require "streamctl.core"
local raises = require "spec.support.raises"
local requests = require "spec.support.requests"
local encode_uri = require "spec.support.encode_uri"

local ALIYUN = {
  access_key_id = "testid", access_key_secret = "the/secret+key 123",
  security_token = "CAIS+token/0123==", host = "live.aliyuncs.com", version = "2016-11-01",
}
local ZEGO = { app_id = 1234567890, server_secret = "9193cc662a4c0ec135ec71fb57194b38" }

local function with(options, changes)
  local copy = {}
  for name, value in pairs(options) do copy[name] = value end
  for name, value in pairs(changes) do copy[name] = value end
  return copy
end

local function without(options, name)
  local copy = with(options, {})
  copy[name] = nil
  return copy
end

describe("core.set_random", function()
  after_each(function() core.set_random() end)

  local function drawn(...)
    core.set_random(...)
    return { core.nonce(), core.random(), core.random_bytes(3), core.nonce() }
  end

  it("has a seed give the same on every machine: splitmix64, from its lowest byte on", function()
    assert.equal("afcd1d7b39a820e2f465b9a16a9e786e", drawn(0)[1])
    core.set_random(0)
    assert.equal(0xafcd1d7b * 2 ^ -32 + 0x39a820e2 * 2 ^ -64, core.random())
  end)

  it("has other seeds give other numbers, and none those of the system", function()
    local first, seen = drawn(7), {}
    assert.same(first, drawn(7))
    for _, text in ipairs { first[1], first[4], drawn(8)[1], drawn()[1], drawn()[1] } do
      assert.same({ 32, nil }, { #text:match "^%x+$", seen[text] })
      seen[text] = true
    end
    raises.all(core.set_random, { { "from 0 to 2%^53", -1 }, { "from 0 to 2%^53", 0 / 0 } })
  end)
end)

describe("streamctl.core", function()
  it("has a version and no globals", function()
    assert.is_truthy(core._VERSION:match("^%d+%.%d+%.%d+$"))
    assert.is_nil(rawget(_G, "streamctl"))
  end)
end)

describe("core.signer", function()
  it("raises on misuse", function()
    raises.all(core.signer, {
      { "invalid option", "md5", ALIYUN }, { "string expected" }, { "table expected", "acs3" },
      { "table expected", "acs3", "options" },
      { "'access_key_id' must be a string", "acs3", with(ALIYUN, { access_key_id = 1 }) },
      { "'access_key_secret' must be a string", "rpc", with(ALIYUN, { access_key_secret = {} }) },
      { "'security_token' must be a string", "acs3", with(ALIYUN, { security_token = true }) },
      { "'host' must be a string", "acs3", with(ALIYUN, { host = 443 }) },
      { "'server_secret' must be a string", "zego", with(ZEGO, { server_secret = 1 }) },
      { "field 'app_id' must be a number", "zego", without(ZEGO, "app_id") },
    })
    for _, app_id in ipairs { 0, -1, 4294967296, 1 / 0, 0 / 0 } do
      raises("app_id must be from 1 to 4294967295", core.signer, "zego",
        with(ZEGO, { app_id = app_id }))
    end
  end)

  it("refuses bad data with a message and a code, and shows no secret", function()
    for _, kind in ipairs { "acs3", "rpc" } do
      local signer, message, code = core.signer(kind, with(ALIYUN, { security_token = "a\rb" }))
      assert.same({ nil, "invalid_parameter" }, { signer, code })
      assert.is_truthy(message:find("^invalid_parameter: .*security_token"), message)
      assert.is_nil(message:find("secret+key", 1, true))
    end
    local _, message, code = core.signer("zego", with(ZEGO, { server_secret = "" }))
    assert.same({ "invalid_parameter: server_secret is empty", "invalid_parameter" },
      { message, code })
  end)

  it("shows nothing of itself", function()
    for kind, options in pairs { acs3 = ALIYUN, rpc = ALIYUN, zego = ZEGO } do
      local signer = core.signer(kind, options)
      assert.equal("streamctl.signer", tostring(signer))
      assert.is_false(getmetatable(signer))
      assert.has_error(function() setmetatable(signer, {}) end)
      assert.has_error(function() signer.secret = "x" end)
      for _, name in ipairs { "secret", "access_key_secret", "server_secret", "token", "__gc",
        "__index" } do
        assert.is_nil(signer[name])
      end
    end
  end)
end)

describe("a plain signer", function()
  local signer = core.signer("plain",
    { headers = { "Authorization", "Bearer abc.def", "X-Empty-Not", "1" } })

  it("sends what it was given", function()
    local made = core.request(signer, "PUT", "/latest/api/token?a=b", true, nil, "body",
      "text/plain")
    local target, headers = made:sign()
    assert.equal("/latest/api/token?a=b", target)
    assert.same({ Authorization = "Bearer abc.def", ["X-Empty-Not"] = "1",
      ["content-type"] = "text/plain" }, headers)
    assert.same({ "", "" }, { select(3, made:sign()) })
    assert.same({ method = "PUT", url = "http://h/latest/api/token?a=b", headers = headers,
      body = "body" }, made:signed "http://h")
    local _, none = core.request(core.signer("plain", {}), "GET", "/"):sign()
    assert.same({}, none)
  end)

  it("raises on misuse", function()
    raises.all(core.signer, { { "table expected", "plain", { headers = "a: b" } },
      { "even length", "plain", { headers = { "a" } } },
      { "strings only", "plain", { headers = { "a", 1 } } } })
  end)
end)

describe("signer:renew", function()
  local NEW = { access_key_id = "newid", access_key_secret = "new/secret",
    security_token = "new/token" }

  local function authorization(signer)
    local _, headers = core.request(signer, "GET", "A"):sign("nonce", 1767323045)
    return headers.Authorization
  end

  local function secret_fields(options)
    return with(options, { access_key_secret = core.secret(options.access_key_secret),
      security_token = core.secret(options.security_token) })
  end

  after_each(function() core.set_clock() end)

  it("makes it sign with the new credentials, given as texts or as secrets", function()
    local wanted = authorization(core.signer("acs3", with(ALIYUN, NEW)))
    for _, change in ipairs { function(options) return options end, secret_fields } do
      assert.equal(wanted, authorization(core.signer("acs3", change(with(ALIYUN, NEW)))))
      local signer = core.signer("acs3", ALIYUN)
      local made = core.request(signer, "GET", "A")
      assert.not_equal(wanted, authorization(signer))
      assert.is_true(signer:renew(change(NEW)))
      assert.equal(wanted, authorization(signer))
      local _, headers = made:sign("nonce", 1767323045)
      assert.equal(wanted, headers.Authorization)
    end
    local zego = core.signer("zego", { app_id = 1, server_secret = core.secret "old" })
    local target = core.request(zego, "GET", "A"):sign("nonce", 0)
    for _, text in ipairs { "new", core.secret "new" } do
      assert.is_true(zego:renew { server_secret = text })
      assert.not_equal(target, core.request(zego, "GET", "A"):sign("nonce", 0))
      assert.equal(core.request(core.signer("zego", { app_id = 1, server_secret = "new" }), "GET",
        "A"):sign("nonce", 0), core.request(zego, "GET", "A"):sign("nonce", 0))
    end
  end)

  it("takes seconds until which credentials are good, and tells what it refuses", function()
    core.set_clock(1767323045)
    local signer = core.signer("acs3", ALIYUN)
    local made = core.request(signer, "GET", "A")
    for _, expires in ipairs { 0, -1, -1 / 0, 1767323045.9 } do
      signer:renew(with(NEW, { expires = expires }))
      assert.is_nil((made:sign()))
    end
    for _, expires in ipairs { 1767323046, 1e300, 1 / 0 } do
      signer:renew(with(NEW, { expires = expires }))
      assert.truthy(made:sign())
    end
    local renewed, message, code = signer:renew(without(NEW, "access_key_id"))
    assert.same({ nil, "invalid_parameter" }, { renewed, code })
    assert.truthy(message:find("^invalid_parameter: access_key_id "), message)
    raises.all(signer.renew, {
      { "table expected", signer }, { "'expires' must be a number", signer, { expires = "1" } },
      { "not a number", signer, { expires = 0 / 0 } },
      { "'access_key_secret' must be a string or a secret", signer,
        { access_key_secret = io.stdout } },
      { "'security_token' must be a string or a secret", signer, { security_token = 1 } },
    })
  end)
end)

describe("request:sign", function()
  local signer = core.signer("acs3", ALIYUN)
  it("raises on misuse", function()
    raises.all(requests.sign, {
      { "streamctl%.signer.* expected", "no signer", "GET", "A" },
      { "streamctl%.signer.* expected", io.stdout, "GET", "A" },
      { "invalid option 'PATCH'", signer, "PATCH", "A" },
      { "invalid option 'get'", signer, "get", "A" },
      { "string expected", signer, nil, "A" }, { "string expected", signer, "GET", {} },
      { "table expected", signer, "GET", "A", "a=1" },
      { "even length", signer, "GET", "A", { "a", "1", "b" } },
      { "strings only", signer, "GET", "A", { "a", 1 } },
      { "strings only", signer, "GET", "A", { true, "1" } },
      { "string expected", signer, "GET", "A", nil, {} },
      { "string expected", signer, "GET", "A", nil, nil, true },
      { "string expected", signer, "GET", "A", nil, nil, nil, {} },
      { "number expected", signer, "GET", "A", nil, nil, nil, nil, "now" },
      { "no Unix time", signer, "GET", "A", nil, nil, nil, nil, 0 / 0 },
      { "no Unix time", signer, "GET", "A", nil, nil, nil, nil, 1e300 },
    })
    -- and goes on
    assert.equal("/?a=1", (requests.sign(signer, "GET", "A", { "a", "1" })))
  end)

  it("raises once the signer is closed", function()
    local closed = core.signer("acs3", ALIYUN)
    debug.getmetatable(closed).__gc(closed)
    debug.getmetatable(closed).__gc(closed)
    raises("the signer is closed", core.request, closed, "GET", "A")
    raises("the signer is closed", closed.redact, closed, "text")
    assert.equal("streamctl.signer", tostring(closed))
  end)
end)

describe("signer:redact", function()
  local signer = core.signer("acs3", ALIYUN)

  it("hides further texts in the same way", function()
    local more = { "a pass/word", "abc", "" }
    assert.equal("*** abc *** ***",
      signer:redact("a pass/word abc " .. encode_uri("a pass/word") .. " "
      .. ALIYUN.security_token, more))
    assert.equal("a pass/word", signer:redact("a pass/word", {}))
    assert.equal("*** *** abc", signer:redact("another/key a token/1 abc", nil,
      { access_key_secret = core.secret "another/key", security_token = "a token/1" }))
    raises("string expected", signer.redact, signer, "text", { {} })
    raises("must be a string or a secret", signer.redact, signer, "text", {},
      { security_token = {} })
  end)

  it("tells when the text is too large", function()
    local text, message, code = signer:redact(("x"):rep(1000000))
    assert.is_nil(text)
    assert.is_truthy(message:find("^too_large: "))
    assert.equal("too_large", code)
    assert.equal("a ***", signer:redact("a " .. ALIYUN.security_token))
    raises.all(signer.redact, { { "string expected", signer, {} },
      { "string expected", signer, 5 }, { "streamctl%.signer.* expected", "text", "text" } })
  end)
end)

describe("a text", function()
  it("is searched for control characters", function()
    assert.same({ true, true, false, false }, { core.has_control "a\n", core.has_control "\127a",
      core.has_control "a\195\164", core.has_control "" })
    raises("string expected", core.has_control, {})
  end)

  it("of a finite number has the fewest digits that read back", function()
    for text, number in pairs { ["60"] = 60.0, ["-0.1"] = -0.1, ["1e+21"] = 1e21 } do
      assert.equal(text, core.number_text(number))
    end
    for _, number in ipairs { 1 / 0, -1 / 0, 0 / 0 } do
      assert.is_nil(core.number_text(number))
    end
    raises("number expected", core.number_text)
  end)

  it("of a time is rounded down, of years with four digits", function()
    assert.equal("1969-12-31T23:59:59Z", core.time_text(-0.001))
    for _, seconds in ipairs { 253402300800, 1 / 0, 0 / 0 } do
      assert.is_nil(core.time_text(seconds))
    end
    raises("number expected", core.time_text, "now")
  end)
end)

describe("core.set_clock", function()
  after_each(function() core.set_clock() end)

  it("stops the clocks, and lets them run again", function()
    core.set_clock(951782400.5, 42.25)
    assert.same({ 951782400.5, 42.25 }, { core.now(), core.monotonic() })
    core.set_clock(7)
    assert.same({ 7, 0 }, { core.now(), core.monotonic() })
    core.set_clock()
    assert.is_true(math.abs(core.now() - os.time()) < 5)
    raises.all(core.set_clock, { { "number expected", "now" }, { "number expected", 1, {} } })
  end)
end)

describe("core.list_length", function()
  it("is that of lists, and nil for all other tables", function()
    for _, list in ipairs { {}, { "a" }, { false, {}, 3 } } do
      assert.equal(#list, core.list_length(list))
    end
    for _, other in ipairs { { a = 1 }, { "a", b = 1 }, { [2] = "a" }, { "a", [3] = "c" },
      { [0] = 1 }, { [1.5] = 1 }, { [-1] = 1 } } do
      assert.is_nil(core.list_length(other))
    end
    assert.has_error(function() core.list_length "a" end)
  end)
end)

describe("core.new_table", function()
  it("makes an empty table with room for a list and for names", function()
    local made = core.new_table(100000, 100000)
    assert.is_nil(next(made))
    local before = collectgarbage("count")
    for i = 1, 100000 do made[i] = i end
    assert.is_true(collectgarbage("count") - before < 100) -- KiB; it does not grow
  end)

  it("refuses to make less than none", function()
    for _, size in ipairs { -1, -1e300, -math.huge, 0 / 0 } do
      raises("must not be negative", core.new_table, size, 0)
      raises("must not be negative", core.new_table, 0, size)
    end
  end)
end)
