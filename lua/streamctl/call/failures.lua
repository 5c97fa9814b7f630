--- What a failure takes that a success does not: the headers of an answer, its XML, and what is to
-- be said of it.
-- @module streamctl.call.failures

local core = require "streamctl.core"
local encode = require "streamctl.call.encode"
local errors = require "streamctl.errors"

local failures = {}

--- A header of the response.
-- @tparam string|nil headers as received
-- @tparam string name in lower case
-- @treturn string|nil
function failures.header(headers, name)
  for line in (headers or ""):gmatch("[^\r\n]+") do
    if line:sub(1, #name + 1):lower() == name .. ":" then
      return (line:sub(#name + 2):gsub("^%s+", ""):gsub("%s+$", ""))
    end
  end
  return nil
end

--- A field of an error answer in XML.
-- @tparam string text the body
-- @tparam string name
-- @treturn string|nil
function failures.xml_field(text, name)
  if not text:find("^%s*<") then return nil end
  local content = text:sub(1, 8192):match("<" .. name .. ">([^<]*)</" .. name .. ">")
  return content and content:match("^%s*(.*%S)") -- a hostile text takes no longer than its length
end

--- The vendor's id of a request, of the body or else of the header.
-- @tparam table result of a transport
-- @tparam table|nil body of @{streamctl.call.answer.decode}
-- @treturn string|nil
function failures.request_id(result, body)
  return body and (body.RequestId or encode.text(body.requestId))
    or failures.xml_field(result.body or "", "RequestId")
    or failures.header(result.headers, "x-acs-request-id")
end

local MONTHS = {
  Jan = 1, Feb = 2, Mar = 3, Apr = 4, May = 5, Jun = 6,
  Jul = 7, Aug = 8, Sep = 9, Oct = 10, Nov = 11, Dec = 12,
}

--- The Unix time of a date and time in UTC.
-- @param year
-- @param month from 1 to 12
-- @param day
-- @param hour
-- @param minute
-- @param second numbers, or their digits
-- @treturn number
function failures.unix_time(year, month, day, hour, minute, second)
  -- days since 1970-01-01, of a year that begins in March
  year, month = tonumber(year), tonumber(month)
  year = year - (month <= 2 and 1 or 0)
  local leap_days = math.floor(year / 4) - math.floor(year / 100) + math.floor(year / 400)
  local days = 365 * year + leap_days + math.floor((153 * ((month + 9) % 12) + 2) / 5)
    + tonumber(day) - 719469
  return ((days * 24 + tonumber(hour)) * 60 + tonumber(minute)) * 60 + tonumber(second)
end

--- The Unix time of a date header ("Sun, 06 Nov 1994 08:49:37 GMT").
-- @tparam string|nil text
-- @treturn number|nil
function failures.http_date(text)
  local day, month, year, hour, minute, second =
    (text or ""):match("^%a+, (%d%d) (%a%a%a) (%d%d%d%d) (%d%d):(%d%d):(%d%d) GMT$")
  month = MONTHS[month]
  return month and failures.unix_time(year, month, day, hour, minute, second)
end

local YEAR = 366 * 86400 -- seconds; who asks for more means "never", and no loop can count it

--- How long the vendor asks to wait before the next attempt.
-- @tparam string|nil headers as received
-- @treturn number|nil seconds
function failures.retry_after(headers)
  local ms = tonumber(failures.header(headers, "x-acs-retry-after") or "")
  if ms and ms > 0 and ms < math.huge then return math.min(ms / 1000, YEAR) end
  local text = failures.header(headers, "retry-after") or ""
  local seconds = tonumber(text)
  local date = not seconds and failures.http_date(text)
  if date then seconds = date - core.now() end
  if seconds and seconds > 0 and seconds < math.huge then return math.min(seconds, YEAR) end
end

--- An HTTP status that came without a code of the vendor, as a failure.
-- @tparam table result of a transport
-- @treturn table failure, see `streamctl.call`
function failures.no_vendor_code(result)
  local status = result.http_status
  local code, server_side = status == 429 and "throttled" or "http", status >= 500
  return {
    code = code, retryable = server_side or code == "throttled", maybe_executed = server_side,
    text = string.format("HTTP status %d with no code of the vendor: ", status),
    excerpt = result.body or "",
  }
end

--- A 2xx without the documented shape, as a failure.
-- @tparam table result of a transport
-- @tparam string why
-- @treturn table failure, see `streamctl.call`
function failures.no_success(result, why)
  return {
    code = "bad_response", retryable = true, maybe_executed = true,
    text = "the answer is no success of this operation: " .. why .. "; it begins: ",
    excerpt = result.body or "",
  }
end

--- An attempt that would be cut off, and must not be, as a failure. It is not begun.
-- @tparam table call `deadline`, `least`
-- @treturn table failure, see `streamctl.call`
function failures.too_late(call)
  return {
    code = "timeout", retryable = true, maybe_executed = false,
    text = string.format("not sent, because %.2f s are left, and an attempt that must not be cut "
      .. "off may take %.2f s; give it a longer timeout", call.deadline:left(), call.least),
  }
end

local TEXTS = {
  timeout = function(result)
    if result.http_status then return "the answer was not complete in time" end
    return result.maybe_sent and "no answer in time, after the request was sent"
      or "no connection in time"
  end,
  tls = function(_, message)
    return "no secure connection: " .. message
  end,
}

local GOES_AGAIN = { dns = true, connect = true, tls = true, timeout = true, bad_response = true }

--- What stopped a request on its way.
-- @tparam table result
-- @treturn table failure, see `streamctl.call`
function failures.of_transport(result)
  local code = result.code
  if code == "crypto" then code = "signature" end -- it could not be signed
  if not errors.codes[code] then code = "connect" end -- no memory, no descriptors
  local describe, message = TEXTS[code], result.message or "the transport does not say why"
  return {
    code = code, text = (describe and describe(result, message) or message) .. (result.hint or ""),
    cause = result.message,
    retryable = not result.lasting and GOES_AGAIN[code] or false,
    maybe_executed = result.maybe_sent,
  }
end

return failures
