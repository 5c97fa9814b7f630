-- Reads answers: fields of bodies and headers, and the vendor's judgement.

local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local failures = require "streamctl.call.failure"
local json = require "streamctl.base.json"

local answer = {}

-- The value at a path of an answer, such as "Data.UserList".
function answer.at(value, path)
  for name in path:gmatch("[^.]+") do
    if type(value) ~= "table" then return nil end
    value = value[name]
  end
  return value
end

-- A header of the response, by its name in lower case, or nil.
function answer.header(headers, name)
  for line in (headers or ""):gmatch("[^\r\n]+") do
    if line:sub(1, #name + 1):lower() == name .. ":" then
      return (line:sub(#name + 2):gsub("^%s+", ""):gsub("%s+$", ""))
    end
  end
end

-- A field of an error answer in XML, or nil.
function answer.xml_field(text, name)
  if not text:find("^%s*<") then return nil end
  local content = text:sub(1, 8192):match("<" .. name .. ">([^<]*)</" .. name .. ">")
  return content and content:match("^%s*(.*%S)") -- in linear time, for hostile texts
end

-- The vendor's id of a request, from the decoded body or else the header, or nil.
function answer.request_id(result, body)
  return body and (body.RequestId or encode.text(body.requestId))
    or answer.xml_field(result.body or "", "RequestId")
    or answer.header(result.headers, "x-acs-request-id")
end

local MONTHS = {
  Jan = 1, Feb = 2, Mar = 3, Apr = 4, May = 5, Jun = 6,
  Jul = 7, Aug = 8, Sep = 9, Oct = 10, Nov = 11, Dec = 12,
}

-- The Unix time of an HTTP date ("Sun, 06 Nov 1994 08:49:37 GMT"), or nil.
local function http_date(text)
  local day, month, year, time =
    (text or ""):match("^%a+, (%d%d) (%a%a%a) (%d%d%d%d) (%d%d:%d%d:%d%d) GMT$")
  month = MONTHS[month]
  return month and core.unix_time(("%s-%02d-%sT%sZ"):format(year, month, day, time))
end

-- The server's clock at the answer in Unix seconds, or nil without the header Date.
function answer.server_time(headers)
  return http_date(answer.header(headers, "date"))
end

local YEAR = 366 * 86400 -- seconds; a server that asks for a longer wait means "never"

-- Seconds to wait before the next attempt, as the vendor asks, or nil.
function answer.retry_after(headers)
  local ms = tonumber(answer.header(headers, "x-acs-retry-after") or "")
  if ms and ms > 0 and ms < math.huge then return math.min(ms / 1000, YEAR) end
  local text = answer.header(headers, "retry-after") or ""
  local seconds = tonumber(text)
  local date = not seconds and http_date(text)
  if date then seconds = date - (answer.server_time(headers) or core.now()) end -- by its clock
  if seconds and seconds > 0 and seconds < math.huge then return math.min(seconds, YEAR) end
end

-- Whether the message has a word that begins so: "success" as in "Added successfully", not as in
-- "unsuccessful"; or the code is one of the fine ones.
local function is_fine(place, code, message)
  for _, value in ipairs(place.fine or {}) do
    if code == value then return true end
  end
  return place.says and message and message:lower():find("%f[%a]" .. place.says) ~= nil
end

-- The items that failed inside a success, by the row's `partial`: a list of `{ item =, code =,
-- message = }`, each as far as the vendor tells; nil when nothing failed.
function answer.failed_items(places, body)
  local failed
  for _, place in ipairs(places.items and { places } or places) do
    local list = answer.at(body, place.items)
    for _, item in ipairs(type(list) == "table" and list or {}) do
      local is_item = type(item) == "table"
      local code, message = is_item and item[place.code], is_item and place.message
      message = message and encode.text(item[message])
      if is_item and not is_fine(place, code, message) then
        failed = failed or {}
        failed[#failed + 1] =
          { item = encode.text(item[place.id]), code = encode.text(code), message = message or nil }
      end
    end
  end
  return failed
end

-- Judges a transport's result. Returns the decoded body, if any, and a failure, if any. The body's
-- RequestId becomes a text, or is left out.
function answer.judge(vendor, operation, result)
  local body, why, failure
  if result.code == "ok" then
    local text = result.body
    if not text or text == "" then
      why = "it is empty"
    else
      body, why = json.decode(text)
      local id = body and body.RequestId
      if id ~= nil and type(id) ~= "string" then body.RequestId = encode.text(id) end
    end
    failure = vendor.judge(operation, result, body, why)
    if not failure then return body end
    failure.retry_after = answer.retry_after(result.headers)
    failure.server_time = answer.server_time(result.headers)
  else
    failure = failures.of_transport(result)
  end
  failure.http_status = result.http_status
  failure.request_id = answer.request_id(result, body)
  return body, failure
end

return answer
