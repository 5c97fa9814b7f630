--- The operations of ZEGOCLOUD Server API v2 as data.
--
-- A row is one operation: `action`, `group` (return codes mean different things in different
-- groups), `rate` and `test_rate` (documented calls per second and AppId), `safe`, `sequence` (the
-- call carries a Sequence), `about` (the parameters that name what it changes or asks for, see
-- @{streamctl.call.about}), `read` (it asks and changes nothing), `answers` (codes that are an
-- answer and no failure), `page`, `params`. The types and limits of `params` are those of
-- @{streamctl.call.parameters}. All are GET.
-- @module streamctl.zego.operations

local PAGE = "https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/"

local STREAM = { name = "StreamId", type = "stream_id", required = true, prefixed = true }
local STREAMS = {
  name = "StreamId", type = "stream_ids", required = true, prefixed = true, max_items = 20,
  wire = "StreamId[]",
}
-- pages of the CDN calls mention no prefix for the test environment
local CDN_STREAM = { name = "StreamId", type = "stream_id", required = true }
local SEQUENCE = { name = "Sequence", type = "sequence" }

-- What calls are about, see streamctl.call.about.
local ABOUT_RTC = { "StreamId", of = "rtc" }
local ABOUT_CDN = { "StreamId", of = "cdn" }

local function rtc(action, page, stream, extra)
  local row = {
    action = action, method = "GET", group = "media", rate = 20, test_rate = 5, safe = true,
    sequence = true, about = ABOUT_RTC, page = PAGE .. page, params = { stream, SEQUENCE },
  }
  for key, value in pairs(extra or {}) do row[key] = value end
  return row
end

local function cdn(action, page, params, about)
  return {
    action = action, method = "GET", group = "media", rate = 20, safe = true,
    about = about, page = PAGE .. page, params = params,
  }
end

return {
  rows = {
    -- 41004: no such stream; 41006: it is closed. Both are what was asked for.
    rtc("DescribeRTCStreamState", "describe-rtc-stream-state", STREAM,
      { rate = 40, test_rate = 10, read = true, answers = { [41004] = true, [41006] = true } }),
    cdn("ForbidCDNLiveStream", "forbid-cdn-live-stream",
      { CDN_STREAM, { name = "ResumeTime", type = "time" } }, ABOUT_CDN),
    rtc("ForbidRTCStream", "forbid-rtc-stream", STREAM),
    rtc("ForbidRTCStreams", "forbid-rtc-streams", STREAMS),
    cdn("QueryForbidCDNLiveStream", "query-forbid-cdn-live-stream",
      { { name = "Vendor", type = "text", required = true, enum = { "ws" } } }),
    cdn("ResumeCDNLiveStream", "resume-cdn-live-stream", { CDN_STREAM }, ABOUT_CDN),
    rtc("ResumeRTCStream", "resume-rtc-stream", STREAM),
    rtc("ResumeRTCStreams", "resume-rtc-streams", STREAMS),
  },

  -- Actions without a row are GET, but for these, which take a JSON body.
  post_actions = {
    CancelUploadTask = true, CreatePlayer = true, CreateUploadTask = true, DeletePlayer = true,
    DescribePlayers = true, DescribeRecordStatus = true, DescribeTasks = true,
    DescribeUploadTasks = true, PauseRecord = true, ResumeRecord = true, StartAutoMix = true,
    StartCensorAudioV2 = true, StartCensorVideoV2 = true, StartCloudTranscode = true,
    StartMix = true, StartRecord = true, StopAutoMix = true, StopCensorAudioV2 = true,
    StopCensorVideoV2 = true, StopCloudTranscode = true, StopMix = true, StopRecord = true,
    TakeSnapshot = true, UpdateLayout = true, UpdatePlayer = true, UpdateWhiteboard = true,
  },

  -- Names that belong to the signature and to nobody else.
  reserved = {
    Action = true, AppId = true, IsTest = true, Signature = true, SignatureNonce = true,
    SignatureVersion = true, Timestamp = true,
  },

  -- Return codes by group; "common" holds for every action. Any other code is "vendor".
  codes = {
    common = {
      [100000001] = "credentials", [100000004] = "clock_skew", [100000005] = "signature",
      [100000007] = "not_found", [100000010] = "credentials", [100000011] = "credentials",
      [100000017] = "forbidden",
    },
    media = {
      [1010] = "throttled", [5007] = "throttled", [30002] = "throttled",
      [3002] = "clock_skew",
      [3] = "credentials", [3000] = "credentials", [3003] = "credentials", [5003] = "credentials",
      [30005] = "credentials", [40005] = "credentials",
      [41003] = "not_found", [41004] = "not_found",
    },
  },

  -- Codes of a passing condition: the same call may go again.
  transient = {
    common = { [100000015] = true },
    media = {
      [3001] = true, [5000] = true, [5001] = true, [5002] = true, [5006] = true, [30003] = true,
      [41001] = true, [41002] = true, [42001] = true, [42002] = true, [42003] = true,
      [42004] = true, [43001] = true,
    },
  },
}
