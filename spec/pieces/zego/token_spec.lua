-- Tokens for apps, made and read. The vendor's own are in spec/bytes/vectors.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local token = require "streamctl.zego.token"

local SECRET = "u7Gk2pXw9QzR4tVb6YnM1sLd8HfJ3aCe"

local function given(changes)
  return helper.merged({ app_id = helper.APP_ID, server_secret = SECRET, user_id = "user1",
    lifetime = 3600 }, changes)
end

local function kit(changes)
  return given(helper.merged({ room_id = "room1", user_name = "User One" }, changes))
end

-- Has tokens made with a nonce and an iv until the test ends.
local function with_chance(nonce, iv)
  local random, random_bytes = core.random, core.random_bytes
  finally(function() core.random, core.random_bytes = random, random_bytes end)
  core.random = function() return nonce * 2 ^ -31 end
  core.random_bytes = function() return iv end
end

local refused = helper.refuser("zego", "token: ", SECRET, SECRET:sub(1, 8), SECRET:sub(-8))

describe("token.new", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("makes what read reads, from now on", function()
    for _, mode in ipairs { "cbc", "gcm" } do
      local it = assert(token.read(assert(token.new(given { mode = mode, payload = '{"a":1}' })),
        SECRET))
      assert.same({ helper.APP_ID, "user1", helper.NOW, helper.NOW + 3600, '{"a":1}', mode },
        { it.app_id, it.user_id, it.created, it.expires, it.payload, it.mode })
      assert.is_true(it.nonce >= 0 and it.nonce < 2 ^ 31 and it.nonce % 1 == 0)
    end
    local spread = '{\n\t"a": "\\u00e9/"\r\n}' -- as printers of JSON write it
    assert.equal(spread, token.read(token.new(given { payload = spread }), SECRET).payload)
    assert.equal("", token.read(token.new(given()), SECRET).payload)
    assert.equal("cbc", token.read(token.new(given()), SECRET).mode)
  end)

  it("takes iv and nonce from the operating system", function()
    for mode, size in pairs { cbc = 16, gcm = 12 } do
      local seen, nonces, count = {}, {}, 0
      for _ = 1, 50 do
        local made = token.new(given { mode = mode })
        local iv = core.base64_decode(made:sub(3)):sub(11, 10 + size)
        assert.is_nil(seen[iv])
        seen[iv] = true
        nonces[token.read(made, SECRET).nonce] = true
      end
      for _ in pairs(nonces) do count = count + 1 end
      assert.is_true(count > 45)
    end
  end)

  it("writes whole numbers, whatever they were given as", function()
    local function plain_of(changes)
      local made = assert(token.new(given(changes)))
      return assert(core.decrypt("cbc", SECRET, ("i"):rep(16),
        core.base64_decode(made:sub(3)):sub(29)))
    end
    with_chance(5, ("i"):rep(16))
    helper.freeze(helper.NOW + 0.75)
    assert.equal('{"app_id":4294967295,"user_id":"user1","nonce":5,"ctime":1767323045,"expire":'
      .. '1767326645,"payload":""}', plain_of { app_id = 4294967295.0, lifetime = 3600.0 })
    assert.equal(plain_of(), plain_of { app_id = "1234567890" })
    local at_a_time = helper.without(given { expires = helper.NOW + 3600 }, "lifetime")
    assert.equal(token.new(given()), token.new(at_a_time))
  end)

  it("says by privileges who may do what", function()
    for _, case in ipairs {
      { { room_id = "r" }, '{"room_id":"r","privilege":{"1":1,"2":0},"stream_id_list":null}' },
      { { room_id = "r", login = false, publish = true, streams = { "x" } },
        '{"room_id":"r","privilege":{"1":0,"2":1},"stream_id_list":["x"]}' },
      { { room_id = 'a"/b', publish = true, streams = { "x", "y/z" } },
        '{"room_id":"a\\"/b","privilege":{"1":1,"2":1},"stream_id_list":["x","y/z"]}' },
    } do
      assert.equal(case[2], token.read(token.new(given { privileges = case[1] }), SECRET).payload)
    end
    for why, privileges in pairs {
      ["privileges: streams must be a list of StreamIds: an item must be text"]
        = { room_id = "r", streams = { 5 } },
      ["privileges: streams must not be empty, which ZEGOCLOUD takes for every stream; "
        .. "leave it out for any, or set publish = false"]
        = { room_id = "r", publish = true, streams = {} },
      ["privileges: room_id must not be empty"] = { room_id = "" },
    } do
      refused("invalid_parameter", why, token.new(given { privileges = privileges }))
    end
  end)

  it("refuses what cannot be right", function()
    local function wrong(why, changes)
      refused("invalid_parameter", why, token.new(given(changes)))
    end
    for _, lifetime in ipairs { 0, -1, 1.5, 0 / 0, 1 / 0, 2 ^ 31 } do
      wrong("lifetime must be a whole number from 1 to ", { lifetime = lifetime })
    end
    for _, secret in ipairs { SECRET:sub(2), SECRET .. "0", SECRET .. SECRET,
      SECRET:sub(2) .. "é", "" } do
      wrong("server_secret must be the ServerSecret, 32 bytes, got ",
        { server_secret = secret })
    end
    refused("invalid_parameter", "expires must be later than now",
      token.new(helper.without(given { expires = helper.NOW }, "lifetime")))
    for why, user_id in pairs { ["must not be empty"] = "", ["must not hold control"] = "a\n",
      ["must be UTF-8"] = "caf\233", ["must be at most 32767 bytes"] = ("x"):rep(32768) } do
      wrong("user_id " .. why, { user_id = user_id })
    end
    for why, payload in pairs { ["must be JSON text"] = "a\0",
      ["must be JSON text, or apps"] = "room1",
      ["must be at most 32767 bytes"] = '"' .. ("x"):rep(32766) .. '"',
      ["must be UTF-8"] = '{"a":"\255"}' } do
      wrong("payload " .. why, { payload = payload })
    end
  end)

  it("says when OpenSSL does not encrypt", function()
    local encrypt, decrypt, made = core.encrypt, core.decrypt, token.new(given())
    finally(function() core.encrypt, core.decrypt = encrypt, decrypt end)
    local function refuses() return nil, "crypto: OpenSSL refuses AES-256", "crypto" end
    core.encrypt, core.decrypt = refuses, refuses
    refused("signature", "OpenSSL refuses AES-256", token.new(given()))
    refused("signature", "OpenSSL refuses AES-256", token.read(made, SECRET))
  end)

  it("throws misuse at the line that calls it", function()
    local function throws(why, options, name)
      helper.throws("streamctl.zego.token." .. (name or "new") .. why,
        function() return (token[name or "new"](options)) end, SECRET)
    end
    for why, changes in pairs {
      [": there is no field 'secret'"] = { secret = SECRET },
      [": user_id must be text, got a number"] = { user_id = 5 },
      [": server_secret must be text, got a table"] = { server_secret = {} },
      [": lifetime must be a number, got a string"] = { lifetime = "3600" },
      [": expires and lifetime are two ends; give one"] = { expires = helper.NOW + 60 },
      [": mode must be one of cbc, gcm; got ecb"] = { mode = "ecb" },
      [": payload must be text, got a table"] = { payload = { a = 1 } },
      [": privileges must be a table, got a number"] = { privileges = 5 },
      [": privileges: room_id is missing"] = { privileges = {} },
      [": privileges: there is no field 'room'"] = { privileges = { room = "r" } },
      [": privileges: login must be true or"] = { privileges = { room_id = "r", login = 1 } },
      [": privileges: streams must be a table"] = { privileges = { room_id = "r", streams = "" } },
      [": give payload or privileges, not both"] = { payload = "{}",
        privileges = { room_id = "r" } },
    } do
      throws(why, given(changes))
      throws(why, kit(changes), "kit")
    end
    for _, app_id in ipairs { 0, -1, 2 ^ 32, 1.5, 0 / 0, "", "-1", "4294967296", true } do
      throws(": app_id must be ", given { app_id = app_id })
    end
    for _, name in ipairs { "app_id", "user_id", "server_secret" } do
      throws(": " .. name .. " is missing", helper.without(given(), name))
    end
    throws(": expires or lifetime is missing", helper.without(given(), "lifetime"))
    throws(": room_id is missing", given(), "kit")
    throws(" takes a table of options", SECRET)
    helper.throws("streamctl.zego.token.read: server_secret must be text, got a nil",
      function() return (token.read "") end)
  end)
end)

describe("token.kit", function()
  it("has behind a token who enters which room", function()
    local made = assert(token.kit(kit { user_name = "Zoë & !~*'()" }))
    local front, tail = made:match("^([^#]*)#(.*)$")
    assert.equal('{"userID":"user1","roomID":"room1","userName":"Zo%C3%AB%20%26%20!~*\'()",'
      .. '"appID":1234567890}', core.base64_decode(tail))
    local it = assert(token.read(made, SECRET))
    assert.equal("room1", it.kit.roomID)
    assert.is_nil(it.payload)
    assert.is_nil(assert(token.read(front, SECRET)).kit)
    assert.equal("{}", token.read(token.kit(kit { payload = "{}" }), SECRET).payload)
  end)

  it("refuses what its reader would garble", function()
    for _, name in ipairs { "user_id", "room_id" } do
      refused("invalid_parameter", name .. " must be ASCII in a kit token",
        token.kit(kit { [name] = "Zoë" }))
    end
    refused("invalid_parameter", "user_name must be UTF-8", token.kit(kit { user_name = "\255" }))
    refused("invalid_parameter", "lifetime must be", token.kit(kit { lifetime = 0 }))
    -- read takes no longer one
    refused("invalid_parameter", "it would be 131", token.kit(kit { user_name = ("é"):rep(16383) }))
    assert(token.read(token.kit(kit { room_id = ("r"):rep(32767) }), SECRET))
  end)
end)

describe("client:token", function()
  local streamctl = require "streamctl"

  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  local function zego(secret, changes)
    return streamctl.zego.new(helper.merged({ app_id = helper.APP_ID, server_secret = secret },
      changes))
  end

  local function asked(changes)
    return helper.without(helper.without(given(changes), "app_id"), "server_secret")
  end

  it("makes the token of token.new, with the secret of the client or of its source", function()
    with_chance(5, ("i"):rep(12))
    local changes = { mode = "gcm", privileges = { room_id = "r" } }
    local expected = assert(token.new(given(changes)))
    assert.equal(expected, zego(SECRET):token(asked(changes)))
    assert.equal(expected, zego(function() return SECRET end):token(asked(changes)))
    assert.equal(expected, zego(SECRET, { is_test = true }):token(asked(changes)))
  end)

  it("takes the secret that its source has now, in the caller's time", function()
    local secret, seen = SECRET, nil
    local rtc = zego(function() return secret end)
    assert(token.read(rtc:token(asked()), SECRET))
    rtc = zego(function()
      secret = SECRET:reverse()
      return secret
    end, { on_event = function(event) seen = seen or event.context end })
    assert(token.read(rtc:token(asked(), { context = "c", timeout = 5 }), SECRET:reverse()))
    assert.equal("c", seen)
  end)

  it("refuses what token.new refuses, and what its source has not", function()
    local rtc = zego(SECRET)
    refused("invalid_parameter", "user_id must not be empty", rtc:token(asked { user_id = "" }))
    refused("invalid_parameter", "privileges: room_id must not be empty",
      rtc:token(asked { privileges = { room_id = "" } }))
    refused("invalid_parameter", "the key must be 32 bytes, got 5", zego "short":token(asked()))
    refused("credentials", "it gives nothing: none today",
      zego(function() return nil, "none today" end):token(asked()))
    for why, params in pairs { ["there is no field 'key'"] = asked { key = SECRET },
      ["user_id is missing"] = {}, ["expires or lifetime is missing"] = { user_id = "u" },
      ["privileges: room_id is missing"] = asked { privileges = {} } } do
      helper.throws("token: " .. why, function() return (rtc:token(params)) end, SECRET)
    end
    helper.throws("option", function() return (rtc:token(asked(), { on_send = print })) end)
  end)
end)

-- A token around any plain text, well made but for what is changed.
local function forge(plain, changes)
  local how = helper.merged({ mode = "cbc", mark = "", expire = 1767326645 }, changes)
  local iv = how.iv or ("i"):rep(how.mode == "cbc" and 16 or 12)
  local cipher = how.cipher or assert(core.encrypt(how.mode, SECRET, iv, plain))
  local function two(number) return string.char(math.floor(number / 256), number % 256) end
  local expire = ""
  for _ = 1, 8 do
    expire = string.char(how.expire % 256) .. expire
    how.expire = math.floor(how.expire / 256)
  end
  return "04" .. core.base64(expire .. two(#iv) .. iv .. two(#cipher) .. cipher .. how.mark)
end

local PLAIN = '{"app_id":1,"user_id":"u","nonce":2,"ctime":1767323045,"expire":1767326645}'

describe("token.read", function()
  it("reads what other makers leave out or add", function()
    assert(token.read(forge(PLAIN), SECRET))
    assert(token.read(forge(PLAIN, { mark = "\0" }), SECRET))
    assert(token.read(forge(PLAIN, { mark = "\1", mode = "gcm" }), SECRET))
    assert(token.read(forge((PLAIN:gsub("}$", ',"payload":null,"more":[1]}'))), SECRET))
    assert.is_nil(assert(token.read(forge((PLAIN:gsub("}$", ',"kit":{"a":1}}'))), SECRET)).kit)
    local it = assert(token.read(forge((PLAIN:gsub('"app_id":1', '"app_id":-1'))), SECRET))
    assert.equal(-1, it.app_id)
  end)

  it("takes no other secret", function()
    local other, random_bytes = SECRET:reverse(), core.random_bytes
    finally(function() core.random_bytes = random_bytes end)
    for i = 1, 300 do -- with CBC some are decrypted, to rubbish
      core.random_bytes = function() return ("%016d"):format(i) end
      local made = token.new(given())
      refused("signature", "it was not made with this secret", token.read(made, other))
    end
    core.random_bytes = random_bytes
    refused("signature", "it was not made with this secret",
      token.read(token.new(given { mode = "gcm" }), other))
    for _, secret in ipairs { "", SECRET .. "0" } do
      refused("invalid_parameter", "server_secret must be the ServerSecret",
        token.read(token.new(given()), secret))
    end
  end)

  it("tells what is wrong with a text that is no token", function()
    for text, why in pairs {
      [""] = "it is none of version 04", ["token"] = "it is none of version 04",
      ["03AAAA"] = "it is none of version 04; it begins with 03",
      ["04"] = "it is cut short", ["04#"] = "it is cut short", ["04A"] = "it is no base64",
      ["04AA=="] = "it is cut short", ["04AB=="] = "it is no base64",
      ["04\0\0\0\0"] = "it is no base64", ["04\255\255\255\255"] = "it is no base64",
      ["04 AAA"] = "it is no base64",
      [forge(PLAIN, { mark = "\2" })] = "it ends with bytes that no version 04 has",
      [forge(PLAIN, { mark = "\0\0" })] = "it ends with bytes that no version 04 has",
      [forge(PLAIN, { mark = "\1" })] = "it is cut short", -- which has another iv
      [forge("", { iv = "", cipher = "" })] = "it is cut short",
      [token.new(given()) .. "#!"] = "what follows '#' is no JSON in base64",
      [token.new(given()) .. "#" .. core.base64("[1]")] = "what follows '#' is no JSON in base64",
      [token.new(given()) .. "#" .. core.base64('{"a":"\255"}')] = "what follows '#' is no JSON",
    } do
      refused("invalid_parameter", why, token.read(text, SECRET))
    end
    for _, value in ipairs { 5, {}, true, ("04" .. ("A"):rep(65536)), ("04"):rep(5e6) } do
      refused("invalid_parameter", "a token is text of at most 65536 characters",
        token.read(value, SECRET))
    end
    refused("invalid_parameter", "a token is text", token.read(nil, SECRET))
    refused("invalid_parameter", "it is cut short",
      token.read(forge(nil, { cipher = ("c"):rep(32768) }), SECRET))
  end)

  it("takes no content that a token cannot have", function()
    for plain, why in pairs {
      [""] = "it was not made with this secret", ["[1]"] = "it was not made with this secret",
      [PLAIN .. "\2\2"] = "it was not made with this secret",
      [PLAIN:gsub('"u"', '"\255"')] = "it was not made with this secret",
      [("["):rep(20000)] = "it was not made with this secret",
      ["{}"] = "its ", [PLAIN:gsub('"u"', "5")] = "its user_id is missing or of another type",
      [PLAIN:gsub('"app_id":1', '"app_id":"1"')] = "its app_id is missing or of another type",
      [PLAIN:gsub('"nonce":2', '"nonce":1.5')] = "its nonce is missing or of another type",
      [PLAIN:gsub('"nonce":2', '"nonce":1e999')] = "its nonce is missing or of another type",
      [PLAIN:gsub("1767326645", "99999999999999999999")]
        = "its expire is missing or of another type",
      [PLAIN:gsub("1767326645", "1767326646")] = "it was changed: the time of its end",
      [PLAIN:gsub("}$", ',"payload":{}}')] = "its payload is of another type",
    } do
      refused("signature", why, token.read(forge(plain), SECRET))
    end
    refused("signature", "it was changed: ", token.read(forge(PLAIN, { expire = 0 }), SECRET))
  end)

  -- What is cut, or has a byte changed, is refused; with CBC it may also say something else where
  -- the iv or the cipher text was changed.
  it("survives every change and every cut", function()
    for _, mode in ipairs { "cbc", "gcm" } do
      local made = token.new(given { mode = mode })
      local packed = core.base64_decode(made:sub(3))
      for i = 1, #packed do
        assert.is_nil((token.read("04" .. core.base64(packed:sub(1, i - 1)), SECRET)))
        for _, change in ipairs { 1, 128 } do
          local byte = (packed:byte(i) + change) % 256
          local changed = packed:sub(1, i - 1) .. string.char(byte) .. packed:sub(i + 1)
          local it, message, err = token.read("04" .. core.base64(changed), SECRET)
          if it then
            assert.is_true(mode == "cbc" and i > 10, "byte " .. i)
          else
            assert.is_true(err.code == "signature" or err.code == "invalid_parameter", message)
          end
        end
      end
      for i = 1, #made - 1 do assert.is_nil((token.read(made:sub(1, i), SECRET))) end
    end
  end)
end)
