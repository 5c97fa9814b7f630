-- Content of production studios: components, videos, episodes and programs.

return {
  {
    "AddCasterComponent", rate = 10,
    params = {
      "CaptionLayerContent* CasterId! ComponentLayer! ComponentType! ImageLayerContent*",
      "LocationId! TextLayerContent*",
      "ComponentName Effect HtmlLayerContent LayerOrder RegionId",
    },
  },
  {
    "ModifyCasterComponent", rate = 10,
    params = {
      "CaptionLayerContent* CasterId! ComponentId! ImageLayerContent* TextLayerContent*",
      "ComponentLayer ComponentName ComponentType Effect RegionId",
    },
  },
  { "DeleteCasterComponent", rate = 10, params = { "CasterId! ComponentId! RegionId" } },
  { "DescribeCasterComponents", rate = 15, params = { "CasterId! ComponentId RegionId" } },
  {
    "AddCasterVideoResource", rate = 10,
    params = {
      "CasterId! LiveStreamUrl* LocationId* ResourceName!",
      "BeginOffset:number EndOffset:number FixedDelayDuration:number ImageId ImageUrl MaterialId",
      "PtsCallbackInterval:number RegionId RepeatNum:number VodUrl",
    },
  },
  {
    "ModifyCasterVideoResource", rate = 10,
    params = {
      "CasterId! ImageId* LiveStreamUrl* ResourceId!",
      "BeginOffset:number EndOffset:number ImageUrl MaterialId PtsCallbackInterval:number RegionId",
      "RepeatNum:number ResourceName VodUrl",
    },
  },
  { "DeleteCasterVideoResource", rate = 10, params = { "CasterId! ResourceId! RegionId" } },
  { "DescribeCasterVideoResources", rate = 15, params = { "CasterId! RegionId" } },
  {
    "AddCasterEpisode", rate = 4,
    params = {
      "CasterId! ComponentId:list* EndTime! EpisodeType! ResourceId* StartTime! SwitchType!",
      "EpisodeName RegionId",
    },
  },
  {
    "ModifyCasterEpisode", rate = 4,
    params = {
      "CasterId! ComponentId:list* EpisodeId! ResourceId*",
      "EndTime EpisodeName RegionId StartTime SwitchType",
    },
  },
  { "DeleteCasterEpisode", rate = 4, params = { "CasterId! EpisodeId! RegionId" } },
  {
    "AddCasterEpisodeGroup", rate = 4,
    params = {
      "CallbackUrl! ClientToken! DomainName! RepeatNum:number! SideOutputUrl! StartTime! RegionId",
      { "Item:list!", items = "object", fields = { "ItemName VodUrl" } },
    },
  },
  { "AddCasterEpisodeGroupContent", rate = 4, params = { "ClientToken! Content! RegionId" } },
  { "DeleteCasterEpisodeGroup", rate = 4, params = { "ProgramId! RegionId" } },
  {
    "AddCasterProgram", rate = 10,
    params = {
      "CasterId! RegionId",
      {
        "Episode:list!", items = "object",
        fields = {
          "ComponentId:list EndTime EpisodeName EpisodeType ResourceId StartTime SwitchType",
        },
      },
    },
  },
  {
    "ModifyCasterProgram", rate = 4,
    params = {
      "CasterId! RegionId",
      {
        "Episode:list!", items = "object",
        fields = {
          "ComponentId:list EndTime EpisodeId EpisodeName EpisodeType ResourceId StartTime",
          "SwitchType",
        },
      },
    },
  },
  { "DeleteCasterProgram", rate = 4, params = { "CasterId! RegionId" } },
  {
    "DescribeCasterProgram", rate = 4,
    params = {
      "CasterId!",
      "EndTime EpisodeId EpisodeType PageNum:number PageSize:number RegionId StartTime",
      "Status:number",
    },
  },
}
