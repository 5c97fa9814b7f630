-- Polls for an event that no loop can wait for, in growing pauses.

local core = require "streamctl.core"

-- While another coroutine or process is about to be ready.
local SHORT = { shortest = 0.001, longest = 0.02, share = 1 / 8 }

-- Calls `ask` until its first result is true, and returns the result; or nil at the monotonic time
-- `ends`. A true second result, for progress, has the pauses begin anew. A pause is `pauses.share`
-- times the time since the last progress, from `shortest` to `longest` seconds;
-- without `pauses` it is short.
return function(sleep, ends, ask, pauses)
  pauses = pauses or SHORT
  local shortest, share = pauses.shortest, pauses.share or 0
  local since = core.monotonic()
  while true do
    local found, moved = ask()
    if found then return found end
    local now = core.monotonic()
    if now >= ends then return nil end
    if moved then since = now end
    local pause = math.min((now - since) * share, pauses.longest or shortest)
    sleep(math.min(math.max(pause, shortest), ends - now))
  end
end
