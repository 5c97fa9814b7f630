-- The prefix that tells the test environment's streams from live ones.

local helper = require "spec.pieces.helper"

describe("the prefix of the test environment", function()
  local PREFIX = "zegotest-1234567890-"
  local rtc, transport

  before_each(function() rtc, transport = helper.zego(nil, { is_test = true }) end)

  local function sent(name)
    return helper.sent(transport.requests[#transport.requests], name)
  end

  it("is put on the StreamIds of RTC calls, once and never twice", function()
    for _, action in ipairs { "DescribeRTCStreamState", "ForbidRTCStream", "ResumeRTCStream" } do
      assert(rtc:call(action, { StreamId = "s" }))
      assert.same({ PREFIX .. "s" }, sent "StreamId")
      assert(rtc:call(action, { StreamId = PREFIX .. "s" }))
      assert.same({ PREFIX .. "s" }, sent "StreamId")
    end
    local list = { "a", PREFIX .. "b", "zegotest-1-c" }
    for _, action in ipairs { "ForbidRTCStreams", "ResumeRTCStreams" } do
      assert(rtc:call(action, { StreamId = list }))
      assert.same({ PREFIX .. "a", PREFIX .. "b", PREFIX .. "zegotest-1-c" }, sent "StreamId[]")
      assert.same({ "a", PREFIX .. "b", "zegotest-1-c" }, list) -- the caller's
    end
  end)

  it("counts towards the 256 characters of an id", function()
    local longest = ("s"):rep(256 - #PREFIX)
    assert(rtc:resume_rtc_stream { StreamId = longest })
    assert.same({ PREFIX .. longest }, sent "StreamId")
    assert(rtc:resume_rtc_stream { StreamId = PREFIX .. longest })
    local count = #transport.requests
    local refused = helper.refuser("zego", "ResumeRTCStream")
    for _, id in ipairs { longest .. "s", PREFIX .. longest .. "s" } do
      refused("invalid_parameter", "StreamId must be 1 to 256 of the characters",
        rtc:resume_rtc_stream { StreamId = id })
    end
    refused("invalid_parameter", "item 2 must be 1 to 256 of the characters A-Z a-z 0-9 - _, the "
      .. "prefix " .. PREFIX .. " included",
      rtc:resume_rtc_streams { StreamId = { "a", longest .. "s" } })
    assert.equal(count, #transport.requests)
  end)
end)
