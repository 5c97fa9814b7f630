--- nginx: a call yields, and the worker serves others meanwhile.
--
-- One light thread per worker, in a timer of its own, steps the engine while calls wait; an idle
-- worker is left alone. When a request is aborted, the call that it made runs to its end.
-- @module streamctl.loop.ngx

local core = require "streamctl.core"
local poll = require "streamctl.loop.poll"
local semaphore = require "ngx.semaphore"

local loop = { has_cosockets = true }

local CAN_WAIT = {
  rewrite = true, server_rewrite = true, access = true, content = true, timer = true,
  ssl_cert = true,
}

--- Why this phase cannot wait, or nil.
function loop.refusal()
  local phase = ngx.get_phase()
  if CAN_WAIT[phase] then return nil end
  local where = phase == "exit_worker" and "earlier"
    or "in ngx.timer.at(0, ...)" .. (phase == "init" and " of init_worker_by_lua" or "")
  return "the nginx phase '" .. phase .. "' cannot wait for an answer; make the call " .. where
    .. ", or only sign it here, with client:sign()"
end

-- exchange -> driver: `seen` (when it last stepped), `runs` (whether it ever did), `kick` (a
-- semaphore that ends its pause), `kicked`
local drivers = setmetatable({}, { __mode = "k" })

local OVERDUE = 0.5 -- seconds without a step: the driver was ended
local UNSEEN = 0.02 -- seconds until callers check that a new driver runs: nginx may drop its timer

-- Steps are 1 ms apart while bytes move. After that a pause makes a wait longer by a 32nd at most.
local PAUSES = { shortest = 0.001, longest = 0.02, share = 1 / 32 }

local function drive(_, exchange, self)
  local engine, seen = exchange.engine, nil -- who started it has made the first step
  self.runs = true
  poll(function(pause)
    self.kick:wait(math.max(math.min(pause, engine:timeout() or pause), PAUSES.shortest))
  end, math.huge, function()
    self.seen, self.kicked = core.monotonic(), false
    if seen and not exchange:step() then return true end -- those who wait find out why
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

-- Whether a driver steps the engine already; then callers leave it alone.
local function is_driven(exchange)
  local driver = driver_of(exchange)
  return driver ~= nil and driver.runs
end

-- Seconds after which whoever waits looks again.
local function see_to_driver(exchange)
  local driver = driver_of(exchange)
  if driver then return driver.runs and OVERDUE or UNSEEN end
  driver = { seen = core.monotonic(), kick = semaphore.new() }
  drivers[exchange] = driver
  if ngx.timer.at(0, drive, exchange, driver) then return UNSEEN end
  drivers[exchange] = nil
  return 0.001 -- no timer is to be had: the caller drives
end

-- Has the request go out now. nginx resumes the driver once it has handled all that is ready, so
-- one step serves all that was submitted meanwhile. With a step for each, a burst of calls would
-- keep the worker from its other work.
local function push(exchange)
  local driver = driver_of(exchange)
  if not driver then return exchange:step() end
  if not driver.kicked then
    driver.kicked = true
    driver.kick:post()
  end
  return true
end

--- Sends one request by an exchange, with time limits in seconds, and waits for its end. Returns a
-- result of engine:next_done; or nil, message, code.
function loop.send(exchange, request, endpoint, timeout, connect_timeout)
  local done = semaphore.new()
  local call, message, code = exchange:submit(request, endpoint, timeout, connect_timeout,
    done.post, done)
  if not call then return nil, message, code end
  local ok
  ok, message, code = push(exchange)
  while not call.result do
    if not ok then
      exchange:forget(call)
      return nil, message, code
    end
    if not done:wait(see_to_driver(exchange)) and not call.result and not is_driven(exchange) then
      ok, message, code = exchange:step()
    end
  end
  return call.result
end

--- Lets the worker do other things for some seconds. nginx counts whole milliseconds, and from when
-- it last looked at the clock: its sleep may end early, and calls would be closer together than
-- the vendor allows.
function loop.sleep(seconds)
  local due = core.monotonic() + seconds
  repeat
    ngx.update_time()
    ngx.sleep(math.max(due - core.monotonic(), 0.001))
  until core.monotonic() >= due
end

--- Runs functions in light threads and waits until all have ended: a list of `{ ok, error }`.
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

-- seconds: nginx counts milliseconds
local GRACE = 0.002

local spare = {} -- semaphores that nobody waits for

local function work(job, run)
  local fine
  fine, job.ok, job.why = pcall(run, job)
  if not fine then job.ok, job.why = nil, tostring(job.ok) end
  job.is_done = true
  job.over:post()
end

local function keep(job, run, stop)
  local over = table.remove(spare) or semaphore.new()
  job.over = over
  local worker = ngx.thread.spawn(work, job, run)
  while not job.is_done do
    local left, posted, problem = job.due + GRACE - core.monotonic(), false, "timeout"
    if left > 0 then posted, problem = over:wait(math.max(left, 0.001)) end
    if posted then
      spare[#spare + 1] = over
    elseif left <= 0 or problem ~= "timeout" then
      ngx.thread.kill(worker)
      job.ok, job.why = nil, tostring(problem)
      return stop(job)
    end
  end
  ngx.thread.wait(worker) -- or nginx keeps the thread until this one ends
end

local function keep_safely(job, run, stop)
  local fine, why = pcall(keep, job, run, stop)
  if not fine then job.ok, job.why = nil, tostring(why) end
  job.is_over = true
end

--- Runs `run(job)` in a light thread until `job.due`, a moment on the monotonic clock that `run`
-- may put off; then `stop(job)` is called. Returns the two results of `run`, or nil and "timeout".
-- nginx' time limits of a socket do not do: its resolver has one of its own that nobody can
-- shorten, and a record of TLS that comes byte by byte starts them anew. Another light thread
-- keeps the time, so that it is kept when somebody kills the one that waits here.
function loop.within(job, run, stop)
  local thread = ngx.thread.spawn(keep_safely, job, run, stop)
  repeat ngx.thread.wait(thread) until job.is_over -- another thread's end may end this wait
  return job.ok, job.why
end

return loop
