--- Plain Lua: a call waits until it is done.
-- @module streamctl.loop.blocking

local Blocking = { __name = "streamctl.loop.blocking" }
Blocking.__index = Blocking

local blocking = {}

--- Runs requests on an engine.
-- @param engine of streamctl.engine
-- @treturn Blocking
function blocking.attach(engine)
  return setmetatable({ engine = engine }, Blocking)
end

local function await(self, id)
  while true do
    local done, result = self.engine:next_done()
    while done do
      if done == id then return result end
      done, result = self.engine:next_done()
    end
    -- the engine keeps the request's time limit, so this ends
    local ok, message, code = self.engine:wait(3600)
    if not ok then return nil, message, code end
  end
end

--- Sends one request and waits for its end.
-- @tparam table request of engine:submit
-- @treturn[1] table result of engine:next_done
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] string code
function Blocking:run(request)
  local id, message, code = self.engine:submit(request)
  if not id then return nil, message, code end
  local ok, result, why, failure = pcall(await, self, id)
  if ok then return result, why, failure end
  self.engine:cancel(id) -- interrupted, by Ctrl-C for one
  error(result, 0)
end

return blocking
