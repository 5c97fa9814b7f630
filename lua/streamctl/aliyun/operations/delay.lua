-- Delay: how late a stream is played, wanted or not.

local DELAY = { "Domain", "App", "Stream", of = "delay" }
local TRIGGERS = { "PUBLISH_ONLY", "CONFIG_ONLY", "PUBLISH_CONFIG" }
local LEVELS = { "short", "medium", "long" }
local DELAY_TIME = { "DelayTime:integer!", min = 16, max = 3600 }

return {
  {
    -- a repeat may be refused because the first copy was executed
    "CreateLiveDelayConfig", rate = 60, resource = DELAY,
    settle = {
      "DescribeLiveDelayConfig", "Domain", "App", "Stream", codes = { not_found = "absent" },
      entry = { "Domain", "App", "Stream" }, same = { "DelayTime" },
      executed = { "present" }, not_executed = { "absent" },
    },
    params = {
      "App! Domain! Stream! RegionId",
      DELAY_TIME,
      { "TaskTriggerMode!", enum = TRIGGERS },
    },
  },
  {
    "UpdateLiveDelayConfig", rate = 60, safe = true, resource = DELAY,
    params = {
      "App! Domain! Stream! RegionId",
      DELAY_TIME,
      { "TaskTriggerMode", enum = TRIGGERS },
    },
  },
  {
    "DeleteLiveDelayConfig", rate = 60, safe = true, resource = DELAY,
    params = { "App! Domain! Stream! RegionId" },
  },
  { "DescribeLiveDelayConfig", rate = 60, params = { "App! Domain! Stream! RegionId" } },
  {
    "ListLiveDelayConfig", rate = 60,
    pages = {
      page = "PageNum", size = "PageSize", total = "Total", items = "DelayConfigList.DelayConfig",
      key = { "Domain", "App", "Stream" },
    },
    params = { "Domain! PageNum:integer RegionId", { "PageSize:integer", min = 5, max = 30 } },
  },
  {
    "SetLiveStreamDelayConfig", rate = 1000, safe = true,
    resource = { "DomainName", of = "latency" },
    params = {
      "DomainName! FlvDelay:integer HlsDelay:integer RegionId RtmpDelay:integer",
      { "FlvLevel", enum = LEVELS },
      { "HlsLevel", enum = LEVELS },
      { "RtmpLevel", enum = LEVELS },
    },
  },
  { "DescribeLiveStreamDelayConfig", rate = 1000, params = { "DomainName! RegionId" } },
}
