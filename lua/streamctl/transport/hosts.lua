-- Where a client's calls go. A vendor has one host or several: `vendor.hosts`, of which the first
-- serves the rows that name none. Each has an address, and since its first call a place.

local normalise = require("streamctl.base.checks").endpoint
local options = require "streamctl.base.options"
local suggest = require "streamctl.base.suggest"
local transports = require "streamctl.transport"

local set_of = options.set_of

local hosts = {}

local function unknown(name, names)
  return "no host " .. suggest.quoted(name, names) .. "; there "
    .. (names[2] and "are " or "is ") .. table.concat(names, ", ")
end

-- The checks of the options `endpoint` (of a client) and `host` (of a call): functions of a value,
-- which return its flaw.
function hosts.checks(names)
  local known, checks = set_of(names), {}

  function checks.endpoint(value)
    if type(value) ~= "table" then return (select(2, normalise(value))) end
    for name, address in next, value do
      if not known[name] then return "has " .. unknown(name, names) end
      local _, why = normalise(address)
      if why then return "of the host '" .. name .. "' " .. why end
    end
  end

  function checks.host(value)
    if not known[value] then return "names " .. unknown(value, names) end
  end

  return checks
end

-- The option `endpoint`, each address in its one spelling.
function hosts.normalise(endpoint)
  if type(endpoint) ~= "table" then return endpoint and normalise(endpoint) end
  local copy = {}
  for name, address in next, endpoint do copy[name] = normalise(address) end
  return copy
end

-- The address of a host (without a name the vendor's first): `https://host[:port]`.
function hosts.endpoint(self, name)
  local endpoint = self.options.endpoint
  if type(endpoint) == "string" then return endpoint end
  name = name or self.vendor.hosts[1]
  return endpoint and endpoint[name] or self.vendor.default_endpoint(self.options, name)
end

-- A client's addresses in one line: the first host's, and all of the option `endpoint`.
function hosts.shown(self)
  local endpoint, shown = self.options.endpoint, { hosts.endpoint(self) }
  for i = 2, type(endpoint) == "table" and #self.vendor.hosts or 1 do
    local name = self.vendor.hosts[i]
    if endpoint[name] then shown[#shown + 1] = name .. "=" .. endpoint[name] end
  end
  return table.concat(shown, " ")
end

-- The place of a host, see `transports.open`.
function hosts.open(self, name)
  local place = transports.open(hosts.endpoint(self, name), self.options)
  self.places[name] = place
  return place
end

return hosts
