-- Transcoding: templates, which streams they are for, and text in a stream (SEI).

local TRANSCODE = { "Domain", "App", "Template", of = "transcode" }
local LAZY = { "Lazy", enum = { "yes", "no" } }
local RTS_LIVE_STREAM_TRANSCODE = {
  "App! Domain! Template! TemplateType!",
  "AudioBitrate:number AudioChannelNum:number AudioCodec AudioProfile AudioRate:number",
  "DeleteBframes:boolean FPS:number Gop Height:number Lazy Opus:boolean Profile:number RegionId",
  "VideoBitrate:number Width:number",
}

return {
  {
    -- a repeat may be refused because the first copy was executed
    "AddLiveStreamTranscode", rate = 30, resource = TRANSCODE,
    settle = {
      "DescribeLiveStreamTranscodeInfo", DomainTranscodeName = "Domain", AppName = "App",
      list = "DomainTranscodeList.DomainTranscodeInfo",
      entry = { TranscodeApp = "{App}", TranscodeTemplate = "{Template}" },
      executed = { "present" }, not_executed = { "absent" },
    },
    params = { "App! Domain! Template! EncryptParameters RegionId", LAZY },
  },
  {
    "UpdateLiveStreamTranscode", rate = 30, safe = true, resource = TRANSCODE,
    params = { "App! Domain! Template! EncryptParameters RegionId", LAZY },
  },
  {
    "DeleteLiveStreamTranscode", rate = 30, safe = true, resource = TRANSCODE,
    params = { "App! Domain! Template!" },
  },
  {
    "DescribeLiveStreamTranscodeInfo", rate = 60,
    params = { "DomainTranscodeName! AppName RegionId" },
  },
  {
    "DescribeLiveStreamTranscodeStreamNum", rate = 10,
    params = { "DomainName! RegionId SplitType" },
  },
  { "DescribeLiveDomainTranscodeParams", params = { "app* pushdomain* template_name" } },
  {
    "AddCustomLiveStreamTranscode", rate = 6000,
    params = {
      "App! Domain! Template! TemplateType!",
      "AudioBitrate:number AudioChannelNum:number AudioCodec AudioProfile AudioRate:number",
      "BitrateWithSource DeInterlaced:boolean EncryptParameters ExtWithSource FPS:number",
      "FpsWithSource Gop Height:number KmsKeyExpireInterval KmsKeyID KmsUID Lazy Profile:number",
      "RegionId ResWithSource VideoBitrate:number Width:number",
    },
  },
  {
    "UpdateCustomLiveStreamTranscode", rate = 6000,
    params = {
      "App! Domain! Template! TemplateType!",
      "AudioBitrate:number AudioChannelNum:number AudioCodec AudioProfile AudioRate:number",
      "BitrateWithSource DeInterlaced:boolean EncryptParameters ExtWithSource FPS:number",
      "FpsWithSource Gop Height:number Lazy Profile:number RegionId ResWithSource",
      "VideoBitrate:number Width:number",
    },
  },
  { "AddRtsLiveStreamTranscode", rate = 50, params = RTS_LIVE_STREAM_TRANSCODE },
  { "UpdateRtsLiveStreamTranscode", rate = 10, params = RTS_LIVE_STREAM_TRANSCODE },
  { "CreateCustomTemplate", rate = 10, params = { "CustomTemplate! Template! RegionId" } },
  { "DeleteCustomTemplate", rate = 10, params = { "Template! RegionId" } },
  { "GetCustomTemplate", rate = 10, params = { "Template! RegionId" } },
  { "GetAllCustomTemplates", rate = 10, params = { "RegionId UserId" } },
  {
    -- not documented; no query shows what it did
    "RestartTranscodeTask", restores = true,
    params = { "App PushDomain StreamName TranscodingTemplate" },
  },
  { "GetTranscodeTaskStatus", params = { "App PushDomain StreamName TranscodingTemplate" } },
  {
    -- players see the text once more
    "AddTrancodeSEI", rate = 6000,
    params = {
      "AppName! Delay:integer! DomainName! Pattern! Repeat:integer! StreamName! Text! RegionId",
    },
  },
}
