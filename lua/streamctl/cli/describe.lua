-- Describes operations, for `streamctl ops` and for the documents.

local streamctl = require "streamctl"
local suggest = require "streamctl.base.suggest"

local describe = {}

-- Returns a rate in words, such as "10 calls a second"; nil is none.
function describe.rate(rate)
  return rate and ("%.4g call%s a second"):format(rate, rate == 1 and "" or "s")
    or "no documented rate"
end

-- Returns the documented calls per second in a mode, "live" or "test"; nil without such a rate.
function describe.rate_in(row, mode) return mode == "test" and row.test_rate or row.rate end

function describe.safety(row)
  if type(row.safe) ~= "table" then
    return row.safe and "harmless to repeat" or "not repeated blindly"
  end
  local exceptions = {}
  for name, value in pairs(row.safe.unless) do
    exceptions[#exceptions + 1] = name .. " is " .. (value == true and "given" or value)
  end
  table.sort(exceptions)
  return "harmless to repeat unless " .. table.concat(exceptions, " or ")
end

-- Returns the effect of an operation: "reads", "restores", or "changes", which needs a yes first.
function describe.effect(row)
  return row.read and "reads" or row.restores and "restores" or "changes"
end

-- Returns the parameter that chooses a page, or "yes"; nil without pages.
function describe.paging(row)
  local pages = row.pages
  return pages and (pages.page or pages.marker or "yes")
end

-- All limits are whole numbers.
local LIMITS = {
  { "min", "at least %.0f" }, { "above", "above %.0f" }, { "max", "at most %.0f" },
  { "max_length", "at most %.0f characters" }, { "max_bytes", "at most %.0f bytes" },
  { "min_items", "at least %.0f items" }, { "max_items", "at most %.0f items" },
}

-- Returns the limits of a parameter as texts.
function describe.limits(param)
  local list = {}
  for _, limit in ipairs(LIMITS) do
    local value = param[limit[1]]
    if value then list[#list + 1] = limit[2]:format(value) end
  end
  if param.type == "time" then list[#list + 1] = "UTC, or Unix seconds" end
  if param.default then list[#list + 1] = param.default .. " if left out" end
  if param.word then list[#list + 1] = "of A-Z a-z 0-9 - _" end
  if param.value then list[#list + 1] = "filled in with " .. tostring(param.value) end
  if param.option then list[#list + 1] = "filled in from the client's " .. param.option end
  if param.documented then list[#list + 1] = "required, as the vendor's comments have it" end
  return list
end

-- Returns the limits of a parameter as texts, after the values that it may have.
function describe.all_limits(param)
  local limits, values = describe.limits(param), {}
  for i, value in ipairs(param.enum or {}) do values[i] = tostring(value) end
  if values[1] then table.insert(limits, 1, "one of " .. table.concat(values, ", ")) end
  return limits
end

-- Tells whether the caller must give a parameter.
function describe.is_required(param)
  return param.required and not param.value and not param.option
end

-- Returns a list of parameters, required parameters first.
function describe.required_first(params)
  local list = {}
  for _, required in ipairs { true, false } do
    for _, param in ipairs(params) do
      if (describe.is_required(param) or false) == required then list[#list + 1] = param end
    end
  end
  return list
end

-- Returns " (did you mean 'ResumeRTCStreams'?)" for an unknown name in either spelling, or "".
function describe.hint(name, vendors)
  local known = {}
  for _, vendor in ipairs(vendors) do
    for _, other in ipairs(streamctl[vendor].operations:names(name)) do known[other] = true end
  end
  return suggest.hint(name, known)
end

return describe
