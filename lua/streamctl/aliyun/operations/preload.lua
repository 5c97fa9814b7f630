-- Preload: streams that are fetched to the edge before somebody watches.

return {
  {
    -- a repeat makes the tasks once more, which costs of the quota
    "SetLiveStreamPreloadTasks", rate = 50,
    settle = {
      "DescribeLiveStreamPreloadTasks", "DomainName", "PlayUrl",
      entry = { "PlayUrl" }, since = { "CreateTime", "present" }, executed = { "present" },
    },
    partial = {
      items = "PreloadTasksMessages.PreloadTasksMessage", id = "PlayUrl", code = "Description",
      fine = { "Successfully" },
    },
    params = {
      "DomainName! PlayUrl! PreloadedEndTime:time PreloadedStartTime:time RegionId",
      { "Area", enum = { "domestic", "overseas", "global" } },
    },
  },
  {
    "DescribeLiveStreamPreloadTasks", rate = 10,
    pages = {
      page = "PageNum", size = "PageSize", total = "TotalNum", last = "TotalPage",
      items = "PreloadTasks.PreloadTask", key = { "TaskId", "PlayUrl", "Area" },
    },
    params = {
      "DomainName! EndTime:time PageNum:integer PlayUrl RegionId StartTime:time TaskId",
      { "PageSize:integer", min = 1, max = 100 },
      { "Status", enum = { "complete", "pending", "preloading", "failed" } },
    },
  },
  {
    -- a repeat makes the task once more, which costs of the quota
    "HotLiveRtcStream", rate = 10,
    params = {
      "AppName! AudioMsid! DomainName! RegionCode! StreamName! VideoMsid!",
      "ConnectionTimeout MediaTimeout RegionId",
    },
  },
}
