-- Makes the garbage collector eager, and things that it finalizes.

local collector = {}

--- Something that is garbage at once, and runs a function when it is collected. In Lua 5.1 and
-- LuaJIT only userdata has finalizers.
function collector.finalized(fn)
  if newproxy then -- luacheck: ignore 113
    local proxy = newproxy(true) -- luacheck: ignore 113
    getmetatable(proxy).__gc = fn
    return
  end
  setmetatable({}, { __gc = fn })
end

local EAGER = { { "setpause", 0 }, { "setstepmul", 400 } }

--- Runs a function while the collector never rests; in Lua 5.4 also a second time, with
-- generations.
function collector.eagerly(fn)
  local before = {}
  for i, setting in ipairs(EAGER) do before[i] = collectgarbage(setting[1], setting[2]) end
  local ok, message = pcall(fn)
  for i, setting in ipairs(EAGER) do collectgarbage(setting[1], before[i]) end
  if ok and _VERSION == "Lua 5.4" then
    local mode = collectgarbage("generational", 1, 1) -- luacheck: ignore 143
    ok, message = pcall(fn)
    collectgarbage(mode)
  end
  if not ok then error(message, 0) end
end

-- What makes each step of the collector a whole cycle, and the next one due at once: 0 is "no
-- limit" to Lua 5.1 and LuaJIT, and the least of all to the others.
local STEP_FACTOR = _VERSION == "Lua 5.1" and 0 or 1000000

--- Runs a function while the collector goes through a whole cycle whenever Lua may collect, and a
-- finalizer runs in each of these cycles.
function collector.in_each_cycle(finalizer, fn)
  local going_on = true
  local function again()
    if not going_on then return end
    collector.finalized(again)
    finalizer()
  end
  local mode = _VERSION == "Lua 5.4"
    and collectgarbage("incremental", 0, 0, 50) -- luacheck: ignore 143
  local pause, factor = collectgarbage("setpause", 0), collectgarbage("setstepmul", STEP_FACTOR)
  collector.finalized(again)
  collectgarbage() -- what was set counts from the end of a cycle on
  local ok, message = pcall(fn)
  going_on = false
  collectgarbage("setpause", pause)
  collectgarbage("setstepmul", factor)
  if mode then
    collectgarbage("incremental", 0, 0, 13) -- luacheck: ignore 143
    collectgarbage(mode)
  end
  if not ok then error(message, 0) end
end

return collector
