--- The operations of ApsaraVideo Live, API version 2016-11-01, as data.
--
-- A row is one operation: `action`, `method` (the vendor's metadata names one), `rate`
-- (documented calls per second and account), `safe` (may be sent again when it is unknown
-- whether the first copy was executed), `already` (codes by which a repeat learns that it was),
-- `settle` (for those that may not: the query that tells),
-- `about` (the parameters that name what it changes, see @{streamctl.call.about}; none for a
-- `about` (the parameters that name what it changes, see @{streamctl.call.about}; none for a
-- query), `page` (of the vendor's reference), `returns` (fields that a success carries beside
-- RequestId, and their types), `params` in byte order, `rules` between parameters. The types and
-- limits of `params` are those of @{streamctl.call.parameters}.
-- Where the vendor's own pages differ from each other the row is the looser reading, and the
-- server decides: regions and source protocols come and go between revisions.
-- @module streamctl.aliyun.operations

local PAGE = "https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-"

local YES_NO = { "yes", "no" }
local REGIONS = { "ap-southeast-1", "ap-southeast-5", "cn-beijing", "cn-shanghai", "cn-shenzhen" }
local SOURCE_PROTOCOLS = { "rtmp", "srt", "http-flv", "hls", "rtsp", "flv" }

local APP = { name = "AppName", type = "text", required = true }
local APP_FILTER = { name = "AppName", type = "text" }
local CALLBACK = { name = "CallbackUrl", type = "text", max_length = 2000 }
local DOMAIN = { name = "DomainName", type = "text", required = true }
local FILE_INDEX = { name = "FileIndex", type = "integer" }
local OFFSET = { name = "Offset", type = "integer", above = 0 }
local PAGE_NUM = { name = "PageNum", type = "integer" }
local PAGE_SIZE = { name = "PageSize", type = "integer", min = 1, max = 3000 }
local REGION = {
  name = "Region", type = "text", required = true, enum = REGIONS, option = "region",
}
local REGION_ID = { name = "RegionId", type = "text" }
local REPEAT = { name = "RepeatNumber", type = "integer", min = -1 }
local STREAM = { name = "StreamName", type = "text", required = true }
local STREAM_FILTER = { name = "StreamName", type = "text" }
local STREAM_TYPE = {
  name = "LiveStreamType", type = "text", required = true, enum = { "publisher" },
  value = "publisher",
}
local TASK = { name = "TaskId", type = "text", required = true }

-- What calls are about, see streamctl.call.about.
local ABOUT_DESTINATION = { "DstUrl", of = "destination", secret = true }
local ABOUT_STREAM = { "DomainName", "AppName", "StreamName", of = "block" }
local ABOUT_TASK = { "Region", "TaskId", of = "task" }

return {
  version = "2016-11-01",
  regions = REGIONS, -- where pull-to-push tasks can be

  rows = {
    {
      action = "CreateLivePullToPush", method = "POST", rate = 10, safe = false,
      page = PAGE .. "createlivepulltopush",
      about = ABOUT_DESTINATION,
      settle = "DescribeLivePullToPushList with the same Region and DstUrl tells whether the task "
        .. "exists",
      returns = { TaskId = "string", RetCode = "number" },
      params = {
        CALLBACK,
        { name = "DstUrl", type = "text", required = true, max_length = 2000 },
        { name = "EndTime", type = "time", required = true },
        FILE_INDEX, OFFSET, REGION, REGION_ID, REPEAT,
        { name = "RetryCount", type = "integer" },
        { name = "RetryInterval", type = "integer", min = 60, max = 300 },
        { name = "SourceProtocol", type = "text", enum = SOURCE_PROTOCOLS },
        { name = "SourceType", type = "text", required = true, enum = { "live", "vod", "url" } },
        { name = "SourceUrls", type = "json_list", required = true, max_items = 30 },
        { name = "StartTime", type = "time", required = true },
        { name = "TaskName", type = "text" },
      },
      rules = {
        { "later", "EndTime", "StartTime" },
        { "future", "EndTime" },
        { "required_if", "SourceProtocol", "SourceType", "live" },
        { "single_if", "SourceUrls", "SourceType", "live" },
      },
    },
    {
      action = "DeleteLivePullToPush", method = "GET", rate = 10, safe = true,
      page = PAGE .. "deletelivepulltopush",
      about = ABOUT_TASK,
      already = { CodeTaskNotExist = true },
      returns = { RetCode = "number" },
      params = { REGION, REGION_ID, TASK },
    },
    {
      action = "DescribeLivePullToPush", method = "GET", rate = 10, safe = true,
      page = PAGE .. "describelivepulltopush",
      returns = { RetCode = "number" },
      params = { REGION, REGION_ID, TASK },
    },
    {
      action = "DescribeLivePullToPushList", method = "GET", rate = 10, safe = true,
      page = PAGE .. "describelivepulltopushlist",
      params = {
        { name = "DstUrl", type = "text" },
        { name = "PageNumber", type = "integer", min = 1 },
        { name = "PageSize", type = "integer", min = 1, max = 100 },
        REGION, REGION_ID,
        { name = "TaskId", type = "text", max_length = 55, word = true },
        { name = "TaskName", type = "text" },
      },
    },
    {
      action = "DescribeLiveStreamsBlockList", method = "POST", rate = 50, safe = true,
      page = PAGE .. "describelivestreamsblocklist",
      returns = { StreamUrls = "table" },
      params = { DOMAIN, PAGE_NUM, PAGE_SIZE },
    },
    {
      action = "DescribeLiveStreamsOnlineList", method = "POST", rate = 10000 / 60, safe = true,
      page = PAGE .. "describelivestreamsonlinelist",
      returns = { OnlineInfo = "table" },
      params = {
        APP_FILTER, DOMAIN,
        { name = "OnlyStream", type = "text", enum = YES_NO },
        PAGE_NUM, PAGE_SIZE,
        { name = "QueryType", type = "text", enum = { "fuzzy", "strict" } },
        REGION_ID, STREAM_FILTER,
        { name = "StreamType", type = "text", enum = { "all", "raw", "trans" } },
      },
    },
    {
      -- with Oneshot=yes a repeat cuts a publisher that has come back meanwhile
      action = "ForbidLiveStream", method = "POST", rate = 20,
      safe = { unless = { Oneshot = "yes" } },
      page = PAGE .. "forbidlivestream",
      about = ABOUT_STREAM,
      settle = "DescribeLiveStreamsOnlineList tells whether the stream is live",
      params = {
        APP, DOMAIN, STREAM_TYPE,
        { name = "Oneshot", type = "text", enum = YES_NO },
        REGION_ID,
        { name = "ResumeTime", type = "time" },
        STREAM,
      },
    },
    {
      action = "RestartLivePullToPush", method = "GET", rate = 10, safe = false,
      page = PAGE .. "restartlivepulltopush",
      about = ABOUT_TASK,
      settle = "DescribeLivePullToPush with the same Region and TaskId tells the task's status; a "
        .. "restart may give the task a new TaskId, which DescribeLivePullToPushList with its "
        .. "DstUrl shows",
      params = { REGION, REGION_ID, TASK },
    },
    {
      action = "ResumeLiveStream", method = "POST", rate = 30, safe = true,
      page = PAGE .. "resumelivestream",
      about = ABOUT_STREAM,
      params = { APP, DOMAIN, STREAM_TYPE, STREAM },
    },
    {
      action = "StopLivePullToPush", method = "GET", rate = 10, safe = true,
      page = PAGE .. "stoplivepulltopush",
      about = ABOUT_TASK,
      already = { CodeTaskHasStopped = true },
      params = { REGION, REGION_ID, TASK },
    },
    {
      -- what a repeat changes depends on the task's state at that moment
      action = "UpdateLivePullToPush", method = "GET", rate = 10, safe = false,
      page = PAGE .. "updatelivepulltopush",
      about = ABOUT_TASK,
      settle = "DescribeLivePullToPush with the same Region and TaskId shows what the task is set "
        .. "to",
      returns = { RetCode = "number" },
      params = {
        CALLBACK,
        { name = "EndTime", type = "time" },
        FILE_INDEX, OFFSET, REGION, REGION_ID, REPEAT,
        { name = "SourceUrls", type = "json_list", max_items = 30 },
        { name = "StartTime", type = "time" },
        TASK,
      },
      rules = { { "later", "EndTime", "StartTime" } },
    },
  },

  -- Actions without a row are POST, but for these, which the vendor's SDK sends as GET.
  get_actions = {
    DescribeLiveDomainMultiStreamConfig = true,
    DescribeLiveStreamCount = true,
    DescribeUidOnlineStreams = true,
    QueryLiveDomainMultiStreamList = true,
    SetLiveDomainMultiStreamConfig = true,
    SetLiveDomainMultiStreamMaster = true,
    SetLiveDomainMultiStreamOptimalMode = true,
    UpdateLivePullStreamInfoConfig = true,
  },

  -- Names that belong to the signature and to nobody else.
  reserved = {
    AccessKeyId = true, Action = true, Format = true, SecurityToken = true, Signature = true,
    SignatureMethod = true, SignatureNonce = true, SignatureType = true, SignatureVersion = true,
    Timestamp = true, Version = true,
  },

  -- The vendor's codes, first match wins; Lua patterns. Any other code is "vendor".
  codes = {
    { "Throttling", "throttled" },
    { "^InvalidTimeStamp%.Expired$", "clock_skew" },
    { "^SignatureNonceUsed$", "replayed" },
    { "^SignatureDoesNotMatch$", "signature" },
    { "^IncompleteSignature$", "signature" },
    { "^InvalidAccessKeyId", "credentials" },
    { "^MissingSecurityToken$", "credentials" },
    { "^InvalidSecurityToken", "credentials" },
    { "^Forbidden", "forbidden" },
    { "^NoPermission", "forbidden" },
    { "%.NotFound$", "not_found" },
    { "^CodeTaskNotExist$", "not_found" },
    { "^ConfigAlreadyExists$", "conflict" },
    { "^CodeConfigAlreadyExists$", "conflict" },
  },
}
