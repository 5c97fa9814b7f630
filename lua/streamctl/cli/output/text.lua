-- Makes texts for people. Text from elsewhere must not control a terminal.

local core = require "streamctl.core"
local json = require "streamctl.base.json"

local text = {}

-- Control characters of C1, marks of the direction of writing, and characters that nobody sees.
text.HIDDEN = { "\194[\128-\159\173]", "\216\156", "\226\128[\139-\143\168-\174]",
  "\226\129[\160-\175]", "\239\187\191" }

local UNREADABLE = "\239\191\189" -- U+FFFD

-- Shortens fractions to six digits for people; programs read JSON.
local function number_text(value)
  if value % 1 ~= 0 and math.abs(value) < 1e6 then return ("%.6g"):format(value) end
  return core.number_text(value)
end

-- Makes a value printable on one line, in UTF-8; JSON's null is "".
function text.clean(value)
  if type(value) == "userdata" then return "" end
  value = type(value) == "number" and number_text(value) or tostring(value)
  if value:find "[%c\127]" then value = value:gsub("[\t\r\n]+", " "):gsub("[%c\127]", "?") end
  if value:find "[\128-\255]" then
    if not json.is_utf8(value) then value = value:gsub("[\128-\255]+", UNREADABLE) end
    for _, pattern in ipairs(text.HIDDEN) do value = value:gsub(pattern, "?") end
  end
  return value
end

-- Makes a word for a shell, such as of a path in advice.
function text.word(value)
  if value:find "^[%w_./][%w_./:-]*$" then return value end
  return "'" .. value:gsub("'", "'\\''") .. "'"
end

-- Returns the number of characters of a UTF-8 text.
function text.width(value) return select(2, value:gsub("[^\128-\191]", "")) end

-- Returns the first characters of a UTF-8 text; "..." ends a text that was cut.
function text.cut(value, room)
  if text.width(value) <= room then return value end
  local dots, at = ("..."):sub(1, math.max(room, 0)), 1
  for _ = 1, room - #dots do at = value:find("[^\128-\191]", at + 1) or #value + 1 end
  return value:sub(1, at - 1) .. dots
end

function text.thousands(value)
  local digits = ("%.0f"):format(value):reverse():gsub("(%d%d%d)", "%1,"):reverse()
  return (digits:gsub("^,", ""))
end

-- Returns a number with a noun: "1 line", "1,240 lines".
function text.count(number, noun)
  return text.thousands(number) .. " " .. noun .. (number == 1 and "" or "s")
end

-- Formats a text where there are values for its format.
function text.format(format, ...) return select("#", ...) > 0 and format:format(...) or format end

return text
