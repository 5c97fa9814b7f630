--- What the sources have in common that ask the Security Token Service (STS) for a role.
-- @module streamctl.aliyun.credentials.sts

local core = require "streamctl.core"
local encode = require "streamctl.encode"
local http = require "streamctl.aliyun.credentials.http"
local json = require "streamctl.json"
local kind = require "streamctl.credentials.kind"
local options = require "streamctl.options"

local sts = {
  VERSION = "2015-04-01", -- of its API
  FORM = "application/x-www-form-urlencoded",
}

local checks = options.checks

local DURATION = 3600

local function policy(value)
  if type(value) ~= "table" then return checks.text(value) end
  local _, why = json.encode(value)
  return why and "must be a policy: " .. why
end

local function is_loopback(origin)
  local host = origin:match("^http://(.*)$"):gsub(":%d+$", "")
  return host == "localhost" or host == "[::1]" or host:find("^127%.%d+%.%d+%.%d+$") ~= nil
end

-- "sts.cn-shanghai.aliyuncs.com" or "https://host[:port]" -> the latter; or nil and why not.
local function address(value)
  local why = checks.text(value)
  if why then return nil, why end
  local origin = options.normalise_endpoint(value:find("://", 1, true) and value
    or "https://" .. value)
  -- which is not repeated, since it may be a secret that strayed into a file
  if not origin then return nil, "must be written as host[:port] or https://host[:port]" end
  if origin:find("^http:") and not is_loopback(origin) then
    return nil, "must begin with https://, since tokens and keys are sent there; http:// is for "
      .. "this machine alone"
  end
  return origin
end

local function region(value)
  if type(value) ~= "string" or not value:find("^[%w-]+$") then
    return "must be the name of a region such as cn-shanghai"
  end
end

-- The fields of such a source: two of its own, and the common ones.
function sts.fields(first, second)
  return {
    first, second,
    { "role_arn", checks.text, variable = "ALIBABA_CLOUD_ROLE_ARN" },
    { "session_name", checks.text, variable = "ALIBABA_CLOUD_ROLE_SESSION_NAME" },
    { "duration", checks.whole(900, 43200) }, { "policy", policy },
    { "region", region, variable = "ALIBABA_CLOUD_STS_REGION" }, { "vpc", checks.boolean },
    { "endpoint", function(value) return (select(2, address(value))) end },
    { "timeout", checks.seconds }, { "connect_timeout", checks.seconds },
  }
end

-- Completes them, and names the account of the role.
function sts.prepare(source, it)
  if type(it.policy) == "table" then it.policy = assert(json.encode(it.policy)) end
  if it.vpc == nil then it.vpc = kind.flag "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED" end
  local arn = it.role_arn or ""
  source.account = arn:match("^acs:ram::(%d+):") or "role." .. assert(core.sha1(arn)):sub(1, 16)
end

-- Where the role is asked for: `https://host[:port]`.
function sts.origin(it)
  if it.endpoint then return (address(it.endpoint)) end
  if not it.region then return "https://sts.aliyuncs.com" end
  return ("https://sts%s.%s.aliyuncs.com"):format(it.vpc and "-vpc" or "", it.region)
end

local function encode_uri(text)
  return (text:gsub("[^A-Za-z0-9%-._~]", function(char)
    return string.format("%%%02X", char:byte())
  end))
end

-- Texts by name as a query or a form, in byte order.
function sts.encode(texts)
  local parts = {}
  for name, text in pairs(texts) do
    parts[#parts + 1] = encode_uri(name) .. "=" .. encode_uri(text)
  end
  table.sort(parts)
  return table.concat(parts, "&")
end

-- The form that asks for the role, with the texts of the source.
function sts.form(it, more)
  return sts.encode(options.merged({
    RoleArn = it.role_arn, Policy = it.policy,
    RoleSessionName = it.session_name
      or "streamctl-" .. encode.integer(math.floor(core.now() * 1000)),
    DurationSeconds = encode.integer(it.duration or DURATION),
  }, more))
end

-- Asks; once more by the clock of STS where it refuses the machine's. `request_at` makes a request
-- for a time in Unix seconds, or returns nil, message, err. Returns temporary keys; or nil,
-- message, err, and our code for the vendor's, if any.
function sts.ask(source, context, request_at)
  local function try()
    local request, message, err = request_at(math.floor(core.now() + http.ahead))
    if not request then return nil, message, err end
    return http.ask(source, context, options.merged(request, {
      who = "STS", place = "Credentials", method = "POST", content_type = sts.FORM,
      url = sts.origin(source.given) .. request.target,
    }))
  end
  local keys, message, err, code, date = try()
  if code == "clock_skew" and date then
    http.ahead = math.floor(date - core.now() + 0.5)
    keys, message, err, code = try()
  end
  return keys, message, err, code
end

return sts
