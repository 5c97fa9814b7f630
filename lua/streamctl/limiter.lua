--- Keeps calls below the vendor's documented rate.
--
-- It decides and never waits. The slots are in the store, so that everybody who shares the store
-- shares the rate; there is no burst, N calls at R per second take (N - 1) / R seconds.
-- @module streamctl.limiter

local limiter = {}

-- Slots a little further apart than asked for: the network moves requests closer together, and
-- the vendor counts arrivals.
local MARGIN = 1.0025

--- Reserves a slot.
-- @param store see `streamctl.store.memory`
-- @tparam string key what has the rate: account and operation
-- @tparam number rate calls per second
-- @tparam number left seconds the caller can wait; a later slot is not reserved
-- @treturn[1] number seconds until the slot; more than `left` when none was reserved
-- @treturn[2] nil
-- @treturn[2] string why the store gives none
function limiter.delay(store, key, rate, left)
  return store:reserve(key, MARGIN / rate, 0, left)
end

return limiter
