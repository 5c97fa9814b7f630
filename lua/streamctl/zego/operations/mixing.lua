-- Mixing and transcoding of streams.
--
-- A Sequence of these calls counts the changes of one task, for apps that had timing control
-- switched on: it is the caller's own.

-- What calls are about, see streamctl.call.check.
local MIX = { "TaskId", of = "mix" }
local AUTO_MIX = { "TaskId", of = "auto_mix" }
local TRANSCODE = { "TaskId", of = "transcode" }

local FLAG = { 0, 1 }
local STREAM = { "StreamId:stream_id", prefixed = true }
local ONE_SOURCE = { { "any_of", "StreamId", "StreamUrl" } }
local VOLUME = { "Volume:integer", min = 0, max = 200 }
local SOUND_LEVEL = { "SoundLevel:integer", enum = FLAG }
local BYPASS = { "ByPass:integer", enum = FLAG }
local CHANNELS = { "SoundChannel:integer", enum = { 1, 2 } }
local BUFFER = { "RecvBufferLevel:integer", min = 0, max = 4000 }
local EXTRAS = { "ExPara:list", items = "object", fields = { "Key Value" } }

return {
  docs = "real-time-video-server/api-reference/stream-mixing/", rate = 100,
  method = "POST", body = "json",
  {
    "GetMixTaskInfo", method = "GET", body = false,
    answers = { [110209001] = true }, -- there is no such task, which was asked
    params = { "TaskId!" },
  },
  {
    "StartAutoMix", safe = true, resource = AUTO_MIX,
    params = {
      "TaskId! UserId! RoomId!",
      { "ExtraMixInput:list", items = "object", fields = {
        STREAM, "StreamUrl", { "ModifyType:integer", enum = FLAG }, "SoundLevelId:integer",
        "Volume:integer",
      } },
      { "MixOutput:list!", items = "object", fields = {
        STREAM, "StreamUrl", { "AudioCodec:integer", enum = { 0, 1, 2, 3 } },
        "AudioBitrate:integer", CHANNELS,
      } },
      "Sequence:integer UserData", SOUND_LEVEL, BYPASS, CHANNELS,
      { "AlignmentType:integer", enum = { 0, 1, 2 } },
      BUFFER, EXTRAS,
    },
  },
  {
    "StartCloudTranscode", safe = true, resource = TRANSCODE,
    params = {
      "TaskId! UserId! Sequence:integer",
      { "TranscodeInput:object!", rules = ONE_SOURCE, fields = { "StreamId StreamUrl" } },
      { "TranscodeOutput:list!", items = "object", rules = ONE_SOURCE, fields = {
        "StreamId StreamUrl", { "TemplateId:integer!", enum = { 0, 1, 2, 3, 4 } },
        { "TemplateConfig:object", fields = {
          { "VideoEncId:integer", enum = { 0, 1, 2 } },
          "Fps:integer GOP:integer ShortEdgeAdaption:integer Height:integer Width:integer",
          "VideoBitrate:integer LowBitrateHD:integer",
        } },
      } },
    },
  },
  {
    "StartMix", safe = true, resource = MIX,
    params = {
      "TaskId! UserId!",
      { "MixInput:list!", items = "object", rules = ONE_SOURCE, fields = {
        STREAM, "StreamUrl",
        { "BlurInfo:object", fields = {
          { "TopPadding:integer", min = 0 }, { "LeftPadding:integer", min = 0 },
          { "BottomPadding:integer", min = 0 }, { "RightPadding:integer", min = 0 },
        } },
        { "RectInfo:object!", fields = {
          "Layer:integer Top:integer Left:integer Bottom:integer Right:integer",
          { "CornerRadius:integer", min = 0, max = 100 },
        } },
        { "Image:object", fields = { "Url", { "DisplayMode:integer", enum = { 0, 1, 2 } } } },
        { "ContentControl:integer", enum = { 0, 1, 2 } },
        "SoundLevelId:integer", VOLUME,
        { "Label:object", fields = {
          "Text! Left:integer! Top:integer!",
          { "Font:object!", fields = {
            "FontType:integer! FontSize:integer FontColor:integer Transparency:integer",
            "BorderColor:integer",
          } },
        } },
        { "RenderMode:integer", enum = FLAG },
        { "UID", max_bytes = 63 },
      } },
      { "MixOutput:list!", items = "object", rules = ONE_SOURCE, fields = {
        STREAM, "StreamUrl VideoBitrate:integer",
        { "VideoEncId:integer", enum = { 0, 2, 3, 4 } },
        "Fps:integer",
        { "Width:integer", min = 0, max = 3000 }, { "Height:integer", min = 0, max = 3000 },
        "AudioCodec:integer AudioBitrate:integer SoundChannel:integer",
        { "ExtraLayers:list", items = "object", fields = { "VideoBitrate:integer" } },
        "LowBitrateHD:integer",
        { "TargetRoom:object", fields = { "RoomId! UserId!" } },
      } },
      "Sequence:integer RoomId UserData", SOUND_LEVEL, "BackgroundImage BackGroundColorHex",
      { "WaterMark:object", fields = {
        "Image",
        { "RectInfo:object", fields = { "Top:integer Left:integer Bottom:integer Right:integer" } },
      } },
      BYPASS, CHANNELS,
      { "CheckImageMode:integer", enum = { 0, 1, 2 } },
      EXTRAS, "AlignmentType:integer", BUFFER, "WaitVideoInput:integer",
      { "MaxIdleTime:integer", min = 90, max = 14400 },
    },
  },
  {
    "StopAutoMix", safe = true, resource = AUTO_MIX,
    params = { "TaskId! RoomId! Sequence:integer UserId" },
  },
  {
    "StopCloudTranscode", safe = true, resource = TRANSCODE,
    params = { "TaskId! UserId! Sequence:integer" },
  },
  {
    "StopMix", safe = true, resource = MIX,
    params = { "TaskId! Sequence:integer UserId" },
  },
}
