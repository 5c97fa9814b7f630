-- RTC relay: an RTC channel, mixed or not, as a live stream (MPU tasks).

local TASK = { "AppId", "TaskId", of = "mpu task" }
local MULTI_STREAM_URL = {
  "MultiStreamURL:list", items = "object", style = "json",
  fields = { "IsAliCdn:boolean URL" },
}
local SINGLE_SUB_PARAMS = {
  "SingleSubParams:object", style = "json",
  fields = { "SourceType StreamType UserId" },
}
local TRANSCODE_PARAMS = {
  "TranscodeParams:object", style = "json",
  fields = {
    { "Background:object", fields = { "RenderMode URL" } },
    {
      "EncodeParams:object",
      fields = {
        "AudioBitrate AudioChannels AudioOnly AudioSampleRate EnhancedParam VideoBitrate",
        "VideoCodec VideoFramerate VideoGop VideoHeight VideoWidth",
      },
    },
    {
      "Layout:object",
      fields = {
        {
          "UserPanes:list", items = "object",
          fields = {
            "BackgroundImageUrl Height RenderMode Width X Y ZOrder",
            { "UserInfo:object", fields = { "ChannelId SourceType UserId" } },
          },
        },
      },
    },
    { "UserInfos:list", items = "object", fields = { "ChannelId SourceType StreamType UserId" } },
  },
}

return {
  {
    -- a task that is still there refuses another one with its TaskId
    "StartLiveMPUTask", rate = 500, resource = TASK,
    settle = { -- a task that nobody uses ends by itself
      "ListRtcMPUTaskDetail", "AppId", "TaskId", entry = { "TaskId" }, executed = { "present" },
    },
    params = {
      "AppId! ChannelId! MixMode! TaskId! MaxIdleTime Region StreamURL",
      MULTI_STREAM_URL, SINGLE_SUB_PARAMS, TRANSCODE_PARAMS,
      {
        "SeiParams:object", style = "json",
        fields = {
          "PayloadType",
          { "LayoutVolume:object", fields = { "FollowIdr Interval" } },
          {
            "PassThrough:object",
            fields = { "FollowIdr Interval PayloadContent PayloadContentKey" },
          },
        },
      },
    },
  },
  {
    "UpdateLiveMPUTask", rate = 500, safe = true, resource = TASK,
    params = {
      "AppId! ChannelId! TaskId! MixMode StreamURL",
      MULTI_STREAM_URL, SINGLE_SUB_PARAMS, TRANSCODE_PARAMS,
      {
        "SeiParams:object", style = "json",
        fields = {
          { "LayoutVolume:object", fields = { "FollowIdr Interval" } },
          {
            "PassThrough:object",
            fields = { "FollowIdr Interval PayloadContent PayloadContentKey" },
          },
        },
      },
    },
  },
  { "StopLiveMPUTask", rate = 500, safe = true, resource = TASK, params = { "AppId! TaskId!" } },
  {
    "ListRtcMPUTaskDetail", rate = 50,
    pages = {
      page = "PageNo", size = "PageSize", items = "MPUTasks", key = { "TaskId" }, most = 100,
    },
    params = { "AppId! PageNo:integer PageSize:integer TaskId" },
  },
  {
    -- players see the text once more
    "SetLiveMpuTaskSei", rate = 50,
    params = { "AppId! CustomSei! TaskId!" },
  },
  { "CreateRtcMPUEventSub", rate = 50, params = { "AppId! CallbackUrl! ChannelIds" } },
  { "UpdateRtcMPUEventSub", rate = 50, params = { "AppId! CallbackUrl ChannelIds" } },
  { "DeleteRtcMPUEventSub", rate = 50, params = { "AppId!" } },
  { "DescribeRtcMPUEventSub", rate = 50, params = { "AppId!" } },
  {
    "ListRtcMPUEventSubRecord", rate = 100,
    params = { "AppId! EndTime! PageNo:number! PageSize:number! StartTime! SubId" },
  },
}
