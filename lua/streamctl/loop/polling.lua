--- How long to pause between two steps of the engine, where no loop can watch its descriptor.
-- @module streamctl.loop.polling

local core = require "streamctl.core"

local polling = {}

local SHORTEST, LONGEST = 0.001, 0.02 -- seconds
local SHARE = 1 / 32 -- of the time since something happened: what a pause may add to a wait

--- A pace to poll at: 1 ms while bytes move, then slower and slower.
-- @param engine of streamctl.engine
-- @treturn function that returns the seconds to pause after a step
function polling.pace(engine)
  local seen, since
  return function()
    local now, _, _, _, events = core.monotonic(), engine:count()
    if events ~= seen then seen, since = events, now end
    local pause = math.min((now - since) * SHARE, LONGEST, engine:timeout() or LONGEST)
    return math.max(pause, SHORTEST)
  end
end

return polling
