-- `info.stamp` of an answer tells how old a call is. The option `stamp` carries the same decision
-- out again later, unless something newer was decided.

local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"

local FORBIDDEN = { DomainName = "push.example.com", AppName = "app", StreamName = "s",
  LiveStreamType = "publisher" }

describe("the option stamp", function()
  local store, rtc, live, sent, blocked

  before_each(function()
    helper.freeze()
    store = memory.new()
    rtc, sent = helper.zego(nil, { store = store })
    live, blocked = helper.aliyun(nil, { store = store })
  end)
  after_each(helper.thaw)

  it("is told with each answer of a call that changes something", function()
    local answer = assert(rtc:forbid_rtc_stream { StreamId = "s" })
    assert.equal(helper.sent(sent.requests[1], "Sequence")[1], ("%.0f"):format(answer.info.stamp))
    assert.is_nil(assert(rtc:describe_rtc_stream_state { StreamId = "s" }).info)
    answer = assert(live:forbid_live_stream(FORBIDDEN))
    assert.same({ stamp = helper.NOW * 1000 }, answer.info)
    local report = rtc:batch("ForbidRTCStreams", { "a", "b" })
    assert.equal(helper.sent(sent.requests[3], "Sequence")[1],
      ("%.0f"):format(report.results[2].answer.info.stamp))
  end)

  it("lets the same decision be carried out again, as often as somebody likes", function()
    for _, call in ipairs {
      function(options) return rtc:forbid_rtc_stream({ StreamId = "s" }, options) end,
      function(options) return live:forbid_live_stream(FORBIDDEN, options) end,
    } do
      local first = assert(call()).info
      for _ = 1, 3 do
        assert.equal(first.stamp, assert(call { stamp = first.stamp }).info.stamp)
      end
      local younger = assert(call()).info
      local _, message, err = call { stamp = first.stamp }
      assert.same({ "superseded" }, { err.code }, message)
      assert.is_nil(err.stamp) -- it has taken no place
      assert(call { stamp = younger.stamp })
    end
  end)

  it("is taken ahead of calls, in the orders of all items", function()
    local function of(domain)
      local item = helper.merged(FORBIDDEN, { DomainName = domain })
      return item, function(stamp) return live:forbid_live_stream(item, { stamp = stamp }) end
    end
    local first, forbid_first = of "a.example.com"
    local second, forbid_second = of "b.example.com"
    for _ = 1, 5 do assert(forbid_second()) end -- this order is ahead of the clock
    local stamp = assert(live:stamp("ForbidLiveStream", { first, second }))
    assert(forbid_first(stamp))
    assert(forbid_second(stamp)) -- no earlier call counts
    for _, forbid in ipairs { forbid_first, forbid_second } do
      assert(forbid())
      assert.equal("superseded", select(3, forbid(stamp)).code)
    end
    assert.is_false(rtc:stamp("DescribeRTCStreamState", { { StreamId = "s" } }))
    assert(rtc:forbid_rtc_stream({ StreamId = "s" }, { stamp = rtc:stamp("ForbidRTCStreams",
      { "s" }) }))
    local full = helper.zego(nil, { store = { stamp = function() return nil, "disk full" end,
      reserve = function() return 0 end } })
    assert.equal("store: the store gives no stamp: disk full",
      select(2, full:stamp("ForbidRTCStreams", { "s" })))
  end)

  it("is for calls that change something", function()
    for _, call in ipairs {
      function(options) return (rtc:describe_rtc_stream_state({ StreamId = "s" }, options)) end,
      function(options)
        return (live:describe_live_streams_online_list({ DomainName = "d" }, options))
      end,
      function(options) return (live:call("DoThing", { ThingId = "1" }, options)) end,
    } do
      local ok, why = pcall(call, { stamp = 1 })
      assert.is_false(ok)
      assert.matches("stamp_spec.lua:%d+: the option 'stamp' is for calls that change", why)
    end
    assert.same({ 0, 0 }, { #sent.requests, #blocked.requests })
    assert(live:call("DoThing", { ThingId = "1" }, { stamp = 1, resource = { "ThingId" } }))
  end)
end)
