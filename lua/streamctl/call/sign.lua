-- Signs requests without sending them: `client:sign` and the option `dry_run`. A request that is
-- sent is signed by its transport, as late as can be (csrc/core/send/transfer.c).

local check = require "streamctl.call.check"
local core = require "streamctl.core"
local failures = require "streamctl.call.failure"
local hosts = require "streamctl.transport.hosts"
local memory = require "streamctl.store.memory"
local order = require "streamctl.call.order"
local redact = require "streamctl.call.redact"
local refresh = require "streamctl.call.refresh"

local sign = {}

-- The failure of a client whose source has no credentials, or nil.
local function no_key(self, operation)
  return self.source and refresh.ready(self, { operation = operation }) or nil
end

-- Signs a request: a table of `method`, `url`, `headers` and `body`; or nil, message, err. A
-- request without a Sequence takes no place in the order, since it may never be sent. With
-- `hidden` no Sequence is used up, and signature and secrets are masked.
local function signed_form(self, operation, params, request, hidden, nonce, timestamp)
  if operation.sequence then
    local started, wall = core.clocks()
    local call = { operation = operation, params = params, request = request, attempt = 0,
      started = started, wall = wall }
    order.begin(self, call)
    local store = hidden and memory.new() or self.options.store
    local failure = order.stamp(self, call, store)
    if hidden then store:close() end -- Lua's collector does not know the store's size
    if failure then return failures.unsent(self, operation, failure) end
  end
  local signed, message, code =
    request:signed(hosts.endpoint(self, operation.host), nonce, timestamp)
  if not signed then return failures.refuse_signing(self, operation, message, code) end
  if hidden then
    signed.url = redact.hide(self, signed.url)
    for name, value in pairs(signed.headers) do signed.headers[name] = redact.hide(self, value) end
  end
  return signed
end

-- The answer to a call with the option `dry_run`.
function sign.dry_run(self, operation, params, request)
  local failure = no_key(self, operation)
  if failure then return failures.unsent(self, operation, failure) end
  return signed_form(self, operation, params, request, true)
end

function sign.call(self, operation, params, sign_options)
  local nonce, timestamp = sign_options.nonce, sign_options.timestamp -- a wait may change these
  local origin = not (operation.sequence or self.source) and hosts.endpoint(self, operation.host)
    or nil
  local request, message, err = check.build(self, operation, params, sign_options, origin)
  if not request then return nil, message, err end
  if origin then return request end -- signed already
  local failure = no_key(self, operation)
  if failure then return failures.unsent(self, operation, failure) end
  return signed_form(self, operation, params, request, false, nonce, timestamp)
end

return sign
