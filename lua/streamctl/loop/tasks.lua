--- Many calls at once in plain Lua: a small scheduler of coroutines.
--
--     streamctl.run(function()
--       local first = streamctl.spawn(function() return live:resume_live_stream(a) end)
--       local second = streamctl.spawn(function() return live:resume_live_stream(b) end)
--       print(first:join(), second:join())
--     end)
--
-- A call made inside yields until its answer is there; outside it blocks. On Lua 5.1 a call inside
-- of a pcall, a metamethod or an iterator cannot yield (LuaJIT and later Luas can): it is refused.
-- @public streamctl.loop.tasks

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local pick = require "streamctl.loop.pick"
local protected = require "streamctl.loop.protected"

local tasks = {}

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local Task = { __name = "streamctl.task" }
Task.__index = Task

-- The scheduler that runs at the moment, if any.
local current

local function pack(...) return { n = select("#", ...), ... } end

--- Whether the running coroutine is a task.
function tasks.inside()
  return current ~= nil and current.running ~= nil and current.running.thread == protected.running()
end

-- A task yields these to wait, and to find out whether a yield is possible. Whatever else comes is
-- a yield of the caller's code, which nobody takes.
local WAIT, PROBE = protected.WAITS, {}
local STRAYED = "it yields inside of streamctl.run or a batch, where nobody takes what it yields"

local function probe()
  local task = current.running
  task.probing = true -- an impossible yield ends the task by an error
  coroutine.yield(PROBE)
  task.probing = false
end

-- Why the running task cannot wait, or nil.
function tasks.refusal() return protected.refusal(probe) end

local function make_ready(task)
  local ready = task.scheduler.ready
  ready[#ready + 1] = task
end

-- Sleepers are a heap: the task at i wakes no later than those at 2 * i and 2 * i + 1.
local function lay_down(task, seconds)
  local sleepers = task.scheduler.sleepers
  local at = #sleepers + 1
  task.due = core.monotonic() + seconds
  while at > 1 do
    local above = (at - at % 2) / 2
    if sleepers[above].due <= task.due then break end
    sleepers[at], at = sleepers[above], above
  end
  sleepers[at] = task
end

-- Takes the sleeper that wakes first out of the heap.
local function take_first(sleepers)
  local first, last, at = sleepers[1], table.remove(sleepers), 1
  while first ~= last do
    local below = 2 * at
    local other = sleepers[below + 1]
    if other and other.due < sleepers[below].due then below = below + 1 end
    sleepers[at] = last
    if not sleepers[below] or sleepers[below].due >= last.due then break end
    sleepers[at], at = sleepers[below], below
  end
  return first
end

-- Runs a task until it waits or ends. After a stray yield it rests for a moment, so that a loop of
-- them leaves the processor to others.
local function resume(scheduler, task)
  if not scheduler.tasks[task] then return end
  scheduler.running = task
  local ok, why = coroutine.resume(task.thread)
  while why == PROBE do ok, why = coroutine.resume(task.thread) end
  scheduler.running = nil
  if coroutine.status(task.thread) ~= "dead" then
    if why == WAIT then return end
    task.has_strayed = true
    return lay_down(task, 0.001)
  end
  scheduler.tasks[task], task.done = nil, true
  if ok and task.has_strayed then ok, why = false, STRAYED end
  if not ok then
    task.failure = { task.probing and protected.REFUSAL or why }
    scheduler.failures = scheduler.failures + 1
    scheduler.failed[task] = task == scheduler.main and 0 or scheduler.failures
  end
  for _, waiter in ipairs(task.joiners) do make_ready(waiter) end
end

local function spawn(scheduler, fn, ...)
  local task, args = setmetatable({ scheduler = scheduler, joiners = {} }, Task), pack(...)
  task.thread = coroutine.create(function() task.values = pack(fn(unpack(args, 1, args.n))) end)
  scheduler.tasks[task] = true
  make_ready(task)
  return task
end

local function check_function(fn, name)
  if type(fn) ~= "function" then
    error(name .. " takes a function, got " .. errors.describe(fn), 3)
  end
end

--- Starts a function as a task of its own; only inside `run`.
-- @tparam function fn
-- @param ... its arguments
-- @treturn Task
function tasks.spawn(fn, ...)
  if not current then error("spawn works inside streamctl.run(function() ... end)", 2) end
  check_function(fn, "spawn")
  return spawn(current, fn, ...)
end

local function await(task)
  if not (task.done or tasks.inside()) then error("join works inside a task", 3) end
  while not task.done do
    task.joiners[#task.joiners + 1] = current.running
    coroutine.yield(WAIT)
  end
  task.scheduler.failed[task] = nil
end

--- Waits for a task's end.
-- @treturn any what its function returned; an error in it is raised here, and pcall tells of it
function Task:join()
  await(self)
  if self.failure then error(self.failure[1], 0) end
  return unpack(self.values, 1, self.values.n)
end

--- Lets other tasks run for some seconds.
function tasks.sleep(seconds)
  lay_down(current.running, seconds)
  coroutine.yield(WAIT) -- also with 0: others get their turn
end

-- Sends a request and waits for its result, see `streamctl.loop.pick`.
function tasks.send(exchange, request, endpoint, timeout, connect_timeout)
  local scheduler = current
  local call, message, code = exchange:submit(request, endpoint, timeout, connect_timeout,
    make_ready, scheduler.running)
  if not call then return nil, message, code end
  scheduler.calls[call] = exchange
  repeat coroutine.yield(WAIT) until call.result or call.failure
  scheduler.calls[call] = nil
  if call.result then return call.result end
  exchange:forget(call)
  return nil, call.failure[1], call.failure[2]
end

-- Waits for the first answer or the first sleeper. While tasks are ready, the engine is stepped
-- without a wait, so that endless tasks hold up no answer.
local function wait(scheduler)
  local now, ready = core.monotonic(), scheduler.ready
  local sleepers = scheduler.sleepers
  while sleepers[1] and sleepers[1].due <= now do ready[#ready + 1] = take_first(sleepers) end
  local soonest = ready[1] and 0 or sleepers[1] and sleepers[1].due - now or math.huge
  local _, busy = next(scheduler.calls)
  if busy then
    local ok, message, code = busy:wait(math.max(math.min(soonest, 3600), 0))
    for call, exchange in pairs(ok and {} or scheduler.calls) do -- that engine has failed
      if exchange == busy and not call.result then
        call.failure = { message, code }
        make_ready(call.waiter)
      end
    end
  elseif soonest == math.huge then
    error("every task waits for another one", 0)
  elseif soonest > 0 then
    core.sleep(soonest)
  end
end

-- The library's folder, and the folders in it whose functions make calls.
local FOLDER = debug.getinfo(1, "S").source:match "^(.*)loop[/\\]tasks%.lua$"
local WITH_CALLS = { call = true, many = true, vendor = true, aliyun = true, zego = true }

-- Whether a call is under way in a task, by its stack: so calls need not be counted, also those
-- that throw. A task of a batch may not have begun.
local function is_calling(task)
  for level = 0, math.huge do
    local info = debug.getinfo(task.thread, level, "S")
    if not info then return level == 0 and task.is_part end
    local folder = FOLDER and info.source:sub(1, #FOLDER) == FOLDER
      and info.source:match("^%l+", #FOLDER + 1)
    if WITH_CALLS[folder] then return true end
  end
end

local function loop(scheduler)
  while next(scheduler.tasks) do
    local ready = scheduler.ready
    scheduler.ready = {}
    for _, task in ipairs(ready) do resume(scheduler, task) end
    local failure = scheduler.main and scheduler.main.failure
    if failure and errors.is_interrupt(failure[1]) then return end
    for task in pairs(failure and scheduler.tasks or {}) do
      if not is_calling(task) then scheduler.tasks[task] = nil end
    end
    if next(scheduler.tasks) then wait(scheduler) end
  end
end

local function new_scheduler()
  return { ready = {}, sleepers = {}, calls = {}, failed = {}, failures = 0, tasks = {} }
end

-- Runs the tasks of a scheduler until all have ended.
local function run(scheduler)
  current = scheduler
  local ok, why = pcall(loop, scheduler)
  current = nil
  for call, exchange in pairs(scheduler.calls) do exchange:forget(call) end -- nobody waits for them
  if not ok then error(why, 0) end
end

-- Runs functions as tasks until all have ended: a list of `{ ok, error }`. Blocking code runs them
-- in a scheduler of their own; code that a run blocks gets nil.
function tasks.all(functions)
  if current and not tasks.inside() then return nil end
  local scheduler, started, outcomes = current or new_scheduler(), {}, {}
  for i, fn in ipairs(functions) do
    started[i] = spawn(scheduler, fn)
    started[i].is_part = true
  end
  if not current then run(scheduler) end
  for i, task in ipairs(started) do
    await(task)
    outcomes[i] = { task.failure == nil, task.failure and task.failure[1] }
  end
  return outcomes
end

--- Runs a function as a task, and every task it spawns, until all have ended. Inside a task it just
-- calls the function; what that spawns ends with the run around it. After an error in the function
-- the calls under way end, and calls that follow without a pause; other tasks are left where they
-- are.
-- @tparam function fn
-- @param ... its arguments
-- @treturn any what the function returned; an error in it, or in a task that nobody joined, is
-- raised
function tasks.run(fn, ...)
  if pick.in_nginx then
    error("streamctl.run is for plain Lua; in nginx use ngx.thread.spawn", 2)
  end
  check_function(fn, "run")
  if tasks.inside() then return fn(...) end
  if current then error("streamctl.run is already running", 2) end
  if pick.current() == package.loaded["streamctl.loop.cqueues"] then
    error("streamctl.run would block the controller that runs this coroutine; use "
      .. "controller:wrap(...), calls wait in it by themselves", 2)
  end
  local scheduler = new_scheduler()
  local main = spawn(scheduler, fn, ...)
  scheduler.main = main
  run(scheduler)
  local failed, first = scheduler.failed, nil -- nobody has joined these
  for task, at in pairs(failed) do
    if not first or at < failed[first] then first = task end
  end
  if first then error(first.failure[1], 0) end
  return unpack(main.values, 1, main.values.n)
end

return tasks
