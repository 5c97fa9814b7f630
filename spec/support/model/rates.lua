-- The documented rates: a sliding window of the requests that were accepted.

local memory = require "spec.support.model.memory"

local M = {}

local SLACK = 0.05 -- seconds by which a window is shortened, for jitter on the way

-- A ring of `limit` slots holds the times of the last requests that were accepted: the next one may
-- pass when the slot that it takes is older than the window.
local function take(key, limit, window)
  local accepted, now = memory.get("rates", key) or 0, memory.clock()
  local slot = key .. "#" .. (accepted % limit)
  local wait = (memory.get("rates", slot) or 0) + window - SLACK - now
  if wait > 0 then return wait end
  memory.set("rates", slot, now)
  memory.set("rates", key, accepted + 1)
end

-- Seconds to wait when a request comes too early for its rate a second, else nil. A rate that is no
-- whole number is counted per minute, one below 1 by its pause. `pool` separates what is counted.
function M.wait_for(vendor, action, rate, pool)
  if not memory.config().rates or not rate then return nil end
  local limit, window = rate, 1
  if rate < 1 then
    limit, window = 1, 1 / rate
  elseif rate ~= math.floor(rate) then
    limit, window = math.floor(rate * 60 + 0.5), 60
  end
  local key = table.concat({ vendor, pool or "", action, limit }, "/")
  return memory.locked(take, key, limit, window)
end

return M
