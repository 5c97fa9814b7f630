-- luacheck: std luajit+ngx_lua

-- The gateway of Alibaba Cloud: answers and errors in its shapes, and the checks that come before
-- an operation. An answer is { status, code, body = table, headers = { ... }, executed = boolean
-- }. Guess without a switch, since nothing depends on it: the order of the checks.

local catalogue = require "emulator.aliyun_catalogue"
local codec = require "emulator.codec"
local rates = require "emulator.rates"
local settings = require "emulator.settings"
local state = require "emulator.state"
local verify = require "emulator.verify_aliyun"

local M = {}

local operations = {}
for _, module in ipairs { "emulator.aliyun_ingest", "emulator.aliyun_tasks" } do
  for action, run in pairs(require(module)) do
    operations[action] = run
  end
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
  body.RequestId = request.request_id
  return { status = 200, code = "OK", body = body, executed = true }
end

-- Guess throttling: no page of an operation names code and status of a refusal for its rate.
function M.throttled(request, wait_ms)
  local code, status = settings.get().throttling:match("^(%S+) (%d+)$")
  local answer = M.error(request, tonumber(status), code,
    "Request was denied due to user flow control.")
  if wait_ms then
    answer.headers = { ["x-acs-retry-after"] = string.format("%d", wait_ms) }
  end
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
    Date = ngx.http_time(math.floor(codec.now() + settings.get().clock_offset)),
  }
end

function M.prepare(request)
  request.request_id = codec.uuid():upper()
end

local function echo(request)
  return M.success(request, {
    Method = request.method, Query = request.query_map, Form = request.form_map,
    Body = request.body,
  })
end

-- A list may arrive as Name.1, Name.2, ...
local function is_present(request, name)
  if request.params[name] then
    return request.params[name] ~= ""
  end
  for _, pair in ipairs(request.list) do
    if pair[1]:sub(1, #name + 1) == name .. "." then
      return true
    end
  end
  return false
end

local function check_row(request, row)
  local allowed = "|" .. row.methods .. "|"
  if not allowed:find("|" .. request.method .. "|", 1, true) then
    return M.error(request, 400, "UnsupportedHTTPMethod",
      "This http method is not supported. Allowed: " .. row.methods .. ".")
  end
  local wait = rates.check("aliyun", request.action, row.rate, row.window)
  if wait then
    return M.throttled(request, math.ceil(wait * 1000))
  end
  for _, name in ipairs(row.required) do
    if not is_present(request, name) then
      return M.error(request, 400, "MissingParameter",
        "The input parameter " .. name .. " that is mandatory for processing this request is not "
        .. "supplied.")
    end
  end
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
local function execute(request)
  local run = operations[request.action]
  if not run then
    return M.success(request, {})
  end
  local body, code, message, status = state.locked(run, request.params)
  if not body then
    return M.error(request, status or 400, code, message)
  end
  local answer = M.success(request, body)
  if (body.RetCode or 0) ~= 0 then
    answer.executed, answer.code = false, body.RetCode
  end
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
  local row = catalogue[action]
  if not row then
    return M.error(request, 404, "InvalidAction.NotFound",
      "Specified api is not found, please check your url and method.")
  end
  return check_row(request, row) or check_domain(request) or execute(request)
end

return M
