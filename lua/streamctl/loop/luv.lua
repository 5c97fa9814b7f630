--- luv: a call yields, and the libuv loop that runs goes on.
--
-- Calls are made in coroutines. The loop's callbacks resume them; when an error ends one of them,
-- the callback raises the error after it has resumed the others. While no call waits, the library
-- has no handle, so that `uv.run()` ends. The functions of a loop are in `streamctl.loop.pick`.
-- @public streamctl.loop.luv

local coroutines = require "streamctl.loop.coroutines"
local protected = require "streamctl.loop.protected"
local uv = require "luv"

-- The consumer of a generator that waits gets this for an item.
local WAITS = setmetatable({ [protected.WAITS] = true },
  { __index = function() error(protected.GENERATOR, 2) end })

local woken, timer = {}, nil -- signals; the timer runs while there are any

-- Closes handles, and empties the list: a handle is not to be closed twice.
local function close(handles)
  while #handles > 0 do
    local handle = table.remove(handles)
    handle:stop()
    handle:close()
  end
end

-- Resumes the coroutines that were woken, then raises the first error.
local function resume_woken()
  local signals, failure = woken, nil
  woken = {}
  close { timer }
  timer = nil
  for _, signal in ipairs(signals) do
    local thread = signal.thread
    signal.is_woken = false
    if thread and coroutine.status(thread) == "suspended" then
      local ok, why = coroutine.resume(thread)
      if not ok then failure = failure or { why } end
    end
  end
  if failure then error(failure[1], 0) end
end

-- Not at once: another coroutine may run.
local function wake(signal)
  if signal.is_woken then return end
  signal.is_woken, woken[#woken + 1] = true, signal
  if timer then return end
  timer = uv.new_timer()
  timer:start(0, 0, resume_woken)
end

local function wait(signal, seconds, engine)
  local handles = {}
  local function finish() -- also where the coroutine cannot yield
    close(handles)
    wake(signal)
  end
  handles[1] = engine and uv.new_poll(engine:pollfd())
  if handles[1] then
    handles[1]:start("r", finish)
  elseif engine then
    seconds = math.min(seconds, 0.01) -- no descriptor is left for the poll
  end
  if seconds then
    uv.update_time() -- a timer counts from the time that the loop knows
    local clock = uv.new_timer()
    handles[#handles + 1] = clock
    clock:start(math.ceil(seconds * 1000), 0, finish)
  end
  signal.thread = protected.running()
  coroutine.yield(WAITS)
  signal.thread = nil
  close(handles)
end

return coroutines("luv", {
  inside = function() return not protected.is_main() end,
  outside = 'loop "luv": make the call in a coroutine, as in '
    .. "coroutine.wrap(function() ... end)()",
  spawn = function(fn) wake { thread = coroutine.create(fn) } end,
  new_signal = function() return {} end,
  wake = wake,
  wait = wait,
})
