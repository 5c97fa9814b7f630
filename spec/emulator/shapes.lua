-- Answers in their documented shape, as spec/vectors/operations has it: a table of fields, a list
-- of one item, or the name of a type.

local codec = require "emulator.codec"
local json = require "emulator.json"

local M = {}

-- JSON's [] and {} are one in Lua: the shape tells which is meant.
function M.mark(shape, value)
  if type(shape) ~= "table" or type(value) ~= "table" then
    return value
  elseif shape[1] ~= nil then
    for _, item in ipairs(value) do M.mark(shape[1], item) end
    return json.array(value)
  end
  for name, inner in pairs(value) do M.mark(shape[name], inner) end
  return value
end

-- The least that has the shape: numbers 0, lists empty, ids new.
function M.plain(shape, name)
  if type(shape) ~= "table" then
    local values = { number = 0, boolean = false, map = {} }
    local is_id = (name or ""):find "Id$"
    return values[shape] == nil and (is_id and codec.uuid() or "") or values[shape]
  elseif shape[1] ~= nil then
    return json.array {}
  end
  local object = {}
  for field, inner in pairs(shape) do object[field] = M.plain(inner, field) end
  return object
end

-- Adds the fields that a value does not have.
function M.fill(shape, value)
  for name, inner in pairs(shape or {}) do
    if value[name] == nil then value[name] = M.plain(inner, name) end
  end
  return M.mark(shape, value)
end

return M
