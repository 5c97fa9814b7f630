-- Defines kinds of sources by their options and the environment variables that replace these.

local checks = require "streamctl.base.checks"
local source = require "streamctl.credentials.source"

local kind = { variable = checks.variable }

-- Whether a variable says "true", in any case, as the vendor's packages compare it.
function kind.flag(name)
  return (kind.variable(name) or ""):lower() == "true"
end

-- Defines a kind of sources with two constructors: `new(options)` throws at the caller's line;
-- `make(options)`, for options of a file, returns nil and the fault. `list` has the options as
-- `checks.take` reads them, each perhaps with a `variable`. A source has its checked `options`
-- and, in `broken`, the fault of a variable. `prepare(source, options)`, optional, completes the
-- options or returns their fault.
function kind.define(vendor, name, list, fetch, prepare)
  local place = "streamctl." .. vendor .. ".credentials." .. name

  local function make(options)
    local self = { name = name, vendor = vendor, account = name, options = options, fetch = fetch }
    for _, field in ipairs(list) do
      local value = options[field[1]] == nil and field.variable and kind.variable(field.variable)
      local why = value and field[2](value)
      if why then self.broken = "the variable " .. field.variable .. " " .. why end
      if value then options[field[1]] = value end
    end
    local why = prepare and prepare(self, options)
    if why then return nil, why end
    return source.new(self)
  end

  return {
    new = function(options)
      local made, why = make(checks.take_from_user(options == nil and {} or options, list, place))
      if not made then error(place .. ": " .. why, 2) end
      return made
    end,
    make = function(options)
      local checked, why = checks.take(options, list)
      if not checked then return nil, why end
      return make(checked)
    end,
  }
end

return kind
