-- Failover: two copies of a stream, of which one is played.

local MERGE = { "DomainName", "AppName", "StreamName", of = "merge" }
local ON_OFF = { "on", "off" }
local PROTOCOL = { "Protocol", enum = { "rtmp", "rtc" } }

return {
  {
    -- a repeat may be refused because the first copy was executed
    "AddLiveStreamMerge", rate = 100, resource = MERGE,
    settle = {
      "DescribeLiveStreamMerge", "DomainName", "AppName", "StreamName", "Protocol",
      list = "LiveStreamMergeList.LiveStreamMerge",
      entry = { "DomainName", "AppName", "StreamName" },
      same = { "InAppName1", "InStreamName1", "InAppName2", "InStreamName2" },
      executed = { "present" }, not_executed = { "absent" }, ends = "EndTime",
    },
    params = {
      "AppName! DomainName! EndTime:time! InAppName1! InAppName2! InStreamName1! InStreamName2!",
      "StartTime:time! StreamName!",
      "MergeParameters RegionId SelectAppName SelectStreamName SwitchMode",
      PROTOCOL,
      { "LiveMerger", enum = ON_OFF },
    },
  },
  {
    "DeleteLiveStreamMerge", rate = 100, safe = true, resource = MERGE,
    params = { "AppName! DomainName! StreamName! RegionId" },
  },
  {
    "DescribeLiveStreamMerge", rate = 100,
    params = { "DomainName! AppName RegionId StreamName", PROTOCOL },
  },
  {
    "SetLiveDomainMultiStreamConfig", method = "GET", rate = 10, safe = true,
    resource = { "Domain", of = "multi stream" },
    params = { "Domain!", { "Switch!", enum = ON_OFF } },
  },
  { "DescribeLiveDomainMultiStreamConfig", method = "GET", params = { "Domain!" } },
  {
    "SetLiveDomainMultiStreamMaster", method = "GET", safe = true,
    resource = { "Domain", "AppName", "StreamName", of = "multi stream master" },
    params = { "AppName! Domain! StreamName! UpstreamSequence!" },
  },
  {
    "SetLiveDomainMultiStreamOptimalMode", method = "GET", safe = true,
    resource = { "Domain", "AppName", "StreamName", of = "multi stream mode" },
    params = { "AppName! Domain! StreamName!", { "OptimalMode!", enum = ON_OFF } },
  },
  {
    "QueryLiveDomainMultiStreamList", method = "GET",
    pages = {
      page = "PageNumber", size = "PageSize", total = "TotalCount", items = "OnlineStreams",
      key = { "Domain", "AppName", "StreamName" },
    },
    params = {
      "Domain! EndTime:time PageNumber:integer StartTime:time StreamName",
      { "PageSize:integer", min = 1, max = 100 },
    },
    rules = { { "later", "EndTime", "StartTime" } },
  },
}
