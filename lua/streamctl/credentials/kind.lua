--- Kinds of sources, by the fields that they take and the variables that stand in for these.
-- @module streamctl.credentials.kind

local fields = require "streamctl.fields"
local source = require "streamctl.credentials.source"

local kind = {}

-- The value of a variable of the environment; nil when it is not set, or empty.
function kind.variable(name)
  local value = os.getenv(name)
  return value ~= "" and value or nil
end

-- Whether a variable says "true", in any case, as the vendor's packages compare it.
function kind.flag(name)
  return (kind.variable(name) or ""):lower() == "true"
end

-- A kind of sources, with two constructors: `new(given)` throws at the caller's line;
-- `make(given)`, for fields that come from a file, returns nil and what is wrong. `list`: its
-- fields as `streamctl.fields` takes them, where `variable` names the variable that stands in for a
-- field. A source has the fields as `given`, and as `broken` what is wrong with a variable.
-- `prepare(self, given)`, optional, completes them, or returns what is wrong with them.
function kind.define(vendor, name, list, fetch_key, prepare)
  local place = "streamctl." .. vendor .. ".credentials." .. name

  local function make(given)
    local self = { name = name, vendor = vendor, account = name, given = given, fetch = fetch_key }
    for _, field in ipairs(list) do
      local value = given[field[1]] == nil and field.variable and kind.variable(field.variable)
      local why = value and field[2](value)
      if why then self.broken = "the variable " .. field.variable .. " " .. why end
      if value then given[field[1]] = value end
    end
    local why = prepare and prepare(self, given)
    if why then return nil, why end
    return source.new(self)
  end

  local kinds = { fields = list }

  function kinds.new(given)
    local it, why = fields.check(given == nil and {} or given, list, place)
    local made
    if it then made, why = make(it) end
    if not made then error(place .. ": " .. why, 2) end
    return made
  end

  function kinds.make(given)
    local it, why = fields.read(given, list)
    if not it then return nil, why end
    return make(it)
  end

  return kinds
end

return kind
