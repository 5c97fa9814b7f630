-- Moderation of rooms.

local FLAG = { 0, 1 }
local LANGUAGES = {
  "zh", "ja", "ko", "th", "vi", "ms", "tl", "id", "hi", "ar", "tr", "en", "es", "pt", "it", "fr",
  "de", "ru",
}
local ALL_TEXT = { "ReturnAllText:integer", enum = FLAG }
local PRE_TEXT = { "ReturnPreText:integer", enum = FLAG }
local PRE_AUDIO = { "ReturnPreAudio:integer", enum = FLAG }
local FINISH_INFO = { "ReturnFinishInfo:integer", enum = FLAG }

return {
  docs = "real-time-video-server/api-reference/moderation/", rate = 100,
  method = "POST", body = "json",
  {
    -- a lost answer only leaves a token unused
    "GenerateIdentifyToken", method = "GET", body = false, safe = true,
    params = { { "EffectiveTime:integer", max = 2592000 } },
  },
  {
    -- not safe: each call starts one more task, billed as one
    "StartCensorAudioV2", safe = false, page = "start-censor-audio",
    params = {
      "RoomId! EventId! ResultCallbackUrl StatusCallbackUrl",
      { "IsMixingEnabled:integer", enum = FLAG },
      { "AudioLanguage!", enum = LANGUAGES },
      "RiskTypeList:list! BusinessTypeList:list",
      { "LabelLanguage", enum = { "zh", "en" } },
      ALL_TEXT, PRE_TEXT, PRE_AUDIO, FINISH_INFO,
    },
  },
  {
    "StartCensorVideoV2", safe = false, page = "start-censor-video",
    params = {
      "RoomId! EventId!", { "Language", enum = LANGUAGES },
      { "AudioParam:object", fields = {
        "RiskTypeList:list BusinessTypeList:list", { "AudioLanguage", enum = LANGUAGES },
        ALL_TEXT, PRE_TEXT, PRE_AUDIO, "ResultCallbackUrl StatusCallbackUrl",
      } },
      { "VideoParam:object!", fields = {
        "RiskTypeList:list BusinessTypeList:list", { "ReturnAllImg:integer", enum = FLAG },
        "DetectFrequency:integer ResultCallbackUrl StatusCallbackUrl",
      } },
      FINISH_INFO,
    },
  },
  {
    "StopCensorAudioV2", safe = true, page = "stop-censor-audio",
    params = { "TaskId!" },
  },
  {
    "StopCensorVideoV2", safe = true, page = "stop-censor-video",
    params = { "TaskId!" },
  },
}
