-- Packages: streams as HLS for other networks.

return {
  {
    "AddLivePackageConfig", rate = 300 / 60,
    params = {
      "AppName! DomainName! Protocol! StreamName!",
      "IgnoreTranscode:boolean PartDuration:number RegionId SegmentDuration:number",
      "SegmentNum:number",
    },
  },
  {
    "UpdateLivePackageConfig", rate = 300,
    params = {
      "AppName! DomainName! PartDuration:number* Protocol! SegmentDuration:number!",
      "SegmentNum:number! StreamName!",
      "IgnoreTranscode:boolean RegionId",
    },
  },
  {
    "DeleteLivePackageConfig", rate = 300,
    params = { "AppName! DomainName! StreamName! RegionId" },
  },
  {
    "DescribeLivePackageConfig", rate = 300 / 60,
    params = { "DomainName! AppName Order PageNum:number PageSize:number RegionId StreamName" },
  },
}
