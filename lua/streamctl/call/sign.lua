--- Signs calls without sending them. Loaded by the first.
-- @module streamctl.call.sign

local hosts = require "streamctl.transport.hosts"
local memory = require "streamctl.store.memory"
local order = require "streamctl.call.order"
local outcome = require "streamctl.call.outcome"
local parameters = require "streamctl.call.parameters"
local pipeline = require "streamctl.call"

local sign = {}

--- Signs what was built. What carries no Sequence leaves the order of intents alone: it may never
-- be sent.
-- @tparam table self a client
-- @tparam table call see @{streamctl.call.build}
-- @tparam boolean hidden for looking at only: signature and secrets are masked, and the Sequence is
-- taken from nobody
-- @tparam[opt] string nonce
-- @tparam[opt] integer timestamp
-- @treturn[1] table `method`, `url`, `headers`, `body`
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err
function sign.built(self, call, hidden, nonce, timestamp)
  local operation = call.operation
  if operation.sequence then
    local store = hidden and memory.new() or self.options.store
    local failure = order.stamp(store, call, false)
    if hidden then store:close() end -- Lua does not know how much memory it has
    if failure then return outcome.refuse(self, operation, failure.code, failure.text) end
  end
  local origin = hosts.place(self, operation.host).endpoint
  local signed, message, code = call.request:signed(origin, nonce, timestamp)
  if not signed then return outcome.refuse_signing(self, operation, message, code) end
  if hidden then
    signed.url = outcome.hide(self, signed.url)
    for name, value in pairs(signed.headers) do
      signed.headers[name] = outcome.hide(self, value)
    end
  end
  return signed
end

--- Signs one call.
-- @tparam table self a client
-- @tparam table operation a row
-- @tparam table params
-- @tparam table sign_options checked options
-- @treturn[1] table `method`, `url`, `headers`, `body`
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err
function sign.call(self, operation, params, sign_options)
  local checked = operation.params and pipeline.option(self, sign_options, "validate") ~= false
  if checked and not operation.sequence then -- the short way: checked and signed in one go
    local short = operation.sign
    if short == nil then short = parameters.signing(operation) end
    local filled = parameters.fill_in(operation, params, self.context)
    local signed = short and short(filled, self.context.stream_prefix, self.signer,
      operation.method, operation.action, hosts.place(self, operation.host).endpoint,
      sign_options.nonce, sign_options.timestamp)
    if signed then return signed end
  end
  local call, message, err = pipeline.build(self, operation, params, sign_options)
  if not call then return nil, message, err end
  return sign.built(self, call, false, sign_options.nonce, sign_options.timestamp)
end

return sign
