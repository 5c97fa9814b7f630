-- Sequences rise strictly over all calls of all clients of one AppId.

local helper = require "spec.unit.helper"
local memory = require "streamctl.store.memory"

local NOW_MS = 1767323045000

local function sequence_of(request)
  local values = helper.sent(request, "Sequence")
  assert.equal(1, #values)
  return tonumber(values[1])
end

describe("a Sequence", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("is the time in milliseconds, in digits", function()
    local rtc, transport = helper.zego()
    helper.freeze(helper.NOW + 0.123456)
    assert(rtc:resume_rtc_stream { StreamId = "s" })
    assert.same({ "1767323045123" }, helper.sent(transport.requests[1], "Sequence"))
  end)

  it("is added to every operation that carries one, and to no other", function()
    local rtc, transport = helper.zego()
    local carries = {
      DescribeRTCStreamState = 1, ForbidRTCStream = 1, ForbidRTCStreams = 1, ResumeRTCStream = 1,
      ResumeRTCStreams = 1, ForbidCDNLiveStream = 0, ResumeCDNLiveStream = 0,
      QueryForbidCDNLiveStream = 0,
    }
    for action, count in pairs(carries) do
      assert(rtc:call(action, helper.ZEGO_PARAMS[action]))
      assert.equal(count, #helper.sent(transport.requests[#transport.requests], "Sequence"), action)
    end
    assert(rtc:call("KickoutAll", { RoomId = "r" }))
    assert.same({}, helper.sent(transport.requests[#transport.requests], "Sequence"))
  end)

  it("is one above the last within a millisecond, and when the clock goes back", function()
    local rtc, transport = helper.zego()
    for _, wall in ipairs { helper.NOW, helper.NOW, helper.NOW - 3600, helper.NOW + 0.002,
      helper.NOW + 60 } do
      helper.freeze(wall)
      assert(rtc:resume_rtc_stream { StreamId = "s" })
    end
    local numbers = {}
    for i, request in ipairs(transport.requests) do numbers[i] = sequence_of(request) - NOW_MS end
    assert.same({ 0, 1, 2, 3, 60000 }, numbers)
  end)

  it("rises over all operations, clients and ways to call", function()
    local store = memory.new()
    local one, first = helper.zego(nil, { store = store })
    local other, second = helper.zego(nil, { store = store, is_test = true })
    assert(one:forbid_rtc_stream { StreamId = "s" })
    assert(other:resume_rtc_streams { StreamId = { "s", "t" } })
    local signed = assert(one:sign("describe_rtc_stream_state", { StreamId = "s" }))
    assert(one:describe_rtc_stream_state { StreamId = "x" })
    assert.same({ NOW_MS, NOW_MS + 1, NOW_MS + 2, NOW_MS + 3 }, {
      sequence_of(first.requests[1]), sequence_of(second.requests[1]),
      tonumber(signed.url:match("Sequence=(%d+)")), sequence_of(first.requests[2]),
    })
  end)

  it("of one AppId has nothing to do with that of another", function()
    local store = memory.new()
    local one, first = helper.zego(nil, { store = store, app_id = 1 })
    local other, second = helper.zego(nil, { store = store, app_id = 2 })
    for _ = 1, 3 do assert(one:resume_rtc_stream { StreamId = "s" }) end
    assert(other:resume_rtc_stream { StreamId = "s" })
    assert.equal(NOW_MS + 2, sequence_of(first.requests[3]))
    assert.equal(NOW_MS, sequence_of(second.requests[1]))
  end)

  it("of the user's own is sent as it is when it is higher, and the next one is above "
    .. "it", function()
    local rtc, transport = helper.zego()
    assert(rtc:resume_rtc_stream { StreamId = "s" })
    assert(rtc:resume_rtc_stream { StreamId = "s", Sequence = NOW_MS + 100 })
    assert(rtc:resume_rtc_stream { StreamId = "s", Sequence = ("%.0f"):format(NOW_MS + 200) })
    assert(rtc:resume_rtc_stream { StreamId = "s" })
    local numbers = {}
    for i, request in ipairs(transport.requests) do numbers[i] = sequence_of(request) - NOW_MS end
    assert.same({ 0, 100, 200, 201 }, numbers)
  end)

  it("of the user's own is refused when it is not higher, and the message has both "
    .. "numbers", function()
    local rtc, transport = helper.zego()
    assert(rtc:resume_rtc_stream { StreamId = "s", Sequence = 5000 })
    local body, message, err = rtc:resume_rtc_stream { StreamId = "s", Sequence = 5000 }
    assert.is_nil(body)
    assert.equal("invalid_parameter: Sequence 5000 is not above 5000, the last one of this AppId; "
      .. "leave it out to have it filled in (ResumeRTCStream)", message)
    assert.equal("invalid_parameter", err.code)
    assert.equal(0, err.attempts)
    body, message = rtc:resume_rtc_stream { StreamId = "s", Sequence = 17 }
    assert.is_nil(body)
    assert.truthy(message:find("Sequence 17 is not above 5000, the last one"))
    assert.equal(1, #transport.requests)
  end)

  it("has an end: 2^53, where numbers stop being exact", function()
    local rtc, transport = helper.zego()
    assert(rtc:resume_rtc_stream { StreamId = "s", Sequence = "9007199254740991" })
    local body, message, err = rtc:resume_rtc_stream { StreamId = "s" }
    assert.is_nil(body)
    assert.equal("invalid_parameter", err.code)
    assert.truthy(message:find("have reached 2^53", 1, true))
    assert.equal(1, #transport.requests)
  end)

  it("is not used up by parameters that are refused", function()
    local rtc, transport = helper.zego()
    assert.is_nil((rtc:resume_rtc_stream { StreamId = "not an id" }))
    assert(rtc:resume_rtc_stream { StreamId = "s" })
    assert.equal(NOW_MS, sequence_of(transport.requests[1]))
  end)

  it("that the store does not give stops the call", function()
    local rtc, transport = helper.zego(nil, { store = {
      stamp = function() return nil, "disk full" end, reserve = function() return 0 end,
    } })
    local body, message, err = rtc:resume_rtc_stream { StreamId = "s" }
    assert.is_nil(body)
    assert.equal("store: the store gives no Sequence: disk full (ResumeRTCStream)", message)
    assert.equal("store", err.code)
    assert.equal("transport", err.kind)
    assert.is_true(err.retryable)
    assert.equal(0, err.attempts)
    assert.is_false(err.maybe_sent)
    assert.equal(0, #transport.requests)
  end)

  it("is asked of the store under one key per AppId", function()
    local store = require("streamctl.store.memory").new()
    local asked, own, other = {}, {}, {}
    function asked.stamp(_, key, ...)
      asked[#asked + 1] = key
      return store:stamp(key, ...)
    end
    function asked.reserve() return 0 end
    own.store, other.store, other.app_id = asked, asked, 77
    assert(helper.zego(nil, own):resume_rtc_stream { StreamId = "s" })
    assert(helper.zego(nil, own):describe_rtc_stream_state { StreamId = "t" })
    assert(helper.zego(nil, other):resume_rtc_stream { StreamId = "s" })
    assert.equal(asked[1], asked[2])
    assert.not_equal(asked[1], asked[3])
    -- the account comes first
    for _, key in ipairs(asked) do assert.truthy(key:find("^zego:%d+$"), key) end
  end)
end)

describe("the order of creates for one address", function()
  it("shows the address to nobody, as it may hold the key of a stream", function()
    local store, things, live = memory.new(), {}, nil
    local params = helper.merged(helper.ALIYUN_PARAMS.CreateLivePullToPush,
      { DstUrl = "rtmp://dst.example.com/app/s1?auth_key=hush", EndTime = "2099-01-01T00:00:00Z" })
    live = helper.aliyun(helper.script(function()
      assert(live:create_live_pull_to_push(params))
      return helper.stopped("connect", false)
    end, helper.response(200, helper.SUCCESS.aliyun)), { retry = {}, store = {
      reserve = true,
      stamp = function(_, account, floor, list, ...)
        things[#things + 1] = list[1]
        return store:stamp(account, floor, list, ...)
      end,
    } })
    local _, message, err = live:create_live_pull_to_push(params)
    assert.truthy(message:find("^superseded: a newer call for this DstUrl was made"), message)
    assert.same({ "this DstUrl" }, err.superseded)
    assert.equal(3, #things)
    for _, thing in ipairs(things) do
      assert.equal(things[1], thing)
      assert.is_nil(thing:find("hush", 1, true))
    end
  end)
end)

describe("an action without a row", function()
  it("is not sent when the parameters hold nothing that it is about", function()
    local live, transport = helper.aliyun()
    local _, message = live:call("StopThing", { ThingId = "1" }, { about = { "ThingID" } })
    assert.truthy(message:find("^invalid_parameter: StopThing: ThingID is missing, "), message)
    assert.equal(0, #transport.requests)
    assert(live:call("StopThing", { ThingId = "1" }, { about = { "Region", "ThingId" } }))
  end)
end)
