--- What an error of Alibaba Cloud means: an HTTP status that is no success, or the body of an error
-- inside a 200.
-- @module streamctl.aliyun.refusal

local encode = require "streamctl.call.encode"
local failures = require "streamctl.call.failures"

-- The vendor's codes, first match wins; Lua patterns. Any other code is "vendor".
local CODES = {
  { "Throttling", "throttled" },
  { "^InvalidTimeStamp%.Expired$", "clock_skew" },
  { "^SignatureNonceUsed$", "replayed" },
  { "^SignatureDoesNotMatch$", "signature" },
  { "^IncompleteSignature$", "signature" },
  { "^InvalidAccessKeyId", "credentials" },
  { "^MissingSecurityToken$", "credentials" },
  { "^InvalidSecurityToken", "credentials" },
  { "^Forbidden", "forbidden" },
  { "^NoPermission", "forbidden" },
  { "%.NotFound$", "not_found" },
  { "^CodeTaskNotExist$", "not_found" },
  { "^ConfigAlreadyExists$", "conflict" },
  { "^CodeConfigAlreadyExists$", "conflict" },
}

local function classify(vendor_code)
  for _, entry in ipairs(CODES) do
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
  return failures.xml_field(text, "Code"), failures.xml_field(text, "Message")
end

-- Codes that come with a 5xx.
local function is_of_server(vendor_code)
  return vendor_code:find("^InternalError") ~= nil
    or vendor_code:find("^Service[Uu]n[Aa]vailable") ~= nil
end

local GOES_AGAIN = { throttled = true, clock_skew = true, replayed = true }

--- Judges such an answer.
-- @function refusal
-- @tparam table result of the transport
-- @tparam table|nil body decoded
-- @treturn table failure, see @{streamctl.call}
return function(result, body)
  local vendor_code, text, denied = error_fields(result, body)
  local status = result.http_status
  if vendor_code == "" then vendor_code = nil end
  local is_inside = status <= 299 -- the call may have been executed all the same
  if not vendor_code and not is_inside then return failures.no_vendor_code(result) end
  local server_side = status >= 500 or (is_inside and is_of_server(vendor_code or ""))
  local code = classify(vendor_code or "")
  if code == "vendor" and status == 429 then code = "throttled" end
  text = (vendor_code or "Success is false") .. ": " .. (encode.text(text) or "no message")
  if is_inside then text = "the vendor reports a failure inside HTTP 200: " .. text end
  if encode.text(denied) then
    text = text .. " (the account needs the RAM action " .. denied .. ")"
  end
  return {
    code = code, text = text, vendor_code = vendor_code,
    retryable = GOES_AGAIN[code] or server_side,
    maybe_executed = is_inside or code == "replayed" or (server_side and not GOES_AGAIN[code]),
  }
end
