--- Picks the event loop in which a call waits.
--
-- A loop is a table of functions:
--
-- * `send(exchange, request, endpoint, timeout, connect_timeout)`: hands these to the engine (see
--   `streamctl.loop.exchange`) and waits for the result; or nil, message and code. A client with a
--   transport of the caller's needs no `send`
-- * `sleep(seconds)`
-- * `all(functions)`: runs functions at the same time until all have ended; for each `{ ok, error
--   }`
-- * `spawn(fn)` (optional): starts a function that runs on when its caller ends; returns a true
--   value, or nil where nothing can be started. Calls share requests only where it is there
-- * `refusal()` (optional): why the running code cannot wait, or nil. Calls and batches ask it
--   before they send anything
-- @public streamctl.loop.pick

local loop_of_call = require("streamctl.loop.protected").loop

-- By pcall, since "strict" modules throw at unknown globals.
local found, nginx = pcall(function() return _G.ngx end)
local in_nginx = found and type(nginx) == "table" and nginx.get_phase ~= nil

local pick = { in_nginx = in_nginx }

local loaded = package.loaded -- no code runs inside a loop that is not loaded
local blocking -- the module, once loaded

--- The loop of the running coroutine: nginx, our tasks, cqueues, or none.
-- @treturn table
function pick.current()
  if in_nginx then return require "streamctl.loop.ngx" end
  local known = loop_of_call and loop_of_call()
  if known then return known end
  local tasks = loaded["streamctl.loop.tasks"]
  if tasks and tasks.inside() then return tasks end
  if loaded.cqueues then
    local cqueues = require "streamctl.loop.cqueues"
    if cqueues.inside() then return cqueues end
  end
  blocking = blocking or require "streamctl.loop.blocking"
  return blocking
end

--- Waits in the loop of the running coroutine, as far as that can be found out: in luv take
-- `sleep` of `require "streamctl.loop.luv"`.
-- @tparam number seconds
function pick.sleep(seconds)
  if type(seconds) ~= "number" or seconds ~= seconds then
    error("sleep takes a number of seconds, got " .. tostring(seconds), 2)
  end
  return pick.current().sleep(seconds)
end

--- What the option `loop` stands for.
-- @param[opt] choice a name, a caller's loop, or nil; "auto" is the loop that runs
-- @treturn function that returns the loop
function pick.choose(choice)
  if choice == nil or choice == "auto" then return pick.current end
  local chosen = type(choice) == "table" and choice or nil
  return function()
    chosen = chosen or require("streamctl.loop." .. choice)
    return chosen
  end
end

return pick
