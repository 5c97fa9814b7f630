-- Webhooks of ApsaraVideo Live. Documented signatures and requests are in spec/bytes/vectors.

local webhook = require "streamctl.aliyun.webhook"
local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"

local KEY = "unitTestNotifyKey01"
local NOW = helper.NOW
local PUSH, HOOKS = "push.example.com", "hooks.example.com"

local function signed(domain, key, timestamp)
  timestamp = timestamp or tostring(NOW)
  return { ["ALI-LIVE-TIMESTAMP"] = timestamp,
    ["ALI-LIVE-SIGNATURE"] = core.md5(domain .. "|" .. timestamp .. "|" .. (key or KEY), "") }
end

local function verify(request, changes, now)
  helper.freeze(now or NOW)
  return webhook.verify(request,
    helper.merged({ secret = KEY, domains = { PUSH, HOOKS } }, changes))
end

local QUERY = "action=publish&ip=192.0.2.10&id=s%201&app=" .. PUSH .. "&appname=a&time="
  .. (NOW - 1) .. "&usrargs=auth_key%3D1-0-0-topsecret%26x%3D1"
local RECORD = '{"domain":"play.example.com","app":"a","stream":"s","event":"record_paused"}'

local function publish(changes)
  return helper.merged({ headers = signed(PUSH), query = QUERY }, changes)
end

local function record(changes)
  return helper.merged({ headers = signed(HOOKS), body = RECORD }, changes)
end

local refused = helper.refuser("aliyun", "webhook: ", KEY, "topsecret")

describe("aliyun.webhook.verify", function()
  after_each(helper.thaw)

  it("refuses a publish that is signed for another domain than it names", function()
    refused("signature", "another domain", verify(publish { headers = signed(HOOKS) }))
    refused("signature", "none of those", verify(publish {
      headers = signed("evil.example.com"), query = QUERY:gsub(PUSH, "evil.example.com") }))
    refused("signature", "none of those",
      verify(publish { query = QUERY:gsub("app=[^&]*", "app=") }))
    refused("signature", "none of those", verify(publish(), { domains = HOOKS }))
    assert(verify(publish(), { domains = PUSH }))
    assert(verify(publish { query = QUERY:gsub(PUSH, PUSH:upper()) }))
    -- without 'appname' as well
    refused("signature", "another domain", verify(publish {
      headers = signed(HOOKS), query = QUERY:gsub("&appname=a", "") }))
  end)

  it("refuses a recording that is signed for no domain of ours", function()
    refused("signature", "another domain", verify(record { headers = signed("play.example.com") }))
    refused("signature", "another domain", verify(record(), { domains = PUSH }))
    assert(verify(record(), { domains = HOOKS }))
  end)

  it("refuses what is not signed, or with another key", function()
    refused("signature", "NotifyReqAuth", verify(publish { headers = {} }))
    refused("signature", "NotifyReqAuth", verify { query = QUERY })
    refused("signature", "another key", verify(publish { headers = signed(PUSH, "x") }))
    for name in pairs(signed(PUSH)) do
      local headers = signed(PUSH)
      headers[name] = nil
      refused("signature", "no signature", verify(publish { headers = headers }))
      headers = signed(PUSH)
      headers[name] = headers[name] .. "0"
      refused("signature", "", verify(publish { headers = headers }))
      headers[name] = { headers[name], headers[name] } -- as nginx gives doubled ones
      refused("bad_request", name .. " is there more than once",
        verify(publish { headers = headers }))
      headers = signed(PUSH)
      headers[name:lower()] = headers[name]
      refused("bad_request", "more than once", verify(publish { headers = headers }))
    end
    refused("bad_request", "whole number", verify(publish { headers = signed(PUSH, KEY, "soon") }))
    refused("signature", "no secret",
      webhook.verify(publish(), { unsigned = true, domains = PUSH }))
    refused("signature", "no signature", verify(publish { headers = {} }, { unsigned = true }))
  end)

  it("takes what cannot be verified where that is asked for, and says that it is not", function()
    for _, name in ipairs { "LivePullToPushRunning", "LivePullToPushRuning" } do
      local body = cjson.encode { Event = name, EventTime = tostring(NOW - 5), TaskId = "t",
        TaskStatus = 3, TaskInvalidReason = "PullStreamFailed" }
      local request = { headers = signed("evil.example.com"), body = body }
      refused("signature", "anybody may have sent it; set unsigned = true", verify(request))
      for _, options in ipairs { { secret = KEY, domains = HOOKS, unsigned = true },
        { unsigned = true } } do
        local event = assert(webhook.verify(request, options))
        assert.same({ "pull_to_push", false, NOW - 5, "PullStreamFailed" },
          { event.kind, event.verified, event.time, event.reason })
        assert.equal("aliyun pull_to_push (not verified)", tostring(event))
      end
    end
    -- which has the names of ingest besides
    refused("signature", "anybody may have sent it", verify { query = "Event=LivePullToPushX&app="
      .. PUSH .. "&appname=live&id=victim&TaskId=1" })
    local asked = '{"domain":"play.example.com","app":"a","stream":"s","codec":"h264"}'
    refused("signature", "anybody may have sent it", verify { body = asked })
    local event = assert(verify({ body = asked }, { unsigned = true }))
    assert.same({ "record_asked", false }, { event.kind, event.verified })
    assert.is_true(assert(verify(record { body = asked })).verified)
    refused("signature", "another", verify(record { body = asked, headers = signed(HOOKS, "x") }))
    for name in pairs(signed(HOOKS)) do
      refused("signature", "no signature", verify { body = asked, headers = { [name] = "5" } })
    end
  end)

  it("refuses queries that are doubled, endless, no UTF-8, or nothing", function()
    refused("bad_request", "twice", verify(publish { query = QUERY .. "&id=s2" }))
    refused("bad_request", "twice", verify(publish { query = QUERY .. "&%69d=s2" }))
    refused("bad_request", "twice", verify(publish { query = QUERY .. "&ID=s2" }))
    refused("bad_request", "65536", verify(publish { query = QUERY .. ("&"):rep(65536) }))
    refused("bad_request", "UTF-8", verify(publish { query = QUERY .. "&x=%FF" }))
    refused("bad_request", "nothing", verify(publish { query = "" }))
    refused("bad_request", "nothing", verify { headers = signed(PUSH) })
    refused("bad_request", "nothing", verify(record { body = "{}" }))
    refused("bad_request", "JSON", verify(record { body = QUERY }))
  end)

  it("knows a repeat that was signed anew, and nothing else", function()
    local function key(request, changes)
      return assert(verify(request, changes)).key
    end
    local later = tostring(NOW + 1)
    assert.equal(key(publish()), key(publish { headers = signed(PUSH, KEY, later) }))
    assert.equal(key(publish()), key(publish { query = QUERY .. "&node=n" }))
    for _, other in ipairs { "publish_done", "s2", "b", tostring(NOW), "192.0.2.11" } do
      local names = { publish_done = "action", s2 = "id", b = "appname", [tostring(NOW)] = "time",
        ["192.0.2.11"] = "ip" }
      assert.not_equal(key(publish()),
        key(publish { query = QUERY:gsub(names[other] .. "=[^&]*", names[other] .. "=" .. other) }))
    end
    -- no time and no number in it: another one when it is signed at another time
    assert.equal(key(record()), key(record()))
    assert.not_equal(key(record()), key(record { headers = signed(HOOKS, KEY, later) }))
  end)
end)
