-- Parameters as they arrived, against what is documented: each name is known, stands where it
-- belongs (query, form, JSON body), and is there when it is required. Stricter than the vendors,
-- who pass over what they do not know, so that a misspelt name shows. The catalogue's spec compares
-- the values of every operation.

local json = require "spec.support.model.json"

local M = {}

local FLAT = { list = true, object = true, map = true }

-- The parameter that a name on the wire belongs to, or nil.
local function spec_of(operation, name)
  local spec = operation.by_wire[name]
  if spec then return spec end
  spec = operation.by_wire[name:match("^([^.]+)%.")]
  return spec and not spec.style and not spec.wire and FLAT[spec.type] and spec or nil
end

-- The first of the names and values in one place ("query" or "body") that is wrong there, and why.
local function wrong_in(operation, list, place, common)
  local seen = {}
  for _, pair in ipairs(list) do
    local name = pair[1]
    local spec = not common[name] and spec_of(operation, name)
    if spec and spec["in"] ~= place then
      return name, ("belongs in the %s, came in the %s"):format(spec["in"], place)
    elseif spec and seen[name] and not spec.wire then
      return name, "came twice"
    elseif not spec and not common[name] then
      return name, "no parameter of this action"
    end
    seen[name] = true
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
    if spec.required and not filled[name] and body[name] == nil then absent[#absent + 1] = name end
  end
  table.sort(absent)
  return absent[1]
end

-- Checks a request. `common` holds the names that belong to the signature. Returns nil, or the
-- parameter and what is wrong with it ("missing": it is required).
function M.check(operation, request, common)
  local body = operation.body == "json" and (json.decode(request.body) or false) or {}
  if type(body) ~= "table" or body[1] ~= nil then return "the body", "is no JSON object" end
  local absent = missing(operation, request, body)
  if absent then return absent, "missing" end
  local name, why = wrong_in(operation, request.query, "query", common)
  if not name then name, why = wrong_in(operation, request.form, "body", common) end
  if name then return name, why end
  for field in pairs(body) do
    local spec = operation.params[field]
    if not spec or spec["in"] ~= "body" then
      return field, "no parameter of this action in the body"
    end
  end
end

return M
