-- The loop of nginx: a call yields, and the worker serves other requests meanwhile.
--
-- A light thread per worker, the driver, steps the engine in a timer while calls wait. A call runs
-- to its end also when nginx aborts the request around it.

local core = require "streamctl.core"
local poll = require "streamctl.loop.poll"
local semaphore = require "ngx.semaphore"

local loop = {}

local CAN_WAIT = {
  rewrite = true, server_rewrite = true, access = true, content = true, timer = true,
  ssl_cert = true,
}

function loop.refusal()
  local phase = ngx.get_phase()
  if CAN_WAIT[phase] then return nil end
  local where = phase == "exit_worker" and "earlier"
    or "in ngx.timer.at(0, ...)" .. (phase == "init" and " of init_worker_by_lua" or "")
  return "the nginx phase '" .. phase .. "' cannot wait for an answer; make the call " .. where
    .. ", or only sign it here, with client:sign()"
end

-- The driver of each exchange. Its fields: `seen`, the time of its last step; `runs`: the timer has
-- begun; `kick`, a semaphore that ends a pause; `kicked`: `kick` was posted since the last step.
local drivers = setmetatable({}, { __mode = "k" })

local OVERDUE = 0.5 -- seconds without a step, after which a driver counts as dead
local UNSEEN = 0.02 -- seconds until callers check that nginx has not dropped a new driver's timer

-- Steps are 1 ms apart while bytes move. Later pauses are a 32nd of the time without bytes.
local PAUSES = { shortest = 0.001, longest = 0.02, share = 1 / 32 }

local function drive(_, exchange, self)
  local engine, seen = exchange.engine, nil -- the starter has made a step
  self.runs = true
  poll(function(pause)
    self.kick:wait(math.max(math.min(pause, engine:timeout() or pause), PAUSES.shortest))
  end, math.huge, function()
    self.seen, self.kicked = core.monotonic(), false
    if seen and not exchange:step() then return true end -- waiting calls find out why
    if drivers[exchange] ~= self or not exchange:is_busy() then return true end
    local _, _, _, events = engine:count()
    local moved = events ~= seen
    seen = events
    return false, moved
  end, PAUSES)
  if drivers[exchange] == self then drivers[exchange] = nil end
end

-- The driver, unless it is overdue.
local function driver_of(exchange)
  local driver = drivers[exchange]
  return driver and core.monotonic() - driver.seen < OVERDUE and driver or nil
end

-- Has a driver run; returns the seconds after which a waiting call checks the driver again.
local function see_to_driver(exchange)
  local driver = driver_of(exchange)
  if driver then return driver.runs and OVERDUE or UNSEEN end
  driver = { seen = core.monotonic(), kick = semaphore.new() }
  drivers[exchange] = driver
  if ngx.timer.at(0, drive, exchange, driver) then return UNSEEN end
  drivers[exchange] = nil
  return 0.001 -- nginx has no timer left: the caller drives
end

-- Sends a request and waits for its result, see `streamctl.loop.pick`.
function loop.send(exchange, request, endpoint, timeout, connect_timeout)
  local done = semaphore.new()
  local call, message, code = exchange:submit(request, endpoint, timeout, connect_timeout,
    done.post, done)
  if not call then return nil, message, code end
  local ok, driver = true, driver_of(exchange)
  if not driver then
    ok, message, code = exchange:step()
  elseif not driver.kicked then
    -- nginx resumes the driver after all ready work: a step for all calls that were submitted
    driver.kicked = true
    driver.kick:post()
  end
  while ok and not call.result do
    local is_done = done:wait(see_to_driver(exchange))
    driver = driver_of(exchange)
    if not (is_done or call.result or driver and driver.runs) then
      ok, message, code = exchange:step()
    end
  end
  if call.result then return call.result end
  exchange:forget(call)
  return nil, message, code
end

-- Lets the worker do other work. nginx counts whole milliseconds from its last look at the clock,
-- so ngx.sleep may end early, and calls would be closer together than the vendor allows.
function loop.sleep(seconds)
  local due = core.monotonic() + seconds
  repeat
    ngx.update_time()
    ngx.sleep(math.max(due - core.monotonic(), 0.001))
  until core.monotonic() >= due
end

-- Starts a function that outlives the request around it. Returns nil when nginx has no timer left.
function loop.spawn(fn) return ngx.timer.at(0, fn) end

function loop.all(functions)
  local threads, outcomes = {}, {}
  -- nginx would log an error that ends a thread
  for i, fn in ipairs(functions) do
    threads[i] = ngx.thread.spawn(function() outcomes[i] = { pcall(fn) } end)
  end
  for i, thread in ipairs(threads) do
    repeat ngx.thread.wait(thread) until outcomes[i] -- another thread's end may end this wait
  end
  return outcomes
end

return loop
