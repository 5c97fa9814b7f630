-- Health: who watches a stream, how well it comes in, and why it does not.

local DOMAIN_NAME_LIST = { "DomainNameList:list", style = "json" }

return {
  {
    "DescribeLiveDomainOnlineUserNum", rate = 200 / 60,
    params = { "DomainName! QueryTime:time RegionId" },
  },
  {
    "DescribeLiveStreamHistoryUserNum", rate = 30,
    params = { "AppName! DomainName! EndTime:time! StartTime:time! StreamName!" },
  },
  {
    "DescribeLiveDomainFrameRateAndBitRateData", rate = 100,
    params = { "DomainName! QueryTime:time! RegionId" },
  },
  {
    "DescribeLiveStreamBitRateData", rate = 50,
    params = { "AppName! DomainName! StreamName! EndTime:time StartTime:time" },
    rules = { { "later", "EndTime", "StartTime" } },
  },
  {
    "DescribeLiveStreamDetailFrameRateAndBitRateData",
    params = { "AppName! DomainName! StreamName! EndTime RegionId StartTime" },
  },
  {
    "DescribeLiveDomainPublishErrorCode", rate = 10,
    params = { "DomainName* AppName EndTime:time RegionId StartTime:time" },
  },
  { "DescribeLiveStreamAuthChecking", rate = 100, params = { "DomainName! Url! RegionId" } },
  {
    "DescribeLiveStreamMetricDetailData", rate = 10,
    pages = {
      marker = "NextPageToken", next = "NextPageToken", items = "StreamDetailData.StreamData",
    },
    params = {
      "EndTime:time! StartTime:time! AppName DomainName NextPageToken Protocol RegionId StreamName",
    },
    rules = { { "later", "EndTime", "StartTime" } },
  },
  {
    "DescribeLiveStreamPushMetricDetailData", rate = 10,
    pages = {
      marker = "NextPageToken", next = "NextPageToken", items = "StreamDetailData.StreamData",
    },
    params = {
      "DomainName! EndTime:time! StartTime:time! AppName NextPageToken RegionId StreamName",
    },
    rules = { { "later", "EndTime", "StartTime" } },
  },
  {
    "DescribeLiveUpVideoAudioInfo", rate = 10 / 60,
    params = { "Stream! EndTime:time RegionId StartTime:time" },
  },
  {
    "DescribeLiveCdnDiagnoseInfo",
    params = {
      "app* domain* endTime:number* phase:number* startTime:number* streamName* streamSuffix*",
      "intervalType requestType",
    },
  },
  {
    "LiveUpstreamQosData", safe = true, read = true,
    params = {
      "EndTime* StartTime* Region RegionId",
      { "CdnDomains:list", style = "json" },
      { "CdnIsps:list", style = "json" },
      { "CdnProvinces:list", style = "json" },
      { "KwaiSidcs:list", style = "json" },
      { "KwaiTsc:list", items = "number", style = "json" },
      { "UpstreamDomains:list", style = "json" },
    },
  },
  {
    "DescribeLiveInteractionMetricData", rate = 24,
    params = { "AppId! BeginTs:number! EndTs:number! MetricType! ChannelId Os TerminalType" },
  },
  {
    "DescribeRTSNativeSDKFirstFrameCost", rate = 10,
    params = { "EndTime* StartTime* DataInterval", DOMAIN_NAME_LIST },
  },
  {
    "DescribeRTSNativeSDKFirstFrameDelay", rate = 10,
    params = { "EndTime* StartTime* DataInterval", DOMAIN_NAME_LIST },
  },
  {
    "DescribeRTSNativeSDKPlayFailStatus", rate = 10,
    params = { "EndTime* StartTime* DataInterval", DOMAIN_NAME_LIST },
  },
  {
    "DescribeRTSNativeSDKPlayTime", rate = 10,
    params = { "EndTime* StartTime* DataInterval", DOMAIN_NAME_LIST },
  },
  {
    "DescribeRTSNativeSDKVvData", rate = 10,
    params = { "EndTime* StartTime* DataInterval", DOMAIN_NAME_LIST },
  },
  {
    "DescribeToutiaoLivePlay", rate = 100,
    params = { "App! Domain! EndTime! StartTime! Stream! RegionId" },
  },
  {
    "DescribeToutiaoLivePublish", rate = 100,
    params = { "App! Domain! EndTime! StartTime! Stream! RegionId" },
  },
}
