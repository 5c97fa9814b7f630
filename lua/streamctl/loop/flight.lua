-- Single flight: callers that want the same value at the same time share a single question.
--
-- The first caller asks; the others poll until the question has ended, each in its loop. Nobody is
-- woken, so nobody depends on a caller whose thread was killed.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local poll = require "streamctl.loop.poll"
local protected = require "streamctl.loop.protected"

local Flight = { __name = "streamctl.loop.flight" }
Flight.__index = Flight

local flight = {}

-- seconds until another caller asks as well, since the first caller's thread may have been killed
local PATIENCE = 5
local LATER = 0.02 -- seconds until all who wait have seen an answer
local MAX_INSIDE = 3 -- questions inside of each other in the same coroutine

local MAIN = {} -- instead of a coroutine

function flight.new() return setmetatable({ asked = {} }, Flight) end

-- Waits until another caller's question has ended; or returns the results of `refuse`.
local function wait_for(asked, loop, deadline, refuse)
  local refusal = loop.refusal and loop.refusal()
  if refusal then return refuse("cannot_wait", refusal) end
  local ends = math.min(asked.ends, deadline)
  local done = poll(loop.sleep, ends, function() return asked.done end)
  if done or deadline > ends then return true end
  return refuse("timeout", "what another caller asks for did not come in time")
end

-- Ends a question: the value goes to all callers, also of a later question.
local function finish(self, key, asked, ok, value, message, err)
  local latest = self.asked[key]
  asked.done, asked.value, asked.err = true, ok and value or nil, err
  if latest and asked.value ~= nil then latest.done, latest.value = true, value end
  if latest and latest.done then self.asked[key] = nil end
  if not ok then error(value, 0) end
  return value, message, err
end

-- Whether a question is under way.
function Flight:is_busy(key)
  local asked = self.asked[key]
  return asked ~= nil and core.monotonic() < asked.ends
end

-- Asks, or waits in a loop for the value of another caller's question, until the deadline. An error
-- goes to all callers, each with a copy of `err`, unless the asker's time was short. `ask` may wait
-- until the deadline and returns the value, or nil, message, err; an error that `ask` throws is
-- raised at its caller only. `refuse` makes an error of a code and a text.
function Flight:share(key, loop, deadline, refuse, ask)
  local thread = protected.running() or MAIN
  while true do
    local asked, inside, now = self.asked[key], 0, core.monotonic()
    if asked and asked.thread == thread then inside = asked.inside + 1 end
    if inside > MAX_INSIDE then
      return refuse("cannot_wait", "what is asked for needs itself, without end")
    end
    if not asked or inside > 0 or now >= asked.ends then
      asked = {
        ends = math.min(math.max(deadline, now) + LATER, now + PATIENCE),
        thread = thread, inside = inside, deadline = deadline,
      }
      self.asked[key] = asked
      return finish(self, key, asked, protected.call(ask))
    end
    local ok, message, err = wait_for(asked, loop, deadline, refuse)
    if not ok then return nil, message, err end
    if asked.value ~= nil then return asked.value end
    local failed = asked.done and asked.err -- others ask again where their asker's time was short
    if failed and failed.code ~= "timeout" and asked.deadline > core.monotonic() then
      return nil, failed.message, errors.copy(failed)
    end
  end
end

return flight
