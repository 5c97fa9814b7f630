--- Waits for an event of which no loop can tell: looks, pauses and looks again, in growing pauses.
-- @module streamctl.loop.poll

local core = require "streamctl.core"

--- Polls.
-- @tparam function sleep of a loop, takes seconds
-- @tparam number ends moment of `streamctl.core.monotonic` at which it gives up
-- @tparam function look returns a true value when the event has come; else whether something moved,
-- and the pauses begin again with the shortest
-- @tparam table pauses `shortest` and `longest`, in seconds; `share`: a pause is so many times as
-- long as the time since something moved, and each is the shortest without it
-- @return[1] what `look` returned
-- @treturn[2] nil once the time is over
return function(sleep, ends, look, pauses)
  local shortest, share = pauses.shortest, pauses.share or 0
  local since = core.monotonic()
  while true do
    local found, moved = look()
    if found then return found end
    local now = core.monotonic()
    if now >= ends then return nil end
    if moved then since = now end
    local pause = math.min((now - since) * share, pauses.longest or shortest)
    sleep(math.min(math.max(pause, shortest), ends - now))
  end
end
