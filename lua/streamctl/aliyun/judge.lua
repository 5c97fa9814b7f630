-- Judges answers of Alibaba Cloud: success, or a failure with one of our codes.

local answers = require "streamctl.call.answer"
local encode = require "streamctl.base.encode"
local failures = require "streamctl.call.failure"
local set_of = require("streamctl.base.options").set_of

local judge = {}

-- Our codes, each with Lua patterns of the vendor's codes; the first match wins. Any other code is
-- "vendor".
local CODES = {
  { "throttled", "Throttling" }, { "clock_skew", "^InvalidTimeStamp%.Expired$" },
  { "replayed", "^SignatureNonceUsed$" },
  { "signature", "^SignatureDoesNotMatch$", "^IncompleteSignature$" },
  { "credentials", "^InvalidAccessKeyId", "^MissingSecurityToken$", "^InvalidSecurityToken" },
  { "access_denied", "^Forbidden", "^NoPermission" },
  { "not_found", "%.NotFound$", "^CodeTaskNotExist$" },
  { "conflict", "^ConfigAlreadyExists$", "^CodeConfigAlreadyExists$" },
}

local function classify(vendor_code, status)
  for _, entry in ipairs(CODES) do
    for i = 2, #entry do
      if vendor_code:find(entry[i]) then return entry[1] end
    end
  end
  return status == 429 and "throttled" or "vendor"
end

-- Returns code, message and denied RAM action, in the forms of all the vendor's gateways.
local function error_fields(result, body)
  if body then
    local denied = type(body.AccessDeniedDetail) == "table" and body.AccessDeniedDetail.AuthAction
    local code = encode.text(body.Code) or encode.text(body.code)
    return code, body.Message or body.message, denied
  end
  local text = result.body or ""
  return answers.xml_field(text, "Code"), answers.xml_field(text, "Message")
end

-- Makes the failure of an unsuccessful HTTP status, or of an error's body inside HTTP 200.
function judge.refusal(result, body)
  local vendor_code, text, denied = error_fields(result, body)
  local status = result.http_status
  if vendor_code == "" then vendor_code = nil end
  local is_inside = status <= 299 -- the call may have been executed all the same
  if not vendor_code and not is_inside then return failures.no_vendor_code(result) end
  text = (vendor_code or "Success is false") .. ": " .. (encode.text(text) or "no message")
  if is_inside then text = "the vendor reports a failure inside HTTP 200: " .. text end
  if encode.text(denied) then
    text = text .. " (the account needs the RAM action " .. denied .. ")"
  end
  local code = vendor_code or "" -- these usually come with a status 5xx:
  local is_of_server = code:find "^InternalError" or code:find "^Service[Uu]n[Aa]vailable"
  return failures.new(classify(code, status), text, {
    vendor_code = vendor_code, maybe_sent = is_inside or nil,
    passing = status >= 500 or is_inside and is_of_server ~= nil,
  })
end

-- Whether a refusal may be about a single item of a list: "InvalidParameter" and its kin, or
-- "InvalidRecordId.Malformed" for the list RecordId.
function judge.is_about_one(operation, err)
  local code, name = tostring(err.vendor_code), operation.list:gsub("s$", "")
  return code:find("^InvalidParam") ~= nil or code:find("^Invalid" .. name) ~= nil
end

local FINE = set_of { "", "0", "200", "OK", "ok", "Success", "success" }

-- Whether a 200 holds the vendor's error body.
local function is_refused(operation, body)
  if body.Success == false or body.Success == "false" then return true end
  local code = encode.text(body.Code) or encode.text(body.code) or ""
  return not FINE[code] and operation.answers ~= true
end

-- Makes the failure of a RetCode, or of the Status "fail"; or nil.
local function inner_failure(operation, result, body)
  local code, accepted = body.RetCode, operation.answers
  if code ~= nil and not encode.is_finite(code) then
    return failures.no_success(result, "RetCode is no number")
  end
  local has_code = (code or 0) ~= 0 and not (type(accepted) == "table" and accepted[code])
  if not has_code and body.Status ~= "fail" then return nil end
  return failures.new("vendor", "the vendor reports a failure inside HTTP 200: "
    .. (has_code and "RetCode " .. encode.number(code) or "Status fail") .. ": "
    .. (encode.text(body.Description) or encode.text(body.Message) or "no description"),
    { vendor_code = has_code and code or body.Status })
end

-- Returns the failure of an answer, or nil; `why` says why the body could not be decoded. HTTP 200
-- may hold a failure: an error's body (`Code`, `Success` false), a `RetCode`, or `Status` "fail".
function judge.answer(operation, result, body, why)
  local status = result.http_status
  if status < 200 or status > 299 then return judge.refusal(result, body) end
  if not body then return failures.no_success(result, why) end
  -- most answers have none of these fields
  if (body.Code or body.code or body.Success) ~= nil and is_refused(operation, body) then
    return judge.refusal(result, body)
  end
  local failure = (body.RetCode ~= nil and body.RetCode ~= 0 or body.Status == "fail")
    and inner_failure(operation, result, body)
  if failure then return failure end
  -- a few operations write it small
  if not body.RequestId and type(body.requestId) ~= "string" then
    return failures.no_success(result, "RequestId is missing")
  end
  if not operation.returns then return nil end
  for name, kind in pairs(operation.returns) do
    if type(body[name]) ~= kind then
      return failures.no_success(result, name .. " is missing or of another type")
    end
  end
end

return judge
