--- JSON for people's tools: keys in a stable order, UTF-8 only, on one line.
-- @module streamctl.cli.output.encode

local core = require "streamctl.core"
local json = require "streamctl.json"
local text = require "streamctl.cli.output.text"

local LIST = {} -- marks a list, which may be empty

-- A terminal takes these for controls; JSON escapes only those of ASCII.
local function escape_c1(byte)
  return ("\\u%04x"):format(byte:byte())
end

local function encode_string(value)
  if value:find "[\128-\255]" then
    if not json.is_utf8(value) then value = text.clean(value) end
    return (json.encode(value):gsub("\194([\128-\159])", escape_c1))
  end
  return json.encode(value)
end

-- Numbers before texts, each in their order.
local function before(a, b)
  if type(a) == type(b) then return a < b end
  return type(a) == "number"
end

-- The keys: those that `first` names in its order, then the others sorted.
local function keys_of(value, first)
  local keys, named = {}, {}
  for _, key in ipairs(first or {}) do
    if value[key] ~= nil and not named[key] then
      keys[#keys + 1], named[key] = key, true
    end
  end
  local rest = {}
  for key in pairs(value) do
    if not named[key] and type(value[key]) ~= "function" then rest[#rest + 1] = key end
  end
  table.sort(rest, before)
  for _, key in ipairs(rest) do keys[#keys + 1] = key end
  return keys
end

local encode

local function encode_list(value)
  local parts = {}
  for i, element in ipairs(value) do parts[i] = encode(element) end
  return "[" .. table.concat(parts, ",") .. "]"
end

local function encode_table(value, first)
  if value[1] ~= nil or getmetatable(value) == LIST then return encode_list(value) end
  local parts = {}
  for i, key in ipairs(keys_of(value, first)) do
    parts[i] = encode_string(tostring(key)) .. ":" .. encode(value[key])
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

function encode(value, first)
  if type(value) == "table" then return encode_table(value, first) end
  if type(value) == "string" then return encode_string(value) end
  if type(value) == "number" then return core.number_text(value) or "null" end -- NaN has none
  return json.encode(value)
end

return {
  --- Encodes a value.
  -- @param value nil becomes null
  -- @tparam[opt] table first the keys of an object that come first
  -- @treturn string without a line break
  value = encode,

  --- The keys of a table in that order.
  -- @tparam table value
  -- @tparam[opt] table first
  -- @treturn table
  keys = keys_of,

  --- Marks a table as a list, so that it is `[]` when it is empty.
  -- @tparam table value
  -- @treturn table the same
  list = function(value) return setmetatable(value, LIST) end,
}
