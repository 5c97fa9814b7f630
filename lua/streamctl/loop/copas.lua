--- copas, from 1.1 on: a call yields to copas' loop.
--
-- copas waits for sockets, and its older versions for nothing else. So a waiting coroutine hands
-- copas an object that looks like a socket, with the descriptor of an engine, whose alarm stands
-- for a timer. An object whose `dirty` answers true is served without a look at the descriptor. The
-- functions of a loop are in `streamctl.loop.pick`.
-- @public streamctl.loop.copas

local copas = require "copas"
local core = require "streamctl.core"
local coroutines = require "streamctl.loop.coroutines"
local engines = require "streamctl.engine"
local protected = require "streamctl.loop.protected"

local clock, idle -- engines without requests: `clock` for its alarm; `idle` is never readable
local ends = {} -- signal -> when the wait for it ends, by the clock

-- Has an engine be readable in some seconds; a new one at first and in a forked child.
local function set(engine, seconds)
  if engine and engine:alarm(seconds) then return engine end
  engine = assert(engines.new(1))
  assert(engine:alarm(seconds))
  return engine
end

-- Has the clock be readable when the next wait is over.
local function set_clock()
  local now, soonest = core.monotonic(), math.huge
  for _, due in pairs(ends) do
    if due > now then soonest = math.min(soonest, due - now) end
  end
  clock = set(clock, soonest < math.huge and soonest or nil)
end

local function nothing() end

local function wait(signal, seconds, engine)
  local due, yielded = core.monotonic() + (seconds or math.huge), false
  local is_timed = seconds and not engine
  signal.is_woken, idle = false, set(idle)
  if engine then engine:alarm(seconds) end
  if is_timed then
    ends[signal] = due
    set_clock()
  end
  copas.receive {
    [protected.WAITS] = true,
    getfd = function()
      return engine and engine:pollfd() or (is_timed and clock or idle):pollfd()
    end,
    dirty = function()
      return signal.is_woken or yielded and core.monotonic() >= due
        or engine and not engine:pollfd() -- it is closed
    end,
    receive = function()
      if yielded and (engine or signal.is_woken or core.monotonic() >= due) then return true end
      if yielded and is_timed then set_clock() end
      yielded = true
      return nil, "timeout" -- "not yet", for copas
    end,
    close = nothing, -- copas 1 closes a coroutine's last socket when the coroutine ends
  }
  ends[signal] = nil
end

return coroutines("copas", {
  inside = function() return not protected.is_main() end,
  outside = 'loop "copas": make the call in a coroutine of copas.addthread(...) or of a server',
  spawn = copas.addthread,
  new_signal = function() return {} end,
  wake = function(signal) signal.is_woken = true end,
  wait = wait,
})
