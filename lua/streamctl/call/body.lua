--- Puts parameters where they belong and in the style that is wanted, checked or not: what is more
-- than values for the query.
-- @module streamctl.call.body

local core = require "streamctl.core"
local encode = require "streamctl.call.encode"
local schema = require "streamctl.call.schema"
local serialize = require "streamctl.call.serialize"
local shapes = require "streamctl.call.shape"

local body = {}

-- Appends a parameter to a wire list, in its style. Returns what is at fault and why, or nothing.
local function put(out, name, value, style, context)
  if style and type(value) == "table" then
    local write = style == "json" and serialize.json_value or serialize.commas
    local text, at_fault, why = write(name, value)
    if not text then return at_fault, why end
    out[#out + 1], out[#out + 2] = name, text
    return nil
  end
  return select(2, serialize.flatten(out, name, value, context.naming))
end

local FORM, JSON = "application/x-www-form-urlencoded", "application/json"

-- The query, the body and its type.
local function with_form(query, form)
  return query, serialize.form(form), FORM
end

local function with_json(query, object)
  local text, at_fault, why = serialize.json(object)
  if not text then return nil, at_fault, why end
  return query, text, JSON
end

-- A Sequence waits there for the stamp that puts it into a JSON body, see @{streamctl.call.order}.
local function is_in_query(spec)
  return spec ~= nil and (spec.query or spec.type == "sequence")
end

-- The parameters of a JSON body, but for those that belong to the query.
local function run_json(shape, params, context)
  local object, at_fault, why = schema.read(shape, params, "", context)
  if not object then return nil, at_fault, why end
  local query = {}
  for _, spec in ipairs(shape.specs) do
    local value = object[spec.wire]
    if is_in_query(spec) and value ~= nil then
      at_fault, why = put(query, spec.wire, value, spec.style, context)
      if at_fault then return nil, at_fault, why end
      object[spec.wire] = nil
    end
  end
  return with_json(query, object)
end

-- The parameters of a query, or of a query and a form.
local function run_wire(row, shape, params, context)
  local wire, at_fault, why = shapes.check_flat(shape, shapes.flat_part(shape, params), context)
  if not wire then return nil, at_fault, why end
  local query, form = {}, {}
  local function list_of(spec) return row.body and not spec.query and form or query end
  for i = 1, #wire, 2 do
    local list = list_of(shape.by_wire[wire[i]])
    list[#list + 1], list[#list + 2] = wire[i], wire[i + 1]
  end
  for _, spec in ipairs(shape.nested) do
    local value
    value, at_fault, why =
      schema.read_nested(spec, rawget(params, spec.name), spec.name, context)
    if value ~= nil then
      at_fault, why = put(list_of(spec), spec.wire, value, spec.style, context)
    end
    if at_fault then return nil, at_fault, why end
  end
  if row.body then return with_form(query, form) end
  return query
end

--- Checks parameters of a row that has a body, or some that hold others.
-- @tparam table row a prepared row
-- @tparam table shape of its parameters, see @{streamctl.call.shape}
-- @tparam table params see @{streamctl.call.parameters.run}
-- @tparam table context
-- @treturn[1] table flat list of wire names and texts
-- @treturn[1] string|nil body
-- @treturn[1] string|nil its Content-Type
-- @treturn[2] nil
-- @treturn[2] string the parameter at fault
-- @treturn[2] string why
function body.run(row, shape, params, context)
  if row.body == "json" then return run_json(shape, params, context) end
  return run_wire(row, shape, params, context)
end

-- How a parameter is sent that no row checks.
local function style_of(operation, spec, name)
  if spec then return spec.type == "json_list" and "json" or spec.style end
  local styles = operation.list_style
  local style = type(styles) == "table" and rawget(styles, name) or styles
  return style ~= "flat" and type(style) == "string" and style or nil
end

-- An empty list has a JSON text, and so has an object that may be empty.
local function as_given(spec, value, style)
  if spec and spec.type == "time" and type(value) == "number" then
    return core.time_text(value) or value
  end
  if style == "json" and type(value) == "table" and next(value) == nil then
    local is_list = not spec or spec.type == "list" or spec.type == "json_list"
    return is_list and encode.EMPTY_LIST or encode.EMPTY_OBJECT
  end
  return value
end

--- Parameters as they are given, without a check, in their styles and places.
-- @tparam table operation a prepared row, or a makeshift one of an action without a row, whose
-- `in_body` (true, or a set of names) and `list_style` (see `streamctl.options`) say so
-- @tparam table params by name; never changed, and read without metamethods
-- @tparam table context see @{streamctl.call.parameters.run}
-- @tparam[opt] string kind "form" or "json": what those that belong there are put into
-- @treturn[1] table flat list of wire names and texts
-- @treturn[1] string|nil body
-- @treturn[1] string|nil its Content-Type
-- @treturn[2] nil
-- @treturn[2] string the parameter at fault
-- @treturn[2] string why
function body.as_given(operation, params, context, kind)
  local query, form, object = {}, {}, {}
  local in_body = operation.in_body
  for _, name in ipairs(serialize.sorted_names(params)) do
    local spec = operation.by_name and operation.by_name[name]
    local wire, style = spec and spec.wire or name, style_of(operation, spec, name)
    local value = as_given(spec, rawget(params, name), style)
    local is_inside = kind and not is_in_query(spec)
      and (type(in_body) ~= "table" or in_body[name])
    if is_inside and kind == "json" and not style then
      object[wire] = value
    else
      local out = is_inside and form or query
      local at_fault, why = put(out, wire, value, style, context)
      if at_fault then return nil, at_fault, why end
      if is_inside and kind == "json" then object[wire], form = form[2], {} end
    end
  end
  if kind == "json" then return with_json(query, object) end
  if kind then return with_form(query, form) end
  return query
end

return body
