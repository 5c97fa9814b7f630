--- A time limit, turned once into a point on the monotonic clock.
-- @module streamctl.call.deadline

local core = require "streamctl.core"

local Deadline = {}
Deadline.__index = Deadline

local deadline = {}

--- A limit that starts now.
-- @tparam number seconds
-- @treturn Deadline
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

--- Seconds since it started.
-- @treturn number
function Deadline:elapsed()
  return core.monotonic() - self.start
end

return deadline
