-- A pcall for functions that wait, and a test whether the running code can wait.
--
-- Code waits by yielding. Lua cannot yield inside of some functions: on Lua 5.1 pcall, metamethods
-- and iterators of `for`, on every Lua table.sort and the like.

local errors = require "streamctl.base.errors"

local protected = {}

local is_yieldable = coroutine.isyieldable -- luacheck: ignore 143 (not in Lua 5.1 and 5.2)

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

-- Not tried out, since code cannot yield while `require` loads this module in nginx.
local can_wait_inside_pcall = _VERSION ~= "Lua 5.1" or package.loaded.jit ~= nil

local REFUSAL = "this code cannot wait for an answer, since it was called from inside of a "
  .. "function that cannot be left and entered again: table.sort and the like, on Lua 5.1 also "
  .. "pcall, a metamethod or an iterator. Make the call outside of it; it needs no pcall, since a "
  .. "failing call returns nil and a message"

-- The same as pcall, but the function can wait.
protected.call = pcall

-- The running coroutine; inside of `protected.call` its caller's.
protected.running = coroutine.running

-- Whether a C function stands between the running code and its loop.
local function is_inside_c() return false end

if not can_wait_inside_pcall then
  -- The function runs in another coroutine, whose yields are passed on:
  -- coroutine -> { parent =, running = the coroutine that the loop knows, loop = }
  local places = setmetatable({}, { __mode = "k" })
  local idle = {} -- coroutines that wait for the next function
  local DONE = {}

  local function pack(...) return { n = select("#", ...), ... } end

  -- Loops, not tail calls, which is_inside_c would walk through.
  local function serve(...)
    local args = pack(...)
    while true do args = pack(coroutine.yield(DONE, args[1](unpack(args, 2, args.n)))) end
  end

  function protected.call(fn, ...)
    local parent = coroutine.running()
    if not parent then return pcall(fn, ...) end
    local thread = table.remove(idle) or coroutine.create(serve)
    places[thread] = { parent = parent, running = protected.running(),
      loop = require("streamctl.loop.pick").current() }
    local values = pack(coroutine.resume(thread, fn, ...))
    while values[1] and values[2] ~= DONE do
      values = pack(coroutine.resume(thread, coroutine.yield(unpack(values, 2, values.n))))
    end
    places[thread] = nil
    if not values[1] then return false, values[2] end
    idle[#idle + 1] = thread
    return true, unpack(values, 3, values.n)
  end

  function protected.running()
    local thread = coroutine.running()
    local place = places[thread or places]
    return place and place.running or thread
  end

  -- The loop of a coroutine of `protected.call`, or nil.
  function protected.loop()
    local place = places[coroutine.running() or places]
    return place and place.loop
  end

  function is_inside_c()
    local thread = coroutine.running()
    while thread do
      local level = 1 -- 0 is getinfo itself, or the resume of the next coroutine
      local info
      repeat
        info = debug.getinfo(thread, level, "S")
        if info and info.what == "C" then return true end
        level = level + 1
      until not info
      thread = places[thread] and places[thread].parent
    end
    return false
  end
end

-- Whether the running code is in no coroutine.
function protected.is_main()
  local thread, is_main = coroutine.running()
  return not thread or is_main == true
end

-- Why the running coroutine cannot wait, or nil. Where Lua does not tell, `probe(0)` waits for no
-- time, and throws when the coroutine cannot yield.
function protected.refusal(probe)
  if is_yieldable then return not is_yieldable() and REFUSAL or nil end
  if is_inside_c() then return REFUSAL end
  probe(0)
end

-- Our tasks yield this to wait; what the loop of luv yields has it as a field. A
-- generator whose call waits hands that to its consumer for an item.
protected.WAITS = {}
protected.GENERATOR = "a call waits in a coroutine.wrap, and the client's loop goes on with that "
  .. "coroutine alone; make the call outside of it"

-- The text after a probe has thrown.
protected.REFUSAL = REFUSAL

-- Hands a listener an event. Returns the text of an error of the listener, but throws Ctrl-C on.
function protected.inform(listener, event)
  local ok, why = protected.call(listener, event)
  if not ok and errors.is_interrupt(why) then error(why, 0) end
  return not ok and errors.text_of_any(why) or nil
end

-- Runs functions at the same time in a loop, and raises the first error. A single function needs no
-- loop; and where nothing can wait, each call says so.
function protected.together(loop, functions)
  if not functions[2] or loop.refusal and loop.refusal() then
    for _, fn in ipairs(functions) do fn() end
    return
  end
  for _, ended in ipairs(loop.all(functions)) do
    if not ended[1] then error(ended[2], 0) end
  end
end

return protected
