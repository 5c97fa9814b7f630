-- Of two calls that a program makes for one resource, the later call wins, however long its store
-- or its listener takes for the earlier call.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
local order = require "spec.support.order"
local streamctl = require "streamctl"

helper.stand_still(0.5)

-- A store whose first answer to a question of this name takes so many seconds.
local function slow(name, seconds)
  local real, asked, store = memory.new(), 0, {}
  for _, method in ipairs { "stamp", "reserve" } do
    store[method] = function(_, ...)
      if method == name then
        asked = asked + 1
        if asked == 1 then streamctl.sleep(seconds) end
      end
      return real[method](real, ...)
    end
  end
  return store
end

-- Forbids a stream and soon resumes the streams. Returns what went out in the end, what became of
-- the first call, and how many seconds the second call took.
local function run(options, streams)
  local rtc, transport = helper.zego(nil, options)
  local first, took
  streamctl.run(function()
    streamctl.spawn(function() first = { rtc:forbid_rtc_stream { StreamId = "a" } } end)
    streamctl.sleep(0.05)
    local began = core.monotonic()
    assert(rtc:resume_rtc_streams { StreamId = streams })
    took = core.monotonic() - began
  end)
  return transport.requests[#transport.requests], first, took
end

for _, name in ipairs { "stamp", "reserve" } do
  it("a newer call wins where the older one waits for the store's answer to " .. name, function()
    local last = run({ store = slow(name, 0.3), rate_limit = 100 }, { "b", "a" })
    assert.same({ "b", "a" }, helper.sent(last, "StreamId[]"))
  end)

  it("a call for something else does not wait for an answer to " .. name, function()
    local _, _, took = run({ store = slow(name, 0.3), rate_limit = 100 }, { "b", "c" })
    assert.is_true(took < 0.1, took)
  end)
end

it("a newer call waits no longer than 5 s for one that nobody goes on with", function()
  local _, _, took = run({ store = slow("stamp", 1000) }, { "a" })
  assert.is_true(took >= 4.9 and took < 5.1, took)
end)

it("a newer call does not wait for one that has failed", function()
  local real, asked = memory.new(), 0
  local _, first, took = run({ rate_limit = 100, store = {
    stamp = function(_, ...) return real:stamp(...) end,
    reserve = function(_, ...)
      asked = asked + 1
      if asked > 1 then return real:reserve(...) end
      streamctl.sleep(0.1)
      return nil, "out of order"
    end,
  } }, { "a" })
  assert.equal("store", first[3].code)
  assert.is_true(took < 0.1, took)
end)

for _, store in ipairs { memory.new(), slow("stamp", 0.1) } do
  it("a newer call wins where the older one's listener waits", function()
    local heard = 0
    local last, first = run({ store = store, on_event = function(event)
      heard = heard + 1
      if heard == 1 then streamctl.sleep(event.event == "begin" and 0.3 or 0) end
    end }, { "a" })
    assert.same({ "a" }, helper.sent(last, "StreamId[]"))
    assert.equal("superseded", first[3].code)
  end)
end

it("a store that gives a call no stamp ends the call, and its listener hears of it in turn",
  function()
    local told = {}
    local rtc = helper.zego(nil, { on_event = function(event) told[#told + 1] = event.event end,
      store = { reserve = print, stamp = function() return nil, "disk full" end } })
    local _, message = rtc:forbid_rtc_stream { StreamId = "a" }
    assert.equal("store: the store gives no Sequence: disk full (ForbidRTCStream)", message)
    assert.same({ "begin", "store", "call" }, told)
  end)

it("a newer call wins where the older one's listener waits as long as the slot takes", function()
  local rtc, transport = helper.zego(nil, { rate_limit = 1, on_event = function(event)
    if event.event == "wait" then streamctl.sleep(1.05) end
  end })
  assert(rtc:forbid_rtc_stream { StreamId = "b" })
  local first
  streamctl.run(function()
    streamctl.spawn(function() first = { rtc:forbid_rtc_stream { StreamId = "a" } } end)
    streamctl.sleep(0.1)
    assert(rtc:resume_rtc_streams { StreamId = { "a" } })
  end)
  assert.equal("superseded", first[3].code)
  assert.equal(2, #transport.requests)
end)

it("a repeat gives way to what was called while the store was asked for its slot", function()
  local STREAM = helper.ALIYUN_PARAMS.ForbidLiveStream
  local real, asked = memory.new(), 0
  local other = helper.aliyun(nil, { store = real })
  local unsent = helper.stopped("connect", false)
  local live, transport = helper.aliyun(helper.script(unsent, order.DONE.aliyun), order.retrying({
    stamp = function(_, ...) return real:stamp(...) end,
    reserve = function(_, ...)
      asked = asked + 1
      if asked == 2 then assert(other:resume_live_stream(STREAM)) end
      return real:reserve(...)
    end,
  }, { rate_limit = 1e6 }))
  local _, _, err = live:forbid_live_stream(STREAM)
  assert.same({ "superseded", 1 }, { err.code, #transport.requests })
end)

it("a repeat is not sent when the store's answer comes too late to know of newer calls", function()
  local real, asked = memory.new(), 0
  local live, transport = helper.aliyun(helper.stopped("connect", false), order.retrying({
    reserve = function() return 0 end,
    stamp = function(_, ...)
      asked = asked + 1
      if asked == 2 then core.sleep(51) end
      return real:stamp(...)
    end,
  }, { timeout = 500 }))
  local _, message, err = live:forbid_live_stream(helper.ALIYUN_PARAMS.ForbidLiveStream)
  assert.same({ "connect", 1 }, { err.code, #transport.requests })
  assert.truthy(message:find("; not sent again, because 51 s have passed", 1, true), message)
end)
