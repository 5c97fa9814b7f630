-- The gateway of Alibaba Cloud: answers and errors in its shapes, and the checks that come before
-- an operation. An answer is { status, code, body = table, headers = { ... }, executed = boolean
-- }. Guess without a switch, since nothing depends on it: the order of the checks.

local answers = require "emulator.answers"
local codec = require "emulator.codec"
local facts = require "emulator.facts"
local parameters = require "emulator.parameters"
local settings = require "emulator.settings"
local shapes = require "emulator.shapes"
local state = require "emulator.state"
local verify = require "emulator.verify_aliyun"

local M = {}

local operations = {}
for _, module in ipairs { "emulator.aliyun_domains", "emulator.aliyun_ingest",
  "emulator.aliyun_tasks" } do
  for action, run in pairs(require(module)) do operations[action] = run end
end

function M.error(request, status, code, message)
  return {
    status = status, code = code, executed = false,
    body = {
      Code = code, Message = message, HostId = request.headers.host or "",
      RequestId = request.request_id,
      Recommend = "https://api.aliyun.com/troubleshoot?q=" .. code .. "&product=live",
    },
  }
end

function M.success(request, body)
  body.RequestId = body.RequestId or request.request_id
  return { status = 200, code = "OK", body = body, executed = true }
end

-- Guess throttling: no page of an operation names code and status of a refusal for its rate.
function M.throttled(request, wait_ms)
  local code, status = settings.get().throttling:match("^(%S+) (%d+)$")
  local answer = M.error(request, tonumber(status), code,
    "Request was denied due to user flow control.")
  if wait_ms then answer.headers = { ["x-acs-retry-after"] = string.format("%d", wait_ms) } end
  return answer
end

function M.expired(request)
  return M.error(request, 400, "InvalidTimeStamp.Expired",
    "Specified time stamp or date value is expired. It is not within 15 minutes of the server's "
    .. "time.")
end

-- Headers that every answer has. The date follows the shifted clock, so that a client can correct
-- its own.
function M.common_headers(request)
  return {
    ["x-acs-request-id"] = request.request_id,
    Date = ngx.http_time(math.floor(settings.vendors_now())),
  }
end

function M.prepare(request) request.request_id = codec.uuid():upper() end

local function echo(request)
  return M.success(request, {
    Method = request.method, Query = request.query_map, Form = request.form_map,
    Body = request.body,
  })
end

-- Names of the signature: in the headers with V3, among the parameters with V1.
local COMMON = {
  AccessKeyId = true, Action = true, Format = true, SecurityToken = true, Signature = true,
  SignatureMethod = true, SignatureNonce = true, SignatureVersion = true, Timestamp = true,
  Version = true,
}

local function check_method(request, operation)
  local methods = operation.methods or { operation.method }
  for _, method in ipairs(methods) do
    if method == request.method then return nil end
  end
  return M.error(request, 400, "UnsupportedHTTPMethod",
    "This http method is not supported. Allowed: " .. table.concat(methods, "|") .. ".")
end

local function check_rate(request, operation)
  local wait = facts.wait_for("aliyun", request.action, operation.rate)
  return wait and M.throttled(request, math.ceil(wait * 1000))
end

local function ill_formed(request, name, why)
  return M.error(request, 400, "InvalidParameter",
    "The parameter " .. name .. " is invalid: " .. why .. ".")
end

local function check_parameters(request, operation)
  local name, why = parameters.check(operation, request, COMMON, 1)
  if why == "missing" then
    return M.error(request, 400, "MissingParameter",
      "The input parameter " .. name .. " that is mandatory for processing this request is not "
      .. "supplied.")
  end
  return name and ill_formed(request, name, why)
end

-- Domains under .invalid belong to nobody.
local function check_domain(request)
  local domain = request.params.DomainName or request.params.Domain
  if domain and domain:find("%.invalid$") then
    return M.error(request, 404, "InvalidDomain.NotFound",
      "The domain " .. domain .. " does not exist.")
  end
end

-- What a test has set for this action: a body, or a JSON text that is sent as it is.
local function given(request, operation)
  local body, status, why = answers.take(request, operation)
  if type(body) == "string" then
    return { status = status, code = "given", raw = body, executed = true }
  elseif body then
    local answer = M.success(request, body)
    answer.status, answer.code = status, body.Code or answer.code
    answer.executed = status == 200
    return answer
  elseif status then
    return ill_formed(request, status, why)
  end
end

-- A model gets the decoded parameters and returns a body, or nil, code, message[, status].
local function execute(request, operation)
  local run = operations[request.action]
  if not run then return M.success(request, shapes.plain(operation.answer or {})) end
  local body, code, message, status = state.locked(run, request.params)
  if not body then return M.error(request, status or 400, code, message) end
  local answer = M.success(request, body)
  if (body.RetCode or 0) ~= 0 then answer.executed, answer.code = false, body.RetCode end
  return answer
end

-- Whether the request is authentic: nil, or the answer that refuses it.
function M.verify(request, entry)
  local refused = verify.check(request, entry)
  return refused and M.error(request, unpack(refused))
end

function M.handle(request)
  local action = request.action or ""
  if request.path ~= "/" then
    return M.error(request, 404, "InvalidAction.NotFound",
      "The path " .. request.path .. " does not exist.")
  elseif action:find("^Echo") then
    return echo(request)
  end
  local operation = facts.aliyun[action]
  if not operation then
    return M.error(request, 404, "InvalidAction.NotFound",
      "Specified api is not found, please check your url and method.")
  end
  local refused = check_method(request, operation) or check_rate(request, operation)
    or check_parameters(request, operation)
  request.fits = not refused
  return refused or check_domain(request) or given(request, operation)
    or execute(request, operation)
end

return M
