-- Mixing: several streams as one.

local MIX = { "DomainName", "MixStreamId", of = "mix" }

return {
  {
    -- each call makes another mixed stream
    "CreateMixStream", rate = 10, returns = { MixStreamId = "string" },
    settle = { "DescribeMixStreamList", "DomainName" },
    params = { "DomainName! InputStreamList! LayoutId! OutputConfig! CallbackConfig RegionId" },
  },
  {
    "UpdateMixStream", rate = 10, safe = true, resource = MIX,
    params = { "DomainName! InputStreamList! MixStreamId! LayoutId RegionId" },
  },
  {
    "DeleteMixStream", rate = 10, safe = true, resource = MIX,
    params = { "DomainName! MixStreamId! AppName RegionId StreamName" },
  },
  {
    "DescribeMixStreamList", rate = 5,
    pages = {
      page = "PageNo", size = "PageSize", total = "Total", items = "MixStreamList",
      key = { "MixstreamId" },
    },
    params = {
      "AppName DomainName EndTime:time MixStreamId PageNo:integer PageSize:integer RegionId",
      "StartTime:time StreamName",
    },
  },
}
