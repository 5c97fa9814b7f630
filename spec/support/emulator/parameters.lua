-- Parameters as they arrived, against what is documented: each name is known, stands where it
-- belongs (query, form, JSON body), is there when it is required, and is encoded as its list or
-- object is. Stricter than the vendors, who pass over what they do not know, so that a misspelt
-- name shows.

local json = require "spec.support.model.json"

local M = {}

local Refusal = {}

-- Ends the check: the parameter, and why it is refused ("missing": it is required).
local function refuse(name, why, ...)
  error(setmetatable({ name = name, why = why:format(...) }, Refusal))
end

-- What each type is as a text, and in JSON.
local TEXTS = {
  string = function() return true end,
  integer = function(text) return text:find("^%-?%d+$") end,
  number = function(text) return text:find("^%-?%d+%.?%d*[eE]?[+-]?%d*$") and tonumber(text) end,
  boolean = function(text) return text == "true" or text == "false" end,
}

local VALUES = {
  string = function(value) return type(value) == "string" end,
  integer = function(value) return type(value) == "number" and value == math.floor(value) end,
  number = function(value) return type(value) == "number" end,
  boolean = function(value) return type(value) == "boolean" end,
  list = function(value)
    return type(value) == "table" and (value[1] ~= nil or next(value) == nil)
  end,
  object = function(value) return type(value) == "table" and value[1] == nil end,
}
VALUES.map = VALUES.object

local function check_text(name, kind, text)
  if TEXTS[kind] and not TEXTS[kind](text) then
    refuse(name, "'%s' is no %s", text:sub(1, 100), kind)
  end
end

-- The items of a flattened list, which count from `first` without gaps.
local function items_of(name, node, first)
  if type(node) ~= "table" then refuse(name, "is a list and came as one value") end
  local count, list = 0, {}
  for _ in pairs(node) do count = count + 1 end
  for i = first, first + count - 1 do
    local item = node[tostring(i)]
    if item == nil then
      refuse(name .. "." .. i, "missing: items count from %d without gaps", first)
    end
    list[#list + 1] = item
  end
  return list
end

local check_value

local function check_items(name, spec, list, first)
  if spec.max_items and #list > spec.max_items then
    refuse(name, "more than %d items", spec.max_items)
  end
  for i, item in ipairs(list) do
    local inner = name .. "." .. i - 1 + (first or 1)
    check_value(inner, { type = spec.items, fields = spec.fields }, item, first)
    local found = not spec.one_of
    for _, field in ipairs(spec.one_of or {}) do found = found or item[field] ~= nil end
    if not found then refuse(inner .. "." .. table.concat(spec.one_of, "|"), "missing") end
  end
end

-- The fields of an object.
local function check_fields(name, fields, object, first)
  for field, spec in pairs(fields) do
    if spec.required and object[field] == nil then refuse(name .. "." .. field, "missing") end
  end
  for field, value in pairs(object) do
    local inner = name .. "." .. tostring(field)
    if not fields[field] then refuse(inner, "unknown field") end
    check_value(inner, fields[field], value, first)
  end
end

-- A value inside a JSON text; or a flattened one, a tree of its names' parts, with the number of
-- the `first` item.
function check_value(name, spec, value, first)
  if first and spec.type == "list" then value = items_of(name, value, first) end
  if first and TEXTS[spec.type] then
    if type(value) == "table" then refuse(name, "is no list and no object") end
    check_text(name, spec.type, value)
  elseif not VALUES[spec.type](value) then
    refuse(name, first and "is an object and came as one value" or "is no %s in JSON", spec.type)
  elseif spec.type == "list" then
    check_items(name, spec, value, first)
  elseif spec.fields then
    check_fields(name, spec.fields, value, first)
  end
end

-- Puts "a.1.b" = value into a tree; false when something stands there already.
local function plant(tree, name, value)
  local path, last = name:match("^(.*)%.([^.]*)$")
  for part in (path and path .. "." or ""):gmatch("([^.]*)%.") do
    if tree[part] == nil then tree[part] = {} end
    tree = tree[part]
    if type(tree) ~= "table" then return false end
  end
  last = last or name
  if tree[last] ~= nil then return false end
  tree[last] = value
  return true
end

-- One parameter with a name of its own.
local function check_one(name, spec, text)
  if spec.style == "commas" then
    for item in (text .. ","):gmatch("([^,]*),") do
      if item == "" then refuse(name, "has an empty item between its commas") end
      check_text(name, spec.items, item)
    end
  elseif spec.style == "json" then
    local value, is_a_list = json.decode(text), spec.type == "list"
    if value == nil or text:match("^%s*([%[{])") ~= (is_a_list and "[" or "{") then
      refuse(name, "illegal parameter serialization format, one JSON text of %s is required",
        is_a_list and "a list" or "an object")
    end
    check_value(name, spec, value)
  else
    check_text(name, spec.type, text)
  end
end

local function is_flattened(spec)
  return not spec.style and (spec.type == "list" or spec.type == "object" or spec.type == "map")
end

-- The parameter that a name on the wire belongs to, or nil.
local function spec_of(operation, name)
  local spec = operation.by_wire[name]
  if spec then return spec end
  spec = operation.by_wire[name:match("^([^.]+)%.")]
  return spec and is_flattened(spec) and not spec.wire and spec or nil
end

-- Names and values that came in one place ("query" or "body").
local function check_pairs(operation, list, place, common, first)
  local trees, seen = {}, {}
  for _, pair in ipairs(list) do
    local name, value = pair[1], pair[2]
    local spec = not common[name] and spec_of(operation, name)
    if spec then
      if spec["in"] ~= place then
        refuse(name, "belongs in the %s, came in the %s", spec["in"], place)
      elseif spec.wire then
        check_text(name, spec.items, value)
      elseif seen[name] or (is_flattened(spec) and not plant(trees, name, value)) then
        refuse(name, "came twice, or as a value and as a list")
      elseif not is_flattened(spec) then
        check_one(name, spec, value)
      end
      seen[name] = true
    elseif not common[name] then
      refuse(name, "no parameter of this action")
    end
  end
  for name, tree in pairs(trees) do check_value(name, operation.by_wire[name], tree, first) end
end

-- The first name that is required and has no value.
local function missing(operation, request, body)
  local filled, absent = {}, {}
  for _, pair in ipairs(request.list) do
    local spec = pair[2] ~= "" and spec_of(operation, pair[1])
    if spec then filled[spec.name] = true end
  end
  for name, spec in pairs(operation.params) do
    if spec.required and not filled[name] and (not body or body[name] == nil) then
      absent[#absent + 1] = name
    end
  end
  table.sort(absent)
  return absent[1]
end

local function check(operation, request, common, first)
  local body = operation.body == "json" and (json.decode(request.body) or false) or nil
  if body ~= nil and (type(body) ~= "table" or body[1] ~= nil) then
    refuse("the body", "is no JSON object")
  end
  local absent = missing(operation, request, body)
  if absent then refuse(absent, "missing") end
  check_pairs(operation, request.query, "query", common, first)
  check_pairs(operation, request.form, "body", common, first)
  for name, value in pairs(body or {}) do
    local spec = operation.params[name]
    if not spec or spec["in"] ~= "body" then
      refuse(name, "no parameter of this action in the body")
    end
    check_value(name, spec, value)
  end
end

-- Checks a request. `common` holds the names that belong to the signature, `first` is where the
-- items of flattened lists count from. Returns nil, or the parameter and what is wrong with it.
function M.check(...)
  local ok, refusal = pcall(check, ...)
  if ok then return nil end
  if getmetatable(refusal) ~= Refusal then error(refusal, 0) end
  return refusal.name, refusal.why
end

return M
