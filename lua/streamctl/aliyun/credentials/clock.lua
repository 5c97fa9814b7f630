--- The vendor's clock, as far as this process had to learn it: where the machine's is wrong, nobody
-- gets a first key by it.
-- @module streamctl.aliyun.credentials.clock

local core = require "streamctl.core"

local clock = {
  --- Seconds by which the vendor's clock is ahead of the machine's; 0 until an answer refuses the
  -- machine's time.
  ahead = 0,
}

--- The vendor's time in Unix seconds.
function clock.now()
  return core.now() + clock.ahead
end

--- Learns it from the date of an answer, in Unix seconds.
function clock.learn(date)
  clock.ahead = math.floor(date - core.now() + 0.5)
end

return clock
