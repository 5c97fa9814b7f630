--- Who may publish: forbid and resume streams, and see what is live.

local STREAM = { "DomainName", "AppName", "StreamName", of = "block" }
local YES_NO = { "yes", "no" }
local STREAM_TYPE = { "LiveStreamType!", enum = { "publisher" }, value = "publisher" }
local PAGE_SIZE = { "PageSize:integer", min = 1, max = 3000 }

return {
  {
    "DescribeLiveStreamsBlockList", rate = 50,
    returns = { StreamUrls = "table" },
    params = { "DomainName! PageNum:integer", PAGE_SIZE },
  },
  {
    "DescribeLiveStreamsOnlineList", rate = 10000 / 60,
    returns = { OnlineInfo = "table" },
    params = {
      "AppName DomainName!",
      { "OnlyStream", enum = YES_NO },
      "PageNum:integer", PAGE_SIZE,
      { "QueryType", enum = { "fuzzy", "strict" } },
      "RegionId StreamName",
      { "StreamType", enum = { "all", "raw", "trans" } },
    },
  },
  {
    -- with Oneshot=yes a repeat cuts a publisher that has come back meanwhile
    "ForbidLiveStream", rate = 20, safe = { unless = { Oneshot = "yes" } }, about = STREAM,
    settle = "DescribeLiveStreamsOnlineList tells whether the stream is live",
    params = {
      "AppName! DomainName!", STREAM_TYPE,
      { "Oneshot", enum = YES_NO },
      "RegionId ResumeTime:time StreamName!",
    },
  },
  {
    "ResumeLiveStream", rate = 30, safe = true, about = STREAM,
    params = { "AppName! DomainName!", STREAM_TYPE, "StreamName!" },
  },
}
