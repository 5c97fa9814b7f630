--- Checks parameters by an operation's row and turns them into what is sent.
--
-- A row (see @{streamctl.call.rows}) holds `params`, a list of
--
--     { name = "PageSize", type = "integer", required = true, min = 1, max = 3000 }
--
-- Types of one value: `text`, `integer`, `number`, `boolean`, `time` (UTC text, or Unix seconds,
-- which are rounded down), `stream_id`, `sequence`; and of a list: `json_list` (texts, as one JSON
-- text), `stream_ids`. Types that hold others: `list` (of `items`, one of the types; texts without
-- it), `object` (of `fields`, a list such as `params`), `map` (of any names).
--
-- Limits: `enum`, `max_length` (characters), `max_bytes`, `min`, `max`, `above`, `word` (only A-Z
-- a-z 0-9 - _), `prefixed` (StreamIds take the prefix of the test environment); of lists
-- `min_items` (1 without it) and `max_items`, all others being those of their items. What is left
-- out is filled in: `value` says with which text, or `option` from which of the client's options.
--
-- `wire` is the name that is sent. A `style` says how a list, an object or a map is sent: as one
-- JSON text ("json"), with commas ("commas"), else flattened as the vendor does. Such texts may be
-- given as well. With the row's `body`, parameters travel in a form or a JSON object, but for those
-- with `query = true`.
--
-- `rules` tie parameters of one value together: `{ "later", "EndTime", "StartTime" }` (both given:
-- the first must be later), `{ "future", "EndTime" }`, `{ "required_if", name, other, value }`, and
-- `{ "single_if", name, other, value }` (a list of one item if `other` has that value).
--
-- Values are checked in C (`csrc/core/row.c`), what holds others by @{streamctl.call.schema};
-- @{streamctl.call.faults} says what was wrong.
-- @module streamctl.call.parameters

local core = require "streamctl.core"
local encode = require "streamctl.call.encode"
local json = require "streamctl.json"
local schema = require "streamctl.call.schema"

local parameters = {}

local function copy_of(params)
  local copy = {}
  for name, value in next, params do copy[name] = value end
  return copy
end

--- Fills in what the caller left out.
-- @tparam table operation a prepared row, or a makeshift one of an action without a row
-- @tparam table params by name; never changed, and read without metamethods
-- @tparam table context see @{run}
-- @treturn table `params`, or a copy with more
function parameters.fill_in(operation, params, context)
  local copy
  for _, spec in ipairs(operation.filled_in or {}) do
    local value = spec.value or context[spec.option]
    if value ~= nil and rawget(params, spec.name) == nil then
      copy = copy or copy_of(params)
      copy[spec.name] = value
    end
  end
  return copy or params
end

-- A row is made ready when it is first needed: its shape, and if it holds nothing but values for
-- the query, what checks and signs them in C.
local function shape_of(row)
  if row.shape then return row.shape end
  local shape = schema.compile(row.params, "parameter of " .. row.action, row.rules)
  local is_plain = not row.body and #shape.nested == 0
  row.check, row.sign = is_plain and shape.check, is_plain and shape.sign
  row.shape = shape
  return shape
end

-- Appends a parameter to a wire list, in its style. Returns what is at fault and why, or nothing.
local function put(out, name, value, style, context)
  if style and type(value) == "table" then
    local write = style == "json" and encode.json_value or encode.commas
    local text, at_fault, why = write(name, value)
    if not text then return at_fault, why end
    out[#out + 1], out[#out + 2] = name, text
    return nil
  end
  return select(2, encode.flatten(out, name, value, context.naming))
end

local FORM, JSON = "application/x-www-form-urlencoded", "application/json"

-- The query, the body and its type.
local function with_form(query, form)
  return query, encode.form(form), FORM
end

local function with_json(query, object)
  local body, at_fault, why = encode.json(object)
  if not body then return nil, at_fault, why end
  return query, body, JSON
end

-- The parameters of a JSON body, but for those that belong to the query.
local function run_json(shape, params, context)
  local object, at_fault, why = schema.read(shape, params, "", context)
  if not object then return nil, at_fault, why end
  local query = {}
  for _, spec in ipairs(shape.specs) do
    local value = object[spec.wire]
    if spec.query and value ~= nil then
      at_fault, why = put(query, spec.wire, value, spec.style, context)
      if at_fault then return nil, at_fault, why end
      object[spec.wire] = nil
    end
  end
  return with_json(query, object)
end

-- The parameters of a query, or of a query and a form.
local function run_wire(row, shape, params, context)
  local wire, at_fault, why = schema.check_flat(shape, schema.flat_part(shape, params), context)
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

--- Checks parameters, which are filled in.
-- @tparam table row a prepared row
-- @tparam table params by name; never changed, and read without metamethods
-- @tparam table context of the client: `naming` of items (see @{streamctl.call.encode}),
-- `stream_prefix` of ZEGO's test environment, and the options that fill in parameters, such as
-- `region`
-- @treturn[1] table flat list of wire names and texts, in the row's order
-- @treturn[1] string|nil body
-- @treturn[1] string|nil its Content-Type
-- @treturn[2] nil
-- @treturn[2] string the parameter at fault
-- @treturn[2] string why
function parameters.run(row, params, context)
  local wire = row.check and row.check(params, context.stream_prefix)
  if wire then return wire end
  local shape = shape_of(row)
  if row.check then return schema.check_flat(shape, params, context) end
  if row.body == "json" then return run_json(shape, params, context) end
  return run_wire(row, shape, params, context)
end

-- How a parameter is sent that no row checks.
local function style_of(operation, spec, name)
  if spec then return spec.type == "json_list" and "json" or spec.style end
  local styles = operation.list_style
  local style = type(styles) == "table" and styles[name] or styles
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
-- @tparam table context see @{run}
-- @tparam[opt] string body "form" or "json": what those that belong there are put into
-- @treturn[1] table flat list of wire names and texts
-- @treturn[1] string|nil body
-- @treturn[1] string|nil its Content-Type
-- @treturn[2] nil
-- @treturn[2] string the parameter at fault
-- @treturn[2] string why
function parameters.as_given(operation, params, context, body)
  local query, form, object = {}, {}, {}
  local in_body = operation.in_body
  for _, name in ipairs(encode.sorted_names(params)) do
    local spec = operation.by_name and operation.by_name[name]
    local wire, style = spec and spec.wire or name, style_of(operation, spec, name)
    local value = as_given(spec, rawget(params, name), style)
    local is_inside = body and not (spec and spec.query)
      and (type(in_body) ~= "table" or in_body[name])
    if is_inside and body == "json" and not style then
      object[wire] = value
    elseif value ~= json.null then
      local out = is_inside and form or query
      local at_fault, why = put(out, wire, value, style, context)
      if at_fault then return nil, at_fault, why end
      if is_inside and body == "json" then object[wire], form = form[2], {} end
    end
  end
  if body == "json" then return with_json(query, object) end
  if body then return with_form(query, form) end
  return query
end

--- Makes what checks parameters and signs them in one go, without the list in between.
-- @tparam table row a prepared row
-- @treturn function|boolean false for a row that has more than values for the query; else
-- `sign(params, stream_prefix, signer, method, action, endpoint, nonce,
-- timestamp)`: a table of `method`, `url`, `headers`, `body`; nil when @{run} or the signer refuse,
-- who say why
function parameters.signing(row)
  shape_of(row)
  return row.sign
end

--- What a checked list says of a parameter.
-- @tparam table wire flat list of names and texts
-- @tparam string name
-- @treturn string|nil
function parameters.sent(wire, name)
  for i = 1, #wire, 2 do
    if wire[i] == name then return wire[i + 1] end
  end
end

return parameters
