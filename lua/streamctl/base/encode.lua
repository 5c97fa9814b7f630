-- Numbers as texts of the vendors, texts of their answers, and percent-encoding.

local core = require "streamctl.core"

local encode = {}

-- Where all numbers are floats, "%d" may have only 32 bits: in Lua 5.1 it is that of C's long.
local math_type = math.type or function() return "float" end -- luacheck: ignore 143

-- A whole number in digits, at most 2^53 in size if it is a float: never "60.0", "1e+15" or "-0".
function encode.integer(number)
  if number == 0 then return "0" end
  return (string.format(math_type(number) == "integer" and "%d" or "%.0f", number))
end

-- A number as text, as the vendors' packages write it; nil for NaN and infinity.
function encode.number(number)
  if math_type(number) == "integer" then return encode.integer(number) end
  return core.number_text(number)
end

-- Whether a value of an answer is a finite number, which 1e999 in JSON is not.
function encode.is_finite(value)
  return type(value) == "number" and value - value == 0
end

-- A text or number of an answer as text; nil for anything else.
function encode.text(value)
  if type(value) == "number" then return encode.number(value) end
  return type(value) == "string" and value or nil
end

function encode.percent_decoded(text)
  return (text:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

-- Percent-encodes what a pattern of one byte matches.
function encode.percent_encoded(text, pattern)
  return (text:gsub(pattern, function(char) return ("%%%02X"):format(char:byte()) end))
end

-- The length of a list; nil for any other table. A `null` counts as an item.
encode.list_length = core.list_length

return encode
