-- A simulated world: one virtual clock, events in order of time, hosts whose code runs in
-- coroutines. Of streamctl it knows `core.set_clock` and `core.set_random`, which are for tests.

local core = require "streamctl.core"

local World = {}
World.__index = World

local world = { EPOCH = 1767323045, MONOTONIC = 1000 } -- 2026-01-02T03:04:05Z; since the boot

-- Makes a stream of random numbers, the same on every Lua: `draw()` gives 0 to 1, `draw(n)` a whole
-- number from 1 to n, `draw(list)` an entry.
function world.chance(seed)
  local state = seed % 2147483646 + 1
  local function draw(of)
    state = state * 48271 % 2147483647
    local part = (state - 1) / 2147483646
    if not of then return part end
    local count = type(of) == "table" and #of or of
    local number = math.min(math.floor(part * count) + 1, count)
    return type(of) == "table" and of[number] or number
  end
  for _ = 1, 4 do draw() end
  return draw
end

function world.new(config)
  return setmetatable({ config = config, now = 0, ticks = 0, events = {}, hosts = {},
    faults = {}, trace = {}, log = {}, steps = {} }, World)
end

-- Writes a line of the trace, by which two runs of a seed are compared.
function World:note(...)
  if not self.is_traced then return end
  local parts = { ("%10.4f"):format(self.now) }
  for i = 1, select("#", ...) do parts[#parts + 1] = tostring((select(i, ...))) end
  self.trace[#self.trace + 1] = table.concat(parts, " ")
end

-- Notes a broken promise, by the name of the check.
function World:fault(check, text, op)
  self.faults[#self.faults + 1] =
    { check = check, text = text, op = op and op.index, time = self.now }
  self:note("FAULT", check, text)
end

-- Numbers what happens at the same time.
function World:tick()
  self.ticks = self.ticks + 1
  return self.ticks
end

-- ---- events, in order of time, then of their making ----

-- The list has the next event at its end.
function World:at(time, fn)
  local list, low = self.events, 1
  time = math.max(time, self.now)
  local high = #list + 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    if list[middle].time > time then low = middle + 1 else high = middle end
  end
  table.insert(list, low, { time = time, fn = fn })
end

-- Runs all events up to a time. The clocks and the chance of the process are its own again then.
function World:run(until_time)
  local ok, why = pcall(function()
    while self.events[1] and self.events[#self.events].time <= until_time do
      local event = table.remove(self.events)
      self.now = event.time
      event.fn()
    end
  end)
  core.set_clock()
  core.set_random()
  if not ok then error(why, 0) end
end

-- ---- hosts and tasks ----

-- Adds a host, whose wall clock is ahead by `skew` seconds.
function World:host(skew)
  local host = { index = #self.hosts + 1, skew = skew or 0, wakes_at = 0, stops = {} }
  self.hosts[host.index] = host
  return host
end

function World:wall(host) return world.EPOCH + self.now + (host and host.skew or 0) end

-- Each call has chance of its own: leaving a call out changes no other call.
local function set_chance(self, op)
  op.resumed = (op.resumed or 0) + 1
  core.set_random(((self.config.seed % 4096) * 4096 + op.index) * 2 ^ 24 + op.resumed)
end

local function resume(self, task)
  local host = task.host
  if host.is_dead or task.is_done then return end
  if host.wakes_at > self.now then -- a process that is stopped
    return self:at(host.wakes_at, function() resume(self, task) end)
  end
  core.set_clock(self:wall(host), world.MONOTONIC + self.now)
  set_chance(self, task.op)
  self.current = task
  local ok, why = coroutine.resume(task.thread)
  self.current = nil
  if coroutine.status(task.thread) ~= "dead" then return end
  task.is_done = true
  task.on_end(ok, ok and why or debug.traceback(task.thread, tostring(why)))
end

-- Starts a task of a call; `on_end(ok, why)` is called at its end.
function World:spawn(host, op, fn, on_end)
  local task = { host = host, op = op, on_end = on_end }
  task.thread = coroutine.create(fn)
  self:at(self.now, function() resume(self, task) end)
end

-- Has the running task wait until a time, or until `wake` of the ticket, whose value it returns.
function World:wait(time, ticket)
  local task, mine = self.current, ticket or {}
  mine.task, mine.is_open = task, true
  if time < math.huge then
    self:at(time, function()
      if not mine.is_open then return end
      mine.is_open = false
      resume(self, task)
    end)
  end
  coroutine.yield()
  return mine.value
end

function World:sleep(seconds) self:wait(self.now + seconds) end

function World:wake(ticket, value)
  if not ticket.is_open then return end
  ticket.is_open, ticket.value = false, value
  self:at(self.now, function() resume(self, ticket.task) end)
end

-- Makes the loop of a client: the extension point `loop`. Timers come late by up to `jitter`.
function World:loop()
  local loop, jitter = {}, self.config.jitter
  function loop.sleep(seconds)
    self:sleep(math.max(seconds, 0) + jitter * self.current.op.drift())
  end
  function loop.spawn(fn)
    local task = self.current
    self:spawn(task.host, task.op, fn, function(ok, why)
      if not ok then self:fault("no error is thrown", why, task.op) end
    end)
    return true
  end
  function loop.all(functions)
    local task, outcomes, left, ticket = self.current, {}, #functions, {}
    for i, fn in ipairs(functions) do
      self:spawn(task.host, task.op, fn, function(ok, why)
        outcomes[i], left = { ok, why }, left - 1
        if left == 0 then self:wake(ticket) end
      end)
    end
    if left > 0 then self:wait(math.huge, ticket) end
    return outcomes
  end
  return loop
end

return world
