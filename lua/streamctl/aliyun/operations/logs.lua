-- Logs: files to fetch, and delivery as they are written.

local DELIVERY = { "DomainName", of = "log delivery" }

return {
  {
    "DescribeLiveDomainLog", rate = 100,
    params = { "DomainName! EndTime PageNumber:number PageSize:number RegionId StartTime" },
  },
  {
    "DescribeLiveDomainLogExTtl",
    params = { "DomainName* EndTime PageNumber:number PageSize:number RegionId StartTime" },
  },
  {
    "DescribeLiveDomainEdgeLog",
    params = { "DomainName* EndTime PageNumber:number PageSize:number RegionId StartTime" },
  },
  {
    "DescribeLiveTrafficDomainLog",
    params = { "DomainName* EndTime PageNumber:number PageSize:number RegionId StartTime" },
  },
  {
    "DescribeLiveUserTrafficLog",
    params = { "DomainName* EndTime PageNumber:number PageSize:number RegionId StartTime" },
  },
  {
    "DescribeLivePushProxyLog", rate = 100,
    params = { "DomainName! EndTime PageNumber:number PageSize:number RegionId StartTime" },
  },
  {
    "CreateLiveRealTimeLogDelivery", method = "GET", rate = 6000 / 60,
    params = { "DomainName! Logstore! Project! Region! RegionId" },
  },
  {
    "ModifyLiveRealtimeLogDelivery", method = "GET", rate = 6000 / 60,
    params = { "DomainName! Logstore! Project! Region! RegionId" },
  },
  {
    "DeleteLiveRealtimeLogDelivery", method = "GET", rate = 6000 / 60,
    params = { "DomainName! Logstore! Project! Region! RegionId" },
  },
  {
    "DeleteLiveRealTimeLogLogstore", method = "GET", rate = 6000 / 60,
    params = { "Logstore! Project! Region! RegionId" },
  },
  {
    "EnableLiveRealtimeLogDelivery", method = "GET", rate = 6000 / 60, resource = DELIVERY,
    params = { "DomainName! RegionId" },
  },
  {
    "DisableLiveRealtimeLogDelivery", method = "GET", rate = 6000, resource = DELIVERY,
    params = { "DomainName! RegionId" },
  },
  {
    "DescribeLiveDomainRealtimeLogDelivery", method = "GET", rate = 6000,
    params = { "DomainName! RegionId" },
  },
  {
    "DescribeLiveRealtimeDeliveryAcc", rate = 100,
    params = { "DomainName EndTime Interval LogStore Project RegionId StartTime" },
  },
  {
    "DescribeLiveRealtimeLogAuthorized", method = "GET", rate = 100,
    params = { "LiveOpenapiReserve RegionId" },
  },
  {
    "ListLiveRealtimeLogDelivery", method = "GET", rate = 6000 / 60,
    params = { "LiveOpenapiReserve RegionId" },
  },
  {
    "ListLiveRealtimeLogDeliveryDomains", method = "GET", rate = 6000 / 60,
    params = { "Logstore! Project! Region! RegionId" },
  },
  {
    "ListLiveRealtimeLogDeliveryInfos", method = "GET", rate = 6000 / 60,
    params = { "LiveOpenapiReserve RegionId" },
  },
}
