-- What the facts in spec/bytes/vectors/operations do not say about the operations of Alibaba Cloud,
-- and what their rows must.

local documented = {}

-- Where a row differs from the facts on purpose, and why.
documented.different = {
  ["CreateLivePullToPush.SourceProtocol.enum"] = "other revisions of the page name rtsp and flv",
  ["DescribeLiveDomainPublishErrorCode.DomainName.required"] = "the metadata calls it optional",
  ["DescribeLiveDomainPublishErrorCode.DomainName.documented"] = "the metadata calls it optional",
  ["DescribeLivePullToPushList.TaskId.word"] = "its characters are documented, in prose",
  ["DescribeLiveStreamsTotalCount.DomainName.max_items"] = "a text with commas; the server counts",
  ["SetLiveStreamsNotifyUrlConfig.NotifyAuthKey.min_length"] = "no row has such a limit",
  ["SetLiveStreamsNotifyUrlConfig.NotifyAuthKey.word"] = "its characters are documented, in prose",
}

-- What a repeat does differently, where that depends on a parameter.
documented.unless = {
  ForbidLiveStream = { Oneshot = "yes" }, RealTimeRecordCommand = { Command = "restart" },
}

-- Queries that are not called so.
documented.reads = { BatchGetOnlineUsers = true, LiveUpstreamQosData = true }

-- What a success says as its RetCode, but 0; `true`: as its code, and nobody says which ones.
local DONE = { [2000] = true }
documented.answers = {
  CreateRtcAsrTask = DONE, DeleteRtcAsrTask = DONE, MiguLivePullToPushStart = true,
  MiguLivePullToPushStatus = true, QueryRtcAsrTasks = DONE, StopRtcAsrTask = DONE,
}

-- What else answers have as their Code, of all 437 operations, as the vendor's SDK for Go shows it:
-- a27c65a of alibabacloud-go/live-20161101.
documented.code_of_success = {
  DeleteLiveStreamRecordIndexFiles = '"OK"', DescribeLiveRecordNotifyRecords = "0",
  PutRecordStorageLifeCycle = "0",
}

local LATER = { "later", "EndTime", "StartTime" }
local FUTURE = { "future", "EndTime" }
local KEY_YES = { "required_if", "NotifyAuthKey", "NotifyReqAuth", "yes" }
local KEY_TRUE = { "required_if", "NotifyAuthKey", "NotifyReqAuth", "true" }
local TRANSFER = {
  { "required_if", "StartTime", "TransferArgs", "time" },
  { "required_if", "EndTime", "TransferArgs", "time" }, LATER,
}
documented.rules = {
  AddLiveCenterTransfer = TRANSFER,
  AddLivePullStreamInfoConfig = { FUTURE },
  AddLiveRecordNotifyConfig = { KEY_TRUE },
  AddLiveSnapshotNotifyConfig = { KEY_YES },
  CreateLivePullToPush = {
    LATER, FUTURE, { "required_if", "SourceProtocol", "SourceType", "live" },
    { "single_if", "SourceUrls", "SourceType", "live" },
  },
  DescribeLiveRecordNotifyRecords = { LATER },
  DescribeLiveStreamBitRateData = { LATER },
  DescribeLiveStreamMetricDetailData = { LATER },
  DescribeLiveStreamPushMetricDetailData = { LATER },
  DescribeLiveStreamsNotifyRecords = { LATER },
  ForbidLiveStream = { { "future", "ResumeTime" } },
  QueryLiveDomainMultiStreamList = { LATER },
  SetLiveEdgeTransfer = { { "any_of", "TargetDomainList", "HttpDns" } },
  SetLiveStreamsNotifyUrlConfig = { KEY_YES },
  StartPlaylist = { { "required_if", "StartItemId", "ResumeMode", "Custom" } },
  UpdateLiveCenterTransfer = TRANSFER,
  UpdateLivePullStreamInfoConfig = { FUTURE },
  UpdateLivePullToPush = { LATER },
  UpdateLiveRecordNotifyConfig = { KEY_TRUE },
  UpdateLiveSnapshotNotifyConfig = { KEY_YES },
}

-- Unsafe operations after which no one query shows what became of them.
documented.no_query = {
  AddTrancodeSEI = true, HotLiveRtcStream = true, MiguLivePullToPushStart = true,
  RealTimeRecordCommand = true, RestartTranscodeTask = true, SetLiveMpuTaskSei = true,
  StartRtcCloudRecording = true, StartRtcCloudTranscode = true,
}

return documented
