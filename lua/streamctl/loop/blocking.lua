-- The loop of plain Lua: a call blocks until its answer is there.

local core = require "streamctl.core"
local pick = require "streamctl.loop.pick"

local blocking = {}

local function await(exchange, call)
  while not call.result do
    -- the engine ends the request at its time limit
    local ok, message, code = exchange:wait(3600)
    if not ok and not call.result then
      exchange:forget(call)
      return nil, message, code
    end
  end
  return call.result
end

-- Sends a request and waits for its result, see `streamctl.loop.pick`.
function blocking.send(exchange, request, endpoint, timeout, connect_timeout)
  local call, message, code = exchange:submit(request, endpoint, timeout, connect_timeout)
  if not call then return nil, message, code end
  local ok, result, why, failure = pcall(await, exchange, call)
  if ok then return result, why, failure end
  exchange:forget(call) -- interrupted, by Ctrl-C for one
  error(result, 0)
end

function blocking.sleep(seconds)
  local due = core.monotonic() + seconds
  while seconds > 0 do
    core.sleep(seconds) -- a signal may end the sleep early
    seconds = due - core.monotonic()
  end
end

-- Runs functions as tasks until all have ended: a list of `{ ok, error }`. In nginx, and in a
-- caller's coroutine inside a task, calls really block: there the functions run in turn.
function blocking.all(functions)
  local outcomes = not pick.in_nginx and require("streamctl.loop.tasks").all(functions) or {}
  for i = #outcomes + 1, #functions do outcomes[i] = { pcall(functions[i]) } end
  return outcomes
end

return blocking
