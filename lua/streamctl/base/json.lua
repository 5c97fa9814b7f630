-- JSON as the vendors mean it: integers beyond 2^53 stay exact (as text), null is absent.

local cjson = require "cjson"
local core = require "streamctl.core"

local json = {}

-- A separate instance, whose settings no other module changes.
local codec = cjson.new()
codec.encode_max_depth(200)
codec.encode_sparse_array(false, 1, 1)

json.null = cjson.null

json.decode = core.json

function json.decode_list(text)
  return core.json(text, "[")
end

-- The line of a text where it stops being JSON; nil when that is not known.
function json.line_of_fault(text)
  local _, _, at = core.json(text)
  if not at then return nil end
  local _, breaks = text:sub(1, at - 1):gsub("\n", "")
  return breaks + 1
end

-- Where the string ends whose double quotes open at `at`, past escaped characters; or nil.
function json.string_end(text, at)
  repeat
    at = text:find('["\\]', at + 1)
    local escapes = at and text:byte(at) == 92
    if escapes then at = at + 1 end
  until not escapes
  return at
end

-- UTF-8 outside ASCII: no sequence is too long, half of a pair, or beyond U+10FFFF.
local SEQUENCES = {
  "[\194-\223][\128-\191]", "\224[\160-\191][\128-\191]",
  "[\225-\236\238\239][\128-\191][\128-\191]", "\237[\128-\159][\128-\191]",
  "\240[\144-\191][\128-\191][\128-\191]",
  "[\241-\243][\128-\191][\128-\191][\128-\191]",
  "\244[\128-\143][\128-\191][\128-\191]",
}

-- Whether a text is UTF-8, as all JSON is.
function json.is_utf8(text)
  -- the first byte of a sequence is nowhere else, so the order does not matter
  for i = 1, text:find("[\128-\255]") and #SEQUENCES or 0 do
    text = text:gsub(SEQUENCES[i], ".")
  end
  return not text:find("[\128-\255]")
end

local LONG = 1e14 -- whole numbers from here on have more digits than cjson writes

-- Returns a value with its long numbers as texts that begin with a mark.
local function mark_long(value, mark)
  if type(value) == "table" then
    local copy = {}
    for key, element in pairs(value) do copy[key] = mark_long(element, mark) end
    return copy
  end
  local is_long = type(value) == "number" and (value >= LONG or value <= -LONG) and value % 1 == 0
  return is_long and mark .. core.number_text(value) or value
end

local function encode(value)
  local text = codec.encode(value)
  if not text:find "%de%+" then return text end
  local mark = core.nonce()
  return (codec.encode(mark_long(value, mark)):gsub('"' .. mark .. '(.-)"', "%1"))
end

-- Encodes a value, or returns nil and why not; `/` is left as it is.
function json.encode(value)
  local ok, text = pcall(encode, value)
  if not ok then return nil, (tostring(text):gsub("^.-:%d+: ", "")) end
  -- every "/" that cjson writes has exactly one backslash of its own
  return (text:gsub("\\/", "/"))
end

return json
