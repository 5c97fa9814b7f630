-- Usage: what is billed.

return {
  {
    "DescribeDomainUsageData", rate = 10,
    params = { "EndTime! Field! StartTime! Area DataProtocol DomainName Interval RegionId Type" },
  },
  {
    "DescribeLiveDelayedStreamingUsage", rate = 5,
    params = { "DomainName EndTime Interval Region RegionId SplitBy StartTime StreamName" },
  },
  {
    "DescribeLiveDomainMonitoringUsageData", rate = 20,
    params = { "DomainName EndTime InstanceId Interval Region RegionId SplitBy StartTime" },
  },
  {
    "DescribeLiveDomainRecordUsageData", rate = 10,
    params = { "DomainName EndTime Interval Region RegionId SplitBy StartTime" },
  },
  { "DescribeLiveDomainSnapshotData", params = { "EndTime! StartTime! DomainName RegionId" } },
  {
    "DescribeLiveDomainStreamTranscodeData", rate = 20,
    params = { "EndTime! StartTime! DomainName Interval Precision RegionId Split" },
  },
  {
    "DescribeLiveDomainTimeShiftData", rate = 10,
    params = { "DomainName EndTime Interval RegionId StartTime" },
  },
  {
    "DescribeLiveDrmUsageData", rate = 20,
    params = { "EndTime! StartTime! DomainName Interval RegionId SplitBy" },
  },
  {
    "DescribeLiveGrtnDuration", rate = 10,
    params = { "EndTime! StartTime! AppId Area Interval RegionId" },
  },
  {
    "DescribeLiveProducerUsageData", rate = 5,
    params = { "DomainName EndTime Instance Interval Region RegionId SplitBy StartTime Type app" },
  },
  {
    "DescribeLivePushProxyUsageData", rate = 5,
    params = { "DomainName EndTime Region RegionId SplitBy StartTime" },
  },
  {
    "DescribeLiveRtcRecordUsageData", rate = 10,
    params = { "AppId! EndTime! RecordMode! StartTime! Interval" },
  },
  { "DescribeLiveUserBillPrediction", rate = 1, params = { "EndTime RegionId StartTime" } },
  {
    "DescribeMeterLiveBypassDuration", rate = 10,
    params = { "AppId! EndTime! StartTime! Interval" },
  },
}
