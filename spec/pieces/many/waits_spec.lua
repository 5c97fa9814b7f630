-- wait_for with a list: one time limit, one report, looks that are shared or keep the rate.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"

local codes, response = helper.codes, helper.response

local CLOSED = response(200, '{"Code":41004,"Message":"m","RequestId":"Z"}')
local LIVE = response(200, '{"Code":0,"Message":"m","RequestId":"Z"}')

-- A vendor whose stream number n goes live after n times so many seconds.
local function vendor(seconds)
  local start = core.monotonic()
  return function(request)
    local n = tonumber(helper.sent(request, "StreamId")[1]:match "%d+$")
    return core.monotonic() - start >= seconds * n and LIVE or CLOSED
  end
end

helper.stand_still()

describe("wait_for with a list", function()
  it("looks once for all whose query is the same", function()
    local live, transport = helper.aliyun(response(200, '{"RequestId":"R","TotalNum":0,'
      .. '"TotalPage":1,"StreamUrls":{"StreamUrl":[]}}'))
    local streams = {}
    for i = 1, 30 do
      streams[i] = { DomainName = "play.example.com", AppName = "app", StreamName = "s" .. i }
    end
    local report = live:wait_for("stream_unblocked", streams)
    assert.same({ true, 30, 1, 1 },
      { report.ok, report.succeeded, report.requests, #transport.requests })
  end)

  it("fails an item that cannot be right alone", function()
    local report = helper.zego(LIVE):wait_for("rtc_stream_live",
      { "s1", {}, { StreamId = "s2", Nothing = 1 }, 7, { StreamId = "s3" } })
    local bad = "invalid_parameter"
    assert.same({ "ok", bad, bad, bad, "ok" }, codes(report))
    report = helper.aliyun():wait_for("stream_online", { "s1" })
    assert.truthy(report.results[1].message:find("must be a table of parameters, got a string", 1,
      true))
  end)

  for says, value in pairs { ["should_stop said so"] = true, enough = "enough" } do
    it("ends when should_stop says so, by the counts: " .. says, function()
      local rtc = helper.zego(vendor(2))
      local report = rtc:wait_for("rtc_stream_live", helper.ids(3), { timeout = 60,
        should_stop = function(at)
          assert.equal(3, at.total)
          return at.succeeded == 1 and at.requests >= 3 and value
        end })
      assert.same({ "ok", "cancelled", "cancelled" }, codes(report))
      assert.truthy(report.results[2].message:find("because " .. says, 1, true))
    end)
  end

  it("tells of functions that throw, should_stop and the transport's", function()
    local report = helper.zego(CLOSED):wait_for("rtc_stream_live", { "s1" },
      { should_stop = function() error("oops", 0) end })
    assert.same({ "caller_error", "oops", false },
      { report.err.code, report.err.thrown, report.ok })
    assert.same({ "cancelled" }, codes(report))
    report = helper.zego(function(request)
      if helper.sent(request, "StreamId")[1] == "s1" then error "the transport's" end
      return LIVE
    end):wait_for("rtc_stream_live", { "s1", "s2" })
    assert.same({ "connect", "ok" }, codes(report))
    assert.truthy(report.results[1].message:find("the transport's", 1, true))
    assert.error_matches(function()
      helper.zego(function() error("interrupted!", 0) end):wait_for("rtc_stream_live", { "s1" })
    end, "interrupted!")
  end)
end)
