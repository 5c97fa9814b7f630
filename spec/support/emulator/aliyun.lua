-- The gateway of Alibaba Cloud (model/aliyun.lua) with signatures, strict parameters, the answers
-- that a test has set, and an echo.

local answers = require "spec.support.emulator.answers"
local model = require "spec.support.model.aliyun"
local parameters = require "spec.support.emulator.parameters"
local verify = require "spec.support.emulator.verify_aliyun"

local M = setmetatable({}, { __index = model })

for action, run in pairs(require "spec.support.emulator.aliyun_domains") do
  model.operations[action] = run
end

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

local function ill_formed(request, _, name, why)
  return M.error(request, 400, "InvalidParameter",
    "The parameter " .. name .. " is invalid: " .. why .. ".")
end

function model.check_parameters(request, operation)
  local name, why = parameters.check(operation, request, COMMON)
  if why == "missing" then
    return M.error(request, 400, "MissingParameter",
      "The input parameter " .. name .. " that is mandatory for processing this request is not "
      .. "supplied.")
  end
  return name and ill_formed(request, operation, name, why)
end

local function wrap(request, body, status)
  local answer = M.success(request, body)
  answer.status, answer.code = status, body.Code or answer.code
  answer.executed = status == 200
  return answer
end

function model.given(request, operation)
  return answers.take(request, operation, wrap, ill_formed)
end

-- Whether the request is authentic: nil, or the answer that refuses it.
function M.verify(request, entry) return M.refuse(request, verify.check(request, entry)) end

function M.handle(request)
  if request.path ~= "/" then
    return M.error(request, 404, "InvalidAction.NotFound",
      "The path " .. request.path .. " does not exist.")
  elseif (request.action or ""):find("^Echo") then
    return echo(request)
  end
  return model.run(request)
end

return M
