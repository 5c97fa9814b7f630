--- The store for one process: what its callers share lives in its memory.
--
-- Every store has the methods below, with the same meaning: this one, `streamctl.store.file` (one
-- host) and `streamctl.store.redis` (many hosts). What a store cannot do is `nil, message`; wrong
-- arguments are thrown.
--
-- This one grows with what it holds: an account's number stays, intents are forgotten after 60
-- seconds, slots and locks once they are past.
-- @public streamctl.store.memory

local core = require "streamctl.core"

local memory = {}

--- The next number of an order, in one step. For 60 seconds it is remembered as the last intent of
-- each resource, which is known within its order only.
-- @function Memory:stamp
-- @tparam string order any text, such as zego:123
-- @tparam integer floor the number is not below it
-- @tparam[opt] table resources list of texts, up to 1000; none: the number alone is taken
-- @tparam[opt] integer since of a repeat: the intent's first number, which is remembered instead.
-- Resources with a newer intent are dropped
-- @tparam[opt] boolean exact only `floor` itself will do
-- @tparam[opt] integer back of a repeat: its last number, which a clock that was ahead had given.
-- This number and higher ones do not count
-- @treturn[1] integer the number, above every number that the order was given before
-- @treturn[1] table which of the resources were dropped, ascending; the first one is 1
-- @treturn[2] boolean false: all were dropped, no number was taken
-- @treturn[2] table which, that is all
-- @treturn[3] nil
-- @treturn[3] string message
-- @treturn[3] integer the order's last number, when `exact` is set and `floor` is not above it

--- Reserves the next slot of a rate.
-- @function Memory:reserve
-- @tparam string key any text; clients begin it with the account
-- @tparam number interval seconds between slots
-- @tparam[opt] number limit a slot that is further away is not reserved
-- @treturn[1] number seconds until the slot, 0 when it is now
-- @treturn[2] nil
-- @treturn[2] string message

--- Takes a lock. It ends by itself, so that a holder that crashed stands in nobody's way for
-- longer.
-- @function Memory:lock
-- @tparam string key any text; clients begin it with the account
-- @tparam number seconds for which it is held at most
-- @treturn[1] string token of the holder, for `unlock`
-- @treturn[2] boolean false: somebody else holds it
-- @treturn[2] number seconds until it ends, unless it is unlocked before
-- @treturn[3] nil
-- @treturn[3] string message

--- Ends a lock before its time.
-- @function Memory:unlock
-- @tparam string key
-- @tparam string token
-- @tparam[opt] number after seconds until it ends, instead of at once
-- @treturn[1] boolean true; false when it was no longer the lock of that token
-- @treturn[2] nil
-- @treturn[2] string message

--- Notes a number under a key for a time, unless a higher number is noted there.
-- @function Memory:note
-- @tparam string key any text; it begins with the account
-- @tparam[opt] integer number without it, or with 0, nothing is noted
-- @tparam[opt] number seconds for which the number is noted
-- @treturn[1] integer the number that is noted now; 0: none
-- @treturn[2] nil
-- @treturn[2] string message

--- A new, empty store.
-- @function new
-- @treturn userdata store
memory.new = core.memory_cells

--- The store that clients without one of their own share.
memory.shared = memory.new()

return memory
