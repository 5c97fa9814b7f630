-- Origin pull: streams that are fetched from elsewhere, between two times or when watched.

local PULL = { "DomainName", "AppName", "StreamName", of = "pull" }
local PULLS = "LiveAppRecordList.LiveAppRecord"
local LAZY = { "DomainName", "AppName", of = "lazy pull" }

return {
  {
    -- a repeat may be refused because the first copy was executed
    "AddLivePullStreamInfoConfig", rate = 15, resource = PULL,
    settle = {
      "DescribeLivePullStreamConfig", "DomainName", list = PULLS,
      entry = { "DomainName", "AppName", "StreamName" }, same = { "SourceUrl" },
      executed = { "present" }, not_executed = { "absent" }, ends = "EndTime",
    },
    params = {
      "AppName! DomainName! EndTime:time! SourceUrl! StartTime:time! StreamName! RegionId",
    },
    rules = { { "future", "EndTime" } },
  },
  {
    -- every update pulls anew, which interrupts the stream
    "UpdateLivePullStreamInfoConfig", method = "GET", rate = 1000 / 60, resource = PULL,
    settle = {
      "DescribeLivePullStreamConfig", "DomainName", list = PULLS,
      entry = { "DomainName", "AppName", "StreamName" },
      same = { "SourceUrl", "StartTime", "EndTime" }, executed = { "present" },
    },
    params = {
      "AppName! DomainName! EndTime:time! SourceUrl! StartTime:time! StreamName! RegionId",
    },
    rules = { { "future", "EndTime" } },
  },
  {
    "DeleteLivePullStreamInfoConfig", rate = 30, safe = true, resource = PULL,
    params = { "AppName! DomainName! StreamName! RegionId" },
  },
  { "DescribeLivePullStreamConfig", rate = 50, params = { "DomainName! RegionId" } },
  {
    "SetLiveLazyPullStreamInfoConfig", rate = 1000, safe = true, resource = LAZY,
    params = {
      "AppName! DomainName! PullDomainName! PullAppName RegionId",
      { "PullProtocol!", enum = { "rtmp", "httpflv", "hls" } },
      { "TranscodeLazy", enum = { "yes", "no" } },
    },
  },
  {
    "DeleteLiveLazyPullStreamInfoConfig", rate = 1000 / 60, safe = true, resource = LAZY,
    params = { "AppName! DomainName! RegionId" },
  },
  {
    "DescribeLiveLazyPullStreamConfig", rate = 1000 / 60,
    params = { "DomainName! AppName RegionId" },
  },
}
