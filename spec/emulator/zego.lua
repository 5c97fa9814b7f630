-- ZEGO's gateway: envelope, order of checks, IsTest and the documented rates. Answers are as in
-- aliyun.lua; `code` is the Code inside.

local answers = require "emulator.answers"
local codec = require "emulator.codec"
local facts = require "emulator.facts"
local json = require "emulator.json"
local parameters = require "emulator.parameters"
local settings = require "emulator.settings"
local shapes = require "emulator.shapes"
local state = require "emulator.state"
local verify = require "emulator.verify_zego"

local M = {}

local operations = require "emulator.zego_streams"

-- The codes for an ill-formed parameter and for a request above the rate, by group: each has a
-- table of its own.
local ILL_FORMED = {
  ["stream-mixing"] = 110200002, ["cloud-player"] = 350006003, ["cloud-recording"] = 300000004,
  scene = 340006003,
}
local THROTTLED = {
  room = 206, ["stream-mixing"] = 110200194, cdn = 6, ["cloud-player"] = 350006001,
  ["cloud-recording"] = 300000003,
}
local THROTTLED_ROOM = 207

-- Guess error_status: the samples show failures with HTTP 200 and no page says that it is always
-- so. Guess without a switch, since nothing depends on it: the order of the checks.
local function answer(request, code, message, data, executed)
  local fine = code == 0 or executed
  return {
    status = fine and 200 or tonumber(settings.get().error_status), code = code,
    executed = executed or false,
    body = { Code = code, Message = message, RequestId = request.request_id, Data = data },
  }
end

function M.error(request, code, message) return answer(request, code, message) end

function M.success(request, data) return answer(request, 0, "success", data, true) end

function M.throttled(request)
  local operation = facts.zego[request.action]
  return answer(request, operation and THROTTLED[operation.group] or 30002,
    "request frequency limited")
end

function M.expired(request) return answer(request, 100000004, "signature expired") end

function M.common_headers() return { Date = ngx.http_time(math.floor(settings.vendors_now())) } end

function M.prepare(request) request.request_id = codec.random_digits(19) end

local function echo(request)
  local args, order = {}, json.array {}
  for i, pair in ipairs(request.query) do
    args[pair[1]] = args[pair[1]] or json.array {}
    table.insert(args[pair[1]], pair[2])
    order[i] = pair[3]
  end
  return M.success(request,
    { Method = request.method, Args = args, Order = order, Body = request.body })
end

-- IsTest is text in any case; nil when it is neither true nor false.
local function read_is_test(params)
  local text = (params.IsTest or "false"):lower()
  if text == "true" or text == "false" then return true, text == "true" end
end

local COMMON = {
  Action = true, AppId = true, IsTest = true, Signature = true, SignatureNonce = true,
  SignatureVersion = true, Timestamp = true,
}

local function check_rate(request, operation, is_test)
  local pool = is_test and "test" or "production"
  local rate = is_test and operation.test_rate or operation.rate
  if facts.wait_for("zego", request.action, rate, pool) then return M.throttled(request) end
  local room = "room " .. (request.params.RoomId or "")
  if facts.wait_for("zego", request.action, operation.room_rate, room) then
    return M.error(request, THROTTLED_ROOM, "request frequency of the room limited")
  end
end

local function check_content_type(request, operation)
  local content_type = request.headers["content-type"] or ""
  if operation.body == "json" and not content_type:find("application/json", 1, true) then
    return M.error(request, ILL_FORMED[operation.group] or 2,
      "the body must be a JSON object with Content-Type application/json")
  end
end

local function ill_formed(request, operation, name, why)
  -- In this group a stream, or a list of streams, has a code of its own.
  local streams = why == "missing" and operation.group == "media-service"
    and { StreamId = operation.by_wire.StreamId and 30009 or 30006 } or {}
  return M.error(request, streams[name] or ILL_FORMED[operation.group] or 2,
    "parameter " .. name .. " is " .. why)
end

local function check_parameters(request, operation)
  local name, why = parameters.check(operation, request, COMMON, 0)
  return name and ill_formed(request, operation, name, why)
end

-- What a test has set for this action: an envelope, or a JSON text that is sent as it is.
local function given(request, operation)
  local body, status, why = answers.take(request, operation)
  if type(body) == "string" then
    return { status = status, code = "given", raw = body, executed = true }
  elseif body then
    local code = body.Code or 0
    local result = answer(request, code, "success", nil, code == 0)
    for name, value in pairs(body) do result.body[name] = value end
    return result
  elseif status then
    return ill_formed(request, operation, status, why)
  end
end

local function execute(request, operation, is_test)
  local run = operations[request.action]
  if not run then return M.success(request, operation.answer and shapes.plain(operation.answer)) end
  local code, message, data = state.locked(run, request, is_test)
  local executed = not request.violation and (code == 0 or code == 41004 or code == 41006)
  return answer(request, code, message, data, executed)
end

function M.verify(request, entry)
  -- Headers carry no action here.
  request.action = request.params.Action
  local refused = verify.check(request, entry)
  return refused and M.error(request, unpack(refused))
end

function M.handle(request)
  local action = request.action
  if action:find("^Echo") then return echo(request) end
  local operation = facts.zego[action]
  -- A product knows its own actions only; the address that stands for all of them knows all.
  if not operation or (ngx.var.product ~= "" and ngx.var.product ~= operation.host) then
    return M.error(request, 100000007, "action not found")
  elseif operation.method ~= request.method then
    return M.error(request, 2, "this action takes " .. operation.method)
  end
  local known, is_test = read_is_test(request.params)
  if not known then return M.error(request, 30004, "IsTest must be true or false") end
  local refused = check_rate(request, operation, is_test) or check_content_type(request, operation)
    or check_parameters(request, operation)
  request.fits = not refused
  return refused or given(request, operation) or execute(request, operation, is_test)
end

return M
