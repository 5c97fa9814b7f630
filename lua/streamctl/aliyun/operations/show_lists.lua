-- Show lists: what a production studio plays one after the other.

return {
  {
    "AddShowIntoShowList", rate = 10,
    params = {
      "CasterId! Duration:number*",
      "LiveInputType:number RegionId RepeatTimes:number ResourceId ResourceType ResourceUrl",
      "ShowName Spot:number isBatchMode:boolean",
      {
        "showList:list", items = "object",
        fields = {
          "duration:number liveInputType:number repeatTimes:number resourceId resourceType",
          "resourceUrl showName",
        },
      },
    },
  },
  {
    "RemoveShowFromShowList", rate = 10,
    params = { "CasterId! RegionId ShowId isBatchMode:boolean showIdList:list" },
  },
  {
    "ModifyShowList", rate = 10,
    params = {
      "CasterId!",
      "HighPriorityShowId HighPriorityShowStartTime RegionId RepeatTimes:number ShowId Spot:number",
    },
  },
  {
    "EditShowAndReplace", rate = 10,
    params = { "CasterId! ShowId! StorageInfo* EndTime:number RegionId StartTime:number UserData" },
  },
  { "PlayChoosenShow", rate = 10, params = { "CasterId! ShowId! RegionId" } },
  {
    "SetShowListBackground", rate = 10,
    params = { "CasterId! MaterialId RegionId ResourceType ResourceUrl" },
  },
  { "DescribeShowList", rate = 10, params = { "CasterId! RegionId" } },
  {
    "InitializeAutoShowListTask", rate = 10,
    params = {
      "CasterConfig! DomainName! EndTime:number! ResourceIds* StartTime:number!",
      "CallBackUrl RegionId",
    },
  },
  { "DescribeAutoShowListTasks", rate = 10, params = { "CasterId RegionId" } },
  { "GetEditingJobInfo", rate = 10, params = { "CasterId! RegionId ShowId" } },
}
