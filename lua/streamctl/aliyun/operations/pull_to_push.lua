-- Pull-to-push: tasks that pull from one address and push to another.

local TASK = { "Region", "TaskId", of = "task" }
local REGIONS = require("streamctl.aliyun.operations").regions
local REGION = { "Region!", enum = REGIONS, option = "region" }
local CALLBACK_URL = { "CallbackUrl", max_length = 2000 }
local OFFSET = { "Offset:integer", above = 0 }
local REPEAT_NUMBER = { "RepeatNumber:integer", min = -1 }

return {
  {
    -- billed, and nothing tells a repeat from another task
    "CreateLivePullToPush", rate = 10, resource = { "DstUrl", of = "destination", secret = true },
    returns = { TaskId = "string", RetCode = "number" },
    -- A task with other sources or times is another one; one that has stopped or exited may be an
    -- older one, and at its end a task is deleted.
    settle = {
      "DescribeLivePullToPushList", "Region", "DstUrl",
      entry = { ["TaskInfo.DstUrl"] = "{DstUrl}" }, state = "TaskStatus",
      same = {
        ["TaskInfo.SourceUrls"] = "{SourceUrls}", ["TaskInfo.StartTime"] = "{StartTime}",
        ["TaskInfo.EndTime"] = "{EndTime}",
      },
      executed = { 0, 1, 2 }, not_executed = { "absent" }, ends = "EndTime",
    },
    params = {
      "EndTime:time! StartTime:time! FileIndex:integer RegionId RetryCount:integer TaskName",
      REGION, CALLBACK_URL, OFFSET, REPEAT_NUMBER,
      { "DstUrl!", max_length = 2000 },
      { "SourceType!", enum = { "live", "vod", "url" } },
      { "SourceUrls:json_list!", max_items = 30 },
      { "RetryInterval:integer", min = 60, max = 300 },
      { "SourceProtocol", enum = { "rtmp", "srt", "http-flv", "hls", "rtsp", "flv" } },
    },
    rules = {
      { "later", "EndTime", "StartTime" }, { "future", "EndTime" },
      { "required_if", "SourceProtocol", "SourceType", "live" },
      { "single_if", "SourceUrls", "SourceType", "live" },
    },
  },
  {
    -- what a repeat changes depends on the task's state at that moment
    "UpdateLivePullToPush", method = "GET", rate = 10, resource = TASK,
    returns = { RetCode = "number" },
    settle = { -- which settings an update changes depends on the task's state
      "DescribeLivePullToPush", "Region", "TaskId", entry = {},
      same = {
        ["TaskInfo.CallbackURL"] = "{CallbackUrl?}", ["TaskInfo.EndTime"] = "{EndTime?}",
        ["TaskInfo.FileIndex"] = "{FileIndex?}", ["TaskInfo.Offset"] = "{Offset?}",
        ["TaskInfo.RepeatNumber"] = "{RepeatNumber?}",
        ["TaskInfo.SourceUrls"] = "{SourceUrls?}", ["TaskInfo.StartTime"] = "{StartTime?}",
      },
      executed = { "present" },
    },
    params = {
      "TaskId! EndTime:time FileIndex:integer RegionId StartTime:time",
      REGION, CALLBACK_URL, OFFSET, REPEAT_NUMBER,
      { "SourceUrls:json_list", max_items = 30 },
    },
    rules = { { "later", "EndTime", "StartTime" } },
  },
  {
    "StopLivePullToPush", method = "GET", rate = 10, safe = true, resource = TASK,
    already = { CodeTaskHasStopped = true, CodeTaskNotExist = true },
    params = { "TaskId! RegionId", REGION },
  },
  {
    -- each restart interrupts the push, and may give the task a new TaskId
    "RestartLivePullToPush", method = "GET", rate = 10, restores = true, resource = TASK,
    settle = {
      "DescribeLivePullToPush", "Region", "TaskId",
      note = "after a restart the task may have a new TaskId; DescribeLivePullToPushList shows it",
    },
    params = { "TaskId! RegionId", REGION },
  },
  {
    "DeleteLivePullToPush", method = "GET", rate = 10, safe = true, resource = TASK,
    already = { CodeTaskNotExist = true }, returns = { RetCode = "number" },
    params = { "TaskId! RegionId", REGION },
  },
  {
    "DescribeLivePullToPush", method = "GET", rate = 10, returns = { RetCode = "number" },
    params = { "TaskId! RegionId", REGION },
  },
  {
    "DescribeLivePullToPushList", method = "GET", rate = 10,
    pages = {
      page = "PageNumber", size = "PageSize", total = "Total", items = "TaskList",
      key = { "TaskId" },
      exact = { DstUrl = "TaskInfo.DstUrl", TaskId = "TaskId", TaskName = "TaskInfo.TaskName" },
    },
    params = {
      "DstUrl RegionId TaskName",
      REGION,
      { "PageNumber:integer", min = 1 },
      { "PageSize:integer", min = 1, max = 100 },
      { "TaskId", max_length = 55, word = true },
    },
  },
  {
    -- not documented; made for one customer
    "MiguLivePullToPushStart", answers = true, -- the vendor does not document their code
    params = { "DomainName! MiguData! RegionId" },
  },
  {
    "MiguLivePullToPushStatus", safe = true, read = true, answers = true,
    params = { "DomainName! MiguData! RegionId" },
  },
}
