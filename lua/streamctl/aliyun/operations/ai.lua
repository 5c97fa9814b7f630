-- AI: subtitles, rules for producing, and studios with another background.

local LAYOUT = { "HeightNormalized:number PositionX:number PositionY:number" }
local STUDIO = {
  "MattingType! StudioName!",
  "BackgroundResourceId BackgroundResourceUrl BackgroundType Description Height:number",
  "MediaResourceId MediaResourceUrl MediaType RegionId Width:number",
  { "MattingLayout:object!", style = "json", fields = LAYOUT },
  { "MediaLayout:object", style = "json", fields = LAYOUT },
}

return {
  {
    "AddLiveAISubtitle", rate = 60,
    params = {
      "FontSizeNormalized:number! SrcLanguage! SubtitleName! WordPerLine:number!",
      "BgColor BgWidthNormalized:number BorderWidthNormalized:number CopyFrom Description",
      "DstLanguage FontColor FontName Height MaxLines:number RegionId ShowSourceLan:boolean Width",
      { "PositionNormalized:list!", items = "number", style = "json" },
    },
  },
  {
    "UpdateLiveAISubtitle", rate = 60,
    params = {
      "SubtitleId!",
      "BgColor BgWidthNormalized:number BorderWidthNormalized:number Description DstLanguage",
      "FontColor FontName FontSizeNormalized:number Height MaxLines:number RegionId",
      "ShowSourceLan:boolean SrcLanguage SubtitleName Width WordPerLine:number",
      { "PositionNormalized:list", items = "number", style = "json" },
    },
  },
  { "DeleteLiveAISubtitle", rate = 60, params = { "SubtitleId! RegionId SubtitleName" } },
  {
    "DescribeLiveAISubtitle", rate = 60,
    params = { "IsDefault:boolean PageNumber PageSize RegionId SubtitleId SubtitleName" },
  },
  {
    "AddLiveAIProduceRules", rate = 60,
    params = {
      "App! Domain! LiveTemplate!",
      "Description IsLazy:boolean RegionId StudioName SubtitleName Suffix",
    },
  },
  {
    "UpdateLiveAIProduceRules", rate = 60,
    params = {
      "App! Domain!",
      "Description IsLazy:boolean LiveTemplate RegionId RulesId StudioName SubtitleId SubtitleName",
      "Suffix",
    },
  },
  {
    "DeleteLiveAIProduceRules", rate = 60,
    params = { "App! Domain! SuffixName* RegionId RulesId" },
  },
  {
    "DescribeLiveAIProduceRules", rate = 60,
    params = { "App Domain PageNumber PageSize RegionId RulesId SuffixName" },
  },
  { "CreateLiveAIStudio", params = STUDIO },
  { "ModifyLiveAIStudio", params = STUDIO },
  { "DeleteLiveAIStudio", params = { "StudioId! RegionId" } },
  {
    "DescribeLiveAIStudio",
    params = { "PageNumber:number PageSize:number RegionId StudioId StudioName" },
  },
}
