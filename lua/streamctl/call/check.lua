-- Makes requests of parameters by an operation's row.
--
-- A row (see `rows.lua`) holds `params`, a list of
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
-- `resource` says which stream or task a call changes, by the parameters that name it:
-- `{ "Region", "TaskId", of = "task" }`. Calls whose keys are the same change the same thing: a
-- newer one wins over a late repeat of an older one, and a batch sends them one after the other.
-- `of` keeps apart what is changed apart: ZEGO forbids one StreamId in its rooms and on the CDN by
-- itself. Rows with the same `of` undo or overtake each other. With `secret = true` a text may hold
-- a secret, as the address of a stream does: keys hold its hash, since stores show them, and
-- messages the parameter's name.
--
-- `core.operation` (`csrc/lua/operation.c`) compiles a row at the row's first call.

local core = require "streamctl.core"
local faults = require "streamctl.call.faults"
local options = require "streamctl.options"

local check = {}

local NONE = {}

-- Ends of names of texts without line breaks: ids, names, addresses. Others may be certificates.
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

-- Notes for all texts whether line breaks are fine.
local function find_lines(specs)
  for _, spec in ipairs(specs) do
    local kind = spec.type == "list" and spec.items or spec.type
    local is_text = kind == "text" or kind == "list"
    if is_text and spec.lines == nil then spec.lines = may_hold_lines(spec.name) end
    if spec.fields then find_lines(spec.fields) end
  end
end

-- Makes the function of a row.
local function compile(row)
  find_lines(row.params)
  row.make = core.operation(row)
  return row.make
end

-- The parameters that the options of an action without a row name.
local function named_params(operation)
  local params, known = {}, {}
  local resource, styles, in_body = operation.resource, operation.list_style, operation.in_body
  styles, in_body = type(styles) == "table" and styles, type(in_body) == "table" and in_body
  local function add(name)
    if known[name] then return end
    known[name] = true
    params[#params + 1] = {
      name = name, type = "list", query = in_body and not in_body[name],
      style = not styles and operation.list_style or styles and rawget(styles, name) or nil,
    }
  end
  for _, name in ipairs(resource or NONE) do add(name) end
  for name in next, styles or NONE do add(name) end
  for name in next, in_body or NONE do add(name) end
  return params
end

-- Makes the function of an operation whose parameters are not checked.
local function compile_open(operation, method, body)
  local style = operation.list_style
  return core.operation {
    action = operation.action, method = method, body = body or nil, open = true,
    params = operation.params or named_params(operation),
    sequence = operation.sequence, read = operation.read, resource = operation.resource,
    rest_style = type(style) == "string" and style or nil,
    rest_in_query = type(operation.in_body) == "table",
  }
end

-- The results of `check.request` without a request.
local function refusal(context, request, found, path, ...)
  if request == false then return nil, nil, found, path end
  return nil, faults.explain(context, found, path, ...)
end

-- Checks parameters by a row and makes a request of them, without changes and metamethods. The
-- client's `context` holds `from_zero` (ZEGO's names of items), `stream_prefix` of ZEGO's test
-- environment, and the options that fill in parameters, such as `region`. With an `origin` the
-- request comes signed, which needs a row without a Sequence. Or returns nil, the parameter at
-- fault and why; or nil, nil, message and code.
function check.request(row, params, context, signer, origin, nonce, timestamp)
  local make, safe = row.make or compile(row), row.safe
  if safe ~= true then safe = check.is_harmless(row, params) end
  local request, found, path, spec, value, rule = make(params, context, signer, safe,
    origin, nonce, timestamp)
  if request then return request end
  return refusal(context, request, found, path, spec, value, rule)
end

-- The same without a check of the parameters, also for an action without a row, whose `in_body`
-- (true, or a set of names), `list_style` and `resource` are those of `streamctl.options`. `body`
-- is "form", "json" or nil.
function check.open_request(operation, params, context, signer, method, body, ...)
  local make = operation.open_make or compile_open(operation, method, body)
  if operation.params then operation.open_make = make end
  local request, found, path, spec, value, rule =
    make(params, context, signer, check.is_harmless(operation, params), ...)
  if request then return request end
  return refusal(context, request, found, path, spec, value, rule)
end

-- Gives a call the id by which the vendor knows the call's copies, in the field of the row's
-- `once`, such as "RecordInputParams.ClientTaskId". The caller's id stays. The vendor answers
-- repeats with the first copy's result. Returns a copy of `params` with the id, and the id; or nil
-- and why.
function check.with_once(operation, params)
  local copy = options.merged(params)
  local at = copy
  local outer, name = operation.once:match("^(.-)([^.]+)$")
  for part in outer:gmatch("[^.]+") do
    local inner = rawget(at, part)
    if type(inner) ~= "table" then return params end -- the check will refuse that
    at[part] = options.merged(inner)
    at = at[part]
  end
  if at[name] == nil then
    local id, why = core.nonce()
    if not id then return nil, why end
    at[name] = id
  end
  return copy, at[name]
end

-- A copy of the parameters, with a row's values for missing parameters.
function check.filled(operation, params, context)
  local copy = options.merged(params)
  for _, spec in ipairs(operation.filled_in or {}) do
    if copy[spec.name] == nil then copy[spec.name] = spec.value or context[spec.option] end
  end
  return copy
end

-- Whether a call may go again when its outcome is unknown.
function check.is_harmless(operation, params)
  local safe = operation.safe
  if not safe or safe == true then return safe end
  for name, value in pairs(safe.unless) do
    local param = rawget(params, name)
    if param == value or (value == true and param ~= nil) then return false end
  end
  return true
end

return check
