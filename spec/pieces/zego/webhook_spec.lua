-- Webhooks of ZEGOCLOUD. The vendor's own signatures are in spec/bytes/vectors.

local webhook = require "streamctl.zego.webhook"
local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"

local SECRET = "unitTestCallbackSecret"
local NOW = helper.NOW

-- Signed as the vendor does, by another way than ours.
local function signature_of(secret, timestamp, nonce)
  local parts = { secret, timestamp, nonce }
  table.sort(parts)
  return core.sha1(table.concat(parts))
end

local function message(changes, secret)
  local fields = helper.merged({ event = "stream_create", appid = "1234567890",
    timestamp = tostring(NOW), nonce = "350176", room_id = "r1", stream_id = "s1",
    user_id = "u1", room_session_id = "858012925204410400", stream_seq = "7",
    create_time_ms = "1767323044123" }, changes)
  fields.signature = fields.signature
    or signature_of(secret or SECRET, tostring(fields.timestamp), tostring(fields.nonce))
  return fields
end

local function verify(body, changes, now)
  helper.freeze(now or NOW)
  if type(body) == "table" then body = cjson.encode(body) end
  return webhook.verify(body, helper.merged({ secret = SECRET }, changes))
end

local refused = helper.refuser("zego", "webhook: ", SECRET)

describe("zego.webhook.verify", function()
  after_each(helper.thaw)

  it("takes nonces and times as texts or numbers, digit by digit", function()
    for _, nonce in ipairs { "9223372036854775807", "7266888922840654370", "0",
      "9007199254740993" } do
      local body = cjson.encode(message { nonce = nonce })
      assert(verify(body))
      local as_number, count = body:gsub('"nonce":"(%d+)"', '"nonce":%1')
      assert.equal(1, count)
      assert(verify(as_number))
    end
    refused("bad_request", "nonce", verify(message { nonce = 0.5, signature = ("0"):rep(40) }))
    refused("bad_request", "nonce", verify(message { nonce = 2 ^ 63, signature = ("0"):rep(40) }))
  end)

  it("reads percent-encoded JSON, and the player's capitals", function()
    local body = cjson.encode(message { user_name = "ä b+c%" })
    local function encoded(space)
      return (body:gsub("[^%w ]", function(char) return ("%%%02x"):format(char:byte()) end)
        :gsub(" ", (space:gsub("%%", "%%%%"))))
    end
    for _, space in ipairs { "+", "%20" } do
      assert.equal("ä b+c%", assert(verify(encoded(space))).fields.user_name)
    end
    local capitals = {}
    for name, value in pairs(message()) do
      capitals[name:sub(1, 1):upper() .. name:sub(2)] = value
    end
    assert.is_true(assert(verify(capitals)).verified)
  end)

  it("names streams of the test environment as its clients do", function()
    local event = assert(verify(message { stream_id = "zegotest-1234567890-s1" }))
    assert.equal("s1", event.stream)
    assert.equal("zegotest-1234567890-s1", event.fields.stream_id)
    event = assert(verify(message { stream_id = "zegotest-99-s1" })) -- another app's
    assert.equal("zegotest-99-s1", event.stream)
  end)

  it("refuses what was signed with another secret, or changed", function()
    refused("signature", "callback secret of the console", verify(message(nil, "another")))
    refused("signature", "", verify(message { signature = ("0"):rep(40) }))
    refused("signature", "", verify(message { signature = message().signature .. "0" }))
    local fields = message()
    fields.nonce = "350177"
    refused("signature", "", verify(fields))
    fields = message()
    fields.timestamp = tostring(NOW + 1)
    refused("signature", "", verify(fields))
    fields = message()
    fields.signature = fields.signature:upper()
    assert(verify(fields))
    for _, name in ipairs { "timestamp", "nonce", "signature" } do
      fields = message()
      fields[name] = nil
      refused("signature", "no signature: no " .. name, verify(fields))
      fields[name] = ""
      refused("bad_request", name, verify(cjson.encode(fields)))
      fields[name] = ("1"):rep(257)
      refused("bad_request", name, verify(cjson.encode(fields)))
      fields[name] = { "1" }
      refused("bad_request", name, verify(cjson.encode(fields)))
      fields[name] = cjson.null
      refused("signature", name, verify(fields))
    end
    refused("bad_request", "seconds", verify(message { timestamp = "soon" }))
  end)

  it("refuses what is old, or of the future", function()
    local fields = message()
    assert.equal(NOW + 300, assert(verify(fields, nil, NOW + 300)).expires)
    assert(verify(fields, nil, NOW - 300))
    refused("expired", "301 s ago", verify(fields, nil, NOW + 301))
    refused("expired", "301 s ahead of now", verify(fields, nil, NOW - 301))
    assert.equal(NOW + 301, assert(verify(fields, { tolerance = 301 }, NOW + 301)).expires)
    refused("expired", "1 s are allowed", verify(fields, { tolerance = 1 }, NOW + 2))
    assert.is_nil(assert(verify(fields, { tolerance = false }, NOW + 1e8)).expires)
    -- a forged one is never said to be old
    refused("signature", "", verify(fields, { secret = "x" }, NOW + 301))
    refused("expired", "", verify(message { timestamp = "99999999999" }))
  end)

  it("says of ZIM's, which are signed alike and have names in common, that they are out", function()
    local changes = { event = "room_create", timestamp = NOW * 1000 + 123 }
    refused("bad_request", "in milliseconds, as ZIM's are, and ZIM's webhooks are not read here",
      verify(message(changes)))
    refused("signature", "another secret", verify(message(changes, "x")))
    refused("bad_request", "in milliseconds", verify(message(changes), { tolerance = false }))
  end)

  it("keeps the fields as the vendor spells them, and long numbers exact", function()
    local body = cjson.encode(message { event = "room_close" })
      :gsub('"858012925204410400"', "858012925204410401")
    local event = assert(verify(body))
    assert.equal("858012925204410401", event.fields.room_session_id)
    assert.equal("room_close", event.fields.event)
    assert.equal(1234567890, event.app_id)
  end)
end)
