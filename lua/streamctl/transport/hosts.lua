--- Where a client's calls go. A vendor has one host or several (`vendor.hosts`, the first is that
-- of rows that name none); each has an address, and a transport made when a call first needs it.
-- @module streamctl.transport.hosts

local errors = require "streamctl.errors"
local options = require "streamctl.options"
local suggest = require "streamctl.suggest"
local transports = require "streamctl.transport"

local set_of = options.set_of

local hosts = {}

local function unknown(name, names)
  return "no host '" .. errors.tidy(name, 100) .. "'"
    .. suggest.hint(name, set_of(names))
    .. "; there " .. (names[2] and "are " or "is ") .. table.concat(names, ", ")
end

--- The checks of options that name a vendor's hosts: `endpoint` (of a client) and `host` (of a
-- call) are functions of a value, which return what is wrong with it.
function hosts.checks(names)
  local known, checks = set_of(names), {}

  function checks.endpoint(value)
    if type(value) ~= "table" then return (select(2, options.normalise_endpoint(value))) end
    for name, address in next, value do
      if not known[name] then return "has " .. unknown(name, names) end
      local _, why = options.normalise_endpoint(address)
      if why then return "of the host '" .. name .. "' " .. why end
    end
  end

  function checks.host(value)
    if not known[value] then return "names " .. unknown(value, names) end
  end

  return checks
end

--- The addresses a client was given, each in its one spelling.
function hosts.normalise(endpoint)
  if type(endpoint) ~= "table" then return endpoint and options.normalise_endpoint(endpoint) end
  local copy = {}
  for name, address in next, endpoint do copy[name] = options.normalise_endpoint(address) end
  return copy
end

--- The address of a host. `name`, if any: the vendor's first host without it. Returns
-- `https://host[:port]`.
function hosts.endpoint(self, name)
  local given = self.options.endpoint
  if type(given) == "string" then return given end
  name = name or self.vendor.hosts[1]
  return given and given[name] or self.vendor.default_endpoint(self.options, name)
end

--- The addresses of a client in one line: that of the first host, and the others it was given.
function hosts.shown(self)
  local given, shown = self.options.endpoint, { hosts.endpoint(self) }
  for i = 2, type(given) == "table" and #self.vendor.hosts or 1 do
    local name = self.vendor.hosts[i]
    if given[name] then shown[#shown + 1] = name .. "=" .. given[name] end
  end
  return table.concat(shown, " ")
end

--- Where the calls of a host go: a table with `endpoint` (`https://host[:port]`). Without a name it
-- is the vendor's first host.
function hosts.place(self, name)
  name = name or self.vendor.hosts[1]
  local place = self.places[name]
  if not place then
    local endpoint = hosts.endpoint(self, name)
    place = self.places[endpoint] or { endpoint = endpoint } -- hosts may share an address
    self.places[name], self.places[endpoint] = place, place
  end
  return place
end

--- The same place with `transport`, which the loop chooses in which the host's first call waits.
function hosts.open(self, name, loop)
  local place = hosts.place(self, name)
  local config = setmetatable({ endpoint = place.endpoint }, { __index = self.options })
  place.transport = place.transport or transports.make(config, loop)
  place.is_own = place.transport == self.options.transport
  return place
end

return hosts
