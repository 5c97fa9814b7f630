-- Operations of streamctl.core for specs of the check alone: what they send, and what they refuse.

local core = require "streamctl.core"

local operation = {}

operation.signer = assert(core.signer("zego", { app_id = 1, server_secret = ("s"):rep(32) }))

-- Parameter `name`, which is sent in small letters.
function operation.param(name, kind, limits)
  local copy = { name = name, wire = name:lower(), type = kind }
  for key, value in pairs(limits or {}) do copy[key] = value end
  return copy
end

-- A function of parameters and, perhaps, a prefix: the list that is sent and the request, or all
-- that is returned of a fault.
function operation.of(params, rules, more)
  local row = { action = "Do", method = "GET", params = params, rules = rules }
  for name, value in pairs(more or {}) do row[name] = value end
  local make = core.operation(row)
  return function(given, prefix)
    local request, found, path, spec, value, rule =
      make(given, { stream_prefix = prefix, from_zero = row.from_zero }, operation.signer, true)
    if request then return request.params, request end
    return request, found, path, spec, value, rule
  end
end

return operation
