-- The texts about parameters that the check in C has refused.

local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local errors = require "streamctl.base.errors"
local json = require "streamctl.base.json"
local suggest = require "streamctl.base.suggest"

local faults = {}

-- Without metamethods, which Lua 5.1 and LuaJIT do not ask for a table's length.
local length = rawlen or function(list) return #list end -- luacheck: ignore 113

local describe = errors.describe

-- Counts characters: the bytes that do not continue a UTF-8 sequence.
local function characters(text)
  local _, count = text:gsub("[^\128-\191]", "")
  return count
end

local function number_text(value)
  return type(value) == "number" and (encode.number(value) or tostring(value)) or describe(value)
end

-- Describes the list that is wanted; `why` the value is none.
local function no_list(spec, why)
  local kind = spec.items
  local items, example = "texts", ', such as { "a", "b" }, '
  if kind and kind ~= "text" then items, example = kind .. "s", ", " end
  if kind == "stream_id" then items = "StreamIds" end
  local min, max = spec.min_items or 1, spec.max_items
  local count = min .. (max and " to " .. max or " or more")
  if min == max then count = min end
  return "must be a list of " .. count .. " " .. items .. example .. why
end

local function wrong_count(spec, value) return no_list(spec, "got " .. length(value)) end

local STREAM_ID = "must be 1 to 256 of the characters A-Z a-z 0-9 - _"

-- Texts, or functions that make them, by the check's finding; `value` is at fault.
local TEXTS = {
  missing = "is required",
  no_text = function(_, value) return "must be text, got " .. describe(value) end,
  empty = "must not be empty",
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
  no_word = "must be of the characters A-Z a-z 0-9 - _",
  not_allowed = function(spec, value)
    return "must be one of " .. table.concat(spec.enum, ", ") .. "; got "
      .. (type(value) == "string" and "'" .. value .. "'" or number_text(value))
  end,
  no_integer = function(_, value) return "must be a whole number, got " .. number_text(value) end,
  no_number = function(_, value) return "must be a finite number, got " .. number_text(value) end,
  no_boolean = function(_, value) return "must be true or false, got " .. describe(value) end,
  not_above = function(spec, value)
    return "must be greater than " .. spec.above .. ", got " .. number_text(value)
  end,
  out_of_range = function(spec, value)
    local range = spec.min and spec.max and "from " .. spec.min .. " to " .. spec.max
      or spec.min and spec.min .. " or greater" or "at most " .. spec.max
    return "must be " .. range .. ", got " .. number_text(value)
  end,
  no_time = "must be a UTC time such as 2026-01-02T03:04:05Z (yyyy-MM-ddTHH:mm:ssZ), "
    .. "or a number of Unix seconds",
  json_text = function(spec, why)
    if spec.type == "json_list" then return "must be a list of texts, or such a list as JSON" end
    return "must be a " .. (spec.type == "list" and "list" or "table with names")
      .. ", or one as JSON; got a text that is none: " .. tostring(why)
  end,
  no_list = function(spec, value) return no_list(spec, "got " .. describe(value)) end,
  gaps = function(spec) return no_list(spec, "without names or gaps") end,
  no_items = function(spec) return no_list(spec, "got an empty one") end,
  few_items = wrong_count, many_items = wrong_count,
  no_object = function(_, value)
    local got = type(value) == "table" and "a list" or describe(value)
    return "must be a table with names, got " .. got
  end,
  stream_id = STREAM_ID,
  prefixed_long = function(_, _, context)
    return STREAM_ID .. ", the prefix " .. context.stream_prefix .. " included"
  end,
  sequence = "must be a whole number from 1 to 2^53 - 1",
  memory = "find no memory, or are too large",
  many_resources = "names more than 1000 resources",
  nul = "holds a NUL byte",
  not_finite = "is not a finite number",
  unsendable = function(_, value) return "is " .. describe(value) .. ", which cannot be sent" end,
  deep = "is nested too deeply, or holds itself",
  -- to the vendor a missing parameter may mean "all of them"
  empty_table = "is an empty table, for which there is no form: leave it out, or fill it",
  no_names = "is neither a list nor a table with names",
  no_list_of_commas = "is no list",
  comma = "holds a comma, which would make it two",
  no_name = "is no parameter name: a name is text without control characters",
}

local function time_text(value)
  return type(value) == "number" and core.time_text(value) or tostring(value)
end

-- The same for rules; `params` is the table whose fields break the rule.
local RULES = {
  later = function(params, name, than)
    return "must be later than " .. than .. " (" .. time_text(params[than]) .. "), got "
      .. time_text(params[name])
  end,
  future = function(params, name, seconds)
    return "must be later than the present time (" .. core.time_text(core.now()) .. ")"
      .. (seconds and (", by %g days at most"):format(seconds / 86400) or "") .. ", got "
      .. time_text(params[name])
  end,
  required_if = function(_, _, other, value)
    return "is required when " .. other .. " is " .. value
  end,
  any_of = function(_, _, other) return "or " .. other .. " is required" end,
  single_if = function(params, name, other, value)
    local list = params[name]
    if type(list) == "string" then list = json.decode_list(list) or {} end
    return "must hold exactly one item when " .. other .. " is " .. value .. ", got "
      .. length(list)
  end,
}

-- The text about a name that `spec`, a row or an object, does not have.
local function unknown(spec, name)
  local names = {}
  for i, field in ipairs(spec.fields or spec.params) do names[i] = field.name end
  local kind = spec.fields and "field of " .. spec.name or "parameter of " .. spec.action
  return "is no " .. kind .. suggest.hint(name, names)
end

-- The parameter at fault and why, from the results of a function of `core.operation`.
function faults.explain(context, found, path, spec, value, rule)
  if found == "memory" then
    path = "the parameters"
  elseif found == "unknown" then
    if path ~= "" then path = path .. (path:find " item %d+$" and " " or ".") end
    return path .. errors.tidy(value, 100), unknown(spec, value)
  elseif found == "rule" then
    return path, RULES[rule[1]](value, rule[2], rule[3], rule[4])
  elseif found == "no_name" and value ~= nil then
    local name = type(value) == "string" and value or errors.tidy(value, 100)
    path = path == "" and name or path .. "." .. name
  end
  local text = TEXTS[found]
  return path, type(text) == "string" and text or text(spec, value, context)
end

return faults
