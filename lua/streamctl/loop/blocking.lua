--- Plain Lua: a call waits until it is done.
-- @module streamctl.loop.blocking

local core = require "streamctl.core"

local blocking = {}

local function await(exchange, id)
  while true do
    exchange:drain()
    local result = exchange:take(id)
    if result then return result end
    -- the engine keeps the request's time limit, so this ends
    local ok, message, code = exchange:wait(3600)
    if not ok then return nil, message, code end
  end
end

--- Sends one request and waits for its end.
-- @tparam Exchange exchange see `streamctl.transport.exchange`
-- @tparam table request of engine:submit
-- @treturn[1] table result of engine:next_done
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] string code
function blocking.send(exchange, request)
  local id, message, code = exchange:submit(request)
  if not id then return nil, message, code end
  local ok, result, why, failure = pcall(await, exchange, id)
  if ok then return result, why, failure end
  exchange:forget(id) -- interrupted, by Ctrl-C for one
  error(result, 0)
end

--- Waits.
-- @tparam number seconds
function blocking.sleep(seconds)
  local due = core.monotonic() + seconds
  local left = seconds
  while left > 0 do
    core.sleep(left) -- a signal ends it early
    left = due - core.monotonic()
  end
end

return blocking
