--- Patient calls, those of a batch, that wait for a slot: first come, first served.
-- @module streamctl.call.line

local core = require "streamctl.core"
local protected = require "streamctl.loop.protected"

local line = {}

-- They reserve no slot further ahead than this (seconds), so that any other call finds one soon
-- after.
local AHEAD = 0.5
local TICK = 0.001 -- a call that wakes so much too early has its slot, too

-- store -> key -> list, while somebody is in it. Only the first one asks the store, the next time
-- at `asks_at`.
local lines = setmetatable({}, { __mode = "k" })

-- A call that does not wake for so long (seconds) was ended by its loop, and loses its place.
local LOST = 5

-- The line of a key, where the call joins it if it is in none.
local function join(store, key, call)
  if call.line then return call.line end
  local of_store = lines[store] or {}
  lines[store] = of_store
  local own = of_store[key] or { asks_at = 0, of_store = of_store, key = key }
  of_store[key] = own
  -- a store may let other calls run while it answers, and they look at this one
  own[#own + 1], call.wakes, call.line = call, core.monotonic(), own
  return own
end

--- Gives up a call's place.
-- @tparam table call
function line.leave(call)
  local own = call.line
  if not own then return end
  call.line = nil
  for i, other in ipairs(own) do
    if other == call then
      table.remove(own, i)
      break
    end
  end
  -- there is no end of rooms
  if not own[1] and own.of_store[own.key] == own then own.of_store[own.key] = nil end
end

-- How many patient calls are served before this one.
local function count_before(own, call)
  local now = core.monotonic()
  while own[1] ~= call and own[1].wakes + LOST < now do line.leave(own[1]) end
  for i, other in ipairs(own) do
    if other == call then return i - 1 end
  end
end

-- What `reserve` says; the third result is whether the call goes on waiting in the line.
local function ask(store, key, interval, own, call, most, far)
  local before = count_before(own, call)
  if before > 0 then
    return math.max(own.asks_at - core.monotonic(), 0) + before * interval, false, true
  end
  local ahead = interval < AHEAD and AHEAD - AHEAD % interval or AHEAD
  local most_ahead = math.min(ahead + TICK, most)
  local ok, delay, why = protected.call(store.reserve, store, key, interval, 0, most_ahead)
  if not ok then
    line.leave(call) -- it holds up nobody
    error(delay, 0)
  end
  if not delay then return nil, why end
  local wait, reserved = delay - ahead, delay <= most_ahead
  if delay > far then return delay, false end
  own.asks_at = core.monotonic() + wait + (reserved and interval or 0)
  if reserved or most_ahead == most then return delay, reserved end
  return wait, false, true
end

--- Asks for a slot. A line asks when one is due, some slots ahead: one wake-up is for the call that
-- asks and for the one whose slot it is.
-- @tparam table store
-- @tparam string key of the rate
-- @tparam number interval seconds between slots
-- @tparam table call gets `line` while it waits there, and `wakes`: when it asks again
-- @tparam number most seconds that the call can wait
-- @tparam number far seconds; the call waits for no slot that is further ahead
-- @treturn[1] number seconds until the slot that is now the call's
-- @treturn[1] boolean true
-- @treturn[2] number seconds until it may ask again, or when its slot would be, which is too late
-- for it or too far ahead
-- @treturn[2] boolean false
-- @treturn[2] boolean whether the call has left the line, since its slot is too late or too far
-- @treturn[3] nil
-- @treturn[3] string why the store gives none
function line.reserve(store, key, interval, call, most, far)
  local own = join(store, key, call)
  local delay, reserved, waits = ask(store, key, interval, own, call, most, far)
  waits = waits and delay <= most
  if waits then
    call.wakes = core.monotonic() + delay
  else
    line.leave(call)
  end
  return delay, reserved, delay and not reserved and not waits
end

return line
