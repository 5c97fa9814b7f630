--- Picks the loop that runs: a task scheduler's, or none.
--
-- A loop has `send(exchange, request)` and `sleep(seconds)`.
-- @module streamctl.loop.auto

local blocking = require "streamctl.loop.blocking"

local auto = {}

--- The loop of the running coroutine.
-- @treturn table
function auto.current()
  local tasks = package.loaded["streamctl.loop.tasks"] -- nobody is inside what nobody loaded
  return tasks and tasks.inside() and tasks or blocking
end

function auto.send(exchange, request)
  return auto.current().send(exchange, request)
end

function auto.sleep(seconds)
  return auto.current().sleep(seconds)
end

return auto
