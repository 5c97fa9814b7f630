--- Checks parameters by an operation's row and turns them into the wire list.
--
-- A row (see @{streamctl.call.rows}) holds `params`, a list of
--
--     { name = "PageSize", type = "integer", required = true, min = 1, max = 3000 }
--
-- Types: `text`, `integer`, `time` (UTC text, or Unix seconds, which are rounded down), `json_list`
-- (one JSON text), `stream_id`, `stream_ids`, `sequence`. Limits: `enum`, `max_length`
-- (characters), `max_items`, `min`, `max`, `above`, `word` (only A-Z a-z 0-9 - _). What is left out
-- is filled in: `value` says with which text, or `option` from which of the client's options.
-- `rules` ties parameters together: `{ "later", "EndTime", "StartTime" }` (both given: the first
-- must be later), `{ "future", "EndTime" }`, `{ "required_if", name, other, value }`,
-- `{ "single_if", name, other, value }` (a list of one item if `other` has that value).
--
-- The check itself is done in C (`csrc/core/row.c`); here is what to say about it.
-- @module streamctl.call.parameters

local core = require "streamctl.core"
local encode = require "streamctl.call.encode"
local json = require "streamctl.json"
local suggest = require "streamctl.suggest"

local parameters = {}

local function describe(value)
  local kind = type(value)
  if kind == "nil" then return "nothing" end
  return "a " .. kind
end

-- Characters, not bytes: every byte that does not continue a UTF-8 sequence.
local function characters(text)
  local _, count = text:gsub("[^\128-\191]", "")
  return count
end

local function no_list(spec, why)
  return "must be a list of 1 to " .. spec.max_items .. ' texts, such as { "a", "b" }, ' .. why
end

local STREAM_ID = "must be 1 to 256 of the characters A-Z a-z 0-9 - _"

-- What to say, by what the check found; `value` is the one at fault.
local TEXTS = {
  missing = function() return "is required" end,
  no_text = function(_, value) return "must be text, got " .. describe(value) end,
  empty = function() return "must not be empty" end,
  control = function() return "must not hold control characters" end,
  long = function(spec, value)
    return "must have at most " .. spec.max_length .. " characters, got " .. characters(value)
  end,
  no_word = function() return "must be of the characters A-Z a-z 0-9 - _" end,
  not_allowed = function(spec, value)
    return "must be one of " .. table.concat(spec.enum, ", ") .. "; got '" .. value .. "'"
  end,
  no_integer = function(_, value)
    local got = type(value) == "number" and tostring(value) or describe(value)
    return "must be a whole number, got " .. got
  end,
  not_above = function(spec, value)
    return "must be greater than " .. spec.above .. ", got " .. encode.integer(value)
  end,
  out_of_range = function(spec, value)
    local range = spec.min .. " or greater"
    if spec.max then range = "from " .. spec.min .. " to " .. spec.max end
    return "must be " .. range .. ", got " .. encode.integer(value)
  end,
  no_time = function()
    return "must be a UTC time such as 2026-01-02T03:04:05Z (yyyy-MM-ddTHH:mm:ssZ), "
      .. "or a number of Unix seconds"
  end,
  json_text = function() return "must be a list of texts, or such a list as JSON" end,
  no_list = function(spec, value) return no_list(spec, "got " .. describe(value)) end,
  gaps = function(spec) return no_list(spec, "without names or gaps") end,
  no_items = function(spec) return no_list(spec, "got an empty one") end,
  many_items = function(spec, value) return no_list(spec, "got " .. #value) end,
  stream_id = function() return STREAM_ID end,
  prefixed_long = function(_, _, context)
    return STREAM_ID .. ", the prefix " .. context.stream_prefix .. " included"
  end,
  sequence = function() return "must be a whole number from 1 to 2^53 - 1" end,
}

-- A time as it is sent.
local function time_text(value)
  return type(value) == "number" and core.time_text(value) or tostring(value)
end

-- The same for rules, of all parameters.
local RULES = {
  later = function(params, name, than)
    return "must be later than " .. than .. " (" .. time_text(params[than]) .. "), got "
      .. time_text(params[name])
  end,
  future = function(params, name)
    return "must be later than the present time (" .. core.time_text(core.now()) .. "), got "
      .. time_text(params[name])
  end,
  required_if = function(_, _, other, value)
    return "is required when " .. other .. " is " .. value
  end,
  single_if = function(params, name, other, value)
    return "must hold exactly one item when " .. other .. " is " .. value .. ", got "
      .. #params[name]
  end,
}

local function unknown(row, params)
  for name in next, params do -- as C reads it
    if not row.by_name[name] then
      return tostring(name), "is no parameter of " .. row.action .. suggest.hint(name, row.by_name)
    end
  end
  return "the parameters", "changed while they were read"
end

-- The parameter at fault and why.
local function explain(row, params, context, found, at, detail)
  if found == "unknown" then return unknown(row, params) end
  local spec = row.params[at]
  if not spec then return "the parameters", "find no memory, or are too large" end
  if found == "rule" then
    local rule = row.rules[detail]
    return spec.name, RULES[rule[1]](params, rule[2], rule[3], rule[4])
  end
  local value = params[spec.name]
  if detail > 0 then
    return spec.name, "item " .. detail .. " " .. TEXTS[found](spec, value[detail], context)
  end
  return spec.name, TEXTS[found](spec, value, context)
end

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

-- The row's check in C, made when it is first needed.
local function reader(row)
  local index, rules = {}, {}
  for i, spec in ipairs(row.params) do index[spec.name] = i end
  for i, rule in ipairs(row.rules or {}) do
    rules[i] = { kind = rule[1], param = index[rule[2]], other = index[rule[3]], value = rule[4] }
  end
  row.check, row.sign = core.row { params = row.params, rules = rules }
  return row.check
end

-- A list that came as JSON text is checked as the list it is, and sent as it came.
local function read_json(row, params, context, at)
  local spec, copy = row.params[at], copy_of(params)
  copy[spec.name] = json.decode_list(params[spec.name])
  if not copy[spec.name] then return nil, spec.name, TEXTS.json_text() end
  local wire, found, where, detail = row.check(copy, context.stream_prefix)
  if not wire then return nil, explain(row, copy, context, found, where, detail) end
  for i = 1, #wire, 2 do
    if wire[i] == spec.wire then wire[i + 1] = params[spec.name] end
  end
  return wire
end

--- Checks parameters, which are filled in.
-- @tparam table row a prepared row
-- @tparam table params by name; never changed, and read without metamethods
-- @tparam table context of the client: `stream_prefix` of ZEGO's test environment, and the options
-- that fill in parameters, such as `region`
-- @treturn[1] table flat list of wire names and texts, in the row's order
-- @treturn[2] nil
-- @treturn[2] string the parameter at fault
-- @treturn[2] string why
function parameters.run(row, params, context)
  local wire, found, at, detail = (row.check or reader(row))(params, context.stream_prefix)
  if wire then return wire end
  if found == "json_text" then return read_json(row, params, context, at) end
  return nil, explain(row, params, context, found, at, detail)
end

--- Parameters as they are given, without a check, in the form that the vendor's serializer takes.
-- @tparam table operation a prepared row, or a makeshift one of an action without a row
-- @tparam table params by name; never changed
-- @treturn[1] table `params`, or a copy in which lists that the vendor wants as JSON are such texts
-- and Unix seconds UTC texts where it wants a time
-- @treturn[2] nil
-- @treturn[2] string the parameter at fault
-- @treturn[2] string why
function parameters.as_sent(operation, params)
  local copy = params
  for _, spec in ipairs(operation.params or {}) do
    local list = params[spec.name]
    if spec.type == "json_list" and type(list) == "table" then
      if copy == params then copy = copy_of(params) end
      local text, at_fault, why = "[]", nil, nil
      if next(list) ~= nil then text, at_fault, why = encode.json_value(spec.name, list) end
      if not text then return nil, at_fault, why end
      copy[spec.name] = text
    elseif spec.type == "time" and type(list) == "number" and core.time_text(list) then
      if copy == params then copy = copy_of(params) end
      copy[spec.name] = core.time_text(list)
    end
  end
  return copy
end

--- Makes what checks parameters and signs them in one go, without the list in between.
-- @tparam table row a prepared row
-- @treturn function `sign(params, stream_prefix, signer, method, action, endpoint, nonce,
-- timestamp)`: a table of `method`, `url`, `headers`, `body`; nil when @{run} or the signer refuse,
-- who say why
function parameters.signing(row)
  reader(row)
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
