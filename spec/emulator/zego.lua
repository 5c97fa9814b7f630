-- luacheck: std luajit+ngx_lua

-- ZEGO's gateway: envelope, order of checks, IsTest and the documented rates. Answers are as in
-- aliyun.lua; `code` is the Code inside.

local catalogue = require "emulator.zego_catalogue"
local codec = require "emulator.codec"
local json = require "emulator.json"
local operations = require "emulator.zego_streams"
local rates = require "emulator.rates"
local settings = require "emulator.settings"
local state = require "emulator.state"
local verify = require "emulator.verify_zego"

local M = {}

-- A number beyond 2^53: as text, or bare to see whether a client keeps its digits.
local function request_id(request)
  if settings.get().request_id == "number" then
    return json.raw(request.request_id)
  end
  return request.request_id
end

-- Guess error_status: the samples show failures with HTTP 200 and no page says that it is always
-- so. Guess without a switch, since nothing depends on it: the order of the checks.
local function answer(request, code, message, data, executed)
  local fine = code == 0 or executed
  return {
    status = fine and 200 or tonumber(settings.get().error_status), code = code,
    executed = executed or false,
    body = { Code = code, Message = message, RequestId = request_id(request), Data = data },
  }
end

function M.error(request, code, message)
  return answer(request, code, message)
end

function M.success(request, data)
  return answer(request, 0, "success", data, true)
end

function M.throttled(request)
  return answer(request, 30002, "request frequency limited")
end

function M.expired(request)
  return answer(request, 100000004, "signature expired")
end

function M.common_headers()
  return { Date = ngx.http_time(math.floor(codec.now() + settings.get().clock_offset)) }
end

function M.prepare(request)
  request.request_id = codec.random_digits(19)
end

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
  if text == "true" or text == "false" then
    return true, text == "true"
  end
end

local function check_body(request, row)
  if row.method ~= "POST" then
    return nil
  end
  local body = json.decode(request.body)
  local content_type = request.headers["content-type"] or ""
  if type(body) ~= "table" or not content_type:find("application/json", 1, true) then
    return M.error(request, 2, "the body must be a JSON object with Content-Type application/json")
  end
end

local function check_required(request, row)
  for _, name in ipairs(row.required) do
    if (request.params[name] or "") == "" then
      -- A stream or a list of streams has a code of its own.
      local code = name == "StreamId" and 30009 or name == "StreamId[]" and 30006 or 2
      return M.error(request, code, "parameter " .. name .. " is missing")
    end
  end
end

local function execute(request, is_test)
  local run = operations[request.action]
  if not run then
    return M.success(request, nil)
  end
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
  if action:find("^Echo") then
    return echo(request)
  end
  local row = catalogue[action]
  if not row then
    return M.error(request, 100000007, "action not found")
  elseif row.method ~= request.method then
    return M.error(request, 2, "this action takes " .. row.method)
  end
  local known, is_test = read_is_test(request.params)
  if not known then
    return M.error(request, 30004, "IsTest must be true or false")
  end
  local rate = is_test and row.test_rate or row.rate
  if rates.check("zego", action, rate, 1, is_test and "test" or "production") then
    return M.throttled(request)
  end
  return check_body(request, row) or check_required(request, row) or execute(request, is_test)
end

return M
