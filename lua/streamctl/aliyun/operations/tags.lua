-- Tags of domains and other resources.

local TAG = { "Tag:list", items = "object", fields = { "Key Value" } }

return {
  {
    "TagLiveResources",
    params = {
      "ResourceId:list! ResourceType! RegionId",
      { "Tag:list!", items = "object", fields = { "Key Value" } },
    },
  },
  {
    "UnTagLiveResources", rate = 100,
    params = { "ResourceId:list! ResourceType! All:boolean RegionId TagKey:list" },
  },
  {
    "ListLiveTagResources",
    params = { "ResourceType! NextToken RegionId ResourceId:list TagOwnerBid TagOwnerUid", TAG },
  },
  {
    "DescribeLiveTagResources", rate = 10,
    params = { "ResourceId:list! ResourceType! RegionId", TAG },
  },
  { "DescribeLiveUserTags", rate = 100, params = { "RegionId" } },
}
