-- The rows of ZEGOCLOUD against the documented facts, which are written out here.

local operations = require "streamctl.zego.operations"

local PAGE = "https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/"

-- action = { page, calls per second in production, in the test environment, carries a Sequence }
local DOCUMENTED = {
  DescribeRTCStreamState = { "describe-rtc-stream-state", 40, 10, true },
  ForbidCDNLiveStream = { "forbid-cdn-live-stream", 20, nil, nil },
  ForbidRTCStream = { "forbid-rtc-stream", 20, 5, true },
  ForbidRTCStreams = { "forbid-rtc-streams", 20, 5, true },
  QueryForbidCDNLiveStream = { "query-forbid-cdn-live-stream", 20, nil, nil },
  ResumeCDNLiveStream = { "resume-cdn-live-stream", 20, nil, nil },
  ResumeRTCStream = { "resume-rtc-stream", 20, 5, true },
  ResumeRTCStreams = { "resume-rtc-streams", 20, 5, true },
}

local TYPES = { text = true, time = true, stream_id = true, stream_ids = true, sequence = true }

describe("the operations of zego", function()
  for action, documented in pairs(DOCUMENTED) do
    describe(action, function()
      local row = operations:find(action)

      it("is a GET of the media group that may be repeated", function()
        assert.equal("GET", row.method)
        assert.equal("media", row.group)
        assert.is_true(row.safe)
      end)

      it("has the documented page, rates and Sequence", function()
        assert.equal(PAGE .. tostring(documented[1]), operations.page_of(row))
        assert.equal(documented[2], row.rate)
        assert.equal(documented[3], row.test_rate)
        assert.equal(documented[4], row.sequence)
      end)

      it("has parameters of known types, and a Sequence when it carries one", function()
        local names = {}
        for _, param in ipairs(row.params) do
          assert.is_true(TYPES[param.type], param.name)
          assert.is_nil(operations.reserved[param.name], param.name)
          names[param.name] = param
        end
        assert.equal(row.sequence ~= nil, names.Sequence ~= nil)
        if row.sequence then assert.is_nil(names.Sequence.required) end
      end)

      it("sends lists under a name with brackets", function()
        for _, param in ipairs(row.params) do
          if param.type == "stream_ids" then
            assert.equal("StreamId[]", param.wire)
            assert.equal(20, param.max_items)
          else
            assert.equal(param.name, param.wire or param.name)
          end
        end
      end)
    end)
  end

  it("take 41004 and 41006 for an answer only where the state is asked for", function()
    for action in pairs(DOCUMENTED) do
      local row = operations:find(action)
      local wanted = row.action == "DescribeRTCStreamState" and { [41004] = true, [41006] = true }
        or nil
      assert.same(wanted, row.answers)
    end
  end)

  it("are methods of a client under their names in snake case", function()
    local rtc = require("spec.unit.helper").zego()
    for _, name in ipairs {
      "describe_rtc_stream_state", "forbid_cdn_live_stream", "forbid_rtc_stream",
      "forbid_rtc_streams", "query_forbid_cdn_live_stream", "resume_cdn_live_stream",
      "resume_rtc_stream", "resume_rtc_streams",
    } do
      assert.is_function(rtc[name], name)
      assert.is_function(require("streamctl.zego")[name], name)
    end
  end)
end)
