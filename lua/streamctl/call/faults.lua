--- What to say about parameters that a check refused.
-- @module streamctl.call.faults

local core = require "streamctl.core"
local encode = require "streamctl.call.encode"
local errors = require "streamctl.errors"
local json = require "streamctl.json"
local suggest = require "streamctl.suggest"

local faults = {}

-- Without metamethods, which Lua 5.1 and LuaJIT do not ask for a table's length.
local length = rawlen or function(list) return #list end -- luacheck: ignore 113

--- What a value is, for messages.
-- @param value
-- @treturn string
function faults.describe(value)
  local kind = type(value)
  if kind == "nil" then return "nothing" end
  return "a " .. kind
end

local describe = faults.describe

-- Characters, not bytes: every byte that does not continue a UTF-8 sequence.
local function characters(text)
  local _, count = text:gsub("[^\128-\191]", "")
  return count
end

local function number_text(value)
  return type(value) == "number" and (encode.number(value) or tostring(value)) or describe(value)
end

--- What a list must be.
-- @tparam table spec of the parameter
-- @tparam string why it is none
-- @treturn string
function faults.no_list(spec, why)
  local kind = spec.items
  local what, example = "texts", ', such as { "a", "b" }, '
  if kind and kind ~= "text" then what, example = kind .. "s", ", " end
  if kind == "stream_id" then what = "StreamIds" end
  local least, most = spec.min_items or 1, spec.max_items
  local count = least .. (most and " to " .. most or " or more")
  if least == most then count = least end
  return "must be a list of " .. count .. " " .. what .. example .. why
end

local no_list = faults.no_list

local STREAM_ID = "must be 1 to 256 of the characters A-Z a-z 0-9 - _"

-- What to say, by what the check found; `value` is the one at fault.
local TEXTS = {
  missing = function() return "is required" end,
  no_text = function(_, value) return "must be text, got " .. describe(value) end,
  empty = function() return "must not be empty" end,
  control = function(spec)
    return "must not hold control characters"
      .. (spec.lines and ", but for line breaks and tabs" or "")
  end,
  long = function(spec, value)
    return "must have at most " .. spec.max_length .. " characters, got " .. characters(value)
  end,
  many_bytes = function(spec, value)
    return "must have at most " .. spec.max_bytes .. " bytes, got " .. #value
  end,
  no_word = function() return "must be of the characters A-Z a-z 0-9 - _" end,
  not_allowed = function(spec, value)
    return "must be one of " .. table.concat(spec.enum, ", ") .. "; got "
      .. (type(value) == "string" and "'" .. value .. "'" or number_text(value))
  end,
  no_integer = function(_, value)
    local got = type(value) == "number" and tostring(value) or describe(value)
    return "must be a whole number, got " .. got
  end,
  no_number = function(_, value)
    local got = type(value) == "number" and tostring(value) or describe(value)
    return "must be a finite number, got " .. got
  end,
  no_boolean = function(_, value) return "must be true or false, got " .. describe(value) end,
  not_above = function(spec, value)
    return "must be greater than " .. spec.above .. ", got " .. number_text(value)
  end,
  out_of_range = function(spec, value)
    local range
    if not spec.max then
      range = spec.min .. " or greater"
    elseif not spec.min then
      range = "at most " .. spec.max
    else
      range = "from " .. spec.min .. " to " .. spec.max
    end
    return "must be " .. range .. ", got " .. number_text(value)
  end,
  no_time = function()
    return "must be a UTC time such as 2026-01-02T03:04:05Z (yyyy-MM-ddTHH:mm:ssZ), "
      .. "or a number of Unix seconds"
  end,
  json_text = function() return "must be a list of texts, or such a list as JSON" end,
  no_list = function(spec, value) return no_list(spec, "got " .. describe(value)) end,
  gaps = function(spec) return no_list(spec, "without names or gaps") end,
  no_items = function(spec) return no_list(spec, "got an empty one") end,
  few_items = function(spec, value) return no_list(spec, "got " .. length(value)) end,
  many_items = function(spec, value) return no_list(spec, "got " .. length(value)) end,
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
  any_of = function(_, _, other) return "or " .. other .. " is required" end,
  single_if = function(params, name, other, value)
    return "must hold exactly one item when " .. other .. " is " .. value .. ", got "
      .. length(params[name])
  end,
}

-- The name that is none, as C reads them.
local function unknown(shape, params)
  for name in next, params do
    if not shape.by_name[name] then
      return errors.tidy(name, 100), "is no " .. shape.called .. suggest.hint(name, shape.by_name)
    end
  end
  return "the parameters", "changed while they were read"
end

-- The parameters with lists that came as JSON text as the lists they are.
local function with_lists(shape, params)
  local copy = {}
  for name, value in next, params do
    local spec = shape.by_name[name]
    local is_text = spec and spec.type == "json_list" and type(value) == "string"
    copy[name] = is_text and json.decode_list(value) or value
  end
  return copy
end

--- The parameter at fault and why.
-- @tparam table shape see @{streamctl.call.shape.compile}
-- @tparam table params what was checked
-- @tparam table context see @{streamctl.call.parameters}
-- @tparam string found what the check found, with its index and a detail, see `core.row`
-- @tparam integer at
-- @tparam integer detail
-- @treturn string name
-- @treturn string why
function faults.explain(shape, params, context, found, at, detail)
  if found == "unknown" then return unknown(shape, params) end
  if found == "json_text" or found == "rule" then params = with_lists(shape, params) end
  if found == "json_text" then -- what is wrong with the list, if it is one
    local wire, in_list, where, what = shape.check(params, context.stream_prefix)
    if not wire then found, at, detail = in_list, where, what end
  end
  local spec = shape.flat[at]
  if not spec then return "the parameters", "find no memory, or are too large" end
  if found == "rule" then
    local rule = shape.rules[detail]
    return spec.name, RULES[rule[1]](params, rule[2], rule[3], rule[4])
  end
  local value = rawget(params, spec.name)
  if detail > 0 then
    return spec.name, "item " .. detail .. " " .. TEXTS[found](spec, rawget(value, detail), context)
  end
  return spec.name, TEXTS[found](spec, value, context)
end

return faults
