--- Runs functions in coroutines of an event loop and notes how they end.
-- @module streamctl.loop.gather

local gather = {}

-- Lua 5.1 cannot yield inside pcall. There an error is the loop's to notice.
local probe = coroutine.create(function() pcall(coroutine.yield) end)
coroutine.resume(probe)
local attempt = coroutine.status(probe) == "suspended" and pcall or function(fn)
  fn()
  return true
end

--- Starts all of them.
-- @tparam table functions
-- @tparam function start called with a function to run in a coroutine of its own, and one to call with the
-- error if that one dies of it all the same
-- @tparam function finished called when the last has ended, perhaps before this returns
-- @treturn table for each `{ ok, error }`, once all have ended
function gather.start(functions, start, finished)
  local outcomes, left = {}, #functions
  local function note(i, outcome)
    outcomes[i] = outcome
    left = left - 1
    if left == 0 then finished() end
  end
  for i, fn in ipairs(functions) do
    start(function() note(i, { attempt(fn) }) end, function(why) note(i, { false, why }) end)
  end
  return outcomes
end

return gather
