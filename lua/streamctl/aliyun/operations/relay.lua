-- Relay: a stream that is published here goes on to another address.

local CENTER = { "DomainName", "AppName", "StreamName", of = "center transfer" }
local EDGE = { "DomainName", of = "edge transfer" }
local TRANSFER_ARGS = { "TransferArgs!", enum = { "always", "time" } }
local TRANSFER_RULES = {
  { "required_if", "StartTime", "TransferArgs", "time" },
  { "required_if", "EndTime", "TransferArgs", "time" }, { "later", "EndTime", "StartTime" },
}
local CENTER_PARAMS = {
  "AppName! DomainName! DstUrl! StreamName! EndTime:time RegionId StartTime:time",
  TRANSFER_ARGS,
}

return {
  {
    -- a repeat may be refused because the first copy was executed
    "AddLiveCenterTransfer", rate = 100, resource = CENTER,
    settle = {
      "DescribeLiveCenterTransfer", "DomainName", "AppName", "StreamName", "DstUrl",
      list = "LiveCenterTransferInfoList.LiveCenterTransferInfo",
      entry = { "DomainName", "AppName", "StreamName", "DstUrl" },
      executed = { "present" }, not_executed = { "absent" }, ends = "EndTime",
    },
    params = CENTER_PARAMS, rules = TRANSFER_RULES,
  },
  {
    "UpdateLiveCenterTransfer", rate = 100, safe = true, resource = CENTER,
    params = CENTER_PARAMS, rules = TRANSFER_RULES,
  },
  {
    "DeleteLiveCenterTransfer", rate = 100, safe = true, resource = CENTER,
    params = { "AppName! DomainName! StreamName! DstUrl RegionId" },
  },
  {
    "DescribeLiveCenterTransfer", rate = 100,
    params = { "DomainName! AppName DstUrl RegionId StreamName" },
  },
  {
    "SetLiveEdgeTransfer", rate = 100, safe = true, resource = EDGE,
    params = {
      "DomainName! AppName HttpDns RegionId StreamName TargetDomainList",
      { "TransferArgs", enum = { "yes", "no" } },
    },
    rules = { { "any_of", "TargetDomainList", "HttpDns" } },
  },
  {
    "DeleteLiveEdgeTransfer", rate = 100, safe = true, resource = EDGE,
    params = { "DomainName! RegionId" },
  },
  { "DescribeLiveEdgeTransfer", rate = 100, params = { "DomainName! RegionId" } },
}
