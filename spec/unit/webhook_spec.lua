-- What both vendors' webhooks have in common: hostile bodies, and what makes an event the same.

local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local streamctl = require "streamctl"

local NOW = helper.NOW
local ZEGO = { timestamp = tostring(NOW), nonce = "5", signature =
  core.sha1(tostring(NOW) .. "5" .. "secret") }
local ALIYUN = { ["ali-live-timestamp"] = tostring(NOW),
  ["Ali-Live-Signature"] = core.md5("d.example.com|" .. NOW .. "|", "secret") }

local function of_zego(body)
  return streamctl.zego.webhook.verify(body, { secret = "secret", now = NOW })
end

local function of_aliyun(body)
  return streamctl.aliyun.webhook.verify({ headers = ALIYUN, body = body },
    { secret = "secret", domain = "d.example.com", now = NOW })
end

-- A genuine message of either vendor with some JSON in it.
local function body_with(json)
  return '{"timestamp":"' .. NOW .. '","nonce":"5","signature":"' .. ZEGO.signature .. '",'
    .. '"event":"record_started",' .. json .. "}"
end

local function refused_by_both(body, why)
  helper.refuser("zego", "")("bad_request", why, of_zego(body))
  helper.refuser("aliyun", "")("bad_request", why, of_aliyun(body))
end

local function taken_by_both(body)
  return assert(of_zego(body)), assert(of_aliyun(body))
end

describe("a webhook", function()
  it("is refused when it is truncated, wherever", function()
    local whole = body_with '"a":{"b":["c\\"",1.5,true,null]}'
    taken_by_both(whole)
    for i = 1, #whole - 1 do refused_by_both(whole:sub(1, i), "not JSON") end
    refused_by_both("", "")
    refused_by_both("[" .. whole .. "]", "not a JSON object")
    refused_by_both(whole .. "x", "not JSON")
    refused_by_both(whole .. "\0", "not JSON")
    refused_by_both("null", "not a JSON object")
    refused_by_both('"text"', "not a JSON object")
    refused_by_both({ 1, 2 }, "not a JSON object")
  end)

  it("is refused when it is enormous, and read up to there", function()
    local frame = #body_with '"a":""'
    taken_by_both(body_with('"a":"' .. ("x"):rep(1048576 - frame) .. '"'))
    refused_by_both(body_with('"a":"' .. ("x"):rep(1048577 - frame) .. '"'), "1048576 bytes")
    taken_by_both(body_with('"a":' .. ("["):rep(31) .. ("]"):rep(31)))
    refused_by_both(body_with('"a":' .. ("["):rep(32) .. ("]"):rep(32)), "32 levels")
    refused_by_both(("["):rep(1000000), "32 levels")
    refused_by_both(("{"):rep(1000000), "32 levels")
    taken_by_both(body_with('"a":[' .. ("1,"):rep(9900) .. "1]"))
    refused_by_both(body_with('"a":[' .. ("1,"):rep(10000) .. "1]"), "10000 items")
    refused_by_both(body_with('"a":[' .. ("{},"):rep(5001) .. "1]"), "10000 items")
    local deep, wide = {}, cjson.decode(body_with '"a":1')
    deep.deep = deep
    refused_by_both(deep, "excessive nesting")
    for i = 1, 10001 do wide["n" .. i] = 1 end
    refused_by_both(wide, "10000 items")
  end)

  it("is refused when it is no UTF-8, decoded or not", function()
    taken_by_both(body_with '"a":"ä漢😀\\u00e4"')
    for _, bytes in ipairs { "\255", "\192\175", "\237\160\128", "\244\144\128\128", "\226\130",
      "\228" } do
      refused_by_both(body_with('"a":"' .. bytes .. '"'), "not UTF-8")
      refused_by_both(body_with('"' .. bytes .. '":1'), "not UTF-8")
      local decoded = cjson.decode(body_with '"a":1')
      decoded.b = { bytes }
      refused_by_both(decoded, "not UTF-8")
    end
    local encoded = body_with '"a":"-"':gsub("[^%w-]", function(char)
      return ("%%%02X"):format(char:byte())
    end)
    taken_by_both(encoded)
    refused_by_both(encoded:gsub("-", "%%FF"), "not UTF-8")
  end)

  it("is refused when a field is in it twice, or might be", function()
    for _, name in ipairs { "nonce", "Nonce", "timestamp", "SIGNATURE", "event" } do
      refused_by_both(body_with('"' .. name .. '":"5"'), "twice")
      refused_by_both(body_with('"' .. name .. '" \n:"5"'), "twice")
    end
    for _, name in ipairs { "n\\u006fnce", "\\u006eonce" } do
      refused_by_both(body_with('"' .. name .. '":"5"'), "escaped")
    end
    refused_by_both(helper.merged(ZEGO, { Nonce = "5" }), "twice")
    taken_by_both(body_with '"a":{"nonce":"1","nonce":"2"},"b":["nonce","nonce"]')
    taken_by_both(body_with '"a":"\\"nonce\\":1","b":"\\\\"')
  end)

  it("keeps what was decoded as it is", function()
    local body = helper.merged(ZEGO, { event = "x", number = 0.1 + 0.2 })
    assert.equal(body, of_zego(body).fields)
  end)

  it("takes null for nothing", function()
    local zego, aliyun = taken_by_both(body_with '"room_id":null,"stream":null')
    assert.is_nil(zego.room)
    assert.is_nil(aliyun.stream)
    assert.is_nil(zego.fields.room_id)
  end)

  it("shows names alone", function()
    local event = assert(of_zego(body_with '"room_id":"r\\n1","usrargs":"auth_key=1-2-3"'))
    assert.equal("zego other: room r 1", tostring(event))
    event = assert(of_zego(body_with('"room_id":"' .. ("r"):rep(5000) .. '"')))
    assert.is_true(#tostring(event) < 4096)
  end)
end)

describe("the key of an event", function()
  local function key(changes, secret)
    local fields = helper.merged({ event = "stream_create", appid = "1", room_session_id = "8",
      stream_id = "s", stream_seq = "7", timestamp = tostring(NOW), nonce = "5" }, changes)
    secret = secret or "secret"
    local parts = { fields.timestamp, fields.nonce, secret }
    table.sort(parts)
    fields.signature = core.sha1(table.concat(parts))
    return assert(streamctl.zego.webhook.verify(fields, { secret = secret, now = NOW })).key
  end

  it("is the same in a repeat, signed as before or anew", function()
    assert.equal(key(), key())
    assert.equal(key(), key { nonce = "6", timestamp = tostring(NOW + 1) })
    assert.equal(key(), key { rtmp_url = { "rtmp://example.com" } })
    assert.matches("^%x+$", key())
    assert.equal(40, #key())
  end)

  it("is another one for another event", function()
    local seen = { [key()] = true }
    for _, changes in ipairs { { event = "stream_close" }, { stream_seq = "8" },
      { stream_id = "t" }, { room_session_id = "9" }, { appid = "2" },
      { room_session_id = "8\ns", stream_id = "" }, { event = "other" } } do
      local other = key(changes)
      assert.is_nil(seen[other])
      seen[other] = true
    end
  end)

  it("is of all fields and the time of the signature where the vendor documents none", function()
    local function other(changes)
      return key(helper.merged({ event = "censor", a = { { b = "1" }, "2" } }, changes))
    end
    assert.equal(other(), other { nonce = "6" })
    assert.not_equal(other(), other { timestamp = tostring(NOW + 1) })
    assert.not_equal(other(), other { a = { { b = "1" }, "3" } })
    assert.not_equal(other(), other { a = { { b = 1 }, "2" } })
    -- a stream event that lacks one of them
    assert.not_equal(key { stream_seq = cjson.null },
      key { stream_seq = cjson.null, timestamp = tostring(NOW + 1) })
  end)
end)

describe("webhook.claim", function()
  local claim, release = streamctl.zego.webhook.claim, streamctl.zego.webhook.release
  local event = assert(of_zego(body_with '"a":1'))

  it("is one function for both vendors", function()
    assert.equal(claim, streamctl.aliyun.webhook.claim)
    assert.equal(release, streamctl.aliyun.webhook.release)
  end)

  it("fails when the store does, by an error or with its reason", function()
    for _, broken in ipairs { function() error("it is gone", 0) end,
      function() return nil, "it is gone" end } do
      local refused = helper.refuser("zego", "webhook: the store failed: ")
      refused("store", "it is gone", claim({ lock = broken }, event))
      refused("store", "it is gone", release({ unlock = broken }, event, "token"))
    end
    local function interrupt() error("interrupted!", 0) end
    assert.same({ false, "interrupted!" }, { pcall(claim, { lock = interrupt }, event) })
  end)

  it("puts nothing long or secret into a store", function()
    local keys = {}
    local store = { lock = function(_, key, seconds)
      keys[#keys + 1] = key .. " " .. seconds
      return "token"
    end }
    local _, of_alibaba = taken_by_both(body_with('"usrargs":"' .. ("s"):rep(9000) .. '"'))
    assert.equal("token", claim(store, of_alibaba))
    assert.equal("token", claim(store, event, 5))
    assert.same({ "aliyun:" .. of_alibaba.key .. ":webhook 660",
      "zego:" .. event.key .. ":webhook 5" }, keys)
  end)

  it("throws when it is misused, at the line of the caller", function()
    local store = streamctl.store.memory()
    for _, case in ipairs {
      { "no method 'lock'", claim, nil, event }, { "no method 'lock'", claim, {}, event },
      { "an event that verify returned", claim, store, {} },
      { "an event that verify returned", claim, store, nil },
      { "seconds must be", claim, store, event, 0 },
      { "seconds must be", claim, store, event, "5" },
      { "no method 'unlock'", release, {}, event, "t" },
      { "token of claim", release, store, event },
    } do
      helper.throws(case[1],
        function() return (case[2](case[3], case[4], case[5])) end)
    end
  end)
end)
