-- The gateway of Alibaba Cloud: answers and errors in its shapes, and the checks that come before
-- an operation. An answer is { status, code, body = table, headers = { ... }, executed = boolean
-- }. Guess without a switch, since nothing depends on it: the order of the checks.

local facts = require "spec.support.model.facts"
local memory = require "spec.support.model.memory"
local rates = require "spec.support.model.rates"
local shapes = require "spec.support.model.shapes"

local M = { operations = {} }

for _, module in ipairs { "spec.support.model.aliyun_ingest", "spec.support.model.aliyun_tasks" } do
  for action, run in pairs(require(module)) do M.operations[action] = run end
end

local unpack = table.unpack or unpack -- luacheck: ignore
local WINDOW = 15 * 60
local EXPIRED = { 400, "InvalidTimeStamp.Expired",
  "Specified time stamp or date value is expired. It is not within 15 minutes of the server's time."
}

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
  local code, status = memory.config().throttling:match("^(%S+) (%d+)$")
  local answer = M.error(request, tonumber(status), code,
    "Request was denied due to user flow control.")
  if wait_ms then answer.headers = { ["x-acs-retry-after"] = ("%d"):format(wait_ms) } end
  return answer
end

-- Nil, or the answer for a check that returned the arguments of `error`.
function M.refuse(request, refusal) return refusal and M.error(request, unpack(refusal)) end

function M.expired(request) return M.refuse(request, EXPIRED) end

-- Headers that every answer has.
function M.common_headers(request)
  return { ["x-acs-request-id"] = request.request_id, Date = memory.date() }
end

function M.check_time(request)
  local unix = memory.parse_time(request.headers["x-acs-date"] or request.params.Timestamp)
  if not unix then
    return { 400, "InvalidTimeStamp.Format",
      "Specified time stamp or date value is not well formatted." }
  end
  return math.abs(memory.now() - unix) > WINDOW and EXPIRED or nil
end

function M.check_nonce(request)
  local headers, params = request.headers, request.params
  local key = (headers.authorization or ""):match("Credential=([^,]+)") or params.AccessKeyId
  local nonce = headers["x-acs-signature-nonce"] or params.SignatureNonce
  if memory.is_first("aliyun/" .. (key or "") .. "/" .. (nonce or ""), WINDOW) then return nil end
  return { 400, "SignatureNonceUsed", "Specified signature nonce was used already." }
end

local function check_method(request, operation)
  local methods = operation.methods or { operation.method }
  for _, method in ipairs(methods) do
    if method == request.method then return nil end
  end
  return M.error(request, 400, "UnsupportedHTTPMethod",
    "This http method is not supported. Allowed: " .. table.concat(methods, "|") .. ".")
end

local function check_rate(request, operation)
  local wait = rates.wait_for("aliyun", request.action, operation.rate)
  return wait and M.throttled(request, math.ceil(wait * 1000))
end

-- Domains under .invalid belong to nobody.
local function check_domain(request)
  local domain = request.params.DomainName or request.params.Domain
  if domain and domain:find("%.invalid$") then
    return M.error(request, 404, "InvalidDomain.NotFound",
      "The domain " .. domain .. " does not exist.")
  end
end

-- An operation gets the decoded parameters and returns a body, or nil, code, message[, status].
local function execute(request, operation)
  local run = M.operations[request.action]
  if not run then return M.success(request, shapes.plain(operation.answer or {})) end
  local body, code, message, status = memory.locked(run, request.params)
  if not body then return M.error(request, status or 400, code, message) end
  local answer = M.success(request, body)
  if (body.RetCode or 0) ~= 0 then answer.executed, answer.code = false, body.RetCode end
  return answer
end

-- The emulator puts in a check of parameters, and the answers that a test has set.
function M.check_parameters() end
function M.given() end

-- A request that is authentic.
function M.run(request)
  local operation = facts.aliyun[request.action]
  if not operation then
    return M.error(request, 404, "InvalidAction.NotFound",
      "Specified api is not found, please check your url and method.")
  end
  local refused = check_method(request, operation) or check_rate(request, operation)
    or M.check_parameters(request, operation)
  request.fits = not refused
  return refused or check_domain(request) or M.given(request, operation)
    or execute(request, operation)
end

-- A request whose signature nobody checks.
function M.handle(request)
  return M.refuse(request, M.check_time(request) or M.check_nonce(request)) or M.run(request)
end

return M
