-- Tokens for apps, made. The vendor's own are in spec/bytes/vectors.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local read = require "spec.support.token_reader"
local token = require "streamctl.zego.token"

local SECRET = "u7Gk2pXw9QzR4tVb6YnM1sLd8HfJ3aCe"

local function given(changes)
  return helper.merged({ app_id = helper.APP_ID, server_secret = SECRET, user_id = "user1",
    lifetime = 3600 }, changes)
end

local refused = helper.refuser("zego", "token: ", SECRET, SECRET:sub(1, 8), SECRET:sub(-8))

describe("token.new", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("takes iv and nonce from the operating system", function()
    for mode, size in pairs { cbc = 16, gcm = 12 } do
      local seen, nonces, count = {}, {}, 0
      for _ = 1, 50 do
        local made = token.new(given { mode = mode })
        local iv = core.base64_decode(made:sub(3)):sub(11, 10 + size)
        assert.is_nil(seen[iv])
        seen[iv] = true
        nonces[read(made, SECRET).nonce] = true
      end
      for _ in pairs(nonces) do count = count + 1 end
      assert.is_true(count > 45)
    end
  end)

  it("says by privileges who may do what", function()
    for _, case in ipairs {
      { { room_id = "r" }, '{"room_id":"r","privilege":{"1":1,"2":0},"stream_id_list":null}' },
      { { room_id = "r", login = false, publish = true, streams = { "x" } },
        '{"room_id":"r","privilege":{"1":0,"2":1},"stream_id_list":["x"]}' },
      { { room_id = 'a"/b', publish = true, streams = { "x", "y/z" } },
        '{"room_id":"a\\"/b","privilege":{"1":1,"2":1},"stream_id_list":["x","y/z"]}' },
    } do
      assert.equal(case[2], read(token.new(given { privileges = case[1] }), SECRET).payload)
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
    local encrypt = core.encrypt
    finally(function() core.encrypt = encrypt end)
    core.encrypt = function() return nil, "crypto: OpenSSL refuses AES-256", "crypto" end
    refused("signature", "OpenSSL refuses AES-256", token.new(given()))
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

  it("takes the secret that its source has now, in the caller's time", function()
    local secret, seen = SECRET, nil
    local rtc = zego(function() return secret end)
    read(rtc:token(asked()), SECRET)
    rtc = zego(function()
      secret = SECRET:reverse()
      return secret
    end, { on_event = function(event) seen = seen or event.context end })
    read(rtc:token(asked(), { context = "c", timeout = 5 }), SECRET:reverse())
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
