-- Signs requests without sending them, for `client:sign`. A request that is sent is signed by its
-- transport, as late as can be (csrc/core/send/transfer.c).

local check = require "streamctl.call.check"
local core = require "streamctl.core"
local failures = require "streamctl.call.failure"
local hosts = require "streamctl.transport.hosts"
local order = require "streamctl.call.order"
local redact = require "streamctl.call.redact"
local refresh = require "streamctl.call.refresh"

local sign = {}

-- Gives a request its Sequence; returns a failure if the store does. The request takes no place in
-- the order, since it may never be sent. A `masked` one shows the time, and uses no Sequence up.
local function number(self, operation, params, request, masked)
  local started, wall = core.clocks()
  if masked then return not request.sequence and request:stamp(math.floor(wall * 1000)) end
  local account, sequence = order.begin(self, operation, params, request)
  return order.stamp(self, { operation = operation, params = params, request = request, attempt = 0,
    started = started, wall = wall, account = account, sequence = sequence })
end

-- Returns a table of `method`, `url`, `headers` and `body`; or nil, message, err. With `masked` its
-- secrets and its signature are hidden.
function sign.call(self, operation, params, sign_options)
  local masked, host = sign_options.masked, operation.host or self.vendor.hosts[1]
  local place = (self.places[host] or hosts.open(self, host)).endpoint
  local origin = not (masked or operation.sequence or self.source) and place or nil
  local request, message, err = check.build(self, operation, params, sign_options, origin)
  if masked and request then
    params = redact.params(self.vendor.operations.secrets, params)
    request, message, err = check.build(self, operation, params, sign_options)
  end
  if not request then return nil, message, err end
  if origin then return request end -- signed already
  local failure = self.source and refresh.ready(self, { operation = operation })
    or operation.sequence and number(self, operation, params, request, masked)
  if failure then return failures.unsent(self, operation, failure) end
  local signed, code
  signed, message, code = request:signed(place, sign_options.nonce, sign_options.timestamp)
  if not signed then return failures.refuse_signing(self, operation, message, code) end
  if masked then
    signed.url = redact.hide(self, signed.url)
    for name, value in pairs(signed.headers) do signed.headers[name] = redact.hide(self, value) end
  end
  return signed
end

return sign
