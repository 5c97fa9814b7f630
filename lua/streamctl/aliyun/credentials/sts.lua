--- What the sources have in common that ask the Security Token Service (STS) for a role.
-- @module streamctl.aliyun.credentials.sts

local answers = require "streamctl.aliyun.credentials.answers"
local clock = require "streamctl.aliyun.credentials.clock"
local core = require "streamctl.core"
local define = require "streamctl.aliyun.credentials.define"
local encode = require "streamctl.encode"
local json = require "streamctl.json"
local options = require "streamctl.options"
local surroundings = require "streamctl.aliyun.credentials.surroundings"

local sts = {}

local checks = options.checks

local DURATION = 3600
local FORM = "application/x-www-form-urlencoded"

--- The version of its API.
sts.VERSION = "2015-04-01"

local function policy(value)
  if type(value) == "table" then
    local _, why = json.encode(value)
    return why and "must be a policy: " .. why
  end
  return checks.text(value)
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

--- Adds the fields that all such sources have to those of one.
function sts.fields(list)
  local common = {
    { "role_arn", checks.text }, { "session_name", checks.text },
    { "duration", checks.whole(900, 43200) }, { "policy", policy }, { "region", region },
    { "vpc", checks.boolean },
    { "endpoint", function(value) return (select(2, address(value))) end },
  }
  for _, field in ipairs(common) do list[#list + 1] = field end
  return define.timed(list)
end

--- Fills in what was not given, from the variables of the environment. Returns what tells the
-- account of the role from others.
function sts.prepare(it)
  it.role_arn = it.role_arn or surroundings.variable "ALIBABA_CLOUD_ROLE_ARN"
  it.session_name = it.session_name or surroundings.variable "ALIBABA_CLOUD_ROLE_SESSION_NAME"
  it.region = it.region or surroundings.variable "ALIBABA_CLOUD_STS_REGION"
  if type(it.policy) == "table" then it.policy = assert(json.encode(it.policy)) end
  if it.vpc == nil then it.vpc = surroundings.flag "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED" end
  local why = it.region and region(it.region)
  it.broken = why and "the variable ALIBABA_CLOUD_STS_REGION " .. why
  local arn = it.role_arn or ""
  return arn:match("^acs:ram::(%d+):") or "role." .. assert(core.sha1(arn)):sub(1, 16)
end

--- Where the role is asked for: `https://host[:port]`.
function sts.origin(it)
  if it.endpoint then return (address(it.endpoint)) end
  if not it.region then return "https://sts.aliyuncs.com" end
  return ("https://sts%s.%s.aliyuncs.com"):format(it.vpc and "-vpc" or "", it.region)
end

local function percent(char)
  return string.format("%%%02X", char:byte())
end

local function encode_uri(text)
  return (text:gsub("[^A-Za-z0-9%-._~]", percent))
end

--- A flat list of names and texts as a query or a form, in byte order.
function sts.encode(list)
  local parts = {}
  for i = 1, #list, 2 do
    parts[#parts + 1] = encode_uri(list[i]) .. "=" .. encode_uri(list[i + 1])
  end
  table.sort(parts)
  return table.concat(parts, "&")
end

--- The form that asks for it, behind a flat list of names and texts of the source.
function sts.form(it, first)
  local list = {}
  for i, text in ipairs(first) do list[i] = text end
  local function add(name, value)
    if value then list[#list + 1], list[#list + 2] = name, value end
  end
  add("RoleArn", it.role_arn)
  add("RoleSessionName",
    it.session_name or "streamctl-" .. encode.integer(math.floor(core.now() * 1000)))
  add("DurationSeconds", encode.integer(it.duration or DURATION))
  add("Policy", it.policy)
  return sts.encode(list)
end

--- Asks; once more by its clock where it refuses the machine's. `request_at` makes a request for a
-- time in Unix seconds, or returns nil, message, err. Returns temporary keys; or nil, message,
-- err, and our code for the vendor's, if any.
function sts.ask(context, it, request_at)
  local function try()
    local request, message, err = request_at(math.floor(clock.now()))
    if not request then return nil, message, err end
    return answers.ask(context, options.merged(request, {
      who = "STS", place = "Credentials", method = "POST", url = sts.origin(it) .. request.target,
      content_type = FORM, timeout = it.timeout, connect_timeout = it.connect_timeout,
    }))
  end
  local keys, message, err, code, date = try()
  if code == "clock_skew" and date then
    clock.learn(date)
    keys, message, err, code = try()
  end
  return keys, message, err, code
end

--- The content type of its form.
sts.FORM = FORM

return sts
