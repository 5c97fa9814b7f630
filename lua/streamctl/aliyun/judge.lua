--- What an answer of Alibaba Cloud means.
-- @module streamctl.aliyun.judge

local encode = require "streamctl.call.encode"
local failures = require "streamctl.call.failures"
local refusal = require "streamctl.aliyun.refusal"

-- Codes of a success.
local FINE = { ["0"] = true, ["200"] = true, OK = true, ok = true, Success = true, success = true }

-- Whether a 200 holds the vendor's error body.
local function is_refused(operation, body)
  if body.Success == false or body.Success == "false" then return true end
  local code = encode.text(body.Code) or encode.text(body.code) or ""
  return code ~= "" and not FINE[code] and operation.answers ~= true
end

--- Judges an answer. A failure can sit inside HTTP 200: the body of an error (`Code`, `Success`
-- false), `RetCode` other than 0, `Status` "fail".
-- @function judge
-- @tparam table operation
-- @tparam table result of the transport
-- @tparam table|nil body decoded
-- @tparam string|nil why there is none
-- @treturn table|nil failure, see @{streamctl.call}
return function(operation, result, body, why)
  local status = result.http_status
  if status < 200 or status > 299 then return refusal(result, body) end
  if not body then return failures.no_success(result, why) end
  local may_refuse = body.Code ~= nil or body.code ~= nil or body.Success ~= nil
  if may_refuse and is_refused(operation, body) then
    return refusal(result, body)
  end
  if body.RetCode ~= nil and not encode.is_finite(body.RetCode) then
    return failures.no_success(result, "RetCode is no number")
  end
  local answers = operation.answers
  local has_code = (body.RetCode or 0) ~= 0
    and not (type(answers) == "table" and answers[body.RetCode])
  if has_code or body.Status == "fail" then
    return {
      code = "vendor", vendor_code = has_code and body.RetCode or body.Status,
      text = "the vendor reports a failure inside HTTP 200: "
        .. (has_code and "RetCode " .. encode.number(body.RetCode) or "Status fail") .. ": "
        .. (encode.text(body.Description) or encode.text(body.Message) or "no description"),
    }
  end
  if type(body.RequestId or body.requestId) ~= "string" then -- a few operations write it small
    return failures.no_success(result, "RequestId is missing")
  end
  if not operation.returns then return nil end
  for name, kind in pairs(operation.returns) do
    if type(body[name]) ~= kind then
      return failures.no_success(result, name .. " is missing or of another type")
    end
  end
end
