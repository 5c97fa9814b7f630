-- Traffic: bandwidth, bytes and viewers over time.

return {
  {
    "DescribeLiveDomainBpsData", rate = 100,
    params = { "DomainName EndTime Interval IspNameEn LocationNameEn RegionId StartTime" },
  },
  {
    "DescribeLiveDomainBpsDataByLayer", rate = 20,
    params = { "DomainName EndTime Interval IspNameEn Layer LocationNameEn RegionId StartTime" },
  },
  {
    "DescribeLiveDomainTrafficData", rate = 100,
    params = { "DomainName EndTime Interval IspNameEn LocationNameEn RegionId StartTime" },
  },
  {
    "DescribeLiveDomainPushBpsData", rate = 100,
    params = { "DomainName EndTime Interval IspNameEn LocationNameEn RegionId StartTime" },
  },
  {
    "DescribeLiveDomainPushTrafficData", rate = 100,
    params = { "DomainName EndTime Interval IspNameEn LocationNameEn RegionId StartTime" },
  },
  {
    "DescribeLiveDomainRealTimeBpsData", method = "GET", rate = 10,
    params = { "DomainName! EndTime IspNameEn LocationNameEn RegionId StartTime" },
  },
  {
    "DescribeLiveDomainRealTimeTrafficData",
    params = { "DomainName! EndTime IspNameEn LocationNameEn RegionId StartTime" },
  },
  {
    "DescribeLiveDomainRealTimeHttpCodeData", rate = 10,
    params = { "DomainName! EndTime IspNameEn LocationNameEn RegionId StartTime" },
  },
  {
    "DescribeHlsLiveStreamRealTimeBpsData", method = "GET",
    params = { "Time* DomainName RegionId" },
  },
  {
    "DescribeLiveDomainPvUvData", rate = 100,
    params = { "DomainName! EndTime RegionId StartTime" },
  },
  {
    "DescribeLiveTopDomainsByFlow", rate = 10,
    params = { "EndTime Limit:number RegionId StartTime" },
  },
  {
    "DescribeLiveCenterStreamRateData", rate = 50,
    params = { "AppName! DomainName! EndTime! StartTime! StreamName!" },
  },
  {
    "DescribeLiveUserStreamMetricData", rate = 10,
    params = {
      "EndTime! PageNumber:number! PageSize:number! StartTime!",
      "AppName DomainName Protocol StreamName",
    },
  },
  {
    "DescribeLiveStreamTranscodeMetricData", rate = 10,
    params = { "DomainName! EndTime! StartTime! AppName NextPageToken RegionId StreamName" },
  },
  {
    "DescribeUpBpsPeakData", rate = 5,
    params = { "EndTime! StartTime! DomainName DomainSwitch RegionId" },
  },
  {
    "DescribeUpBpsPeakOfLine", rate = 5,
    params = { "EndTime! Line! StartTime! DomainName DomainSwitch RegionId" },
  },
  {
    "DescribeUpPeakPublishStreamData", rate = 10,
    params = { "EndTime! StartTime! DomainName DomainSwitch RegionId" },
  },
}
