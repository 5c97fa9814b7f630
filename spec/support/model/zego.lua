-- ZEGO's gateway: envelope, order of checks, IsTest and the documented rates. Answers are as in
-- aliyun.lua; `code` is the Code inside.

local facts = require "spec.support.model.facts"
local memory = require "spec.support.model.memory"
local rates = require "spec.support.model.rates"
local shapes = require "spec.support.model.shapes"

local M = { operations = require "spec.support.model.zego_streams" }

local WINDOW = 10 * 60
local EXPIRED = { 100000004, "signature expired" }

-- The codes for a request above the rate, by group: each has a table of its own.
local THROTTLED = {
  room = 206, ["stream-mixing"] = 110200194, cdn = 6, ["cloud-player"] = 350006001,
  ["cloud-recording"] = 300000003,
}
local THROTTLED_ROOM = 207

-- Guess error_status: the samples show failures with HTTP 200 and no page says that it is always
-- so. Guess without a switch, since nothing depends on it: the order of the checks.
function M.answer(request, code, message, data, executed)
  local fine = code == 0 or executed
  return {
    status = fine and 200 or tonumber(memory.config().error_status), code = code,
    executed = executed or false,
    body = { Code = code, Message = message, RequestId = request.request_id, Data = data },
  }
end

function M.error(request, code, message) return M.answer(request, code, message) end

function M.success(request, data) return M.answer(request, 0, "success", data, true) end

function M.throttled(request)
  local operation = facts.zego[request.action]
  return M.error(request, operation and THROTTLED[operation.group] or 30002,
    "request frequency limited")
end

-- Nil, or the answer for a check that returned the arguments of `error`.
function M.refuse(request, refusal) return refusal and M.error(request, refusal[1], refusal[2]) end

function M.expired(request) return M.refuse(request, EXPIRED) end

-- Headers that every answer has.
function M.common_headers() return { Date = memory.date() } end

function M.check_time(request)
  local text = request.params.Timestamp or ""
  -- Seconds have ten digits until 2286; thirteen are milliseconds.
  if #text > 10 or not text:find("^%d+$") then
    return { 100000003, "timestamp format error" }
  end
  return math.abs(memory.now() - tonumber(text)) > WINDOW and EXPIRED or nil
end

-- Guess repeated_nonce: no page says whether a nonce is refused that was seen before.
function M.check_nonce(request)
  local params = request.params
  local nonce = "zego/" .. (params.AppId or "") .. "/" .. (params.SignatureNonce or "")
  request.nonce_reused = not memory.is_first(nonce, WINDOW) or nil
  return request.nonce_reused and memory.config().repeated_nonce == "refused"
    and { 100000005, "signature error" } or nil
end

local function check_rate(request, operation, is_test)
  local pool = is_test and "test" or "production"
  local rate = is_test and operation.test_rate or operation.rate
  if rates.wait_for("zego", request.action, rate, pool) then return M.throttled(request) end
  local room = "room " .. (request.params.RoomId or "")
  if rates.wait_for("zego", request.action, operation.room_rate, room) then
    return M.error(request, THROTTLED_ROOM, "request frequency of the room limited")
  end
end

local function execute(request, operation, is_test)
  local run = M.operations[request.action]
  if not run then return M.success(request, operation.answer and shapes.plain(operation.answer)) end
  local code, message, data = memory.locked(run, request, is_test)
  local executed = not request.violation and (code == 0 or code == 41004 or code == 41006)
  return M.answer(request, code, message, data, executed)
end

-- The emulator puts in a check of parameters, and the answers that a test has set.
function M.check_parameters() end
function M.given() end

-- A request that is authentic. A product knows its own actions only; the address that stands for
-- all of them, and has no `product`, knows all.
function M.run(request)
  local operation = facts.zego[request.action]
  if not operation or (request.product or operation.host) ~= operation.host then
    return M.error(request, 100000007, "action not found")
  elseif operation.method ~= request.method then
    return M.error(request, 2, "this action takes " .. operation.method)
  end
  local is_test = (request.params.IsTest or "false"):lower()
  if is_test ~= "true" and is_test ~= "false" then
    return M.error(request, 30004, "IsTest must be true or false")
  end
  is_test = is_test == "true"
  local refused = check_rate(request, operation, is_test) or M.check_parameters(request, operation)
  request.fits = not refused
  return refused or M.given(request, operation) or execute(request, operation, is_test)
end

-- A request whose signature nobody checks.
function M.handle(request)
  return M.refuse(request, M.check_time(request) or M.check_nonce(request)) or M.run(request)
end

return M
