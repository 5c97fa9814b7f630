--- Where a client's calls go. A vendor has one host or several (`vendor.hosts`, the first is that
-- of rows that name none); each has an address, and a transport made when a call first needs it.
-- @module streamctl.transport.hosts

local errors = require "streamctl.errors"
local options = require "streamctl.options"
local transports = require "streamctl.transport.pick"

local hosts = {}

local function set_of(names)
  local set = {}
  for _, name in ipairs(names) do set[name] = true end
  return set
end

local function unknown(name, names)
  return "no host '" .. errors.tidy(name, 100) .. "'"
    .. require("streamctl.suggest").hint(name, set_of(names))
    .. "; there " .. (names[2] and "are " or "is ") .. table.concat(names, ", ")
end

--- The checks of options that name a vendor's hosts.
-- @tparam table names of its hosts
-- @treturn table `endpoint` (of a client) and `host` (of a call): functions of a value, which
-- return what is wrong with it
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
-- @tparam string|table|nil endpoint the client's option, checked
-- @treturn string|table|nil
function hosts.normalise(endpoint)
  if type(endpoint) ~= "table" then return endpoint and options.normalise_endpoint(endpoint) end
  local copy = {}
  for name, address in next, endpoint do copy[name] = options.normalise_endpoint(address) end
  return copy
end

--- The address of a host.
-- @tparam table self a client
-- @tparam[opt] string name the vendor's first host without it
-- @treturn string `https://host[:port]`
function hosts.endpoint(self, name)
  local given = self.options.endpoint
  if type(given) == "string" then return given end
  name = name or self.vendor.hosts[1]
  return given and given[name] or self.vendor.default_endpoint(self.options, name)
end

--- The addresses of a client in one line: that of the first host, and the others it was given.
-- @tparam table self a client
-- @treturn string
function hosts.shown(self)
  local given, shown = self.options.endpoint, { hosts.endpoint(self) }
  for i = 2, type(given) == "table" and #self.vendor.hosts or 1 do
    local name = self.vendor.hosts[i]
    if given[name] then shown[#shown + 1] = name .. "=" .. given[name] end
  end
  return table.concat(shown, " ")
end

-- Hosts with one address share a transport.
local function make(self, name)
  local endpoint = hosts.endpoint(self, name)
  name = name or 1
  for _, place in pairs(self.places) do
    if place.endpoint == endpoint then
      self.places[name] = place
      return place
    end
  end
  local config = setmetatable({ endpoint = endpoint }, { __index = self.options })
  local transport, why = transports.make(config)
  if not transport then return nil, why end
  self.places[name] = { endpoint = endpoint, transport = transport }
  return self.places[name]
end

--- Where the calls of a host go.
-- @tparam table self a client
-- @tparam[opt] string name the vendor's first host without it
-- @treturn[1] table `endpoint` (`https://host[:port]`) and `transport`
-- @treturn[2] nil
-- @treturn[2] string why the options fit no host: `new` asks for the first one, and says so
function hosts.place(self, name)
  local place = self.places[name or 1]
  if place then return place end
  return make(self, name)
end

return hosts
