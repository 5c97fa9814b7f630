--- Alibaba Cloud ApsaraVideo Live, API version 2016-11-01.
--
--     local live = streamctl.aliyun.new { access_key_id = "...", access_key_secret = "..." }
--     local body, message, err = live:resume_live_stream {
--       DomainName = "push.example.com", AppName = "app", StreamName = "s1" }
--
-- Every region that the vendor's SDK lists is served by live.aliyuncs.com, the default endpoint.
-- Every operation is a row of `aliyun/operations/`;
-- https://www.alibabacloud.com/help/en/live
-- @public streamctl.aliyun

local clients = require "streamctl.client"
local core = require "streamctl.core"
local encode = require "streamctl.call.encode"
local hosts = require "streamctl.transport.hosts"
local judge = require "streamctl.aliyun.judge"
local operations = require "streamctl.aliyun.operations"
local options = require "streamctl.options"

local aliyun = { name = "aliyun", operations = operations, judge = judge, methods = {} }

aliyun.parts = {
  address = "streamctl.aliyun.address", credentials = "streamctl.aliyun.credentials",
}

aliyun.calls = { kick_stream = "ForbidLiveStream", ban_stream = "ForbidLiveStream" }

-- See streamctl.aliyun.ensure, .address and .streams; only who uses one loads it.
function aliyun.methods.ensure_live_pull_to_push(client, params, call_options)
  return require("streamctl.aliyun.ensure")(client, params, call_options)
end

function aliyun.methods.address(client, params, call_options)
  return require("streamctl.aliyun.domain_keys").address(client, params, call_options)
end

function aliyun.methods.kick_stream(client, params, call_options)
  return require("streamctl.aliyun.streams").kick(client, params, call_options)
end

function aliyun.methods.ban_stream(client, params, call_options)
  return require("streamctl.aliyun.streams").ban(client, params, call_options)
end

--- Options of `new` beside the common ones.
-- @table options
-- @tfield string access_key_id
-- @tfield string access_key_secret
-- @tfield string security_token for STS
-- @tfield string account a name for the account, so that its keys share rate and order; without it
-- each key has its own
-- @tfield string signature "v3", or "v1" for the older RPC signature
-- @tfield string region fills in the parameter Region where an operation has one
aliyun.checks = {
  access_key_id = options.checks.text,
  access_key_secret = options.checks.text,
  security_token = options.checks.text,
  account = options.checks.word,
  signature = options.checks.one_of("v3", "v1"),
}

aliyun.hosts = { "live" }
aliyun.required = { "access_key_id", "access_key_secret" }

function aliyun.default_endpoint()
  return "https://live.aliyuncs.com"
end

function aliyun.prepare(self, opts)
  self.account = opts.access_key_id
  self.account_key = "aliyun:" .. (opts.account or opts.access_key_id)
  self.context.region = opts.region
  self.context.naming = encode.from_one
  local signer, message = core.signer(opts.signature == "v1" and "rpc" or "acs3", {
    access_key_id = opts.access_key_id, access_key_secret = opts.access_key_secret,
    security_token = opts.security_token, host = hosts.endpoint(self):match("//(.*)$"),
    version = operations.version, format = "json", -- as the vendor's package asks for it
  })
  opts.access_key_secret, opts.security_token = nil, nil -- they live in the signer now
  return signer, message
end

function aliyun.from_environment(variable)
  return require "streamctl.aliyun.environment"(variable)
end

aliyun.body = "form"

function aliyun.method_of()
  return "POST"
end

return clients.publish(aliyun)
