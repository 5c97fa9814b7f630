--- ZEGOCLOUD Server API v2.
--
--     local rtc = streamctl.zego.new { app_id = 1234567890, server_secret = "..." }
--     local body, message, err = rtc:resume_rtc_streams { StreamId = { "a", "b" } }
--
-- Every operation is a row of `zego/operations/`;
-- https://www.zegocloud.com/docs/real-time-video-server/api-reference/overview
-- @public streamctl.zego

local clients = require "streamctl.client"
local core = require "streamctl.core"
local encode = require "streamctl.call.encode"
local judge = require "streamctl.zego.judge"
local operations = require "streamctl.zego.operations"
local options = require "streamctl.options"

local zego = { name = "zego", operations = operations, judge = judge }

zego.parts = { token = "streamctl.zego.token" }

--- Options of `new` beside the common ones.
-- @table options
-- @tfield integer|string app_id 1 to 2^32-1, a number or its digits
-- @tfield string server_secret
-- @tfield boolean is_test sends IsTest=true and puts the test environment's prefix on RTC StreamIds
-- @tfield string region "sha", "hkg", "fra", "lax", "bom" or "sgp"; without one the vendor's
-- unified addresses are used
-- @tfield string|table endpoint one address for all hosts, or a table of some: `rtc`,
-- `cloudrecord`, `cloud-player`, `metaworld`
zego.checks = {
  app_id = options.checks.app_id,
  server_secret = options.checks.text,
  is_test = options.checks.boolean,
  region = options.checks.one_of("sha", "hkg", "fra", "lax", "bom", "sgp"),
}

-- Each product is served at an address of its own, all in one way.
zego.hosts = { "rtc", "cloudrecord", "cloud-player", "metaworld" }
zego.required = { "app_id", "server_secret" }

function zego.default_endpoint(opts, host)
  return "https://" .. host .. "-api" .. (opts.region and "-" .. opts.region or "") .. ".zego.im"
end

function zego.prepare(self, opts)
  opts.app_id = tonumber(opts.app_id)
  local app_id = encode.integer(opts.app_id)
  self.account = "AppId " .. app_id .. (opts.is_test and " (test environment)" or "")
  self.account_key = "zego:" .. app_id
  self.context.naming = encode.brackets
  if opts.is_test then self.context.stream_prefix = "zegotest-" .. app_id .. "-" end
  local signer, message = core.signer("zego", {
    app_id = opts.app_id, server_secret = opts.server_secret, is_test = opts.is_test,
  })
  opts.server_secret = nil -- it lives in the signer now
  return signer, message
end

function zego.from_environment(variable)
  return require "streamctl.zego.environment"(variable)
end

zego.body, zego.post_body = "json", "json"

function zego.method_of(operation)
  return operation.in_body and "POST" or "GET"
end

return clients.publish(zego)
