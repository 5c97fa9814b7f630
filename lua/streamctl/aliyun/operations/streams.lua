-- Streams: which are live, and who may publish. Few rows, since these are called most.

local STREAM = { "DomainName", "AppName", "StreamName", of = "block" }
local TYPE = { "LiveStreamType!", enum = { "publisher" }, value = "publisher" }
local PAGE_SIZE = { "PageSize:integer", min = 1, max = 3000 }

return {
  {
    -- with Oneshot=yes a repeat cuts a publisher that has come back meanwhile
    "ForbidLiveStream", rate = 20, safe = { unless = { Oneshot = "yes" } }, resource = STREAM,
    -- no state proves a cut: an offline stream may have gone by itself, one online may be back
    settle = { "DescribeLiveStreamState", "DomainName", "AppName", "StreamName" },
    params = {
      "AppName! DomainName! StreamName! RegionId",
      { "ResumeTime:time", default = "6 months" },
      TYPE,
      { "Oneshot", enum = { "yes", "no" } },
    },
    rules = { { "future", "ResumeTime" } },
  },
  {
    "ResumeLiveStream", rate = 30, safe = true, restores = true, resource = STREAM,
    params = { "AppName! DomainName! StreamName!", TYPE },
  },
  {
    "DescribeLiveStreamsBlockList", rate = 50, returns = { StreamUrls = "table" },
    pages = {
      page = "PageNum", size = "PageSize", total = "TotalNum", last = "TotalPage",
      items = "StreamUrls.StreamUrl",
    },
    params = { "DomainName! PageNum:integer", PAGE_SIZE },
  },
  {
    "DescribeLiveStreamsOnlineList", rate = 10000 / 60, returns = { OnlineInfo = "table" },
    pages = {
      page = "PageNum", size = "PageSize", total = "TotalNum", last = "TotalPage",
      items = "OnlineInfo.LiveStreamOnlineInfo", exact = { StreamName = { QueryType = "strict" } },
      key = { "DomainName", "AppName", "StreamName", "Transcoded" },
    },
    params = {
      "DomainName! AppName PageNum:integer RegionId StreamName",
      PAGE_SIZE,
      { "QueryType", enum = { "fuzzy", "strict" } },
      { "OnlyStream", enum = { "yes", "no" } },
      { "StreamType", enum = { "all", "raw", "trans" } },
    },
  },
}
