-- What scripts get of encryption, digests and secrets; the texts themselves are checked in
-- spec/bytes/c.

local core = require "streamctl.core"

local KEY, IV = ("k"):rep(32), ("i"):rep(16)

local function fails(code, why, answer, message, its_code)
  assert.is_nil(answer)
  assert.equal(code, its_code)
  assert.truthy(message:find(why, 1, true), message)
  assert.is_nil(message:find("kkkk", 1, true))
end

describe("encrypt and decrypt", function()
  it("take a signer for its secret, while it is open", function()
    local signer = assert(core.signer("zego", { app_id = 1, server_secret = KEY }))
    assert.equal(core.encrypt("cbc", KEY, IV, "x"), core.encrypt("cbc", signer, IV, "x"))
    assert(signer:renew { server_secret = KEY:reverse() })
    assert.equal(core.encrypt("cbc", KEY:reverse(), IV, "x"),
      core.encrypt("cbc", signer, IV, "x"))
    debug.getmetatable(signer).__gc(signer)
    fails("invalid_parameter", "the key must be 32 bytes", core.encrypt("cbc", signer, IV, "x"))
  end)

  it("say what is wrong", function()
    fails("invalid_parameter", "the key must be 32 bytes, got 31",
      core.encrypt("cbc", KEY:sub(2), IV, "x"))
    fails("invalid_parameter", "the iv must be 12 bytes, got 16", core.encrypt("gcm", KEY, IV, "x"))
    fails("invalid_parameter", "was not encrypted with this key and iv",
      core.decrypt("cbc", KEY, IV, ("x"):rep(16)))
    fails("too_large", "longer than", core.encrypt("cbc", KEY, IV, ("x"):rep(4 * 1024 * 1024 + 1)))
    assert.has_error(function() core.encrypt("ecb", KEY, IV, "x") end)
    assert.has_error(function() core.encrypt("cbc", KEY, IV) end)
    assert.has_error(function() core.decrypt("cbc", KEY, nil, "x") end)
  end)
end)

describe("base64", function()
  it("is that of RFC 4648, and takes what it writes alone", function()
    for text, encoded in pairs { [""] = "", f = "Zg==", fo = "Zm8=", foo = "Zm9v",
      ["\251\255\254\0"] = "+//+AA==" } do
      assert.equal(encoded, core.base64(text))
      assert.equal(text, core.base64_decode(encoded))
    end
    for _, text in ipairs { "Zg", "Zh==", "Zg==\n", "Zm9-" } do
      assert.is_nil(core.base64_decode(text))
    end
    assert.has_error(function() core.base64({}) end)
    assert.has_error(function() core.base64_decode({}) end)
  end)
end)

describe("md5", function()
  it("is that of a text, and of a secret behind it", function()
    assert.equal("900150983cd24fb0d6963f7d28e17f72", core.md5("abc"))
    assert.equal("900150983cd24fb0d6963f7d28e17f72", core.md5("ab", "c"))
    assert.equal("900150983cd24fb0d6963f7d28e17f72", core.md5("", core.secret("abc")))
    assert.equal("d41d8cd98f00b204e9800998ecf8427e", core.md5("", core.secret("")))
    assert.has_error(function() core.md5("a", io.stdout) end)
    assert.has_error(function() core.md5("a", {}) end)
    assert.has_error(function() core.md5() end)
  end)
end)

describe("a secret", function()
  it("is shown by nothing", function()
    local secret = core.secret("kkkkkkkkkkkk")
    assert.equal("streamctl.secret", tostring(secret))
    assert.is_false(getmetatable(secret))
    assert.is_nil(secret.anything)
    assert.has_error(function() secret.anything = 1 end)
  end)

  it("is revealed to who asks for it", function()
    for _, text in ipairs { "", "a\0b", ("x"):rep(100000) } do
      assert.equal(text, core.secret(text):reveal())
    end
    local reveal = core.secret("x").reveal
    for _, other in ipairs { io.stdout, "x", core.signer("plain", {}) } do
      assert.has_error(function() reveal(other) end)
    end
  end)
end)

describe("equal", function()
  it("compares texts", function()
    for _, pair in ipairs { { "", "" }, { "a", "a" }, { "a\0b", "a\0b" } } do
      assert.is_true(core.equal(pair[1], pair[2]))
    end
    for _, pair in ipairs { { "", "a" }, { "a", "b" }, { "a\0b", "a\0c" }, { "a", "ab" },
      { "b", "ab" } } do
      assert.is_false(core.equal(pair[1], pair[2]))
    end
    assert.has_error(function() core.equal("a") end)
  end)
end)

describe("random_bytes", function()
  it("gives as many as are asked for, and other ones each time", function()
    for count = 1, 32 do assert.equal(count, #core.random_bytes(count)) end
    assert.not_equal(core.random_bytes(16), core.random_bytes(16))
    for _, count in ipairs { 0, -1, 33, "x" } do
      assert.has_error(function() core.random_bytes(count) end)
    end
  end)
end)

describe("sha1", function()
  it("is that of the texts behind each other", function()
    local digest = "a9993e364706816aba3e25717850c26c9cd0d89d" -- FIPS 180: "abc"
    assert.equal(digest, core.sha1("abc"))
    assert.equal(digest, core.sha1("", "a", "", "bc"))
    assert.equal(digest, core.sha1("a", "b", "c", "", "", "", "", ""))
    assert.equal(core.sha1(""), core.sha1("", ""))
    assert.equal(core.sha1(("x"):rep(200000)), core.sha1(("x"):rep(199999), "x"))
    assert.has_error(function() core.sha1() end)
    assert.has_error(function() core.sha1("a", nil) end)
  end)
end)

describe("certificate_is_of", function()
  local shell = require "spec.support.emulator.launcher.shell"
  local groups = require "spec.world.store.redis_groups"

  it("compares names and addresses as OpenSSL does", function()
    local folder = groups.certificates()
    finally(function() shell.run("rm -rf " .. shell.quote(folder)) end)
    local server = shell.read_file(folder .. "/server.pem")
    local other = shell.read_file(folder .. "/wrong_host.pem")
    for host, expected in pairs {
      localhost = true, LOCALHOST = true, ["127.0.0.1"] = true, ["::1"] = true,
      ["0:0:0:0:0:0:0:1"] = true, ["127.0.0.2"] = false, ["::2"] = false, ["other.example"] = false,
      ["x.localhost"] = false, [""] = false, ["localhost\0"] = false, ["*"] = false,
    } do
      assert.equal(expected, core.certificate_is_of(server, host), host)
    end
    assert.is_true(core.certificate_is_of(other, "other.example"))
    for _, text in ipairs { "", "x", server:sub(1, 200), folder } do
      assert.is_false(core.certificate_is_of(text, "localhost"))
    end
  end)
end)
