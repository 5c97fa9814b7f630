--- An engine and those who wait for its answers.
--
-- Everybody in the process shares one. Whoever steps it hands the others their results.
-- @module streamctl.loop.exchange

local pick = require "streamctl.loop.pick"
local core = require "streamctl.core"

-- nginx takes what libcurl leaves in OpenSSL's error queue for failures of its own connections.
local clean_up = pick.in_nginx and core.clear_tls_errors

local Exchange = { __name = "streamctl.loop.exchange" }
Exchange.__index = Exchange

local exchange = {}

-- requests that the engine has not taken, until somebody asks
local refused = setmetatable({}, { __mode = "k" })

--- Whether the engine has not taken a request at the last `submit`, so that no server has got it.
function exchange.has_refused(request)
  local is_refused = refused[request] or false
  refused[request] = nil
  return is_refused
end

--- Makes one for an engine of `streamctl.engine`.
function exchange.new(engine)
  return setmetatable({ engine = engine, calls = {} }, Exchange)
end

--- Hands a request to the engine, with time limits in seconds. Returns a call, whose `result` is
-- there when it is done, and then `wake(waiter)` is called; or nil, message, code.
function Exchange:submit(request, endpoint, timeout, connect_timeout, wake, waiter)
  local id, message, code = self.engine:submit(request, endpoint, timeout, connect_timeout)
  if not id then
    refused[request] = true
    return nil, message, code
  end
  local call = { id = id, wake = wake, waiter = waiter }
  self.calls[id] = call
  return call
end

-- Hands out what is finished. What nobody waits for any more is dropped.
local function hand_out(self)
  local calls, id, result, more = self.calls, self.engine:next_done()
  while id do
    local call = calls[id]
    if call then
      calls[id], call.result = nil, result
      if call.wake then call.wake(call.waiter) end
    end
    if more == false then return end
    id, result, more = self.engine:next_done()
  end
end

--- Moves bytes and hands out results; never blocks. Returns true; or nil, message, code.
function Exchange:step()
  local ok, message, code = self.engine:step()
  if clean_up then clean_up() end
  hand_out(self)
  return ok, message, code
end

--- The same, but waits some seconds until something may have happened.
function Exchange:wait(seconds)
  local ok, message, code = self.engine:wait(seconds)
  if clean_up then clean_up() end
  hand_out(self)
  return ok, message, code
end

--- Whether anybody waits.
function Exchange:is_busy()
  return next(self.calls) ~= nil
end

--- Gives up a call.
function Exchange:forget(call)
  self.calls[call.id] = nil
  self.engine:cancel(call.id)
  if clean_up then clean_up() end
end

return exchange
