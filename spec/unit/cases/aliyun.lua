-- For every operation of Alibaba Cloud and every parameter: what passes and what does not. The
-- limits are the documented ones, written out here and not read from the rows.

local kinds = require "spec.unit.cases.kinds"

local WHOLE_NUMBER = kinds.integer()
local TEXT, OPTIONAL_TEXT = kinds.text(true), kinds.text(false)
local URL = kinds.text_up_to(2000, false)
local OFFSET = kinds.integer {
  good = { 1, 86400, 1e15 },
  bad = { { 0, "must be greater than 0, got 0" }, { -1, "must be greater than 0, got -1" } },
}
local REPEAT = kinds.integer {
  good = { -1, 0, 1, 1000 },
  bad = { { -2, "must be -1 or greater, got -2" } },
}

local function between(lowest, highest)
  local why = "must be from " .. lowest .. " to " .. highest .. ", got "
  return kinds.integer {
    good = { lowest, lowest + 1, highest - 1, highest },
    bad = {
      { lowest - 1, why .. lowest - 1 }, { highest + 1, why .. highest + 1 },
      { -1e15, why .. "-1000000000000000" },
    },
  }
end

local YES_NO = kinds.enum(false, { "yes", "no" }, { "true", "1", "y" })
local REGION = kinds.enum(true,
  { "ap-southeast-1", "ap-southeast-5", "cn-beijing", "cn-shanghai", "cn-shenzhen" },
  { "eu-central-1", "cn-Shanghai", "shanghai", "ap-southeast-2" })
local PUBLISHER = kinds.enum(true, { "publisher" }, { "player", "publishers" })
PUBLISHER.required, PUBLISHER.filled_in = false, true

local ALWAYS_LATER = { EndTime = "2099-12-31T23:59:59Z" }
local ALWAYS_EARLIER = { StartTime = "1999-01-01T00:00:00Z" }

local SOME_TIMES = {
  { "2028-02-29T23:59:59Z" }, { "2000-02-29T00:00:00Z" }, { "2026-12-31T23:59:59Z" },
  { "2027-01-31T12:30:30Z" },
}

local function start_time(required)
  return kinds.time(required, {
    { "2028-02-29T23:59:59Z", ALWAYS_LATER }, { "2000-02-29T00:00:00Z", ALWAYS_LATER },
    { "2026-12-31T23:59:59Z", ALWAYS_LATER },
  })
end

local TASK = { Region = REGION, RegionId = OPTIONAL_TEXT, TaskId = TEXT }

return {
  CreateLivePullToPush = {
    CallbackUrl = URL,
    DstUrl = kinds.text_up_to(2000, true),
    EndTime = kinds.time(true, {
      { "2026-01-02T03:04:06Z", ALWAYS_EARLIER }, { "2028-02-29T23:59:59Z", ALWAYS_EARLIER },
      { "2026-01-03T00:00:01Z" },
    }, {
      { "2026-01-02T03:04:05Z", "must be later than the present time (2026-01-02T03:04:05Z)",
        ALWAYS_EARLIER },
      { "2026-01-02T03:04:04Z", "must be later than the present time", ALWAYS_EARLIER },
      { "2026-01-03T00:00:00Z", "must be later than StartTime (2026-01-03T00:00:00Z)" },
      { "2026-01-02T23:59:59Z", "must be later than StartTime" },
    }),
    FileIndex = WHOLE_NUMBER,
    Offset = OFFSET,
    Region = REGION,
    RegionId = OPTIONAL_TEXT,
    RepeatNumber = REPEAT,
    RetryCount = WHOLE_NUMBER,
    RetryInterval = between(60, 300),
    SourceProtocol = kinds.enum(false, { "rtmp", "srt", "http-flv", "hls", "rtsp", "flv" },
      { "https", "httpflv" }),
    SourceType = kinds.enum(true, { "live", "vod", "url" }, { "file", "lives" },
      { live = { SourceProtocol = "rtmp" } }),
    SourceUrls = kinds.json_list(true, 30),
    StartTime = start_time(true),
    TaskName = OPTIONAL_TEXT,
  },
  DeleteLivePullToPush = TASK,
  DescribeLivePullToPush = TASK,
  DescribeLivePullToPushList = {
    DstUrl = OPTIONAL_TEXT,
    PageNumber = kinds.integer {
      good = { 1, 2, 1e6 },
      bad = { { 0, "must be 1 or greater, got 0" }, { -1, "must be 1 or greater" } },
    },
    PageSize = between(1, 100),
    Region = REGION,
    RegionId = OPTIONAL_TEXT,
    TaskId = {
      required = false,
      good = { { "", "" }, { "Az09_-", "Az09_-" }, { ("t"):rep(55), ("t"):rep(55) } },
      bad = {
        { ("t"):rep(56), "at most 55 characters, got 56" },
        { "a.b", "of the characters A-Z a-z 0-9 - _" }, { "a b", "of the characters" },
        { "流", "of the characters" }, { 5, "must be text" }, { {}, "must be text" },
      },
    },
    TaskName = OPTIONAL_TEXT,
  },
  DescribeLiveStreamsBlockList = { DomainName = TEXT, PageNum = WHOLE_NUMBER,
    PageSize = between(1, 3000) },
  DescribeLiveStreamsOnlineList = {
    AppName = OPTIONAL_TEXT,
    DomainName = TEXT,
    OnlyStream = YES_NO,
    PageNum = WHOLE_NUMBER,
    PageSize = between(1, 3000),
    QueryType = kinds.enum(false, { "fuzzy", "strict" }, { "exact" }),
    RegionId = OPTIONAL_TEXT,
    StreamName = OPTIONAL_TEXT,
    StreamType = kinds.enum(false, { "all", "raw", "trans" }, { "transcoded" }),
  },
  ForbidLiveStream = {
    AppName = TEXT,
    DomainName = TEXT,
    LiveStreamType = PUBLISHER,
    Oneshot = YES_NO,
    RegionId = OPTIONAL_TEXT,
    ResumeTime = kinds.time(false, SOME_TIMES),
    StreamName = TEXT,
  },
  RestartLivePullToPush = TASK,
  ResumeLiveStream = { AppName = TEXT, DomainName = TEXT, LiveStreamType = PUBLISHER,
    StreamName = TEXT },
  StopLivePullToPush = TASK,
  UpdateLivePullToPush = {
    CallbackUrl = URL,
    EndTime = kinds.time(false, {
      { "2000-02-29T00:00:00Z" }, { "2028-02-29T23:59:59Z", ALWAYS_EARLIER },
    }, {
      { "2026-01-03T00:00:00Z", "must be later than StartTime",
        { StartTime = "2026-01-03T00:00:00Z" } },
    }),
    FileIndex = WHOLE_NUMBER,
    Offset = OFFSET,
    Region = REGION,
    RegionId = OPTIONAL_TEXT,
    RepeatNumber = REPEAT,
    SourceUrls = kinds.json_list(false, 30),
    StartTime = start_time(false),
    TaskId = TEXT,
  },
}
