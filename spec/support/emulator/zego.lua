-- ZEGO's gateway (model/zego.lua) with signatures, strict parameters, the answers that a test has
-- set, and an echo.

local answers = require "spec.support.emulator.answers"
local json = require "spec.support.model.json"
local model = require "spec.support.model.zego"
local parameters = require "spec.support.emulator.parameters"
local verify = require "spec.support.emulator.verify_zego"

local M = setmetatable({}, { __index = model })

-- The codes for an ill-formed parameter, by group: each has a table of its own.
local ILL_FORMED = {
  ["stream-mixing"] = 110200002, ["cloud-player"] = 350006003, ["cloud-recording"] = 300000004,
  scene = 340006003,
}

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

local COMMON = {
  Action = true, AppId = true, IsTest = true, Signature = true, SignatureNonce = true,
  SignatureVersion = true, Timestamp = true,
}

local function ill_formed(request, operation, name, why)
  -- In this group a stream, or a list of streams, has a code of its own.
  local streams = why == "missing" and operation.group == "media-service"
    and { StreamId = operation.by_wire.StreamId and 30009 or 30006 } or {}
  return M.error(request, streams[name] or ILL_FORMED[operation.group] or 2,
    "parameter " .. name .. " is " .. why)
end

function model.check_parameters(request, operation)
  local content_type = request.headers["content-type"] or ""
  if operation.body == "json" and not content_type:find("application/json", 1, true) then
    return M.error(request, ILL_FORMED[operation.group] or 2,
      "the body must be a JSON object with Content-Type application/json")
  end
  local name, why = parameters.check(operation, request, COMMON)
  return name and ill_formed(request, operation, name, why)
end

local function wrap(request, body)
  local code = body.Code or 0
  local answer = M.answer(request, code, "success", nil, code == 0)
  for name, value in pairs(body) do answer.body[name] = value end
  return answer
end

function model.given(request, operation)
  return answers.take(request, operation, wrap, ill_formed)
end

-- Whether the request is authentic: nil, or the answer that refuses it.
function M.verify(request, entry) return M.refuse(request, verify.check(request, entry)) end

function M.handle(request)
  return request.action:find("^Echo") and echo(request) or model.run(request)
end

return M
