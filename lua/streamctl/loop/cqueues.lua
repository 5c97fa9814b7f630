--- cqueues: a call yields to the controller that runs it.
-- The functions of a loop are in `streamctl.loop.pick`.
-- @public streamctl.loop.cqueues

local condition = require "cqueues.condition"
local coroutines = require "streamctl.loop.coroutines"
local cqueues = require "cqueues"
local protected = require "streamctl.loop.protected"

local loop

local function place() return (cqueues.running()) end

-- Whether the running coroutine belongs to a controller and can wait.
local function inside()
  local _, pollable = cqueues.running()
  return pollable == true or protected.loop ~= nil and protected.loop() == loop
end

loop = coroutines("cqueues", {
  inside = inside,
  outside = 'loop "cqueues": make the call in a coroutine of controller:wrap(...)',
  place = place, -- a controller that is thrown away takes its driver along
  spawn = function(fn) place():wrap(fn) end,
  new_signal = condition.new,
  wake = function(signal) signal:signal() end,
  wait = function(signal, seconds, engine) cqueues.poll(signal, seconds, engine) end,
})

loop.inside = inside

return loop
