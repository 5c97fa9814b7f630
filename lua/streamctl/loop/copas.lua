--- copas, from 1.1 on: a call yields to copas' loop.
--
-- copas waits for sockets, and its older versions for nothing else. So each call that waits hands
-- copas an object that looks like a socket: its descriptor is the engine's, and the engine's alarm
-- stands for a timer. All can share the descriptor: an object whose `dirty` answers true is served
-- without a look at it.
-- @public streamctl.loop.copas

local copas = require "copas"
local core = require "streamctl.core"
local engines = require "streamctl.engine"
local protected = require "streamctl.loop.protected"

local loop = {}

-- Whoever else steps the engine may change when it wants to be stepped next.
local LOOK_AGAIN = 1 -- seconds

local function nothing() end

-- Yields until `is_over()`. Whenever the descriptor is readable, one of those that wait for it
-- calls its `turn`.
local function wait(getfd, is_over, turn)
  copas.receive {
    getfd = getfd,
    dirty = is_over,
    receive = function()
      if is_over() then return true end
      turn()
      return nil, "timeout" -- "not yet", for copas
    end,
    close = nothing, -- copas 1 closes what a coroutine waited for last when that ends
  }
end

local OUTSIDE = 'loop "copas": make the call in a coroutine of copas.addthread(...) or of a server'

local function require_coroutine()
  if protected.is_main() then error(OUTSIDE, 0) end
end

--- Why the running coroutine cannot wait.
-- @treturn string|nil
function loop.refusal()
  return protected.is_main() and OUTSIDE or protected.refusal_of("copas", loop)
end

-- ---- time ----

local clock -- an engine without requests, for its alarm
local sleepers = {} -- each { due = }

local function set_alarm(seconds)
  local ok, message, code
  if clock then ok, message, code = clock:alarm(seconds) end
  if not clock or code == "forked" then
    clock = assert(engines.new(1))
    ok, message = clock:alarm(seconds)
  end
  if not ok then error(message, 0) end
end

local function tick()
  local now, soonest = core.monotonic(), math.huge
  for sleeper in pairs(sleepers) do
    if sleeper.due > now then soonest = math.min(soonest, sleeper.due - now) end
  end
  set_alarm(soonest < math.huge and soonest or nil) -- in the place of the one that rang
end

local function clock_fd()
  if not clock then set_alarm() end
  return clock:pollfd()
end

--- Lets other coroutines run for a while.
-- @tparam number seconds
function loop.sleep(seconds)
  require_coroutine()
  local sleeper, yielded = { due = core.monotonic() + seconds }, false
  sleepers[sleeper] = true
  wait(clock_fd, function() return yielded and core.monotonic() >= sleeper.due end, function()
    yielded = true
    tick()
  end)
  sleepers[sleeper] = nil
end

-- ---- calls ----

--- Sends one request and waits for its end.
-- @tparam Exchange exchange see `streamctl.loop.exchange`
-- @tparam userdata request
-- @tparam userdata endpoint
-- @tparam number timeout seconds
-- @tparam number connect_timeout seconds
-- @treturn[1] table result of engine:next_done
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] string code
function loop.send(exchange, request, endpoint, timeout, connect_timeout)
  require_coroutine()
  local engine = exchange.engine
  local call, message, code = exchange:submit(request, endpoint, timeout, connect_timeout)
  if not call then return nil, message, code end
  local ok = true
  -- A closed engine has no descriptor; who waits for it is woken at once.
  wait(function() return engine:pollfd() or clock_fd() end, function()
    return call.result or not ok or not engine:pollfd()
  end, function()
    ok, message, code = exchange:step()
    if not ok then return end
    ok, message, code = engine:alarm(math.min(engine:timeout() or LOOK_AGAIN, LOOK_AGAIN))
  end)
  if not call.result and ok then ok, message, code = exchange:step() end
  if call.result then return call.result end
  exchange:forget(call)
  return nil, message, code
end

--- Runs functions in coroutines and waits until all have ended.
-- @tparam table functions
-- @treturn table for each `{ ok, error }`: true, or false and the error it ended with
function loop.all(functions)
  require_coroutine()
  local over = #functions == 0
  local outcomes = protected.all(functions, copas.addthread, function() over = true end)
  wait(clock_fd, function() return over end, tick)
  return outcomes
end

return loop
