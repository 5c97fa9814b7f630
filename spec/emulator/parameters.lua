-- luacheck: std luajit+ngx_lua

-- Parameters as they arrived, against what is documented: each name is known, stands where it
-- belongs (query, form, JSON body), is there when it is required, and is encoded as its list or
-- object is. What is refused comes back as name, reason ("missing" for one that is required).
-- Stricter than the vendors, who pass over what they do not know, so that a misspelt name shows.

local json = require "emulator.json"

local M = {}

local check_value

local function is_list(value)
  return type(value) == "table" and (value[1] ~= nil or next(value) == nil)
end

local function is_number(text)
  return text:find("^%-?%d+%.?%d*[eE]?[+-]?%d*$") ~= nil and tonumber(text) ~= nil
end

-- A value that came as text.
local TEXTS = {
  string = function() return true end,
  integer = function(text) return text:find("^%-?%d+$") ~= nil end,
  number = is_number,
  boolean = function(text) return text == "true" or text == "false" end,
}

local function check_text(name, kind, text)
  if TEXTS[kind] and not TEXTS[kind](text) then
    return name, "'" .. text:sub(1, 100) .. "' is no " .. kind
  end
end

-- The fields of a JSON object.
local function check_fields(name, fields, object)
  for field, spec in pairs(fields) do
    if spec.required and object[field] == nil then return name .. "." .. field, "missing" end
  end
  for field, value in pairs(object) do
    local inner = name .. "." .. tostring(field)
    if not fields[field] then return inner, "unknown field" end
    local at, why = check_value(inner, fields[field], value)
    if at then return at, why end
  end
end

local function check_items(name, spec, list)
  if spec.max_items and #list > spec.max_items then
    return name, "more than " .. spec.max_items .. " items"
  end
  for i, item in ipairs(list) do
    local inner = name .. "." .. i
    local at, why = check_value(inner, { type = spec.items, fields = spec.fields }, item)
    if at then return at, why end
    local found = not spec.one_of
    for _, field in ipairs(spec.one_of or {}) do found = found or item[field] ~= nil end
    if not found then return inner .. "." .. table.concat(spec.one_of, "|"), "missing" end
  end
end

local VALUES = {
  string = function(value) return type(value) == "string" end,
  integer = function(value) return type(value) == "number" and value == math.floor(value) end,
  number = function(value) return type(value) == "number" end,
  boolean = function(value) return type(value) == "boolean" end,
  list = is_list,
  object = function(value) return type(value) == "table" and value[1] == nil end,
}
VALUES.map = VALUES.object

-- A value inside a JSON text.
function check_value(name, spec, value)
  if not VALUES[spec.type](value) then
    return name, "is no " .. spec.type .. " in JSON"
  elseif spec.type == "list" then
    return check_items(name, spec, value)
  elseif spec.type == "object" and spec.fields then
    return check_fields(name, spec.fields, value)
  end
end

-- A flattened list or object, as a tree of its names' parts. Items count from `first` without gaps.
local function check_tree(name, spec, node, first)
  if spec.type == "list" then
    if type(node) ~= "table" then return name, "is a list and came as one value" end
    local count = 0
    for _ in pairs(node) do count = count + 1 end
    for i = first, first + count - 1 do
      local inner = name .. "." .. i
      if node[tostring(i)] == nil then
        return inner, "missing: items count from " .. first .. " without gaps"
      end
      local at, why = check_tree(inner, { type = spec.items, fields = spec.fields },
        node[tostring(i)], first)
      if at then return at, why end
    end
  elseif spec.type == "object" or spec.type == "map" then
    if type(node) ~= "table" then return name, "is an object and came as one value" end
    for field, value in pairs(node) do
      local inner = name .. "." .. field
      local known = spec.fields and spec.fields[field] or not spec.fields and { type = "string" }
      if not known then return inner, "unknown field" end
      local at, why = check_tree(inner, known, value, first)
      if at then return at, why end
    end
  elseif type(node) == "table" then
    return name, "is no list and no object"
  else
    return check_text(name, spec.type, node)
  end
end

-- Puts "a.1.b" = value into a tree; false when something stands there already.
local function plant(tree, name, value)
  local parts = {}
  for part in (name .. "."):gmatch("([^.]*)%.") do parts[#parts + 1] = part end
  for i = 1, #parts - 1 do
    if tree[parts[i]] == nil then tree[parts[i]] = {} end
    tree = tree[parts[i]]
    if type(tree) ~= "table" then return false end
  end
  local last = parts[#parts]
  if tree[last] ~= nil then return false end
  tree[last] = value
  return true
end

local function check_commas(name, spec, text)
  for item in (text .. ","):gmatch("([^,]*),") do
    if item == "" then return name, "has an empty item between its commas" end
    local at, why = check_text(name, spec.items, item)
    if at then return at, why end
  end
end

-- One parameter with a name of its own.
local function check_one(name, spec, text)
  if spec.style == "commas" then
    return check_commas(name, spec, text)
  elseif spec.style == "json" then
    local value = json.decode(text)
    local opens = text:match("^%s*([%[{])")
    if value == nil or opens ~= (spec.type == "list" and "[" or "{") then
      return name, "illegal parameter serialization format, one JSON text of "
        .. (spec.type == "list" and "a list" or "an object") .. " is required"
    end
    return check_value(name, spec, value)
  end
  return check_text(name, spec.type, text)
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
  local trees, seen, at, why = {}, {}, nil, nil
  for _, pair in ipairs(list) do
    local name, value = pair[1], pair[2]
    local spec = not common[name] and spec_of(operation, name)
    if spec then
      if spec["in"] ~= place then
        at, why = name, "belongs in the " .. spec["in"] .. ", came in the " .. place
      elseif spec.wire then
        at, why = check_text(name, spec.items, value)
      elseif seen[name] or (is_flattened(spec) and not plant(trees, name, value)) then
        at, why = name, "came twice, or as a value and as a list"
      elseif not is_flattened(spec) then
        at, why = check_one(name, spec, value)
      end
      seen[name] = true
    elseif not common[name] then
      at, why = name, "no parameter of this action"
    end
    if at then return at, why end
  end
  for name, tree in pairs(trees) do
    at, why = check_tree(name, operation.by_wire[name], tree, first)
    if at then return at, why end
  end
end

local function check_body(operation, body)
  if type(body) ~= "table" or body[1] ~= nil then return "the body", "is no JSON object" end
  for name, value in pairs(body) do
    local spec = operation.params[name]
    if not spec or spec["in"] ~= "body" then
      return name, "no parameter of this action in the body"
    end
    local at, why = check_value(name, spec, value)
    if at then return at, why end
  end
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

-- Checks a request. `common` holds the names that belong to the signature, `first` is where the
-- items of flattened lists count from. Returns nil, or the parameter and what is wrong with it.
function M.check(operation, request, common, first)
  local body = operation.body == "json" and (json.decode(request.body) or false) or nil
  if body ~= nil and (type(body) ~= "table" or body[1] ~= nil) then
    return "the body", "is no JSON object"
  end
  local absent = missing(operation, request, body)
  if absent then return absent, "missing" end
  local at, why = check_pairs(operation, request.query, "query", common, first)
  if not at then at, why = check_pairs(operation, request.form, "body", common, first) end
  if not at and body then at, why = check_body(operation, body) end
  return at, why
end

return M
