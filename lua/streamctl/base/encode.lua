-- Numbers as texts of the vendors, texts of their answers, and percent-encoding.

local core = require "streamctl.core"

local encode = {}

-- A number as text, as the vendors' packages write it; nil for NaN and infinity.
encode.number = core.number_text

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
