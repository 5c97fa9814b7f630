-- Encodes JSON on one line, in UTF-8, with keys in a stable order.

local core = require "streamctl.core"
local json = require "streamctl.base.json"
local text = require "streamctl.cli.output.text"

-- Escapes a character of two or three bytes.
local function escape(character)
  local code = 0
  for byte in character:gmatch "." do code = code % 1024 * 64 + byte:byte() % 64 end
  return ("\\u%04x"):format(code)
end

-- Escapes what terminals obey or do not show; JSON itself escapes control characters of ASCII.
local function encode_string(value)
  if not value:find "[\128-\255]" then return json.encode(value) end
  if not json.is_utf8(value) then value = text.clean(value) end
  value = json.encode(value)
  for _, pattern in ipairs(text.HIDDEN) do value = value:gsub(pattern, escape) end
  return value
end

-- Returns the keys of `first` in their order, then the others sorted, numbers before texts.
local function keys_of(value, first)
  local keys, rest, named = {}, {}, {}
  for _, key in ipairs(first or {}) do
    if value[key] ~= nil and not named[key] then keys[#keys + 1], named[key] = key, true end
  end
  for key in pairs(value) do
    if not named[key] and type(value[key]) ~= "function" then rest[#rest + 1] = key end
  end
  table.sort(rest, function(a, b)
    if type(a) == type(b) then return a < b end
    return type(a) == "number"
  end)
  for _, key in ipairs(rest) do keys[#keys + 1] = key end
  return keys
end

local function encode(value, first)
  if type(value) == "string" then return encode_string(value) end
  if type(value) == "number" then return core.number_text(value) or "null" end -- NaN has none
  if type(value) ~= "table" then return json.encode(value) end
  local parts, is_list = {}, value[1] ~= nil or getmetatable(value) == core.LIST
  if is_list then
    for i, element in ipairs(value) do parts[i] = encode(element) end
    return "[" .. table.concat(parts, ",") .. "]"
  end
  for i, key in ipairs(keys_of(value, first)) do
    parts[i] = encode_string(tostring(key)) .. ":" .. encode(value[key])
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

return {
  -- Encodes a value; nil becomes null. `first`, if any: the first keys of an object.
  value = encode,
  keys = keys_of,
  -- Marks a table as a list, so that an empty table becomes `[]`.
  list = function(value) return setmetatable(value, core.LIST) end,
}
