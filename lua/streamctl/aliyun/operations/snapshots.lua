-- Snapshots: pictures of a stream, taken at intervals.

local CONFIG = { "DomainName", "AppName", of = "snapshot config" }
local NOTIFY = { "DomainName", of = "snapshot notify" }
local AUTH = { "DomainName", of = "snapshot callback auth" }
local ORDER = { "Order", enum = { "asc", "desc" } }
local NOTIFY_REQ_AUTH = { "NotifyReqAuth", enum = { "yes", "no" } }

return {
  {
    -- a repeat may be refused because the first copy was executed
    "AddLiveAppSnapshotConfig", rate = 30, resource = CONFIG,
    settle = {
      "DescribeLiveSnapshotConfig", "DomainName", "AppName",
      entry = { "DomainName", "AppName" }, same = { "OssBucket", "OssEndpoint", "TimeInterval" },
      executed = { "present" }, not_executed = { "absent" },
    },
    params = {
      "AppName! DomainName! OssBucket! OssEndpoint! TimeInterval:integer!",
      "Callback OverwriteOssObject SequenceOssObject",
    },
  },
  {
    "UpdateLiveAppSnapshotConfig", rate = 30, safe = true, resource = CONFIG,
    params = {
      "AppName! DomainName!",
      "Callback OssBucket OssEndpoint OverwriteOssObject SequenceOssObject TimeInterval:integer",
    },
  },
  {
    "DeleteLiveAppSnapshotConfig", rate = 30, safe = true, resource = CONFIG,
    params = { "AppName! DomainName!" },
  },
  {
    "DescribeLiveSnapshotConfig", rate = 100,
    pages = {
      page = "PageNum", size = "PageSize", total = "TotalNum", last = "TotalPage",
      items = "LiveStreamSnapshotConfigList.LiveStreamSnapshotConfig",
      key = { "DomainName", "AppName" }, most = 30,
    },
    params = { "DomainName! AppName PageNum:integer PageSize:integer", ORDER },
  },
  {
    "DescribeLiveStreamSnapshotInfo", rate = 100,
    pages = {
      marker = "StartTime", size = "Limit", next = "NextStartTime", most = 100,
      items = "LiveStreamSnapshotInfoList.LiveStreamSnapshotInfo",
      key = { "OssBucket", "OssObject", "CreateTimestamp" },
    },
    params = {
      "AppName! DomainName! EndTime:time! StartTime:time! StreamName! Limit:integer",
      ORDER,
    },
  },
  {
    "DeleteSnapshotFiles", rate = 30,
    params = {
      "AppName! DomainName! RemoveFile:boolean! StreamName! RegionId",
      { "CreateTimestampList:list!", items = "number" },
    },
  },
  {
    -- a repeat may be refused because the first copy was executed
    "AddLiveSnapshotNotifyConfig", rate = 30, resource = NOTIFY,
    settle = {
      "DescribeLiveSnapshotNotifyConfig", "DomainName", codes = { not_found = "absent" },
      entry = { "DomainName" }, same = { "NotifyUrl" },
      executed = { "present" }, not_executed = { "absent" },
    },
    params = { "DomainName! NotifyUrl! NotifyAuthKey RegionId", NOTIFY_REQ_AUTH },
    rules = { { "required_if", "NotifyAuthKey", "NotifyReqAuth", "yes" } },
  },
  {
    "UpdateLiveSnapshotNotifyConfig", rate = 30, safe = true, resource = NOTIFY,
    params = { "DomainName! NotifyAuthKey NotifyUrl RegionId", NOTIFY_REQ_AUTH },
    rules = { { "required_if", "NotifyAuthKey", "NotifyReqAuth", "yes" } },
  },
  {
    "DeleteLiveSnapshotNotifyConfig", rate = 30, safe = true, resource = NOTIFY,
    params = { "DomainName! RegionId" },
  },
  { "DescribeLiveSnapshotNotifyConfig", rate = 30, params = { "DomainName! RegionId" } },
  {
    "SetSnapshotCallbackAuth", rate = 30, resource = AUTH,
    params = { "CallbackAuthKey! CallbackReqAuth! DomainName! RegionId" },
  },
  { "DeleteSnapshotCallbackAuth", rate = 30, resource = AUTH, params = { "DomainName! RegionId" } },
  { "QuerySnapshotCallbackAuth", rate = 30, params = { "DomainName! RegionId" } },
}
