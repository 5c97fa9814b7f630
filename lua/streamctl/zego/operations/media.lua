--- Streams in rooms and on the CDN.

-- What calls are about, see streamctl.call.about.
local RTC = { "StreamId", of = "rtc" }
local CDN = { "StreamId", of = "cdn" }

-- pages of the CDN calls mention no prefix for the test environment
local STREAM = { "StreamId:stream_id!", prefixed = true }
local STREAMS = { "StreamId:stream_ids!", prefixed = true, max_items = 20, wire = "StreamId[]" }

return {
  {
    -- 41004: no such stream; 41006: it is closed. Both are what was asked for.
    "DescribeRTCStreamState", rate = 40, test_rate = 10, sequence = true, about = RTC, read = true,
    answers = { [41004] = true, [41006] = true },
    params = { STREAM, "Sequence:sequence" },
  },
  {
    "ForbidCDNLiveStream", rate = 20, safe = true, about = CDN,
    params = { "StreamId:stream_id! ResumeTime:time" },
  },
  {
    "ForbidRTCStream", rate = 20, test_rate = 5, safe = true, sequence = true, about = RTC,
    params = { STREAM, "Sequence:sequence" },
  },
  {
    "ForbidRTCStreams", rate = 20, test_rate = 5, safe = true, sequence = true, about = RTC,
    params = { STREAMS, "Sequence:sequence" },
  },
  {
    "QueryForbidCDNLiveStream", rate = 20,
    params = { { "Vendor!", enum = { "ws" } } },
  },
  {
    "ResumeCDNLiveStream", rate = 20, safe = true, about = CDN,
    params = { "StreamId:stream_id!" },
  },
  {
    "ResumeRTCStream", rate = 20, test_rate = 5, safe = true, sequence = true, about = RTC,
    params = { STREAM, "Sequence:sequence" },
  },
  {
    "ResumeRTCStreams", rate = 20, test_rate = 5, safe = true, sequence = true, about = RTC,
    params = { STREAMS, "Sequence:sequence" },
  },
}
