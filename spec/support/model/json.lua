-- JSON in and out. Reading is cjson; writing is our own, because plain cjson cannot say "empty
-- array" and cannot print a number beyond 2^53, and a vendor's answers contain both.

local cjson = require "cjson.safe"

local M = { decode = cjson.decode }

local ARRAY = {}
local RAW = {}

-- An array stays an array even when it is empty.
function M.array(list) return setmetatable(list or {}, ARRAY) end

-- Text that goes into the document as it is, for instance a number with 19 digits.
function M.raw(text) return setmetatable({ text = text }, RAW) end

local encode

local function encode_array(list)
  local out = {}
  for i = 1, #list do out[i] = encode(list[i]) end
  return "[" .. table.concat(out, ",") .. "]"
end

local function encode_object(object)
  local names = {}
  for name in pairs(object) do names[#names + 1] = tostring(name) end
  table.sort(names)
  local out = {}
  for i, name in ipairs(names) do
    local value = object[name]
    if value == nil then value = object[tonumber(name)] end
    out[i] = cjson.encode(name) .. ":" .. encode(value)
  end
  return "{" .. table.concat(out, ",") .. "}"
end

function encode(value)
  if type(value) == "string" then return (cjson.encode(value):gsub("\\/", "/")) end
  if type(value) == "number" and value == math.floor(value) and math.abs(value) < 2 ^ 53 then
    return string.format("%.0f", value)
  end
  if type(value) ~= "table" then return cjson.encode(value) end
  local mark = getmetatable(value)
  if mark == RAW then return value.text end
  if mark == ARRAY or #value > 0 then return encode_array(value) end
  return encode_object(value)
end

M.encode = encode

return M
