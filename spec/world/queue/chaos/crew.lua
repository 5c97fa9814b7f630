-- The workers of a chaos run, which are killed, stopped and replaced: processes of their own, or
-- the workers of an nginx, whose master replaces them.

local child = require "spec.support.child"
local nginx = require "spec.support.nginx"
local redis_server = require "spec.world.store.redis_server"
local shell = require "spec.support.emulator.launcher.shell"

local crew = {}

local GUARD = 900 -- seconds after which a worker that is left over is ended

local Crew = {}
Crew.__index = Crew

local function signal(pid, name) os.execute(("kill -%s %d 2>/dev/null"):format(name, pid)) end

-- A zombie has ended as well.
local function lives(pid)
  return not (shell.read_file("/proc/" .. pid .. "/stat") or ") Z"):find(") Z", 1, true)
end

-- Starts a process that works; its number is that of the interpreter.
local function start_process(self)
  self.count = self.count + 1
  local path = ("%s/worker-%d"):format(self.folder, self.count)
  local code = 'require("spec.world.queue.worker").run(...)'
  shell.write_file(path .. ".sh", ("echo $$ >%s.new && mv %s.new %s.pid\nexec %s %s $$\n"):format(
    path, path, path, child.command(code, {}, path .. ".lua"), shell.quote(self.folder)))
  os.execute(("timeout -k 5 %d sh %s.sh >>%s/log 2>&1 &"):format(GUARD, path, self.folder))
  local pid = redis_server.wait_until(function() return shell.read_file(path .. ".pid") end)
  self.pids[#self.pids + 1] = tonumber((assert(pid, "a worker does not start")))
end

--- Starts `count` workers of a folder, see spec/world/queue/worker.lua; `in_nginx`: in an nginx.
function crew.start(folder, count, in_nginx)
  local self = setmetatable({ folder = folder, size = count, pids = {}, count = 0, stopped = {},
    asleep = {} }, Crew)
  if in_nginx then
    local http = 'init_worker_by_lua_block { require("spec.world.queue.worker").start("%s") }'
    self.nginx = assert(nginx.start { workers = count, http = http:format(folder) })
  else
    for _ = 1, count do start_process(self) end
  end
  return self
end

--- The numbers of the workers that run, in a fixed order, without those that sleep.
function Crew:awake()
  local list = {}
  for _, pid in ipairs(self.nginx and self.nginx:workers() or self.pids) do
    if not self.asleep[pid] then list[#list + 1] = pid end
  end
  return list
end

-- Waits for the end of a worker, and has another one in its place.
local function replace(self, pid)
  assert(redis_server.wait_until(function() return not lives(pid) end, 60), "a worker stays")
  self.asleep[pid] = nil
  if self.nginx then
    local function is_complete() return #self.nginx:workers() == self.size end
    assert(redis_server.wait_until(is_complete), "nginx has too few workers")
    return
  end
  for i, other in ipairs(self.pids) do
    if other == pid then table.remove(self.pids, i) end
  end
  start_process(self)
end

--- Ends a worker at once.
function Crew:kill(pid)
  signal(pid, "KILL")
  replace(self, pid)
end

--- Has a worker end in order.
function Crew:dismiss(pid)
  if self.nginx then return end
  shell.write_file(self.folder .. "/stop-" .. pid, "")
  replace(self, pid)
end

--- Stops a worker, which goes on after `seconds` of sleep.
function Crew:freeze(pid, wakes_at)
  signal(pid, "STOP")
  self.stopped["worker-" .. pid], self.asleep[pid] = true, wakes_at
end

--- Wakes the workers that have slept long enough by this time. Returns how many still sleep. An
-- error when a worker has ended by itself.
function Crew:wake(now)
  local count = 0
  for _, pid in ipairs(self.pids) do
    if not lives(pid) then error("a worker has ended by itself", 0) end
  end
  for pid, wakes_at in pairs(self.asleep) do
    if wakes_at > now then
      count = count + 1
    else
      signal(pid, "CONT")
      self.asleep[pid] = nil
    end
  end
  return count
end

--- Has all workers end in order.
function Crew:finish()
  self:wake(math.huge)
  shell.write_file(self.folder .. "/stop", "")
  assert(redis_server.wait_until(function()
    for _, pid in ipairs(self.pids) do
      if lives(pid) then return false end
    end
    return true
  end, 60), "workers do not end in order")
end

--- Ends what runs. Returns what the workers complained of, as a text.
function Crew:stop()
  for _, pid in ipairs(self.pids) do
    if lives(pid) then signal(pid, "KILL") end
  end
  if not self.nginx then return shell.read_file(self.folder .. "/log") or "" end
  local lines = {}
  for line in self.nginx:log():gmatch "[^\n]+" do
    if line:find "aborted" or line:find "%[emerg%]" then lines[#lines + 1] = line end
  end
  self.nginx:stop()
  return table.concat(lines, "\n")
end

return crew
