-- Makes loops whose calls wait in coroutines: their `send`, `sleep`, `spawn`, `all` and `refusal`.
--
-- While calls wait, a single coroutine, the driver, steps the engine for all of them. When no call
-- waits, the driver ends. A loop gives these functions:
--
-- * `inside()`: whether the running coroutine belongs to the loop; `outside`: the error if not
-- * `place()`: the object that runs the coroutine; calls of one place share a driver. Without it
--   the loop has one place
-- * `spawn(fn)`: runs a function in a coroutine of its own
-- * `new_signal()`, and `wake(signal)`, which ends a wait for it
-- * `wait(signal, seconds, engine)`: yields until the signal, until the time is over, or until the
--   engine's descriptor is readable; the last two may be nil. The wait may end early

local core = require "streamctl.core"
local protected = require "streamctl.loop.protected"

local POLL = 1 -- seconds: another loop that steps the engine may change its next time

local weak_keys = { __mode = "k" }

-- Steps until no call waits. A coroutine that was closed takes its signal out no more, so a signal
-- counts while the exchange has calls.
local function drive(host, exchange, driver)
  while next(driver.signals) and exchange:is_busy() do
    local ok, message, code = exchange:step()
    for call, signal in pairs(ok and {} or driver.signals) do
      call.failure = { message, code }
      driver.signals[call] = nil
      host.wake(signal)
    end
    if ok then
      host.wait(driver.changed, math.min(exchange.engine:timeout() or POLL, POLL), exchange.engine)
    end
  end
  driver.runs, driver.signals = false, {}
end

return function(name, host)
  local loop = {}
  local wait, wake = host.wait, host.wake
  local drivers = setmetatable({}, weak_keys) -- exchange -> place -> driver

  local function require_inside()
    if not host.inside() then error(host.outside, 0) end
  end

  local function driver_of(exchange)
    local place = host.place and host.place() or host
    drivers[exchange] = drivers[exchange] or setmetatable({}, weak_keys)
    local driver = drivers[exchange][place] or { signals = {}, changed = host.new_signal() }
    drivers[exchange][place] = driver
    return driver
  end

  -- Sends a request and waits for its result, see `streamctl.loop.pick`.
  function loop.send(exchange, request, endpoint, timeout, connect_timeout)
    require_inside()
    local driver, signal = driver_of(exchange), host.new_signal()
    local call, message, code = exchange:submit(request, endpoint, timeout, connect_timeout, wake,
      signal)
    if not call then return nil, message, code end
    driver.signals[call] = signal
    if driver.runs then
      wake(driver.changed)
    else
      driver.runs = true
      host.spawn(function() drive(host, exchange, driver) end)
    end
    while not call.result and not call.failure do wait(signal) end
    driver.signals[call] = nil
    if not next(driver.signals) then wake(driver.changed) end -- the driver ends
    if call.result then return call.result end
    exchange:forget(call)
    return nil, call.failure[1], call.failure[2]
  end

  function loop.sleep(seconds)
    require_inside()
    local due, signal = core.monotonic() + seconds, host.new_signal()
    repeat
      wait(signal, math.max(due - core.monotonic(), 0))
    until core.monotonic() >= due
  end

  function loop.spawn(fn)
    host.spawn(fn)
    return true
  end

  function loop.all(functions)
    require_inside()
    local outcomes, left, signal = {}, #functions, host.new_signal()
    for i, fn in ipairs(functions) do
      host.spawn(function()
        outcomes[i] = { protected.call(fn) }
        left = left - 1
        if left == 0 then wake(signal) end
      end)
    end
    while left > 0 do wait(signal) end
    return outcomes
  end

  function loop.refusal()
    if not host.inside() then return host.outside end
    local tasks = package.loaded["streamctl.loop.tasks"]
    if tasks and tasks.inside() then
      return 'the client has loop = "' .. name .. '", and this code runs in a task of '
        .. "streamctl.run: make the call outside of it, or with a client without that option"
    end
    return protected.refusal(loop.sleep)
  end

  return loop
end
