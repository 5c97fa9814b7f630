-- Specs stop the clock, and what sleeps then moves it on. In plain Lua the loops sleep with
-- core.sleep, which does that; in nginx they sleep with ngx.sleep, which knows real time only. Here
-- it learns of the other.

local core = require "streamctl.core"

local still = {}

-- Rounds of nginx' events after which every other light thread has got as far as it can.
local ROUNDS = 3

-- Those who sleep while the clock stands still: sleeper -> when it is due.
local sleepers = {}

local function is_first(due)
  for _, other in pairs(sleepers) do
    if other < due then return false end
  end
  return true
end

function still.install()
  local real_sleep, set_clock, stands = ngx.sleep, core.set_clock, false

  function core.set_clock(...)
    stands = ... ~= nil
    return set_clock(...)
  end

  local function sleep(seconds)
    if not stands then return real_sleep(seconds) end
    local sleeper, due, rounds = {}, core.monotonic() + seconds, 0
    sleepers[sleeper] = due
    while stands and core.monotonic() < due do
      real_sleep(0)
      rounds = rounds + 1
      if rounds % ROUNDS == 0 and is_first(due) and stands then
        core.sleep(due - core.monotonic()) -- looked up now: specs replace it
      end
    end
    sleepers[sleeper] = nil
  end
  rawset(ngx, "sleep", sleep)
end

return still
