--- Single flight: what several callers want at the same time is asked for once.
--
-- One caller asks; the others look now and then whether it has come to its end, whatever loop each
-- of them waits in. Nobody is woken, so that nobody depends on a caller whose thread is killed.
-- @module streamctl.loop.flight

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local poll = require "streamctl.loop.poll"
local protected = require "streamctl.loop.protected"

local Flight = { __name = "streamctl.loop.flight" }
Flight.__index = Flight

local flight = {}

local PAUSES = { shortest = 0.001, longest = 0.02, share = 1 }
-- seconds until another caller asks as well: the first one's thread may have been killed
local PATIENCE = 5
-- calls of one coroutine inside of each other: where it asks for what it is asking for
local MOST_INSIDE = 3

local MAIN = {} -- instead of a coroutine

--- Makes one.
function flight.new()
  return setmetatable({ asked = {} }, Flight)
end

-- Waits until somebody else's question has come to its end; or what `refuse` returns.
local function wait_for(asked, loop, deadline, refuse)
  local refusal = loop.refusal and loop.refusal()
  if refusal then return refuse("phase", refusal) end
  local ends = math.min(asked.ends, deadline)
  local done = poll(loop.sleep, ends, function() return asked.done end, PAUSES)
  if done or deadline > ends then return true end
  return refuse("timeout", "what another caller asks for did not come in time")
end

-- What is wanted goes to all who wait, also for one who asked later.
local function finish(self, key, asked, ok, value, message, err)
  local latest = self.asked[key]
  asked.done, asked.value, asked.err = true, ok and value or nil, err
  if latest and asked.value ~= nil then latest.done, latest.value = true, value end
  if latest and latest.done then self.asked[key] = nil end
  if not ok then error(value, 0) end
  return value, message, err
end

local function ask_for_all(self, key, deadline, inside, ask)
  local now = core.monotonic()
  local asked = {
    ends = math.min(math.max(deadline, now) + PAUSES.longest, now + PATIENCE),
    thread = protected.running() or MAIN, inside = inside, deadline = deadline,
  }
  self.asked[key] = asked
  return finish(self, key, asked, protected.call(ask))
end

-- Whether it came to nothing for a reason that is no other caller's.
local function was_short(asked)
  return not asked.err or asked.err.code == "timeout" or asked.deadline <= core.monotonic()
end

--- Whether somebody asks at the moment.
function Flight:is_busy(key)
  local asked = self.asked[key]
  return asked ~= nil and core.monotonic() < asked.ends
end

--- Asks, or waits in a loop for what comes of another caller's question, until this caller's
-- deadline. That one's error is everybody's, unless its time was short. `ask` may wait until the
-- deadline and returns what is wanted, or nil, message, err; what it throws is raised here, and no
-- other caller's. `refuse` makes an error of a code and a text. Each caller gets an `err` of its
-- own.
function Flight:share(key, loop, deadline, refuse, ask)
  while true do
    local asked, inside = self.asked[key], 0
    if asked and asked.thread == (protected.running() or MAIN) then
      inside = asked.inside + 1 -- or a new one in the place of a thread that was killed
      if inside > MOST_INSIDE then
        return refuse("phase", "what is asked for needs itself, without end")
      end
    end
    if not asked or inside > 0 or core.monotonic() >= asked.ends then
      return ask_for_all(self, key, deadline, inside, ask)
    end
    local ok, message, err = wait_for(asked, loop, deadline, refuse)
    if not ok then return nil, message, err end
    if asked.value ~= nil then return asked.value end
    if asked.done and not was_short(asked) then
      return nil, asked.err.message, errors.copy(asked.err)
    end
  end
end

return flight
