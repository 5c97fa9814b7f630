-- Cloud recording of rooms.

-- What calls are about, see streamctl.call.check.
local STATE = { "TaskId", of = "record" }
local LAYOUT = { "TaskId", of = "record_layout" }
local WHITEBOARD = { "TaskId", of = "record_whiteboard" }

local EDGES = {
  { "Top:integer!", min = 0, max = 1920 }, { "Left:integer!", min = 0, max = 1920 },
  { "Bottom:integer!", min = 0, max = 1920 }, { "Right:integer!", min = 0, max = 1920 },
}
local MIX_MODE = { "MixMode:integer", enum = { 1, 2, 3, 4, 5 } }
local FILL_MODE = { "FillMode:integer", enum = { 1, 2 } }
local MIX_INPUT = { "MixInputList:list", items = "object", fields = {
  "StreamId", { "ViewType:integer", enum = { 1, 2 } },
  EDGES[1], EDGES[2], EDGES[3], EDGES[4],
  "Layer:integer!", FILL_MODE, "BackgroundImage",
} }

local MIX_CONFIG = { "MixConfig:object", fields = {
  MIX_MODE, MIX_INPUT, FILL_MODE, "MixOutputStreamId!",
  { "MixOutputVideoConfig:object", fields = {
    { "Width:integer!", max = 1920 }, { "Height:integer!", max = 1920 },
    { "Fps:integer!", min = 5, max = 30 }, "Bitrate:integer!",
  } },
  { "MixOutputAudioConfig:object", fields = { "Bitrate:integer" } },
  "MixOutputBackgroundColor:integer MixOutputBackgroundImage MixMaxResolutionStreamId",
  "MixOutputWatermarkImage",
  { "MixOutputWatermarkImageConfig:object", fields = EDGES },
  "DefaultMixStreamBackgroundImage IsAlwaysMix:boolean",
  { "MixOutputWatermarkTimestampConfig:object", fields = {
    { "FontSize:integer!", min = 12, max = 100 },
  } },
  "RecordSoundWave:boolean", { "SoundWaveType:integer", enum = { 0, 1 } },
  { "StreamConfigList:list", items = "object", fields = {
    "StreamId", { "StreamType:integer", enum = { 0, 1, 2, 3 } },
  } },
  "ClearInputStreamTimeout:integer",
} }

local INPUT = { "RecordInputParams:object!", fields = {
  { "RecordMode:integer!", enum = { 1, 2 } }, { "StreamType:integer", enum = { 1, 2, 3, 4 } },
  "ClientTaskId",
  { "RecordStreamList:list", items = "object", fields = { "StreamId!" } },
  "FillBlank:boolean",
  { "FillFrame:object", fields = {
    { "FrameFillMode:integer", enum = { 1, 2, 3 } }, "FrameFillColor:integer",
  } },
  { "RecordMuteAudio:integer", enum = { 1, 2 } },
  "RecordMuteAudioSplitThreshold:integer HasWhiteboard:boolean",
  { "Whiteboard:list", items = "object", fields = {
    "HorizontalRatio:integer! VerticalRatio:integer! Width:integer Height:integer WhiteboardId",
    "BackgroundColor:integer IsPPTAnimation:boolean",
    { "PPTAnimationFps:integer", min = 1, max = 30 },
  } },
  { "MaxIdleTime:integer", min = 5, max = 86400 },
  { "MaxRecordTime:integer", min = 300, max = 86400 },
  "ResumeWithoutInterruption:boolean", MIX_CONFIG,
} }

local OUTPUT = { "RecordOutputParams:object", fields = {
  { "OutputFileFormat", enum = { "mp4", "flv", "hls", "jpg", "aac", "mp3", "ogg" } },
  "OutputFolder", { "OutputFileRule:integer", enum = { 1 } },
  { "SnapshotInterval:integer", min = 5, max = 3600 },
  "CallbackUrl", { "FragmentSeconds:integer", min = 2, max = 60 },
  "RealtimeUploadFragment:boolean ShortFragmentPath:boolean",
} }

local STORAGE = { "StorageParams:object!", fields = {
  { "Vendor:integer!", enum = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 } },
  "Region Bucket AccessKeyId AccessKeySecret",
  { "AlibabaCloudVodParams:object", fields = {
    "Region! AccessKeyId! AccessKeySecret! Title! StorageLocation!",
  } },
  { "TencentCloudVodParams:object", fields = { "SecretId! SecretKey! Region! SubAppId:integer" } },
  "EndPoint S3ForcePathStyle:boolean",
} }

return {
  docs = "cloud-recording-server/", host = "cloudrecord", rate = 10, method = "POST",
  body = "json",
  {
    "DescribeRecordStatus",
    params = { "TaskId!" },
  },
  {
    "DescribeTasks",
    pages = {
      page = "PageOffset", size = "PageSize", first = 1, total = "Data.TotalCount",
      items = "Data.TaskidList", key = { "TaskId" },
    },
    params = {
      { "Status:integer!", enum = { 2, 3 } }, "RoomId",
      { "PageOffset:integer", min = 1 }, { "PageSize:integer", min = 1, max = 50 },
      "StartTime:integer! EndTime:integer!",
    },
  },
  {
    "PauseRecord", safe = true, resource = STATE,
    params = { "TaskId!" },
  },
  {
    "ResumeRecord", safe = true, restores = true, resource = STATE,
    already = { [300001004] = true }, -- it is not paused
    params = { "TaskId!" },
  },
  {
    -- a second call with one ClientTaskId is answered with the task of the first
    "StartRecord", rate = 50, safe = true, once = "RecordInputParams.ClientTaskId",
    params = { "RoomId!", INPUT, OUTPUT, STORAGE },
  },
  {
    "StopRecord", rate = 50, safe = true, resource = STATE,
    already = { [300001000] = true, [300001001] = true }, -- no such task; it has stopped
    params = { "TaskId!" },
  },
  {
    "TakeSnapshot", safe = false, -- one more picture
    settle = { "DescribeRecordStatus", "TaskId", note = "look for the picture in RecordFiles" },
    params = { "TaskId!" },
  },
  {
    "UpdateLayout", safe = true, resource = LAYOUT,
    params = { "TaskId!", MIX_MODE, MIX_INPUT, "MixMaxResolutionStreamId" },
  },
  {
    "UpdateWhiteboard", safe = true, resource = WHITEBOARD,
    params = { "TaskId! WhiteboardId!" },
  },
}
