--- Lua values as the vendors' parameters: one to a name, one JSON text, with commas, or as a body.
--
-- What is sent, and where, is up to @{streamctl.call.body}. Tables are read without metamethods.
-- @module streamctl.call.serialize

local core = require "streamctl.core"
local encode = require "streamctl.call.encode"
local errors = require "streamctl.errors"
local json = require "streamctl.json"

local serialize = {}

local MAX_DEPTH = 16

local function scalar(value)
  local kind = type(value)
  if kind == "string" then
    if value:find("%z") then return nil, "holds a NUL byte" end
    return value
  elseif kind == "boolean" then
    return tostring(value)
  elseif kind == "number" then
    local text = encode.number(value)
    if not text then return nil, "is not a finite number" end
    return text
  end
  return nil, "is a " .. kind .. ", which cannot be sent"
end

local function sorted_keys(value)
  local keys = {}
  for key in next, value do keys[#keys + 1] = key end
  table.sort(keys, function(a, b)
    local kind, other = type(a), type(b)
    if kind ~= other then return kind < other end
    return (kind == "number" or kind == "string") and a < b
  end)
  return keys
end

-- What is left out may mean "all of them" to the vendor, so it is not left out silently.
local EMPTY = "is an empty table, for which there is no form: leave it out, or fill it"

-- Appends name and value; nested tables become "Name.key". `naming` names the items of a list.
local function append(out, name, value, naming, depth)
  if rawequal(value, json.null) then return true end
  if type(value) ~= "table" then
    local text, why = scalar(value)
    if not text then return nil, name, why end
    out[#out + 1], out[#out + 2] = name, text
    return true
  end
  if depth > MAX_DEPTH then return nil, name, "is nested too deeply, or holds itself" end
  if next(value) == nil then return nil, name, EMPTY end
  local is_list = encode.list_length(value) ~= nil
  for _, key in ipairs(sorted_keys(value)) do
    local item = rawget(value, key)
    local item_name
    if is_list then
      item_name = naming(name, key, item)
    elseif type(key) == "string" then
      item_name = name .. "." .. key
    else
      return nil, name, "is neither a list nor a table with names"
    end
    local ok, at, why = append(out, item_name, item, naming, depth + 1)
    if not ok then return nil, at, why end
  end
  return true
end

local NO_NAME = "is no parameter name: a name is text without control characters"

local function is_name(name)
  return type(name) == "string" and name ~= "" and not core.has_control(name)
end

local function refuse_name(name, path)
  return nil, (path or "") .. (type(name) == "string" and name or errors.tidy(name, 100)), NO_NAME
end

--- Appends a parameter, flattened.
-- @tparam table out flat list of names and texts
-- @tparam string name
-- @param value `null` is not sent
-- @tparam function naming of @{streamctl.call.encode}: `from_one` or `brackets`
-- @treturn[1] boolean true
-- @treturn[2] nil
-- @treturn[2] string what of the parameter is at fault
-- @treturn[2] string why
function serialize.flatten(out, name, value, naming)
  if not is_name(name) then return refuse_name(name) end
  return append(out, name, value, naming, 1)
end

--- The names of parameters in the order in which they are sent.
-- @tparam table params
-- @treturn table list
serialize.sorted_names = sorted_keys

--- A list as one text, with commas.
-- @tparam string name of the parameter
-- @tparam table list of texts, numbers and booleans
-- @treturn[1] string
-- @treturn[2] nil
-- @treturn[2] string what of the parameter is at fault
-- @treturn[2] string why
function serialize.commas(name, list)
  local texts, count = {}, encode.list_length(list)
  if not is_name(name) then return refuse_name(name) end
  if not count then return nil, name, "is no list" end
  for i = 1, count do
    local text, why = scalar(rawget(list, i))
    if text and text:find(",", 1, true) then
      text, why = nil, "holds a comma, which would make it two"
    end
    if not text then return nil, name .. " item " .. encode.integer(i), why end
    texts[i] = text
  end
  return table.concat(texts, ",")
end

local function percent(char)
  return string.format("%%%02X", char:byte())
end

local function encode_uri(text)
  return (text:gsub("[^A-Za-z0-9%-._~]", percent))
end

--- Parameters as the body of a form.
-- @tparam table wire flat list of names and texts
-- @treturn string application/x-www-form-urlencoded, percent-encoded as a query is, in byte order
function serialize.form(wire)
  local parts = {}
  for i = 1, #wire, 2 do
    parts[#parts + 1] = encode_uri(wire[i]) .. "=" .. encode_uri(wire[i + 1])
  end
  table.sort(parts)
  return table.concat(parts, "&")
end

local to_json

-- The items of a table as JSON, in the order of `keys`.
local function items_json(name, value, keys, named, depth)
  local parts = {}
  for _, key in ipairs(keys) do
    if named and not is_name(key) then return refuse_name(key, name .. ".") end
    local text, at, why = to_json(name .. "." .. key, rawget(value, key), depth + 1, not named)
    if not text then return nil, at, why end
    parts[#parts + 1] = (named and json.encode(key) .. ":" or "") .. text
  end
  return table.concat(parts, ",")
end

-- An empty table that is an item of a list is an object; elsewhere it might as well be a list.
function to_json(name, value, depth, is_item)
  if rawequal(value, json.null) then return "null" end
  if type(value) == "string" then return json.encode(value) end
  if type(value) ~= "table" then
    local text, why = scalar(value)
    if not text then return nil, name, why end
    return text
  end
  if depth > MAX_DEPTH then return nil, name, "is nested too deeply, or holds itself" end
  if next(value) == nil then
    if is_item or rawequal(value, encode.EMPTY_OBJECT) then return "{}" end
    if rawequal(value, encode.EMPTY_LIST) then return "[]" end
    return nil, name, EMPTY
  end
  local is_list = encode.list_length(value) ~= nil
  local text, at, why = items_json(name, value, sorted_keys(value), not is_list, depth)
  if not text then return nil, at, why end
  return is_list and "[" .. text .. "]" or "{" .. text .. "}"
end

--- A value as JSON, for a parameter that is a JSON text.
-- @tparam string name of the parameter
-- @param value
-- @treturn[1] string
-- @treturn[2] nil
-- @treturn[2] string what of the parameter is at fault
-- @treturn[2] string why
function serialize.json_value(name, value)
  if not is_name(name) then return refuse_name(name) end
  return to_json(name, value, 1)
end

--- Parameters as a JSON body. Whole numbers are written as such, whatever their size.
-- @tparam table params
-- @treturn[1] string
-- @treturn[2] nil
-- @treturn[2] string the parameter at fault
-- @treturn[2] string why
function serialize.json(params)
  local parts = {}
  for _, name in ipairs(sorted_keys(params)) do
    if not is_name(name) then return refuse_name(name) end
    local text, at, why = to_json(name, rawget(params, name), 1)
    if not text then return nil, at, why end
    parts[#parts + 1] = json.encode(name) .. ":" .. text
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

return serialize
