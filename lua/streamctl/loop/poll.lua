--- Waits for an event of which no loop can tell: looks, pauses and looks again, in growing pauses.
-- @module streamctl.loop.poll

local core = require "streamctl.core"

--- Polls until `look` returns a true value, and returns that; or nil when the moment `ends` of
-- `streamctl.core.monotonic` has come. `look` returns second whether something moved: then pauses
-- begin again with the shortest. `pauses` has `shortest` and `longest`, in seconds; each is `share`
-- times as long as the time since something moved, and the shortest without `share`.
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
