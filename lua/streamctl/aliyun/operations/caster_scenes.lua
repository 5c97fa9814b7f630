-- Scenes of production studios: what they show and how it sounds.

local SCENE = { "CasterId", "SceneId", of = "caster scene" }
local AUDIO_LAYER = {
  "AudioLayer:list!", items = "object",
  fields = { "FixedDelayDuration:number ValidChannel VolumeRate:number" },
}
local VIDEO_LAYER = {
  "VideoLayer:list!", items = "object",
  fields = {
    "FillMode FixedDelayDuration:number HeightNormalized:number PositionRefer",
    "WidthNormalized:number",
    { "PositionNormalized:list", items = "number" },
  },
}

return {
  { "StartCasterScene", rate = 10, resource = SCENE, params = { "CasterId! SceneId! RegionId" } },
  { "StopCasterScene", rate = 10, resource = SCENE, params = { "CasterId! SceneId! RegionId" } },
  { "DescribeCasterScenes", rate = 15, params = { "CasterId! RegionId SceneId" } },
  {
    "SetCasterSceneConfig", rate = 10,
    params = { "CasterId! SceneId! ComponentId:list LayoutId RegionId" },
  },
  {
    "UpdateCasterSceneConfig", rate = 10,
    params = { "CasterId! LayoutId! SceneId! ComponentId:list RegionId" },
  },
  { "CopyCasterSceneConfig", rate = 10, params = { "CasterId! FromSceneId! ToSceneId! RegionId" } },
  { "DeleteCasterSceneConfig", rate = 10, params = { "CasterId! SceneId! Type! RegionId" } },
  {
    "UpdateCasterSceneAudio", rate = 10,
    params = {
      "CasterId! SceneId! FollowEnable:number MixList:list RegionId",
      {
        "AudioLayer:list", items = "object",
        fields = { "Filter FixedDelayDuration:number ValidChannel VolumeRate:number" },
      },
    },
  },
  { "DescribeCasterSceneAudio", rate = 15, params = { "CasterId! SceneId! RegionId" } },
  {
    "AddCasterLayout", rate = 10,
    params = { "BlendList:list! CasterId! MixList:list! RegionId", AUDIO_LAYER, VIDEO_LAYER },
  },
  {
    "ModifyCasterLayout", rate = 10,
    params = {
      "BlendList:list! CasterId! LayoutId! MixList:list! RegionId",
      AUDIO_LAYER, VIDEO_LAYER,
    },
  },
  { "DeleteCasterLayout", rate = 10, params = { "CasterId! LayoutId! RegionId" } },
  { "DescribeCasterLayouts", rate = 15, params = { "CasterId! LayoutId RegionId" } },
  {
    "AddStudioLayout", rate = 10,
    params = {
      "BgImageConfig* CasterId! CommonConfig* LayoutName! LayoutType! ScreenInputConfigList*",
      "LayerOrderConfigList MediaInputConfigList RegionId",
    },
  },
  {
    "ModifyStudioLayout", rate = 10,
    params = {
      "BgImageConfig* CasterId! CommonConfig* LayoutId! ScreenInputConfigList*",
      "LayerOrderConfigList LayoutName MediaInputConfigList RegionId",
    },
  },
  { "DeleteStudioLayout", rate = 10, params = { "CasterId! LayoutId! RegionId" } },
  { "DescribeStudioLayouts", rate = 15, params = { "CasterId! LayoutId RegionId" } },
}
