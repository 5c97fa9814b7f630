-- Domains: on and off, pairs of ingest and playback, settings, also staged ones.

local DOMAIN = { "DomainName", of = "domain" }
local MAPPING = { "PushDomain", "PullDomain", of = "domain mapping" }
local PLAY_MAPPING = { "PlayDomain", "PullDomain", of = "play mapping" }
local CONFIGS = { "DomainNames", of = "domain configs" }
local TAG = { "Tag:list", items = "object", fields = { "Key Value" } }

return {
  {
    "AddLiveDomain", rate = 30,
    params = {
      "DomainName! LiveDomainType! Region! CheckUrl ResourceGroupId Scope TopLevelDomain",
      TAG,
    },
  },
  { "StartLiveDomain", rate = 30, safe = true, resource = DOMAIN, params = { "DomainName!" } },
  { "StopLiveDomain", rate = 30, safe = true, resource = DOMAIN, params = { "DomainName!" } },
  { "DeleteLiveDomain", rate = 30, resource = DOMAIN, params = { "DomainName!" } },
  { "DescribeLiveDomainDetail", rate = 50, params = { "DomainName!" } },
  {
    "DescribeLiveUserDomains", rate = 100,
    pages = {
      page = "PageNumber", size = "PageSize", total = "TotalCount", items = "Domains.PageData",
      key = { "DomainName" }, most = 50,
    },
    params = {
      "DomainName DomainSearchType DomainStatus LiveDomainType PageNumber:integer PageSize:integer",
      "RegionName ResourceGroupId",
      TAG,
    },
  },
  { "DescribeLiveDomainLimit", rate = 5, params = { "DomainName! RegionId" } },
  {
    "DescribeDomainWithIntegrity", method = "GET", rate = 10,
    params = { "EndTime! Integrity:number! StartTime! RegionId" },
  },
  {
    -- a repeat may be refused because the first copy was executed
    "AddLiveDomainMapping", rate = 30, resource = MAPPING,
    settle = {
      "DescribeLiveDomainMapping", DomainName = "PushDomain",
      list = "LiveDomainModels.LiveDomainModel", entry = { DomainName = "{PullDomain}" },
      executed = { "present" }, not_executed = { "absent" },
    },
    params = { "PullDomain! PushDomain!" },
  },
  {
    -- what a repeat answers is not known
    "DeleteLiveDomainMapping", rate = 30, resource = MAPPING,
    settle = {
      "DescribeLiveDomainMapping", DomainName = "PushDomain",
      list = "LiveDomainModels.LiveDomainModel", entry = { DomainName = "{PullDomain}" },
      executed = { "absent" }, not_executed = { "present" },
    },
    params = { "PullDomain! PushDomain!" },
  },
  {
    "DescribeLiveDomainMapping", method = "GET", rate = 500 / 60,
    params = { "DomainName! RegionId" },
  },
  {
    "AddLiveDomainPlayMapping", rate = 1000 / 60, resource = PLAY_MAPPING,
    params = { "PlayDomain! PullDomain! RegionId" },
  },
  {
    "DeleteLiveDomainPlayMapping", rate = 1000 / 60, resource = PLAY_MAPPING,
    params = { "PlayDomain! PullDomain! RegionId" },
  },
  {
    "BatchSetLiveDomainConfigs", rate = 30, safe = true, resource = CONFIGS,
    params = { "DomainNames! Functions! DryRun:boolean" },
  },
  {
    "BatchDeleteLiveDomainConfigs", rate = 30, resource = CONFIGS,
    params = { "DomainNames! FunctionNames!" },
  },
  {
    "DescribeLiveDomainConfigs", rate = 100, secret = true,
    params = { "DomainName! FunctionNames!" },
  },
  { "ModifyLiveDomainSchdmByProperty", rate = 100, params = { "DomainName! Property! RegionId" } },
  {
    "ChangeLiveDomainResourceGroup", rate = 30,
    params = { "DomainName! NewResourceGroupId! RegionId" },
  },
  { "VerifyLiveDomainOwner", rate = 100, params = { "DomainName! VerifyType! RegionId" } },
  { "DescribeLiveVerifyContent", rate = 30, params = { "DomainName! RegionId" } },
  { "DescribeLiveIpInfo", rate = 30, params = { "IP! RegionId" } },
  { "SetLiveDomainStagingConfig", rate = 30, params = { "DomainName! Functions! RegionId" } },
  {
    "DescribeLiveDomainStagingConfig", rate = 30, secret = true,
    params = { "DomainName! FunctionNames! RegionId" },
  },
  { "DeleteLiveSpecificStagingConfig", rate = 20, params = { "ConfigId! DomainName!" } },
  {
    "PublishLiveStagingConfigToProduction", rate = 30,
    params = { "DomainName! FunctionName! RegionId" },
  },
  { "RollbackLiveStagingConfig", rate = 30, params = { "DomainName! FunctionName! RegionId" } },
}
