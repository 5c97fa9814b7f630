--- What an answer of ZEGOCLOUD means.
-- @module streamctl.zego.judge

local codes = require "streamctl.zego.codes"
local encode = require "streamctl.call.encode"
local failures = require "streamctl.call.failure"

local function find(tables, group, code)
  return (tables[group] or {})[code] or tables.common[code]
end

-- No page names the code for a Sequence that is not above the last one, so its text tells.
local function hint(operation, message)
  if not operation.sequence or not message:lower():find("sequence", 1, true) then return "" end
  return "; a higher Sequence was sent before: by a host whose clock is ahead, by one with another "
    .. "store, or by somebody who counts Sequences himself"
end

-- The failure of an answer, or nil; `why` it could not be decoded. `Code` 0 is success, and some
-- codes are the answer that was asked for.
return function(operation, result, body, why)
  local status = result.http_status
  local vendor_code = body and body.Code
  local fine, has_code = status >= 200 and status <= 299, encode.is_finite(vendor_code)
  if not fine and (not has_code or vendor_code == 0) then
    return failures.no_vendor_code(result)
  end
  if not has_code then
    return failures.no_success(result, why or "Code is missing or no number")
  end
  local is_answer = fine and operation.answers and operation.answers[vendor_code]
  if vendor_code == 0 or is_answer then return nil end
  local code = find(codes.meanings, operation.group, vendor_code) or "vendor"
  local message = encode.text(body.Message) or "no message"
  return failures.new(code,
    "Code " .. encode.number(vendor_code) .. ": " .. message .. hint(operation, message), {
      vendor_code = vendor_code,
      passing = find(codes.transient, operation.group, vendor_code) or status >= 500,
    })
end
