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
local function error_fields(answer)
  local body = answer.body
  if body then
    local denied = type(body.AccessDeniedDetail) == "table" and body.AccessDeniedDetail.AuthAction
    local code = encode.text(body.Code) or encode.text(body.code)
    return code, body.Message or body.message, denied
  end
  return answers.xml_field(answer.text, "Code"), answers.xml_field(answer.text, "Message")
end

local NONE = {}

local GOES_AGAIN = { throttled = true, clock_skew = true, replayed = true }

local function judge_error(answer)
  local vendor_code, text, denied = error_fields(answer)
  local server_side = answer.status >= 500
  if not vendor_code or vendor_code == "" then
    return answers.no_vendor_code(answer)
  end
  local code = classify(vendor_code)
  if code == "vendor" and answer.status == 429 then code = "throttled" end
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
-- @tparam table answer see @{streamctl.call.answer}
-- @treturn table|nil failure, see @{streamctl.call}
return function(operation, answer)
  local body = answer.body
  if answer.status < 200 or answer.status > 299 then return judge_error(answer) end
  if not body then return answers.no_success(answer, answer.why) end
  if body.RetCode ~= nil and not encode.is_finite(body.RetCode) then
    return answers.no_success(answer, "RetCode is no number")
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
    return answers.no_success(answer, "RequestId is missing")
  end
  for name, kind in pairs(operation.returns or NONE) do
    if type(body[name]) ~= kind then
      return answers.no_success(answer, name .. " is missing or of another type")
    end
  end
end
