--- Checks tables with names by what their fields have to be, as deep as those say.
--
-- The fields that hold one value each are checked all at once, see @{streamctl.call.shape}; here is
-- what holds others: `list` (of `items`: texts without it; limits but `min_items` and `max_items`
-- are those of an item), `object` (of `fields`), and `map` (any names), which an `object` without
-- `fields` is too. Tables are read without metamethods and come back as copies.
-- @module streamctl.call.schema

local encode = require "streamctl.call.encode"
local faults = require "streamctl.call.faults"
local json = require "streamctl.json"
local shapes = require "streamctl.call.shape"

local schema = {}

local NESTED = { list = true, object = true, map = true }

-- Those that JSON has a form for of its own.
local TYPED = { boolean = true, integer = true, number = true, sequence = true }

-- "MixInput item 2 RectInfo.Layer"
local function below(path, name)
  if path == "" then return name end
  return path .. (path:find(" item %d+$") and " " or ".") .. name
end

local read_value

-- What a scalar is in JSON: a number stays one.
local function value_of(spec, given, text)
  if not TYPED[spec.type] then return text end
  return spec.type == "sequence" and tonumber(text) or given
end

local function read_list(spec, given, path, context)
  local count = type(given) == "table" and encode.list_length(given)
  if not count then
    local why = "without names or gaps"
    if type(given) ~= "table" then why = "got " .. faults.describe(given) end
    return nil, path, faults.no_list(spec, why)
  end
  if count < (spec.min_items or 1) or count > (spec.max_items or math.huge) then
    return nil, path, faults.no_list(spec, "got " .. (count == 0 and "an empty one" or count))
  end
  if count == 0 then return encode.EMPTY_LIST end
  spec.item = spec.item or schema.item(spec)
  local out = {}
  for i = 1, count do
    local item, at_fault, why =
      read_value(spec.item, rawget(given, i), path .. " item " .. encode.integer(i), context)
    if item == nil then return nil, at_fault, why end
    out[i] = item
  end
  return out
end

--- What an item of a list has to be.
-- @tparam table list spec
-- @treturn table spec
function schema.item(list)
  local item = {}
  for name, value in pairs(list) do item[name] = value end
  item.type, item.required = list.items or "text", true
  item.items, item.min_items, item.max_items = nil, nil, nil
  return item
end

-- One value, which C checks as a row of its own.
local function read_scalar(spec, given, path, context)
  spec.alone = spec.alone or shapes.compile({ spec }, "field")
  local wire, _, why = shapes.check_flat(spec.alone, { [spec.name] = given }, context)
  if not wire then return nil, path, why end
  return value_of(spec, given, wire[2])
end

local function read_object(spec, given, path, context)
  spec.shape = spec.shape or shapes.compile(spec.fields, "field of " .. spec.name, spec.rules)
  local out, at_fault, why = schema.read(spec.shape, given, path, context)
  if out and next(out) == nil then return encode.EMPTY_OBJECT end
  return out, at_fault, why
end

function read_value(spec, given, path, context)
  if spec.type == "list" then return read_list(spec, given, path, context) end
  if not NESTED[spec.type] then return read_scalar(spec, given, path, context) end
  if type(given) ~= "table" or rawget(given, 1) ~= nil then
    local got = type(given) == "table" and "a list" or faults.describe(given)
    return nil, path, "must be a table with names, got " .. got
  end
  if spec.fields then return read_object(spec, given, path, context) end
  if next(given) == nil then return encode.EMPTY_OBJECT end
  return given -- what encodes it looks at what is inside
end

local function split(text)
  local list = {}
  for item in (text .. ","):gmatch("([^,]*),") do list[#list + 1] = item end
  return list
end

-- What came as the text of its style is checked as what it is, and sent as it came.
local function read_text(spec, given, path, context)
  local decode = spec.type == "list" and json.decode_list or json.decode
  if spec.style == "commas" then decode = split end
  local value, why = decode(given)
  if not value then
    return nil, path, "must be a " .. (spec.type == "list" and "list" or "table with names")
      .. ", or one as JSON; got a text that is none: " .. why
  end
  local fine, at_fault
  fine, at_fault, why = read_value(spec, value, path, context)
  if not fine then return nil, at_fault, why end
  return given
end

--- Checks a field that holds others.
-- @tparam table spec
-- @param given its value, or nil
-- @tparam string path to it, for messages
-- @tparam table context see @{streamctl.call.parameters}
-- @return[1] a copy for `encode`, or the text where JSON was given; nil when nothing was
-- @treturn[2] nil
-- @treturn[2] string path to what is at fault
-- @treturn[2] string why
function schema.read_nested(spec, given, path, context)
  if given == nil then
    if spec.required then return nil, path, "is required" end
    return nil
  end
  if spec.style and type(given) == "string" then
    return read_text(spec, given, path, context)
  end
  return read_value(spec, given, path, context)
end

--- Checks a table with names, as the JSON of an object wants it.
-- @tparam table shape
-- @tparam table given
-- @tparam string path to it; "" for none
-- @tparam table context see @{streamctl.call.parameters}
-- @treturn[1] table a copy, by the names that are sent
-- @treturn[2] nil
-- @treturn[2] string path to what is at fault
-- @treturn[2] string why
function schema.read(shape, given, path, context)
  local flat = shapes.flat_part(shape, given)
  local wire, at_fault, why = shapes.check_flat(shape, flat, context)
  if not wire then return nil, below(path, at_fault), why end
  local out = {}
  for i = 1, #wire, 2 do
    local spec = shape.by_wire[wire[i]]
    out[wire[i]] = value_of(spec, flat[spec.name], wire[i + 1])
  end
  for _, spec in ipairs(shape.nested) do
    local value
    value, at_fault, why =
      schema.read_nested(spec, rawget(given, spec.name), below(path, spec.name), context)
    if at_fault then return nil, at_fault, why end
    out[spec.wire] = value
  end
  return out
end

return schema
