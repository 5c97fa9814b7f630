-- Callbacks about streams: where the vendor tells that one begins or ends.

local URLS = { "DomainName", of = "notify url" }

return {
  {
    "SetLiveStreamsNotifyUrlConfig", rate = 15, safe = true, resource = URLS,
    params = {
      "DomainName! ExceptionNotifyUrl NotifyUrl SwitchNotifyUrl",
      { "NotifyAuthKey", max_length = 64, word = true },
      { "NotifyReqAuth", enum = { "yes", "no" } },
    },
    rules = { { "required_if", "NotifyAuthKey", "NotifyReqAuth", "yes" } },
  },
  {
    "DeleteLiveStreamsNotifyUrlConfig", rate = 15, safe = true, resource = URLS,
    params = { "DomainName! RegionId" },
  },
  { "DescribeLiveStreamsNotifyUrlConfig", rate = 1000, params = { "DomainName! RegionId" } },
  {
    "DescribeLiveStreamsNotifyRecords", rate = 100,
    pages = {
      page = "PageNumber", size = "PageSize", total = "TotalNum", last = "TotalPage",
      items = "NotifyRecordsInfo.LiveStreamNotifyRecordsInfo",
    },
    params = {
      "DomainName! EndTime:time! StartTime:time! AppName PageNumber:integer RegionId StreamName",
      { "PageSize:integer", min = 1, max = 500 },
      { "Status", enum = { "success", "failed" } },
    },
    rules = { { "later", "EndTime", "StartTime" } },
  },
}
