--- Plain Lua: a call waits until it is done.
-- @module streamctl.loop.blocking

local pick = require "streamctl.loop.pick"
local core = require "streamctl.core"

local blocking = {}

local function await(exchange, call)
  while not call.result do
    -- the engine keeps the request's time limit, so this ends
    local ok, message, code = exchange:wait(3600)
    if not ok and not call.result then
      exchange:forget(call)
      return nil, message, code
    end
  end
  return call.result
end

--- Sends one request by an exchange, with time limits in seconds, and waits for its end. Returns a
-- result of engine:next_done; or nil, message, code.
function blocking.send(exchange, request, endpoint, timeout, connect_timeout)
  local call, message, code = exchange:submit(request, endpoint, timeout, connect_timeout)
  if not call then return nil, message, code end
  local ok, result, why, failure = pcall(await, exchange, call)
  if ok then return result, why, failure end
  exchange:forget(call) -- interrupted, by Ctrl-C for one
  error(result, 0)
end

--- Waits for some seconds.
function blocking.sleep(seconds)
  local due = core.monotonic() + seconds
  local left = seconds
  while left > 0 do
    core.sleep(left) -- a signal ends it early
    left = due - core.monotonic()
  end
end

--- Runs functions at the same time, as tasks, and waits until all have ended: a list of `{ ok,
-- error }`. In nginx, and in a coroutine of the caller's own inside a task, calls really block:
-- there it is one after the other.
function blocking.all(functions)
  local outcomes
  if not pick.in_nginx then outcomes = require("streamctl.loop.tasks").all_blocking(functions) end
  if outcomes then return outcomes end
  outcomes = {}
  for i, fn in ipairs(functions) do outcomes[i] = { pcall(fn) } end
  return outcomes
end

return blocking
