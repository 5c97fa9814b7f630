--- cqueues: a call yields to the controller that runs it.
--
-- While calls of a controller wait, one coroutine of it steps the engine. When none waits, nothing
-- of ours is left in it, so that `controller:loop()` ends.
-- @public streamctl.loop.cqueues

local condition = require "cqueues.condition"
local cqueues = require "cqueues"
local protected = require "streamctl.loop.protected"

local loop = {}

-- Whoever else steps the engine may change when it wants to be stepped next.
local LOOK_AGAIN = 1 -- seconds

--- Whether the running coroutine belongs to a controller and can wait in it.
-- @treturn boolean
function loop.inside()
  local _, pollable = cqueues.running()
  return pollable == true or protected.loop ~= nil and protected.loop() == loop
end

local OUTSIDE = 'loop "cqueues": make the call in a coroutine of controller:wrap(...)'

local function running_controller()
  if not loop.inside() then error(OUTSIDE, 0) end
  return (cqueues.running())
end

--- Why the running coroutine cannot wait.
-- @treturn string|nil
function loop.refusal()
  return not loop.inside() and OUTSIDE or protected.refusal(loop.sleep)
end

local weak_keys = { __mode = "k" }

-- exchange -> controller -> driver: `waiters` (call -> condition), `changed` (condition), `runs`. A
-- controller that is thrown away takes its driver along.
local drivers = setmetatable({}, weak_keys)

local function driver_of(exchange, controller)
  local of_exchange = drivers[exchange] or setmetatable({}, weak_keys)
  drivers[exchange] = of_exchange
  local driver = of_exchange[controller]
  if not driver then
    driver = { waiters = {}, changed = condition.new() }
    of_exchange[controller] = driver
  end
  return driver
end

local function drive(exchange, driver)
  while next(driver.waiters) do
    local ok, message, code = exchange:step()
    if not ok then
      driver.failure = { message, code }
      for _, done in pairs(driver.waiters) do done:signal() end
      break
    end
    cqueues.poll(exchange.engine, driver.changed, LOOK_AGAIN)
  end
  driver.runs = false
end

--- Sends one request and waits for its end.
-- @tparam Exchange exchange see `streamctl.loop.exchange`
-- @tparam userdata request
-- @tparam userdata endpoint
-- @tparam number timeout seconds
-- @tparam number connect_timeout seconds
-- @treturn[1] table result of engine:next_done
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] string code
function loop.send(exchange, request, endpoint, timeout, connect_timeout)
  local controller = running_controller()
  local driver, done = driver_of(exchange, controller), condition.new()
  local call, message, code = exchange:submit(request, endpoint, timeout, connect_timeout,
    done.signal, done)
  if not call then return nil, message, code end
  driver.waiters[call] = done
  if driver.runs then
    driver.changed:signal() -- it steps, so that this goes out now
  else
    driver.runs = true
    controller:wrap(drive, exchange, driver)
  end
  while not call.result and not driver.failure do done:wait() end
  driver.waiters[call] = nil
  if call.result then
    if not next(driver.waiters) then driver.changed:signal() end -- it ends
    return call.result
  end
  exchange:forget(call)
  return nil, driver.failure[1], driver.failure[2]
end

--- Lets other coroutines run for a while.
-- @tparam number seconds
function loop.sleep(seconds)
  running_controller()
  cqueues.sleep(seconds)
end

--- Runs functions in coroutines of this controller and waits until all have ended.
-- @tparam table functions
-- @treturn table for each `{ ok, error }`: true, or false and the error it ended with
function loop.all(functions)
  local controller, over, changed = running_controller(), #functions == 0, condition.new()
  local outcomes = protected.all(functions, function(run) controller:wrap(run) end, function()
    over = true
    changed:signal()
  end)
  while not over do changed:wait() end
  return outcomes
end

return loop
