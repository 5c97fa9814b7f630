--- A time limit, turned once into a point on the monotonic clock.
-- @module streamctl.call.deadline

local core = require "streamctl.core"

local Deadline = {}
Deadline.__index = Deadline

local deadline = {}

--- A limit that starts now.
-- @tparam number seconds
-- @treturn Deadline `start` and `at`: when it began and ends, see @{streamctl.core.monotonic}
function deadline.after(seconds)
  local now = core.monotonic()
  return setmetatable({ start = now, at = now + seconds }, Deadline)
end

--- Seconds left; 0 when it has passed.
-- @treturn number
function Deadline:left()
  local left = self.at - core.monotonic()
  return left > 0 and left or 0
end

--- The limit begins again. `start` stays when it began first.
-- @tparam number seconds
function Deadline:restart(seconds)
  self.at = core.monotonic() + seconds
end

return deadline
