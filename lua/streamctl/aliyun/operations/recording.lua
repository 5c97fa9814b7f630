-- Recording: what is recorded, how, and the files that come of it.

local CONFIG = { "DomainName", "AppName", "StreamName", of = "record config" }
local NOTIFY = { "DomainName", of = "record notify" }
local ORDER = { "Order", enum = { "asc", "desc" } }
local VOD_FORMAT = {
  "RecordFormat:list", items = "object",
  fields = {
    "AutoCompose Format ProcessMethod ProcessTemplateId SliceDuration:number Tags VideoProcess",
  },
}
local OSS_FORMAT = {
  "CycleDuration:number Format OssObjectPrefix SliceDuration:number SliceOssObjectPrefix",
}
local FORMAT = { "CycleDuration:number Format SliceDuration:number" }

return {
  {
    -- each "restart" cuts another file
    "RealTimeRecordCommand", rate = 50, safe = { unless = { Command = "restart" } },
    resource = { "DomainName", "AppName", "StreamName", of = "recording" },
    already = { TaskAlreadyStarted = true },
    params = {
      "AppName! DomainName! StreamName! RegionId",
      { "Command!", enum = { "start", "stop", "cancel_delay", "restart" } },
    },
  },
  {
    -- a repeat may be refused because the first copy was executed
    "AddLiveAppRecordConfig", rate = 30, resource = CONFIG,
    settle = {
      "DescribeLiveRecordConfig", "DomainName", "AppName", "StreamName",
      entry = { "DomainName", "AppName" }, same = { "StreamName", "OssBucket", "OssEndpoint" },
      executed = { "present" }, not_executed = { "absent" },
    },
    params = {
      "AppName! DomainName! OssBucket! OssEndpoint!",
      "DelayTime:integer EndTime:time OnDemand:integer StartTime:time StreamName",
      "TranscodeTemplates:list",
      { "RecordFormat:list", items = "object", fields = OSS_FORMAT },
      { "TranscodeRecordFormat:list", items = "object", fields = OSS_FORMAT },
    },
  },
  {
    "UpdateLiveAppRecordConfig", rate = 30, safe = true, resource = CONFIG,
    params = {
      "AppName! DomainName! OssEndpoint!",
      "DelayTime:integer EndTime:time OnDemand:integer StartTime:time StreamName",
      "TranscodeTemplates:list",
      { "RecordFormat:list", items = "object", fields = FORMAT },
      { "TranscodeRecordFormat:list", items = "object", fields = FORMAT },
    },
  },
  {
    "DeleteLiveAppRecordConfig", rate = 50, safe = true, resource = CONFIG,
    params = { "AppName! DomainName! StreamName" },
  },
  {
    "DescribeLiveRecordConfig", rate = 100,
    pages = {
      page = "PageNum", size = "PageSize", total = "TotalNum", last = "TotalPage",
      items = "LiveAppRecordList.LiveAppRecord", key = { "DomainName", "AppName", "StreamName" },
      most = 30,
    },
    params = { "DomainName! AppName PageNum:integer PageSize:integer StreamName", ORDER },
  },
  {
    "DescribeLiveStreamRecordContent", rate = 50,
    params = { "AppName! DomainName! EndTime:time! StartTime:time! StreamName!" },
  },
  {
    -- a repeat may make a second index file
    "CreateLiveStreamRecordIndexFiles", rate = 45,
    settle = {
      "DescribeLiveStreamRecordIndexFiles", "DomainName", "AppName", "StreamName", "StartTime",
      "EndTime", entry = { "DomainName", "AppName", "StreamName" },
      since = { "CreateTime", "present" }, executed = { "present" },
    },
    params = {
      "AppName! DomainName! EndTime:time! OssBucket! OssEndpoint! OssObject! StartTime:time!",
      "StreamName!",
      "EndTimeIncluded:boolean",
    },
  },
  {
    "DeleteLiveStreamRecordIndexFiles", rate = 100, safe = true, list = "RecordId",
    partial = {
      items = "RecordDeleteInfoList.RecordDeleteInfo", id = "RecordId", code = "Message",
      fine = { "OK" },
    },
    params = {
      "AppName! DomainName! RecordId:list! StreamName! RegionId",
      { "RemoveFile!", enum = { "true", "false" } },
    },
  },
  {
    "DescribeLiveStreamRecordIndexFile", rate = 100,
    params = { "AppName! DomainName! RecordId! StreamName!" },
  },
  {
    "DescribeLiveStreamRecordIndexFiles", rate = 15,
    pages = {
      page = "PageNum", size = "PageSize", total = "TotalNum", last = "TotalPage",
      items = "RecordIndexInfoList.RecordIndexInfo", key = { "RecordId" }, most = 30,
    },
    params = {
      "AppName! DomainName! EndTime:time! StartTime:time! StreamName!",
      "PageNum:integer PageSize:integer",
      ORDER,
    },
  },
  {
    -- a repeat may be refused because the first copy was executed
    "AddLiveRecordNotifyConfig", rate = 30, resource = NOTIFY,
    settle = {
      "DescribeLiveRecordNotifyConfig", "DomainName", codes = { not_found = "absent" },
      entry = { ["LiveRecordNotifyConfig.DomainName"] = "{DomainName}" },
      same = { ["LiveRecordNotifyConfig.NotifyUrl"] = "{NotifyUrl}" },
      executed = { "present" }, not_executed = { "absent" },
    },
    params = {
      "DomainName! NotifyUrl!",
      "NeedStatusNotify:boolean NotifyAuthKey NotifyReqAuth:boolean OnDemandUrl",
    },
    rules = { { "required_if", "NotifyAuthKey", "NotifyReqAuth", "true" } },
  },
  {
    "UpdateLiveRecordNotifyConfig", rate = 30, safe = true, resource = NOTIFY,
    params = {
      "DomainName! NotifyUrl!",
      "NeedStatusNotify:boolean NotifyAuthKey NotifyReqAuth:boolean OnDemandUrl",
    },
    rules = { { "required_if", "NotifyAuthKey", "NotifyReqAuth", "true" } },
  },
  {
    "DeleteLiveRecordNotifyConfig", rate = 30, safe = true, resource = NOTIFY,
    params = { "DomainName!" },
  },
  { "DescribeLiveRecordNotifyConfig", rate = 50, params = { "DomainName!" } },
  {
    "DescribeLiveRecordNotifyRecords", rate = 100,
    pages = {
      page = "PageNumber", size = "PageSize", total = "TotalNum", last = "TotalPage",
      items = "CallbackList", most = 500,
    },
    params = {
      "DomainName! EndTime:time! PageNumber:integer! PageSize:integer! StartTime:time!",
      "AppName RegionId Status StorageType StreamName",
    },
    rules = { { "later", "EndTime", "StartTime" } },
  },
  {
    "AddLiveRecordVodConfig", rate = 1000 / 60,
    params = {
      "AppName! ComposeVodTranscodeGroupId* DomainName!",
      "AutoCompose CycleDuration:number DelayTime:number OnDemand:number RecordContent RegionId",
      "SpaceId StorageLocation StreamName TranscodeTemplates:list VodTranscodeGroupId",
      VOD_FORMAT,
    },
  },
  {
    "UpdateLiveRecordVodConfig", rate = 1000 / 60,
    params = {
      "AppName! DomainName!",
      "AutoCompose ComposeVodTranscodeGroupId CycleDuration:number DelayTime:number",
      "OnDemand:number RegionId StreamName TranscodeTemplates:list VodTranscodeGroupId",
      VOD_FORMAT,
    },
  },
  {
    "DeleteLiveRecordVodConfig", rate = 1000,
    params = { "AppName! DomainName! RegionId StreamName" },
  },
  {
    "DescribeLiveRecordVodConfigs", rate = 1000 / 60,
    params = { "DomainName! AppName PageNum:number PageSize:number RegionId StreamName" },
  },
  {
    "PutRecordStorageLifeCycle", body = "form",
    params = { "Tag* UnixTimestamp:number*", { "StreamIds:list*", style = "json" } },
  },
}
