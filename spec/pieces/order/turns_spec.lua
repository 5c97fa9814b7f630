-- Of two calls that a program makes for one resource, the later call wins, however long its store
-- or its listener takes for the earlier call.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
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

it("a store that gives a call no stamp ends the call, and its listener hears of it in turn",
  function()
    local told = {}
    local rtc = helper.zego(nil, { on_event = function(event) told[#told + 1] = event.event end,
      store = { reserve = print, stamp = function() return nil, "disk full" end } })
    local _, message = rtc:forbid_rtc_stream { StreamId = "a" }
    assert.equal("store: the store gives no Sequence: disk full (ForbidRTCStream)", message)
    assert.same({ "begin", "store", "call" }, told)
  end)
