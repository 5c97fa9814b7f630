--- The shape of a table with names: what its fields have to be.
--
-- The fields that hold one value each are checked in C, all at once (`csrc/core/row.c`); those that
-- hold others by @{streamctl.call.schema}.
-- @module streamctl.call.shape

local core = require "streamctl.core"
local faults = require "streamctl.call.faults"

local shapes = {}

local NESTED = { list = true, object = true, map = true }

-- How names end that mean one line: a line break in an id, a name or an address is a slip.
-- Elsewhere it belongs to a text, a JSON text or a certificate.
local ONE_LINE = {
  "ids?$", "names?$", "app$", "stream$", "domains?$", "urls?$", "region$", "bucket$", "endpoint$",
  "key$", "token$", "time$", "type$",
}

local function may_hold_lines(name)
  name = name:lower():gsub("%d+$", "")
  for _, ending in ipairs(ONE_LINE) do
    if name:find(ending) then return false end
  end
  return true
end

--- Makes a check of a table with names.
-- @tparam table specs what the fields have to be
-- @tparam string called what a field is, for messages about one that is none
-- @tparam[opt] table rules of @{streamctl.call.parameters}, between fields that hold one value
-- @tparam[opt] table call the row of the requests that are made by it
-- @treturn table shape: `check` of `core.row`; `specs`, of them `flat` and `nested`;
-- `by_name`, `by_wire`; `rules`; `called`
function shapes.compile(specs, called, rules, call)
  local shape = {
    specs = specs, flat = {}, nested = {}, by_name = {}, by_wire = {}, rules = rules or {},
    called = called,
  }
  local index, rows = {}, {}
  for _, spec in ipairs(specs) do
    spec.wire = spec.wire or spec.name
    if spec.type == "text" and spec.lines == nil then spec.lines = may_hold_lines(spec.name) end
    local list = NESTED[spec.type] and shape.nested or shape.flat
    list[#list + 1] = spec
    index[spec.name] = #list
    shape.by_name[spec.name], shape.by_wire[spec.wire] = spec, spec
  end
  for i, rule in ipairs(shape.rules) do
    rows[i] = { kind = rule[1], param = index[rule[2]], other = index[rule[3]], value = rule[4] }
  end
  local about = call and call.sequence and call.about
  shape.check = core.row {
    params = shape.flat, rules = rows,
    action = call and call.action, method = call and call.method,
    about = about and about[1], kind = about and about.of,
  }
  return shape
end

--- A copy of a table of the caller's, read without metamethods.
-- @tparam table params
-- @treturn table
function shapes.copy_of(params)
  local copy = {}
  for name, value in next, params do copy[name] = value end
  return copy
end

--- What is at fault and why, see @{streamctl.call.faults}.
shapes.explain = faults.explain

--- Checks the fields that hold one value each.
-- @tparam table shape
-- @tparam table given with no other fields
-- @tparam table context see @{streamctl.call.parameters}
-- @treturn[1] table flat list of wire names and texts
-- @treturn[2] nil
-- @treturn[2] string the field at fault
-- @treturn[2] string why
function shapes.check_flat(shape, given, context)
  local wire, found, at, detail = shape.check(given, context.stream_prefix)
  if wire then return wire end
  return nil, shapes.explain(shape, given, context, found, at, detail)
end

--- The fields that hold one value, and names that are none: what `check_flat` takes.
-- @tparam table shape
-- @tparam table given read without metamethods
-- @treturn table
function shapes.flat_part(shape, given)
  local flat = {}
  for name, value in next, given do
    local spec = shape.by_name[name]
    if not spec or not NESTED[spec.type] then flat[name] = value end
  end
  return flat
end

return shapes
