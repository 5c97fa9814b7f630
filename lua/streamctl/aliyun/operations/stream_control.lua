-- Streams: where they may be watched, their state and their history.

local PLACES = { "DomainName", "AppName", "StreamName", of = "location block" }
local BLOCK_TYPES = { "blacklist", "whitelist" }
local PAGE_SIZE = { "PageSize:integer", min = 1, max = 3000 }
local QUERY_TYPE = { "QueryType", enum = { "fuzzy", "strict" } }

return {
  {
    "SetLiveStreamBlock", rate = 50, safe = true, resource = PLACES,
    returns = { Status = "string" },
    params = {
      "AppName! DomainName! LocationList! StreamName! RegionId ReleaseTime:time",
      { "BlockType!", enum = BLOCK_TYPES },
    },
  },
  {
    "DeleteLiveStreamBlock", rate = 50, safe = true, resource = PLACES,
    returns = { Status = "string" },
    params = { "AppName! DomainName! StreamName! RegionId" },
  },
  {
    "DescribeStreamLocationBlock", rate = 50,
    pages = {
      page = "PageNum", size = "PageSize", total = "Count", last = "TotalPage",
      items = "StreamBlockList.StreamBlock",
      key = { "DomainName", "AppName", "StreamName", "BlockType", "LocationList" },
    },
    params = {
      "DomainName! AppName PageNum:integer RegionId StreamName",
      { "BlockType", enum = BLOCK_TYPES },
      { "PageSize:integer", min = 1, max = 100 },
    },
  },
  {
    "DescribeLiveStreamState", rate = 100, returns = { StreamState = "string" },
    params = { "AppName! DomainName! StreamName! RegionId" },
  },
  {
    "DescribeLiveStreamsPublishList", rate = 3,
    pages = {
      page = "PageNumber", size = "PageSize", total = "TotalNum", last = "TotalPage",
      items = "PublishInfo.LiveStreamPublishInfo",
      exact = { StreamName = { QueryType = "strict" } },
      key = { "DomainName", "AppName", "StreamName", "PublishTime", "TranscodeId" },
    },
    params = {
      "DomainName! EndTime:time! StartTime:time! AppName PageNumber:integer RegionId StreamName",
      PAGE_SIZE, QUERY_TYPE,
      {
        "OrderBy",
        enum = { "stream_name_desc", "stream_name_asc", "publish_time_desc", "publish_time_asc" },
      },
      { "StreamType", enum = { "all", "trans" } },
    },
  },
  {
    "DescribeLiveStreamsControlHistory", rate = 50,
    params = { "DomainName! EndTime:time! StartTime:time! AppName RegionId" },
  },
  { "DescribeLiveStreamCount", method = "GET", rate = 1, params = { "DomainName! RegionId" } },
  {
    "DescribeLiveStreamsTotalCount", rate = 100 / 60,
    params = {
      "DomainName! EndTime:time! StartTime:time! RegionId",
      { "Typ", enum = { "aliuid" } },
    },
  },
  { "DescribeUidOnlineStreams", method = "GET", params = { "AppName DomainName RegionId" } },
}
