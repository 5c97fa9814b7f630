--- What an answer of Alibaba Cloud means.
-- @module streamctl.aliyun.judge

local answers = require "streamctl.call.answer"
local encode = require "streamctl.call.encode"
local operations = require "streamctl.aliyun.operations"

local function classify(vendor_code)
  for _, entry in ipairs(operations.codes) do
    if vendor_code:find(entry[1]) then return entry[2] end
  end
  return "vendor"
end

-- The fields of an error answer, whatever the gateway that made it.
local function error_fields(result, body)
  if body then
    local denied = type(body.AccessDeniedDetail) == "table" and body.AccessDeniedDetail.AuthAction
    local code = encode.text(body.Code) or encode.text(body.code)
    return code, body.Message or body.message, denied
  end
  local text = result.body or ""
  return answers.xml_field(text, "Code"), answers.xml_field(text, "Message")
end

local NONE = {}

local GOES_AGAIN = { throttled = true, clock_skew = true, replayed = true }

local function judge_error(result, body)
  local vendor_code, text, denied = error_fields(result, body)
  local status = result.http_status
  local server_side = status >= 500
  if not vendor_code or vendor_code == "" then
    return answers.no_vendor_code(result)
  end
  local code = classify(vendor_code)
  if code == "vendor" and status == 429 then code = "throttled" end
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

--- Judges an answer. A failure can sit inside HTTP 200: `RetCode` other than 0, `Status` "fail".
-- @function judge
-- @tparam table operation
-- @tparam table result of the transport
-- @tparam table|nil body decoded
-- @tparam string|nil why there is none
-- @treturn table|nil failure, see @{streamctl.call}
return function(operation, result, body, why)
  local status = result.http_status
  if status < 200 or status > 299 then return judge_error(result, body) end
  if not body then return answers.no_success(result, why) end
  if body.RetCode ~= nil and not encode.is_finite(body.RetCode) then
    return answers.no_success(result, "RetCode is no number")
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
  if type(body.RequestId or body.requestId) ~= "string" then -- a few operations write it small
    return answers.no_success(result, "RequestId is missing")
  end
  for name, kind in pairs(operation.returns or NONE) do
    if type(body[name]) ~= kind then
      return answers.no_success(result, name .. " is missing or of another type")
    end
  end
end
