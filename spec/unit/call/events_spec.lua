-- What the option on_event hears: every attempt, every wait.

local helper = require "spec.unit.helper"
local memory = require "streamctl.store.memory"

local response, stopped = helper.response, helper.stopped
local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

helper.stand_still()

describe("on_event", function()
  local events

  local function listener(event) events[#events + 1] = event end

  before_each(function() events = {} end)

  it("hears of each attempt and each wait, in order", function()
    finally(helper.stub_random(0.5))
    local live = helper.aliyun(helper.script(stopped("dns", false), function()
      local result = response(200, helper.SUCCESS.aliyun)
      result.elapsed = 0.25
      return result
    end), { retry = {}, on_event = listener, rate_limit = 5, store = memory.new() })
    assert(live:resume_live_stream(STREAM))
    assert.equal(4, #events)
    local first, backoff, slot, second = events[1], events[2], events[3], events[4]
    local function base(event, more)
      return helper.merged({ event = event, vendor = "aliyun", operation = "ResumeLiveStream" },
        more)
    end
    assert.same(base("attempt", { attempt = 1, code = "dns" }), first)
    assert.same(base("wait", { reason = "retry", attempt = 2, delay = 0.1, code = "dns" }), backoff)
    assert.same(base("wait", { reason = "limit", attempt = 2, delay = slot.delay }), slot)
    assert.is_true(slot.delay >= 0.1 - 1e-6 and slot.delay < 0.102)
    assert.same(base("attempt",
      { attempt = 2, code = "ok", http_status = 200, elapsed = 0.25, request_id = "R-1" }), second)
  end)

  it("hears how far the vendor's clock is ahead of ours", function()
    for date, offset in pairs { ["Fri, 02 Jan 2026 03:04:12 GMT"] = 7,
      ["Fri, 02 Jan 2026 03:03:05 GMT"] = -60, ["today"] = false } do
      local live = helper.aliyun(response(200, helper.SUCCESS.aliyun, "Date: " .. date .. "\r\n"),
        { on_event = listener })
      assert(live:resume_live_stream(STREAM))
      assert.equal(offset or nil, events[#events].clock_offset)
    end
  end)

  it("may wait, and make calls", function()
    local streamctl, answers = require "streamctl", 0
    local other = helper.aliyun()
    local live = helper.aliyun(nil, { on_event = function()
      streamctl.sleep(0.001)
      answers = answers + (other:resume_live_stream(STREAM) and 1 or 0)
    end })
    streamctl.run(function() assert(live:resume_live_stream(STREAM)) end)
    assert.equal(1, answers)
  end)

  it("that throws is reported at most once a minute and asked again, and the call goes "
    .. "on", function()
    local real, written, asked = io.stderr, {}, 0
    -- luacheck: push ignore 122
    io.stderr = { write = function(_, ...) written[#written + 1] = table.concat { ... } end }
    finally(function() io.stderr = real end)
    -- luacheck: pop
    local live = helper.aliyun(nil, { on_event = function()
      asked = asked + 1
      error("oops " .. helper.ACCESS_KEY_SECRET .. ("\n"):rep(2000), 0)
    end })
    for _ = 1, 3 do assert(live:resume_live_stream(STREAM)) end
    helper.freeze(helper.NOW, 1059.9)
    assert(live:resume_live_stream(STREAM))
    assert.equal(4, asked)
    assert.equal(1, #written)
    assert.truthy(written[1]:find("^streamctl: on_event failed: oops [^\n]*\n$"), written[1])
    assert.equal(1000, #written[1]:match("failed: (.*)%.%.%.\n$")) -- of what was thrown
    assert.is_nil(written[1]:find(helper.ACCESS_KEY_SECRET, 1, true))
    helper.freeze(helper.NOW, 1060.1)
    assert(live:resume_live_stream(STREAM))
    assert.same({ 5, 2 }, { asked, #written })
  end)
end)
