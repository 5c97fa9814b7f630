-- Every token of the vendor's packages: made again, byte by byte.

local cjson = require "cjson"
local core = require "streamctl.core"
local token = require "streamctl.zego.token"
local read = require "spec.support.token_reader"
local samples = require "spec.support.samples"

local vectors = samples.vectors "zego_tokens"

local SECRET = "0123456789abcdef0123456789abcdef"

local function unhex(text)
  return (text:gsub("%x%x", function(hex) return string.char(tonumber(hex, 16)) end))
end

-- Makes a token at a time, with a nonce and an iv.
local function made_with(now, nonce, iv, make, given)
  local random, random_bytes = core.random, core.random_bytes
  finally(function()
    core.random, core.random_bytes = random, random_bytes
    core.set_clock()
  end)
  core.set_clock(now, 1000)
  core.random, core.random_bytes = function() return nonce * 2 ^ -31 end, function() return iv end
  return make(given)
end

-- The same of the fields of a plain text.
local function made_of(plain, iv, make, changes)
  local payload = cjson.decode(plain)
  local given = { app_id = payload.app_id, user_id = payload.user_id, server_secret = SECRET,
    lifetime = payload.expire - payload.ctime, payload = payload.payload }
  for name, value in pairs(changes or {}) do given[name] = value end
  return made_with(payload.ctime, payload.nonce, iv, make, given)
end

local function refused(code, answer, message, err)
  assert.is_nil(answer)
  assert.equal(code, err.code, message)
  assert.is_nil(message:find(SECRET, 1, true))
  return message
end

describe("a token of the vendor's package for Node", function()
  for _, vector in ipairs(vectors.cbc_official_node) do
    it(vector.id .. ": " .. vector.about, function()
      local input = vector.input
      local given = { app_id = input.app_id, user_id = input.user_id,
        server_secret = input.secret, lifetime = input.effective_seconds, payload = input.payload }
      if input.app_id < 0 then -- their check lets it through
        return assert.has_error(function() token.new(given) end)
      end
      assert.equal(vector.token, made_with(vector.now, vector.random.nonce, vector.random.iv,
        token.new, given))
    end)
  end

  it("with privileges is the one of the same payload", function()
    local vector
    for _, other in ipairs(vectors.cbc_official_node) do
      if other.id == "payload-privilege-streams" then vector = other end
    end
    assert.equal(vector.token, made_with(vector.now, vector.random.nonce, vector.random.iv,
      token.new, { app_id = 1234567890, user_id = "user1", server_secret = SECRET, lifetime = 3600,
        privileges = { room_id = "room1", login = true, publish = true,
          streams = { "room1-cam", "room1-screen" } } }))
  end)
end)

-- AppId, user id, secret, life: as each was given to the package.
local function from_list(list)
  local function value(item)
    if item == "(absent)" or item == cjson.null then return nil end
    return item == "NaN" and 0 / 0 or item
  end
  return { app_id = value(list[1]), user_id = value(list[2]), server_secret = value(list[3]),
    lifetime = value(list[4]) }
end

local FIELD = { [1] = "app_id", [3] = "user_id", [5] = "server_secret", [6] = "lifetime" }
-- theirs fails later, and unclearly
local BY_ID = { ["e-secret-utf8"] = 5, ["e-life-fraction"] = 6 }

describe("what the package for Node refuses", function()
  for _, vector in ipairs(vectors.errors_official_node) do
    it(vector.id .. ": " .. vector.about, function()
      local given = from_list(vector.input)
      if vector.id == "e-app-text" then -- digits are an AppId here
        assert(token.new(given))
        given.app_id = "12a"
      end
      -- a wrong type, or none, is misuse
      local ok, made, message, err = pcall(token.new, given)
      if ok then refused("invalid_parameter", made, message, err) end
      local field = FIELD[BY_ID[vector.id] or vector.thrown.errorCode]
      message = ok and message or made
      assert.truthy(message:find(": " .. field .. " ", 1, true)
        or field == "lifetime" and message:find("lifetime is missing", 1, true), message)
    end)
  end

  it("payload-65536: and what it lets through", function()
    local room = ('{"a":"%s"}'):format(("x"):rep(32767 - 160))
    local given = { app_id = 1234567890, user_id = "user1", server_secret = SECRET,
      lifetime = 3600, payload = room }
    local made = assert(token.new(given))
    assert.equal(room, read(made, SECRET).payload)
    given.payload = ('{"a":"%s"}'):format(("x"):rep(32767 - 9)) -- itself just short enough
    assert.truthy(refused("invalid_parameter", token.new(given)):find("more than 32767", 1, true))
    given.payload = ('{"a":"%s"}'):format(("x"):rep(65536))
    refused("invalid_parameter", token.new(given))
  end)
end)

describe("a token in GCM", function()
  for _, vector in ipairs(vectors.gcm_independent) do
    it(vector.id .. ": " .. vector.about, function()
      assert.equal(vector.token, made_of(vector.plaintext, unhex(vector.gcm_nonce_hex), token.new,
        { mode = "gcm" }))
    end)
  end
end)
