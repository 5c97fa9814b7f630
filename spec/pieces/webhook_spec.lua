-- What both vendors' webhooks have in common: hostile bodies, and what makes an event the same.

local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local streamctl = require "streamctl"

local NOW = helper.NOW
local ZEGO = { timestamp = tostring(NOW), nonce = "5", signature =
  core.sha1(tostring(NOW) .. "5" .. "secret") }
local ALIYUN = { ["ali-live-timestamp"] = tostring(NOW),
  ["Ali-Live-Signature"] = core.md5("d.example.com|" .. NOW .. "|", "secret") }

local function of_zego(body)
  return streamctl.zego.webhook.verify(body, { secret = "secret" })
end

local function of_aliyun(body)
  return streamctl.aliyun.webhook.verify({ headers = ALIYUN, body = body },
    { secret = "secret", domains = "d.example.com" })
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

local function at_our_time()
  before_each(function() helper.freeze(NOW) end)
  after_each(helper.thaw)
end

describe("a webhook", function()
  at_our_time()

  it("may be a request or its body for both vendors, and nothing else", function()
    local verify, options = streamctl.zego.webhook.verify, { secret = "secret" }
    local body = body_with '"a":1'
    assert.equal(of_zego(body).key,
      assert(verify({ headers = ALIYUN, query = "", body = body }, options)).key)
    local pull = '{"Event":"LivePullToPushRunning"}'
    assert.equal("pull_to_push", assert(streamctl.aliyun.webhook.verify(pull,
      { unsigned = true })).kind)
    for request, why in pairs { [5] = "body must be text, got a number",
      [{ body = {} }] = "body must be text, got a table", [{ headers = "" }] = "headers must be",
      [{ query = {} }] = "query must be text, got a table", [ZEGO] = "there is no field" } do
      for _, vendor in ipairs { "zego", "aliyun" } do
        helper.throws("streamctl." .. vendor .. ".webhook.verify: " .. why, function()
          return (streamctl[vendor].webhook.verify(request,
            { secret = "secret", domains = vendor == "aliyun" and "d" or nil }))
        end)
      end
    end
    helper.refuser("zego", "")("bad_request", "there is no body", verify(nil, options))
  end)

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
  end)

  it("is refused when a field is in it twice, or might be", function()
    for _, name in ipairs { "nonce", "Nonce", "timestamp", "SIGNATURE", "event" } do
      refused_by_both(body_with('"' .. name .. '":"5"'), "twice")
      refused_by_both(body_with('"' .. name .. '" \n:"5"'), "twice")
    end
    for _, name in ipairs { "n\\u006fnce", "\\u006eonce" } do
      refused_by_both(body_with('"' .. name .. '":"5"'), "escaped")
    end
    taken_by_both(body_with '"a":{"nonce":"1","nonce":"2"},"b":["nonce","nonce"]')
    taken_by_both(body_with '"a":"\\"nonce\\":1","b":"\\\\"')
  end)
end)

describe("the key of an event", function()
  at_our_time()

  local function key(changes, secret)
    local fields = helper.merged({ event = "stream_create", appid = "1", room_session_id = "8",
      stream_id = "s", stream_seq = "7", timestamp = tostring(NOW), nonce = "5" }, changes)
    secret = secret or "secret"
    local parts = { fields.timestamp, fields.nonce, secret }
    table.sort(parts)
    fields.signature = core.sha1(table.concat(parts))
    local names, list = {}, {}
    for name in pairs(fields) do names[#names + 1] = name end
    table.sort(names)
    for i, name in ipairs(names) do
      list[i] = ('"%s":%s'):format(name, cjson.encode(fields[name]))
    end
    local body = "{" .. table.concat(list, ",") .. "}"
    return assert(streamctl.zego.webhook.verify(body, { secret = secret })).key
  end

  it("is the same in a repeat, signed as before or anew", function()
    assert.equal(key(), key())
    assert.equal(key(), key { nonce = "6", timestamp = tostring(NOW + 1) })
    assert.equal(key(), key { rtmp_url = { "rtmp://example.com" } })
    assert.matches("^%x+$", key())
    assert.equal(40, #key())
  end)

  it("is of the message and the time of the signature where the vendor documents none", function()
    local function other(changes)
      return key(helper.merged({ event = "censor", a = { { b = "1" }, "2" } }, changes))
    end
    assert.equal(other(), other())
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
  local event

  at_our_time()
  before_each(function() event = assert(of_zego(body_with '"a":1')) end)

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

  it("is possible with each tolerance that verify takes, up to 1e8 seconds", function()
    local body, verify = body_with '"a":1', streamctl.zego.webhook.verify
    local given = { secret = "secret", tolerance = 1e8 }
    helper.freeze(NOW - 1e8)
    assert.is_string(assert(claim(streamctl.store.memory(), assert(verify(body, given)))))
    for _, value in ipairs { 1e8 + 1, 1e9, math.huge, 0, -1, true, "5" } do
      helper.throws("tolerance must be more than 0 and at most 1e8 seconds, or false",
        function()
          given.tolerance = value
          verify(body, given)
        end)
    end
  end)

  it("puts nothing long or secret into a store", function()
    local keys = {}
    local store = { lock = function(_, key, seconds)
      keys[#keys + 1] = ("%s %.0f"):format(key, seconds)
      return "token"
    end }
    local of_old = assert(streamctl.zego.webhook.verify(body_with '"a":1',
      { secret = "secret", tolerance = false }))
    local _, of_alibaba = taken_by_both(body_with('"usrargs":"' .. ("s"):rep(9000) .. '"'))
    assert.equal("token", claim(store, of_alibaba))
    assert.equal("token", claim(store, of_old))
    helper.freeze(NOW + 100)
    assert.equal("token", claim(store, event))
    helper.freeze(NOW + 1000)
    assert.equal("token", claim(store, event))
    -- until the signature is too old, and 90 s for the vendor's repeats
    local of_zegocloud = "zego:" .. event.key .. ":webhook "
    assert.same({ "aliyun:" .. of_alibaba.key .. ":webhook 390", of_zegocloud .. "690",
      of_zegocloud .. "290", of_zegocloud .. "90" }, keys)
  end)

  it("throws when it is misused, at the line of the caller", function()
    local store = streamctl.store.memory()
    for _, case in ipairs {
      { "no method 'lock'", claim, nil, event }, { "no method 'lock'", claim, {}, event },
      { "an event that verify returned", claim, store, {} },
      { "an event that verify returned", claim, store, nil },
      { "no method 'unlock'", release, {}, event, "t" },
      { "token of claim", release, store, event },
    } do
      helper.throws(case[1],
        function() return (case[2](case[3], case[4], case[5])) end)
    end
  end)
end)
