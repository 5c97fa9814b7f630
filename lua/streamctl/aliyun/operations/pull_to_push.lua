--- Tasks that pull a source and push it to an address.

local REGIONS = require("streamctl.aliyun.operations").regions
local REGION = { "Region!", enum = REGIONS, option = "region" }
local CALLBACK = { "CallbackUrl", max_length = 2000 }
local OFFSET = { "Offset:integer", above = 0 }
local REPEAT = { "RepeatNumber:integer", min = -1 }

local ABOUT_DESTINATION = { "DstUrl", of = "destination", secret = true }
local ABOUT_TASK = { "Region", "TaskId", of = "task" }

return {
  {
    "CreateLivePullToPush", rate = 10, about = ABOUT_DESTINATION,
    settle = "DescribeLivePullToPushList with the same Region and DstUrl tells whether the task "
      .. "exists",
    returns = { TaskId = "string", RetCode = "number" },
    params = {
      CALLBACK,
      { "DstUrl!", max_length = 2000 },
      "EndTime:time! FileIndex:integer", OFFSET, REGION, "RegionId", REPEAT,
      "RetryCount:integer",
      { "RetryInterval:integer", min = 60, max = 300 },
      { "SourceProtocol", enum = { "rtmp", "srt", "http-flv", "hls", "rtsp", "flv" } },
      { "SourceType!", enum = { "live", "vod", "url" } },
      { "SourceUrls:json_list!", max_items = 30 },
      "StartTime:time! TaskName",
    },
    rules = {
      { "later", "EndTime", "StartTime" },
      { "future", "EndTime" },
      { "required_if", "SourceProtocol", "SourceType", "live" },
      { "single_if", "SourceUrls", "SourceType", "live" },
    },
  },
  {
    "DeleteLivePullToPush", method = "GET", rate = 10, safe = true, about = ABOUT_TASK,
    already = { CodeTaskNotExist = true },
    returns = { RetCode = "number" },
    params = { REGION, "RegionId TaskId!" },
  },
  {
    "DescribeLivePullToPush", method = "GET", rate = 10,
    returns = { RetCode = "number" },
    params = { REGION, "RegionId TaskId!" },
  },
  {
    "DescribeLivePullToPushList", method = "GET", rate = 10,
    params = {
      "DstUrl",
      { "PageNumber:integer", min = 1 },
      { "PageSize:integer", min = 1, max = 100 },
      REGION, "RegionId",
      { "TaskId", max_length = 55, word = true },
      "TaskName",
    },
  },
  {
    "RestartLivePullToPush", method = "GET", rate = 10, about = ABOUT_TASK,
    settle = "DescribeLivePullToPush with the same Region and TaskId tells the task's status; a "
      .. "restart may give the task a new TaskId, which DescribeLivePullToPushList with its "
      .. "DstUrl shows",
    params = { REGION, "RegionId TaskId!" },
  },
  {
    "StopLivePullToPush", method = "GET", rate = 10, safe = true, about = ABOUT_TASK,
    already = { CodeTaskHasStopped = true },
    params = { REGION, "RegionId TaskId!" },
  },
  {
    -- what a repeat changes depends on the task's state at that moment
    "UpdateLivePullToPush", method = "GET", rate = 10, about = ABOUT_TASK,
    settle = "DescribeLivePullToPush with the same Region and TaskId shows what the task is set "
      .. "to",
    returns = { RetCode = "number" },
    params = {
      CALLBACK, "EndTime:time FileIndex:integer", OFFSET, REGION, "RegionId", REPEAT,
      { "SourceUrls:json_list", max_items = 30 },
      "StartTime:time TaskId!",
    },
    rules = { { "later", "EndTime", "StartTime" } },
  },
}
