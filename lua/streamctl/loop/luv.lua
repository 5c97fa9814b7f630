--- luv: a call yields, and the libuv loop that runs goes on.
--
-- Calls are made in coroutines. The loop's callbacks resume them; when an error ends one of them,
-- the callback raises it after it has resumed the others. While no call waits, no handle of ours
-- exists, so that `uv.run()` ends.
-- @public streamctl.loop.luv

local protected = require "streamctl.loop.protected"
local uv = require "luv"

local loop = {}

-- Whoever else steps the engine may change when it wants to be stepped next.
local LOOK_AGAIN = 1 -- seconds

local OUTSIDE = 'loop "luv": make the call in a coroutine, as in '
  .. "coroutine.wrap(function() ... end)()"

local function require_coroutine()
  if protected.is_main() then error(OUTSIDE, 0) end
end

--- Why the running coroutine cannot wait.
-- @treturn string|nil
function loop.refusal()
  return protected.is_main() and OUTSIDE or protected.refusal_of("luv", loop)
end

-- Timers have milliseconds; rounded up, so that what is waited for is due.
local function milliseconds(seconds)
  return math.max(0, math.ceil(seconds * 1000))
end

local function close(handle)
  handle:stop()
  handle:close()
end

-- Yields until the waiter is `over`, whoever else may resume the coroutine.
local function park(waiter)
  waiter.thread = protected.running()
  while not waiter.over do coroutine.yield() end
end

-- Resumes all, then raises the first error. `finally` comes before that.
local function resume(waiters, finally)
  local failure
  for _, waiter in ipairs(waiters) do
    local thread = waiter.thread
    waiter.over = true
    if thread and coroutine.status(thread) == "suspended" then
      local ok, why = coroutine.resume(thread)
      if not ok then failure = failure or { why } end
    end
  end
  if finally then finally() end
  if failure then error(failure[1], 0) end
end

local function resume_after(seconds, waiter)
  local timer = uv.new_timer()
  uv.update_time() -- it counts from the time the loop knows
  timer:start(milliseconds(seconds), 0, function()
    close(timer)
    resume { waiter }
  end)
end

-- exchange -> watch: `waiters` (a set), `ready` (a list); while there are any, `poll` and `timer`
local watches = setmetatable({}, { __mode = "k" })

local function arm(watch)
  local seconds = math.min(watch.engine:timeout() or LOOK_AGAIN, LOOK_AGAIN)
  if #watch.ready > 0 then seconds = 0 end
  watch.timer:start(milliseconds(seconds), 0, watch.turn)
end

local function make_ready(waiter)
  local watch = waiter.watch
  watch.ready[#watch.ready + 1] = waiter
  watch.waiters[waiter] = nil
  arm(watch) -- whoever steps is not always the loop
end

local function arm_or_close(watch)
  if next(watch.waiters) or #watch.ready > 0 then return arm(watch) end
  close(watch.poll)
  close(watch.timer)
  watch.poll, watch.timer, watch.turn = nil, nil, nil
end

local function turn(watch, exchange)
  local ok, message, code = exchange:step()
  if not ok then
    for waiter in pairs(watch.waiters) do
      waiter.failure = { message, code }
      make_ready(waiter)
    end
  end
  local ready = watch.ready
  watch.ready = {}
  resume(ready, function() arm_or_close(watch) end)
end

local function watch_of(exchange)
  local watch = watches[exchange]
  if not watch then
    local engine = exchange.engine
    watch = { engine = engine, waiters = {}, ready = {} }
    watches[exchange] = watch
  end
  return watch
end

local function open(watch, exchange)
  if watch.poll then return true end
  local poll, message = uv.new_poll(exchange.engine:pollfd())
  if not poll then return nil, "system: libuv does not watch the engine: " .. message, "system" end
  watch.poll, watch.timer = poll, uv.new_timer()
  watch.turn = function() turn(watch, exchange) end
  poll:start("r", watch.turn)
  return true
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
  require_coroutine()
  local watch = watch_of(exchange)
  local waiter = { watch = watch }
  local call, message, code = exchange:submit(request, endpoint, timeout, connect_timeout,
    make_ready, waiter)
  if not call then return nil, message, code end
  local ok
  ok, message, code = open(watch, exchange)
  if not ok then
    exchange:forget(call)
    return nil, message, code
  end
  watch.waiters[waiter] = true
  arm(watch) -- there is something to start, so it is now
  park(waiter)
  if call.result then return call.result end
  exchange:forget(call)
  return nil, waiter.failure[1], waiter.failure[2]
end

--- Lets the loop run for a while.
-- @tparam number seconds
function loop.sleep(seconds)
  local waiter = {}
  require_coroutine()
  resume_after(seconds, waiter)
  park(waiter)
end

--- Runs functions in coroutines and waits until all have ended.
-- @tparam table functions
-- @treturn table for each `{ ok, error }`: true, or false and the error it ended with
function loop.all(functions)
  local waiter, left = {}, #functions > 0
  require_coroutine()
  local outcomes = protected.all(functions, function(run) coroutine.wrap(run)() end, function()
    left = false
    if waiter.thread then resume_after(0, waiter) end -- not from inside of the last one
  end)
  if left then park(waiter) end
  return outcomes
end

return loop
