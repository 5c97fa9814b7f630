-- Watermarks: pictures over a stream.

return {
  {
    "AddLiveStreamWatermark", rate = 60,
    params = {
      "Height:number! Name! OffsetCorner! PictureUrl! RefHeight:number! RefWidth:number!",
      "Transparency:number! Type:number! XOffset:number! YOffset:number!",
      "Description Domain RegionId",
    },
  },
  {
    "UpdateLiveStreamWatermark", rate = 60,
    params = {
      "TemplateId!",
      "Description Height:number Name OffsetCorner PictureUrl RefHeight:number RefWidth:number",
      "RegionId Transparency:number XOffset:number YOffset:number",
    },
  },
  { "DeleteLiveStreamWatermark", rate = 60, params = { "TemplateId! RegionId" } },
  {
    "DescribeLiveStreamWatermarks", rate = 60,
    params = { "Domain KeyWord PageNumber:number PageSize:number RegionId" },
  },
  {
    "AddLiveStreamWatermarkRule", rate = 60,
    params = { "App! Domain! Name! Stream! TemplateId! Description RegionId" },
  },
  {
    "UpdateLiveStreamWatermarkRule", rate = 60,
    params = { "RuleId! Description Name RegionId TemplateId" },
  },
  { "DeleteLiveStreamWatermarkRule", rate = 60, params = { "Domain! App RegionId RuleId Stream" } },
  {
    "DescribeLiveStreamWatermarkRules", rate = 60,
    params = { "Domain PageNumber:number PageSize:number RegionId" },
  },
  {
    "DynamicUpdateWaterMarkStreamRule", rate = 60,
    params = { "App! Domain! Stream! TemplateId! RegionId" },
  },
}
