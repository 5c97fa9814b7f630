-- Monitors: sessions that show many streams on one screen.

local MONITOR = { "MonitorId", of = "monitor" }
local TEMPLATES = { "lp_ld", "lp_sd", "lp_hd", "lp_ud" }

return {
  {
    -- each call makes another monitor
    "CreateLiveStreamMonitor", rate = 10, returns = { MonitorId = "string" },
    settle = { -- monitors may share a name, and none tells when it was made
      "DescribeLiveStreamMonitorList", entry = { "MonitorName" }, not_executed = { "absent" },
    },
    params = {
      "Domain! InputList! MonitorName!",
      "App CallbackUrl DingTalkWebHookUrl MonitorConfig RegionId Stream",
      { "OutputTemplate!", enum = TEMPLATES },
    },
  },
  {
    "UpdateLiveStreamMonitor", rate = 10, safe = true, resource = MONITOR,
    params = {
      "InputList! MonitorId!",
      "App CallbackUrl DingTalkWebHookUrl Domain MonitorConfig MonitorName RegionId Stream",
      { "OutputTemplate", enum = TEMPLATES },
    },
  },
  {
    "StartLiveStreamMonitor", rate = 10, safe = true, resource = MONITOR,
    params = { "MonitorId! RegionId" },
  },
  {
    "StopLiveStreamMonitor", rate = 10, safe = true, resource = MONITOR,
    params = { "MonitorId! RegionId" },
  },
  {
    "DeleteLiveStreamMonitor", rate = 10, safe = true, resource = MONITOR,
    params = { "MonitorId! RegionId" },
  },
  {
    "DescribeLiveStreamMonitorList", rate = 15,
    pages = {
      page = "PageNum", size = "PageSize", total = "Total", items = "LiveStreamMonitorList",
      key = { "MonitorId" },
    },
    params = {
      "MonitorId PageNum:integer PageSize:integer RegionId",
      { "OrderRule:integer", enum = { 0, 1, 2 } },
      { "Status:integer", enum = { 0, 1 } },
    },
  },
}
