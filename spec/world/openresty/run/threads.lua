-- streamctl.run and spawn are for plain Lua and refuse to work in nginx. Specs that make many calls
-- at once with them are about the calls: here light threads stand in for tasks, so that the same
-- specs run.

local threads = {}

local Task = {}
Task.__index = Task

-- Threads of the run that is under way.
local started

-- What the thread returned: that of ngx.thread.wait, then that of pcall, then that of the function.
local function await(task)
  task.values = task.values or { ngx.thread.wait(task.thread) }
  task.joined = true
  return task.values
end

function Task:join()
  local values = await(self)
  if not values[2] then error(values[3], 0) end
  return unpack(values, 3, table.maxn(values))
end

function threads.spawn(fn, ...)
  local arguments, count = { ... }, select("#", ...)
  local task = setmetatable({}, Task)
  task.thread = ngx.thread.spawn(function() return pcall(fn, unpack(arguments, 1, count)) end)
  started[#started + 1] = task
  return task
end

function threads.run(fn, ...)
  if type(fn) ~= "function" then error("bad argument #1: a function is expected", 2) end
  started = {}
  local values = { fn(...) }
  for _, task in ipairs(started) do
    local joined = task.joined
    local ended = await(task)
    if not ended[2] and not joined then error(ended[3], 0) end
  end
  return unpack(values, 1, table.maxn(values))
end

function threads.sleep(seconds) ngx.sleep(seconds) end

function threads.inside() return false end
function threads.outside() return false end

function threads.install() package.loaded["streamctl.loop.tasks"] = threads end

return threads
