-- Moderation: the vendor looks at pictures and listens for what must not be shown.

return {
  {
    "AddLiveAudioAuditConfig", rate = 10,
    params = {
      "AppName! DomainName! StreamName! BizType OssBucket OssEndpoint OssObject RegionId",
    },
  },
  {
    "UpdateLiveAudioAuditConfig", rate = 10,
    params = {
      "AppName! DomainName! StreamName! BizType OssBucket OssEndpoint OssObject RegionId",
    },
  },
  {
    "DeleteLiveAudioAuditConfig", rate = 10,
    params = { "AppName! DomainName! StreamName! RegionId" },
  },
  {
    "DescribeLiveAudioAuditConfig", rate = 10,
    params = { "DomainName! AppName RegionId StreamName" },
  },
  {
    "AddLiveAudioAuditNotifyConfig", rate = 10,
    params = { "DomainName! Callback CallbackTemplate RegionId" },
  },
  {
    "UpdateLiveAudioAuditNotifyConfig", rate = 10,
    params = { "DomainName! Callback CallbackTemplate RegionId" },
  },
  { "DeleteLiveAudioAuditNotifyConfig", rate = 10, params = { "DomainName! RegionId" } },
  { "DescribeLiveAudioAuditNotifyConfig", rate = 10, params = { "DomainName! RegionId" } },
  { "AddLiveDetectNotifyConfig", rate = 30, params = { "DomainName! NotifyUrl!" } },
  { "UpdateLiveDetectNotifyConfig", rate = 30, params = { "DomainName! NotifyUrl!" } },
  { "DeleteLiveDetectNotifyConfig", rate = 30, params = { "DomainName!" } },
  { "DescribeLiveDetectNotifyConfig", rate = 50, params = { "DomainName!" } },
  {
    "AddLiveSnapshotDetectPornConfig",
    params = {
      "AppName! DomainName! OssBucket! OssEndpoint! Interval:number OssObject Scene:list",
    },
  },
  {
    "UpdateLiveSnapshotDetectPornConfig", rate = 30,
    params = { "AppName! DomainName! Interval:number OssBucket OssEndpoint OssObject Scene:list" },
  },
  { "DeleteLiveSnapshotDetectPornConfig", rate = 30, params = { "AppName! DomainName!" } },
  {
    "DescribeLiveSnapshotDetectPornConfig", rate = 50,
    params = { "DomainName! AppName Order PageNum:number PageSize:number" },
  },
  {
    "DescribeLiveDetectPornData", rate = 10,
    params = { "App DomainName EndTime Fee Region RegionId Scene SplitBy StartTime Stream" },
  },
}
