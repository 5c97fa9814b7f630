-- An exchange is an engine with the calls that wait for its answers. A process has a single
-- exchange; the caller who steps the engine hands out the results of all calls.

local core = require "streamctl.core"
local pick = require "streamctl.loop.pick"

-- nginx takes errors that libcurl leaves in OpenSSL's queue for failures of its connections.
local clean_up = pick.in_nginx and core.clear_tls_errors

local Exchange = { __name = "streamctl.loop.exchange" }
Exchange.__index = Exchange

local exchange = {}

function exchange.new(engine) return setmetatable({ engine = engine, calls = {} }, Exchange) end

-- Hands a request to the engine, with time limits in seconds. Returns a call, which gains `result`
-- at its end, before `wake(waiter)` is called; or nil, message, code: then no server has received
-- the request, which is `refused` until its caller goes on.
function Exchange:submit(request, endpoint, timeout, connect_timeout, wake, waiter)
  local id, message, code = self.engine:submit(request, endpoint, timeout, connect_timeout)
  if not id then
    self.refused = request
    return nil, message, code
  end
  local call = { id = id, wake = wake, waiter = waiter }
  self.calls[id] = call
  return call
end

-- Hands out results after a step, and returns its values. A result without a waiting call is
-- dropped.
local function hand_out(self, ...)
  if clean_up then clean_up() end
  local calls, id, result, more = self.calls, self.engine:next_done()
  while id do
    local call = calls[id]
    if call then
      calls[id], call.result = nil, result
      if call.wake then call.wake(call.waiter) end
    end
    if more == false then break end
    id, result, more = self.engine:next_done()
  end
  return ...
end

-- Moves bytes and hands out results; never blocks. Returns true; or nil, message, code.
function Exchange:step() return hand_out(self, self.engine:step()) end

-- The same, but waits up to some seconds for the engine's descriptors.
function Exchange:wait(seconds) return hand_out(self, self.engine:wait(seconds)) end

function Exchange:is_busy() return next(self.calls) ~= nil end

function Exchange:forget(call)
  self.calls[call.id] = nil
  self.engine:cancel(call.id)
  if clean_up then clean_up() end
end

return exchange
