-- Helpers, waits after a call, and items that fail inside a success, where queries go on
-- showing what was before for some looks.

local blocking = require "streamctl.loop.blocking"
local core = require "streamctl.core"
local session = require "spec.support.session"
local with = require("spec.pieces.helper").merged

local STREAM = { DomainName = "push.example.com", AppName = "app", StreamName = "s1" }

-- A loop that sets the clock instead of waiting: the time between looks is tested elsewhere.
local IMPATIENT = setmetatable({
  sleep = function(seconds) core.set_clock(core.now(), core.monotonic() + seconds) end,
}, { __index = blocking })

session.describe("at the vendors,", function(s)
  local live, rtc

  before_each(function()
    core.set_clock(core.now(), 1000)
    live = s:aliyun { loop = IMPATIENT }
    rtc = s:zego { loop = IMPATIENT }
  end)

  after_each(function() core.set_clock() end)

  it("a stream that is kicked is cut and may come back", function()
    s.e:state { aliyun = { online = { STREAM } } }
    local before = { StreamState = "online" }
    s.e:answer("DescribeLiveStreamState", { before, before, { StreamState = "offline" } })
    assert(live:forbid_live_stream(with(STREAM, { Oneshot = "yes" })))
    assert(live:wait_for("stream_offline", STREAM))
    assert.equal(3, #s.e:requests { action = "DescribeLiveStreamState" })
    s.e:answer("DescribeLiveStreamState", {})
    assert.equal("offline", live:describe_live_stream_state(STREAM).StreamState)
    assert.same({}, s.e:state().aliyun.blocked)
  end)

  it("a stream that is banned until a time is on the list with it", function()
    local time = math.floor(core.now()) + 3600
    local LIST = "DescribeLiveStreamsBlockList"
    local function list(urls) return { StreamUrls = { StreamUrl = urls }, TotalNum = #urls } end
    local banned = list { "push.example.com/app/s1" }
    s.e:answer(LIST, { list {}, list {}, banned, banned, banned, list {} })
    assert(live:forbid_live_stream(with(STREAM, { ResumeTime = time + 0.7 })))
    local blocked = s.e:state().aliyun.blocked["push.example.com/app/s1"]
    assert.equal(core.time_text(time), blocked.resume_time or blocked.ResumeTime)
    assert(live:wait_for("stream_blocked", STREAM))
    assert.equal(3, #s.e:requests { action = LIST })
    assert(live:resume_live_stream(STREAM))
    assert(live:wait_for("stream_unblocked", STREAM))
    assert.equal(6, #s.e:requests { action = LIST })
    assert.same({}, s.e:state().aliyun.blocked)
  end)

  it("a ban at the CDN is seen, and a CDN that failed is named", function()
    assert(rtc:forbid_cdn_live_stream { StreamId = "s" })
    assert(rtc:wait_for("cdn_forbidden", { StreamId = "s" }))
    assert(rtc:resume_cdn_live_stream { StreamId = "s" })
    assert(rtc:wait_for("cdn_resumed", { StreamId = "s" }))
    s.e:state { zego = { cdn_results = { { CdnType = "ws", CdnResult = "success" },
      { CdnType = "tencent", CdnResult = "not configured" } } } }
    local report = rtc:batch("ForbidCDNLiveStream", { { StreamId = "s" } })
    assert.equal("vendor: ForbidCDNLiveStream: tencent failed: not configured",
      report.results[1].message)
    assert.equal(0, report.results[1].answer.Code)
  end)
end)
