--- An engine and those who wait for its answers.
--
-- Everybody in the process shares one, and whoever steps the engine hands the others theirs.
-- @module streamctl.transport.exchange

local Exchange = { __name = "streamctl.transport.exchange" }
Exchange.__index = Exchange

local exchange = {}

--- @param engine of streamctl.engine
-- @treturn Exchange
function exchange.new(engine)
  -- expected: ids that somebody waits for; results: those that came; waiters: free for a loop
  return setmetatable({ engine = engine, expected = {}, results = {}, waiters = {} }, Exchange)
end

--- Hands a request to the engine.
-- @tparam table request of engine:submit
-- @treturn[1] integer id
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] string code
function Exchange:submit(request)
  local id, message, code = self.engine:submit(request)
  if id then self.expected[id] = true end
  return id, message, code
end

--- Takes what is finished from the engine.
function Exchange:drain()
  local id, result = self.engine:next_done()
  while id do
    if self.expected[id] then self.results[id] = result end
    id, result = self.engine:next_done()
  end
end

--- A result, once.
-- @tparam integer id
-- @treturn table|nil
function Exchange:take(id)
  local result = self.results[id]
  if result then self.results[id], self.expected[id] = nil, nil end
  return result
end

--- Waits until something may have happened.
-- @tparam number seconds at most
-- @treturn[1] boolean
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] string code
function Exchange:wait(seconds)
  return self.engine:wait(seconds)
end

--- Gives up a request.
-- @tparam integer id
function Exchange:forget(id)
  self.expected[id], self.results[id], self.waiters[id] = nil, nil, nil
  self.engine:cancel(id)
end

--- Gives up every request.
function Exchange:abandon()
  local ids = {}
  for id in pairs(self.expected) do ids[#ids + 1] = id end
  for _, id in ipairs(ids) do self:forget(id) end
end

return exchange
