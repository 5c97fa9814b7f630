-- Signs requests without sending them: `client:sign` and the option `dry_run`.

local core = require "streamctl.core"
local failures = require "streamctl.call.failure"
local hosts = require "streamctl.transport.hosts"
local memory = require "streamctl.store.memory"
local order = require "streamctl.call.order"
local redact = require "streamctl.call.redact"
local refresh = require "streamctl.call.refresh"

local sign = {}

-- The error of a client whose source has no credentials: nil, message, err.
function sign.no_key(self, operation)
  local failure = self.source and refresh.ready(self, { operation = operation })
  if failure then return failures.unsent(self, operation, failure) end
end

-- Signs a request: a table of `method`, `url`, `headers` and `body`; or nil, message, err. A
-- request without a Sequence takes no place in the order, since it may never be sent. `hidden` is
-- for `dry_run`: signature and secrets are masked, and no Sequence is used up.
function sign.sign(self, operation, params, request, hidden, nonce, timestamp)
  if hidden then
    local _, message, err = sign.no_key(self, operation)
    if message then return nil, message, err end
  end
  if operation.sequence then
    local started, wall = core.clocks()
    local call = { operation = operation, params = params, request = request, attempt = 0,
      started = started, wall = wall }
    local at_fault, why = order.begin(self, call)
    if at_fault then return failures.refuse_parameter(self, operation, at_fault, why) end
    local store = hidden and memory.new() or self.options.store
    local failure = order.stamp(self, call, store)
    if hidden then store:close() end -- Lua's collector does not know the store's size
    if failure then return failures.unsent(self, operation, failure) end
  end
  local origin = hosts.place(self, operation.host).endpoint
  local signed, message, code = request:signed(origin, nonce, timestamp)
  if not signed then return failures.refuse_signing(self, operation, message, code) end
  if hidden then
    signed.url = redact.hide(self, signed.url)
    for name, value in pairs(signed.headers) do
      signed.headers[name] = redact.hide(self, value)
    end
  end
  return signed
end

return sign
