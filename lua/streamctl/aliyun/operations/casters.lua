-- Production studios (casters): making, starting and setting them.

local CASTER = { "CasterId", of = "caster" }
local TAG = { "Tag:list", items = "object", fields = { "Key Value" } }

return {
  {
    "CreateCaster", rate = 10,
    params = {
      "ChargeType! ClientToken! NormType:number!",
      "CasterName CasterTemplate ExpireTime PurchaseTime RegionId ResourceGroupId",
      TAG,
    },
  },
  { "CopyCaster", rate = 10, params = { "CasterName! ClientToken! SrcCasterId! RegionId" } },
  { "StartCaster", rate = 10, safe = true, resource = CASTER, params = { "CasterId! RegionId" } },
  { "StopCaster", rate = 10, safe = true, resource = CASTER, params = { "CasterId! RegionId" } },
  { "RestartCaster", rate = 10, restores = true, resource = CASTER,
    params = { "CasterId! RegionId" },
  },
  { "DeleteCaster", rate = 10, resource = CASTER, params = { "CasterId! RegionId" } },
  {
    "DescribeCasters", rate = 15,
    pages = {
      page = "PageNum", size = "PageSize", total = "Total", items = "CasterList.Caster",
      key = { "CasterId" },
    },
    params = {
      "CasterId CasterName ChargeType:integer EndTime:time NormType OrderByModifyAsc",
      "PageNum:integer PageSize:integer RegionId ResourceGroupId StartTime:time Status:integer",
      TAG,
    },
  },
  {
    "SetCasterConfig", rate = 10,
    params = {
      "CasterId!",
      "AutoSwitchUrgentConfig AutoSwitchUrgentOn:boolean CallbackUrl CasterName",
      "ChannelEnable:number Delay:number DomainName ProgramEffect:number ProgramName RecordConfig",
      "RegionId SideOutputUrl SideOutputUrlList SyncGroupsConfig TranscodeConfig UrgentImageId",
      "UrgentImageUrl UrgentLiveStreamUrl UrgentMaterialId",
    },
  },
  { "DescribeCasterConfig", rate = 15, params = { "CasterId! RegionId" } },
  { "UpdateCasterResourceGroup", rate = 10, params = { "CasterId! NewResourceGroupId! RegionId" } },
  {
    "SetCasterChannel", rate = 10,
    params = {
      "CasterId! ChannelId! FaceBeauty PlayStatus:number RegionId ResourceId SeekOffset:number",
    },
  },
  { "DescribeCasterChannels", rate = 15, params = { "CasterId! RegionId" } },
  { "DescribeCasterStreamUrl", rate = 5, params = { "CasterId! RegionId" } },
  { "EffectCasterUrgent", rate = 10, params = { "CasterId! SceneId! RegionId" } },
  {
    "EffectCasterVideoResource", rate = 10,
    params = { "CasterId! ResourceId! SceneId! RegionId" },
  },
}
