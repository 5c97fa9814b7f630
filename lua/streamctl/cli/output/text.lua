--- Texts for people: what comes from elsewhere must not steer a terminal.
-- @module streamctl.cli.output.text

local core = require "streamctl.core"

local text = {}

-- Control characters of C1, and those that turn the direction of writing.
local HIDDEN = { "\194[\128-\159]", "\226\128[\170-\174]", "\226\129[\166-\169]" }

local UNREADABLE = "\239\191\189" -- U+FFFD

-- Six digits of what is no integer are enough for people; programs read JSON.
local function number_text(value)
  if value % 1 ~= 0 and math.abs(value) < 1e6 then return ("%.6g"):format(value) end
  return core.number_text(value)
end

--- Makes a value printable on one line, in UTF-8; JSON's null is "".
function text.clean(value)
  if type(value) == "userdata" then return "" end
  value = type(value) == "number" and number_text(value) or tostring(value)
  if value:find "[%c\127]" then
    value = value:gsub("[\t\r\n]+", " "):gsub("[%c\127]", "?")
  end
  if value:find "[\128-\255]" then
    local json = require "streamctl.json"
    if not json.is_utf8(value) then value = value:gsub("[\128-\255]+", UNREADABLE) end
    for _, pattern in ipairs(HIDDEN) do value = value:gsub(pattern, "?") end
  end
  return value
end

--- How many characters a UTF-8 text has.
function text.width(value)
  local _, inner = value:gsub("[\128-\191]", "")
  return #value - inner
end

--- A number with its thousands apart: "1,240".
function text.thousands(value)
  local digits = ("%.0f"):format(value):reverse():gsub("(%d%d%d)", "%1,"):reverse()
  return (digits:gsub("^,", ""))
end

--- A number of things: "1 line", "1,240 lines".
function text.count(number, what)
  return text.thousands(number) .. " " .. what .. (number == 1 and "" or "s")
end

--- Formats where there is something to put in.
function text.format(format, ...)
  return select("#", ...) > 0 and format:format(...) or format
end

return text
