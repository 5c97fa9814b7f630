-- Time shift: streams that can be watched later.

local SHIFT = { "DomainName", "AppName", "StreamName", of = "time shift" }

return {
  {
    "OpenLiveShift", rate = 10, safe = true, resource = SHIFT,
    params = {
      "DomainName!",
      "AppName Duration:integer IgnoreTranscode:boolean RegionId StreamName Vision:integer",
    },
  },
  {
    "CloseLiveShift", rate = 10, safe = true, resource = SHIFT,
    params = { "DomainName! AppName RegionId StreamName" },
  },
  { "DescribeLiveShiftConfigs", rate = 10, params = { "DomainName! RegionId" } },
}
