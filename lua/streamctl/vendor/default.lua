--- What a vendor's table has beside `new`: the methods of its clients as functions, for the client
-- that the environment describes, which is made at the first call; and its parts.
-- @module streamctl.vendor.default

local errors = require "streamctl.errors"
local options = require "streamctl.options"

local function variable(name)
  local value = os.getenv(name)
  return value ~= "" and value or nil
end

--- Makes what gives these for a vendor (see `vendor/client.lua`): a function of a name, which
-- throws at the line that indexes the table when nothing has it. It keeps them in `public`, and
-- `make` makes a client of options, or returns nil and what is wrong.
return function(public, class, facts, make)
  local default
  local parts = facts.parts or {}

  local function default_client(name)
    if default then return default end
    local fields = { vendor = facts.name, operation = name }
    local given, missing = facts.from_environment(variable)
    if not given then
      return errors.new("credentials", "the environment variable " .. missing .. " is not set; set "
        .. "it, or make a client with " .. class.__name .. ".new", fields)
    end
    -- the vendor's own tools write the bare host there
    if given.endpoint and not given.endpoint:find("://", 1, true) then
      given.endpoint = "https://" .. given.endpoint
    end
    given.tls = { ca_file = variable "STREAMCTL_CA_FILE" }
    local made, why = make(given)
    if not made then return errors.new("invalid_parameter", "the environment: " .. why, fields) end
    default = made
    return default
  end

  return function(name)
    local part = parts[name]
    local invoke = class.invoker(name, part ~= nil)
    if not invoke and not part then
      error(class.__name .. " has no " .. class.hint(name, options.merged(public, parts)), 3)
    end
    local function call(...)
      if (...) == public then
        error("call it with a dot: " .. class.__name .. "." .. name .. "{...}", 2)
      end
      local self, message, err = default_client(name)
      if not self then return nil, message, err end
      local answer
      answer, message, err = invoke(self, select(part and 2 or 1, ...)) -- a part gets itself
      return answer, message, err
    end
    if part then
      part = require(part)
      if invoke then setmetatable(part, { __call = call }) end
    end
    public[name] = part or call
    return public[name]
  end
end
