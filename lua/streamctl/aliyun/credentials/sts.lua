--- Roles of the Security Token Service (STS): what the sources `assume_role` and `oidc` share.
-- @public streamctl.aliyun.credentials.sts

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local http = require "streamctl.aliyun.credentials.http"
local json = require "streamctl.base.json"
local kind = require "streamctl.credentials.kind"
local options = require "streamctl.base.options"
local refresh = require "streamctl.call.refresh"

local sts = { VERSION = "2015-04-01", FORM = "application/x-www-form-urlencoded" }

local function policy(value)
  if type(value) ~= "table" then return checks.text(value) end
  local _, why = json.encode(value)
  return why and "must be a policy: " .. why
end

-- "sts.cn-shanghai.aliyuncs.com" or "https://host[:port]" -> "https://host[:port]"; or nil, why.
local function address(value)
  local why = checks.text(value)
  if why then return nil, why end
  local url = value:find("://", 1, true) and value or "https://" .. value
  local origin = checks.endpoint(url)
  -- the message does not repeat the value, which may be a misplaced secret
  if not origin then return nil, "must be written as host[:port] or https://host[:port]" end
  if origin:find("^http:") and not (origin .. ":"):find("^http://127%.0%.0%.1:") then
    return nil, "must begin with https://, since tokens and keys are sent there; http:// is for "
      .. "127.0.0.1 alone"
  end
  return origin
end

local function region(value)
  if type(value) ~= "string" or not value:find("^[%w-]+$") then
    return "must be the name of a region such as cn-shanghai"
  end
end

--- What both take beside the options on their pages, or the variables of the environment have.
-- @table options
-- @tfield string role_arn such as `acs:ram::1234567890123456:role/name`; else
-- `ALIBABA_CLOUD_ROLE_ARN`
-- @tfield string session_name for the vendor's logs; else `ALIBABA_CLOUD_ROLE_SESSION_NAME`, or
-- "streamctl-" and the time
-- @tfield integer duration seconds, from 900 on and not more than the role allows; 3600
-- @tfield string|table policy takes rights away from the session: JSON, or a table for it
-- @tfield string region whose STS to ask; else `ALIBABA_CLOUD_STS_REGION`, or the central one
-- @tfield boolean vpc asks the region's STS inside of a VPC; else
-- `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED` decides; nothing without a region
-- @tfield string endpoint of STS: host or `https://host[:port]`; `http://` for 127.0.0.1 alone
-- @tfield number timeout seconds for a request, 10
function sts.fields(first, second)
  return {
    first, second,
    { "role_arn", checks.text, variable = "ALIBABA_CLOUD_ROLE_ARN" },
    { "session_name", checks.text, variable = "ALIBABA_CLOUD_ROLE_SESSION_NAME" },
    { "duration", checks.whole(900, 43200) }, { "policy", policy },
    { "region", region, variable = "ALIBABA_CLOUD_STS_REGION" }, { "vpc", checks.boolean },
    { "endpoint", function(value) return (select(2, address(value))) end },
    { "timeout", checks.seconds },
  }
end

-- Completes the options, and names the role's account.
function sts.prepare(source, opts)
  if type(opts.policy) == "table" then opts.policy = assert(json.encode(opts.policy)) end
  if opts.vpc == nil then opts.vpc = kind.flag "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED" end
  local arn = opts.role_arn or ""
  source.account = arn:match("^acs:ram::(%d+):") or "role." .. assert(core.sha1(arn)):sub(1, 16)
end

-- The address of STS: `https://host[:port]`.
function sts.origin(opts)
  if opts.endpoint then return (address(opts.endpoint)) end
  if not opts.region then return "https://sts.aliyuncs.com" end
  return ("https://sts%s.%s.aliyuncs.com"):format(opts.vpc and "-vpc" or "", opts.region)
end

-- Encodes texts by name as a query or a form, in byte order.
function sts.encode(texts)
  local parts = {}
  for name, text in pairs(texts) do
    parts[#parts + 1] = name .. "=" .. encode.percent_encoded(text, "[^A-Za-z0-9%-._~]")
  end
  table.sort(parts)
  return table.concat(parts, "&")
end

-- The form that asks for the role, with the source's texts.
function sts.form(opts, texts)
  return sts.encode(options.merged({
    RoleArn = opts.role_arn, Policy = opts.policy,
    RoleSessionName = opts.session_name
      or "streamctl-" .. encode.number(math.floor(core.now() * 1000)),
    DurationSeconds = encode.number(opts.duration or 3600),
  }, texts))
end

-- Asks STS for temporary keys, and once more by the clock of STS if it refuses this machine's time.
-- `request_at(seconds)` makes the request for a Unix time, or returns nil, message, err. Returns
-- the keys; or nil, message, err, and our code for the vendor's code, if any.
function sts.ask(source, context, request_at)
  local function try()
    local request, message, err = request_at(math.floor(core.now() + http.ahead()))
    if not request then return nil, message, err end
    request.service, request.field = "STS", "Credentials"
    request.method, request.content_type = "POST", sts.FORM
    request.url = sts.origin(source.options) .. request.target
    return http.ask(source, context, request)
  end
  local keys, message, err, code, date = try()
  if code == "clock_skew" and date then
    refresh.learn(http.clock, math.floor(date - core.now() + 0.5))
    keys, message, err, code = try()
  end
  return keys, message, err, code
end

return sts
