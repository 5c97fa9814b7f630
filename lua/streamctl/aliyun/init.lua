--- Alibaba Cloud ApsaraVideo Live, API version 2016-11-01.
--
--     local live = streamctl.aliyun.new { access_key_id = "...", access_key_secret = "..." }
--     local body, message, err = live:resume_live_stream {
--       DomainName = "push.example.com", AppName = "app", StreamName = "s1" }
--
-- Options beside the common ones: `access_key_id`, `access_key_secret`, `security_token` (for STS),
-- `account` (a name for the account, so that its keys share rate and order; without it each key has
-- its own), `signature` ("v3", or "v1" for the older RPC signature), `region` (fills in the
-- parameter Region where an operation has one; every region that the vendor's SDK lists is served
-- by live.aliyuncs.com, the default endpoint). Every operation is a row of `aliyun/operations.lua`;
-- https://www.alibabacloud.com/help/en/live
-- @public streamctl.aliyun

local answers = require "streamctl.call.answer"
local clients = require "streamctl.client"
local core = require "streamctl.core"
local encode = require "streamctl.call.encode"
local hosts = require "streamctl.transport.hosts"
local operations = require "streamctl.aliyun.operations"
local options = require "streamctl.options"

local aliyun = { name = "aliyun", operations = operations, methods = {} }

-- See streamctl.aliyun.ensure; only who uses it loads it.
function aliyun.methods.ensure_live_pull_to_push(client, params, call_options)
  return require("streamctl.aliyun.ensure")(client, params, call_options)
end

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
  local signer, message = core.signer(opts.signature == "v1" and "rpc" or "acs3", {
    access_key_id = opts.access_key_id, access_key_secret = opts.access_key_secret,
    security_token = opts.security_token, host = hosts.endpoint(self):match("//(.*)$"),
    version = operations.version,
  })
  opts.access_key_secret, opts.security_token = nil, nil -- they live in the signer now
  return signer, message
end

local function variable(name)
  local value = os.getenv(name)
  return value ~= "" and value or nil
end

function aliyun.from_environment()
  local given = {
    access_key_id = variable "ALIBABA_CLOUD_ACCESS_KEY_ID",
    access_key_secret = variable "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    security_token = variable "ALIBABA_CLOUD_SECURITY_TOKEN",
    endpoint = variable "ALIBABA_CLOUD_ENDPOINT",
  }
  for _, name in ipairs(aliyun.required) do
    if not given[name] then
      return nil, "the environment variable ALIBABA_CLOUD_" .. name:upper()
        .. " is not set; set it, or make a client with streamctl.aliyun.new"
    end
  end
  -- the vendor's own tools write the bare host there
  if given.endpoint and not given.endpoint:find("://", 1, true) then
    given.endpoint = "https://" .. given.endpoint
  end
  return given
end

function aliyun.serialize(request, params)
  local at_fault, why
  request.params, at_fault, why = encode.aliyun(params)
  request.method = request.method or (operations.get_actions[request.action] and "GET" or "POST")
  return at_fault, why
end

local function classify(vendor_code)
  for _, entry in ipairs(operations.codes) do
    if vendor_code:find(entry[1]) then return entry[2] end
  end
  return "vendor"
end

-- The fields of an error answer, whatever the gateway that made it.
local function error_fields(answer)
  local body = answer.body
  if body then
    local denied = type(body.AccessDeniedDetail) == "table" and body.AccessDeniedDetail.AuthAction
    local code = encode.text(body.Code) or encode.text(body.code)
    return code, body.Message or body.message, denied
  end
  return answers.xml_field(answer.text, "Code"), answers.xml_field(answer.text, "Message")
end

local GOES_AGAIN = { throttled = true, clock_skew = true, replayed = true }

local function judge_error(answer)
  local vendor_code, text, denied = error_fields(answer)
  local server_side = answer.status >= 500
  if not vendor_code or vendor_code == "" then
    return answers.no_vendor_code(answer)
  end
  local code = classify(vendor_code)
  if code == "vendor" and answer.status == 429 then code = "throttled" end
  text = vendor_code .. ": " .. (encode.text(text) or "no message")
  if encode.text(denied) then
    text = text .. " (the account needs the RAM action " .. denied .. ")"
  end
  return {
    code = code, text = text, vendor_code = vendor_code,
    retryable = GOES_AGAIN[code] or server_side,
    maybe_executed = code == "replayed" or (server_side and not GOES_AGAIN[code]),
  }
end

--- What an answer means. A failure can sit inside HTTP 200: `RetCode` other than 0, `Status`
-- "fail".
-- @tparam table operation
-- @tparam table answer
-- @treturn table|nil failure
function aliyun.judge(operation, answer)
  local body = answer.body
  if answer.status < 200 or answer.status > 299 then return judge_error(answer) end
  if not body then return answers.no_success(answer, answer.why) end
  if body.RetCode ~= nil and not encode.is_finite(body.RetCode) then
    return answers.no_success(answer, "RetCode is no number")
  end
  local has_code = (body.RetCode or 0) ~= 0
  if has_code or body.Status == "fail" then
    return {
      code = "vendor", vendor_code = has_code and body.RetCode or body.Status,
      text = "the vendor reports a failure inside HTTP 200: "
        .. (has_code and "RetCode " .. encode.number(body.RetCode) or "Status fail") .. ": "
        .. (encode.text(body.Description) or encode.text(body.Message) or "no description"),
    }
  end
  if type(body.RequestId) ~= "string" then
    return answers.no_success(answer, "RequestId is missing")
  end
  for name, kind in pairs(operation.returns or {}) do
    if type(body[name]) ~= kind then
      return answers.no_success(answer, name .. " is missing or of another type")
    end
  end
end

return clients.publish(aliyun)
