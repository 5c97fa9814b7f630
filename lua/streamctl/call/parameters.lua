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
-- a-z 0-9 - _), `lines` (line breaks and tabs are fine: true without it, but for names that end as
-- those of ids, names and addresses do), `prefixed` (StreamIds take the prefix of the test
-- environment); of lists `min_items` (1 without it) and `max_items`, all others being those of
-- their items. What is left out is filled in: `value` says with which text, or `option` from which
-- of the client's options.
--
-- `wire` is the name that is sent. A `style` says how a list, an object or a map is sent: as one
-- JSON text ("json"), with commas ("commas"), else flattened as the vendor does. Such texts may be
-- given as well. With the row's `body`, parameters travel in a form or a JSON object, but for those
-- with `query = true`.
--
-- `rules` tie parameters of one value together: `{ "later", "EndTime", "StartTime" }` (both given:
-- the first must be later), `{ "future", "EndTime" }`, `{ "required_if", name, other, value }`,
-- `{ "single_if", name, other, value }` (a list of one item if `other` has that value), and
-- `{ "any_of", name, other }` (one of them is given, or both). Objects may have `rules` between
-- their fields.
--
-- Values are checked in C (`csrc/core/row.c`, by way of @{streamctl.call.shape}); what holds others
-- by @{streamctl.call.schema}, and @{streamctl.call.body} puts parameters into bodies and styles;
-- @{streamctl.call.faults} says what was wrong. A call loads of these what it needs.
-- @module streamctl.call.parameters

local bodies = require "streamctl.call.body"
local core = require "streamctl.core"
local shapes = require "streamctl.call.shape"

local parameters = {}

--- Fills in what the caller left out.
-- @tparam table operation a prepared row, or a makeshift one of an action without a row
-- @tparam table params by name; never changed, and read without metamethods
-- @tparam table context see @{run}
-- @treturn table `params`, or a copy with more
function parameters.fill_in(operation, params, context)
  local copy
  local specs = operation.filled_in
  for i = 1, specs and #specs or 0 do
    local spec = specs[i]
    local value = spec.value or context[spec.option]
    if value ~= nil and rawget(params, spec.name) == nil then
      copy = copy or shapes.copy_of(params)
      copy[spec.name] = value
    end
  end
  return copy or params
end

-- A row is made ready when it is first needed: its shape, and if it holds nothing but values for
-- the query, what makes requests of them in C.
local function shape_of(row)
  local shape = shapes.compile(row.params, "parameter of " .. row.action, row.rules, row)
  row.check = not row.body and #shape.nested == 0 and shape.check
  row.shape = shape
  return shape
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
  local shape = row.shape or shape_of(row)
  if row.check then return shapes.check_flat(shape, params, context) end
  return bodies.run(row, shape, params, context)
end

--- Makes a request of what is ready for the wire.
-- @param signer
-- @tparam table operation a row, or a makeshift one
-- @tparam string method
-- @tparam table params of the caller
-- @tparam table wire flat list of names and texts
-- @tparam[opt] string body
-- @tparam[opt] string kind its Content-Type
-- @treturn[1] userdata request, see csrc/lua/request.c
-- @treturn[2] nil
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] string code
function parameters.pack(signer, operation, method, params, wire, body, kind)
  local safe, about = parameters.is_harmless(operation, params), nil
  if operation.sequence then about = operation.about end
  local request, message, code = core.request(signer, method, operation.action, safe, wire, body,
    kind, about and about[1], about and about.of)
  return request, nil, message, code
end

--- Checks parameters, which are filled in, and makes a request of them.
-- @tparam table row a prepared row
-- @tparam table params by name; never changed, and read without metamethods
-- @tparam table context see @{run}
-- @param signer
-- @tparam[opt] string origin to sign at once for, if that can be; then also
-- @tparam[opt] string nonce
-- @tparam[opt] integer timestamp
-- @treturn[1] userdata|table request, or what its `signed` gives
-- @treturn[2] nil
-- @treturn[2] string the parameter at fault
-- @treturn[2] string why
-- @treturn[3] nil
-- @treturn[3] nil
-- @treturn[3] string message
-- @treturn[3] string code
function parameters.request(row, params, context, signer, origin, nonce, timestamp)
  local shape = row.shape or shape_of(row)
  if not row.check then
    local wire, body, kind = parameters.run(row, params, context)
    if not wire then return nil, body, kind end
    return parameters.pack(signer, row, row.method, params, wire, body, kind)
  end
  local request, found, at, detail = row.check(params, context.stream_prefix, signer,
    parameters.is_harmless(row, params), origin, nonce, timestamp)
  if request then return request end
  if type(at) == "string" then return nil, nil, found, at end
  return nil, shapes.explain(shape, params, context, found, at, detail)
end

--- Whether a call may go again when it is unknown whether it was executed.
-- @tparam table operation
-- @tparam table params of the caller
-- @treturn boolean
function parameters.is_harmless(operation, params)
  local safe = operation.safe
  if not safe or safe == true then return safe end
  for name, value in pairs(safe.unless) do
    local given = rawget(params, name)
    if given == value or (value == true and given ~= nil) then return false end
  end
  return true
end

return parameters
