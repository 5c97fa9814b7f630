-- Tasks about RTC channels: recording, transcoding, speech to text.

local DONE = { [2000] = true } -- the RetCode of a success, as the vendor's SDK documents it

local RECORDING = { "TaskId", of = "rtc recording" }
local SUBSCRIBE_PARAMS = {
  "SubscribeParams:object!", style = "json",
  fields = {
    {
      "SubscribeUserIdList:list", items = "object",
      fields = { "SourceType:number StreamType:number UserId" },
    },
  },
}
local MIX_LAYOUT_PARAMS = {
  "MixLayoutParams:object", style = "json",
  fields = {
    { "MixBackground:object", fields = { "RenderMode:number Url" } },
    {
      "UserPanes:list", items = "object",
      fields = {
        "Height SourceType:number UserId Width X Y ZOrder:number",
        { "SubBackground:object", fields = { "RenderMode:number Url" } },
      },
    },
  },
}

return {
  {
    -- each call starts another recording, which is billed
    "StartRtcCloudRecording", returns = { TaskId = "string" },
    params = {
      "AppId! ChannelId! MaxIdleTime:integer NotifyAuthKey NotifyFileUploadedFormat:list NotifyUrl",
      SUBSCRIBE_PARAMS, MIX_LAYOUT_PARAMS,
      {
        "RecordParams:object!", style = "json",
        fields = { "MaxFileDuration:number RecordMode:number StreamType:number" },
      },
      {
        "StorageParams:object!", style = "json",
        fields = {
          "StorageType:number",
          {
            "FileInfo:list", items = "object",
            fields = {
              "FileNamePattern FilePathPrefix:list Format SliceDuration:number SliceNamePattern",
            },
          },
          { "OSSParams:object", fields = { "OSSBucket OSSEndpoint" } },
          {
            "VodParams:object",
            fields = {
              "AutoCompose:number ComposeVodTranscodeGroupId StorageLocation VodTranscodeGroupId",
            },
          },
        },
      },
      {
        "MixTranscodeParams:object", style = "json",
        fields = {
          "AudioBitrate:number AudioChannels:number AudioSampleRate:number FrameFillType:number",
          "VideoBitrate:number VideoCodec VideoFramerate:number VideoGop:number VideoHeight:number",
          "VideoWidth:number",
        },
      },
    },
  },
  {
    "UpdateRtcCloudRecording", rate = 50, safe = true, resource = RECORDING,
    params = { "TaskId!", SUBSCRIBE_PARAMS, MIX_LAYOUT_PARAMS },
  },
  { "StopRtcCloudRecording", rate = 50, safe = true, resource = RECORDING, params = { "TaskId!" } },
  { "DescribeRtcCloudRecordingFiles", rate = 50, params = { "TaskId!" } },
  {
    -- each call starts another task, which is billed
    "StartRtcCloudTranscode", returns = { TaskId = "string" },
    params = {
      "AppId! ChannelId! MaxIdleTime:integer",
      {
        "InputParam:object!", style = "json",
        fields = {
          {
            "SingleSubUserParam:object",
            fields = { "SourceType:number StreamType:number UserId" },
          },
        },
      },
      {
        "OutputParams:list!", items = "object", style = "json",
        fields = { "ChannelId TranscodeTemplate UserId UserToken" },
      },
    },
  },
  { "StopRtcCloudTranscode", safe = true, params = { "AppId! TaskId!" } },
  { "DescribeRtcCloudTranscode", params = { "AppId! TaskId!" } },
  {
    "CreateRtcAsrTask", rate = 20, answers = DONE,
    params = {
      "CallbackURL! ChannelID* Language! Mode! RtcUserId* SDKAppID* StreamURL*",
      "AuthKey AutoTerminateDelay:number AutoTerminateEnabled:boolean RegionId",
      "ReportInterval:number TargetLanguages TranslateEnabled:boolean",
    },
  },
  { "StopRtcAsrTask", rate = 20, answers = DONE, params = { "TaskId! RegionId" } },
  { "DeleteRtcAsrTask", rate = 20, answers = DONE, params = { "TaskId! RegionId" } },
  { "QueryRtcAsrTasks", rate = 20, answers = DONE, params = { "RegionId TaskId" } },
}
