-- Streams in rooms and on the CDN.

-- What calls are about, see streamctl.call.check.
local RTC = { "StreamId" }
local CDN = { "StreamId", of = "cdn" }
local TRANSFER = { "StreamId", of = "transfer" }

-- one result for each CDN, a text for people; the pages show "Resume tasks added successfully." and
-- "success append purge tasks"
local AT_CDNS = { items = "Data", id = "CdnType", message = "CdnResult", says = "success" }

-- pages of the CDN calls mention no prefix for the test environment
local STREAM = { "StreamId:stream_id!", prefixed = true }
local STREAMS = { "StreamId:stream_ids!", prefixed = true, max_items = 20, wire = "StreamId[]" }

return {
  docs = "real-time-video-server/api-reference/media-service/", rate = 20,
  {
    "ClearCDNTransferRule", rate = 10, test_rate = 5, safe = true, sequence = true,
    resource = TRANSFER,
    params = { STREAM, "Sequence:sequence" },
  },
  {
    -- spelled so; no page says what a second rule with the same address does
    "CreatCDNTransferRule", rate = 10, test_rate = 5, safe = false, sequence = true,
    resource = TRANSFER, page = "create-cdn-transfer-rule",
    params = { STREAM, "CDNUrl Sequence:sequence" },
  },
  {
    "DeleteCDNTransferRule", rate = 10, test_rate = 5, safe = true, sequence = true,
    resource = TRANSFER,
    params = { STREAM, "CDNUrl! Sequence:sequence" },
  },
  {
    -- 41004: no such stream; 41006: it is closed. Both are what was asked for.
    "DescribeRTCStreamState", rate = 40, test_rate = 10, sequence = true, resource = RTC,
    answers = { [41004] = true, [41006] = true },
    params = { STREAM, "Sequence:sequence" },
  },
  {
    "ForbidCDNLiveStream", safe = true, resource = CDN, partial = AT_CDNS,
    params = { "StreamId:stream_id!", { "ResumeTime:time", default = "1 day" } },
    rules = { { "future", "ResumeTime", "2592000" } }, -- 30 days
  },
  {
    "ForbidRTCStream", test_rate = 5, safe = true, sequence = true, resource = RTC,
    params = { STREAM, "Sequence:sequence" },
  },
  {
    "ForbidRTCStreams", test_rate = 5, safe = true, sequence = true, resource = RTC,
    list = "StreamId",
    params = { STREAMS, "Sequence:sequence" },
  },
  {
    "QueryForbidCDNLiveStream",
    params = { { "Vendor!", enum = { "ws" } } },
  },
  {
    "ResumeCDNLiveStream", safe = true, restores = true, resource = CDN, partial = AT_CDNS,
    params = { "StreamId:stream_id!" },
  },
  {
    "ResumeRTCStream", test_rate = 5, safe = true, restores = true, sequence = true, resource = RTC,
    params = { STREAM, "Sequence:sequence" },
  },
  {
    "ResumeRTCStreams", test_rate = 5, safe = true, restores = true, sequence = true,
    resource = RTC,
    list = "StreamId",
    params = { STREAMS, "Sequence:sequence" },
  },
  {
    "RTMPDispatchV2", rate = 40, safe = true, sequence = true, resource = RTC, read = true,
    page = "rtpm-dispatch", -- as the vendor spells it
    params = { STREAM, "Sequence:sequence", { "Type!", enum = { "pull", "push" } }, "ClientIP" },
  },
}
