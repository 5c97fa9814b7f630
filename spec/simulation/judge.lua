-- Judges a run by what the vendors really did, and by the promises of docs/explanation/promises.md.
-- Of how the library works it knows nothing but its extension points.

local attempts = require "spec.simulation.attempts"
local facts = require "spec.support.model.facts"
local order = require "spec.simulation.order"
local outcomes = require "spec.simulation.outcomes"

local judge = {}

local EAR = 0.2 -- seconds for which a listener waits at most

-- ---- events come in pairs, and attempts are numbered ----

function judge.listener(world, host)
  local open = {}
  host.open_calls = open
  return function(event)
    if host.is_dead then return end -- other hosts of this process tell of its calls
    local op, call = (world.current or {}).op, event.call
    local at = call and open[call]
    if event.event == "begin" then
      if at then world:fault("events come in pairs", "begin twice", op) end
      open[call] = 0
    elseif event.event == "attempt" and at and not op.merged then
      open[call] = at + 1
      if event.attempt ~= at + 1 then
        world:fault("attempts are numbered", tostring(event.attempt) .. " after " .. at, op)
      end
    elseif event.event == "call" then
      if not at then
        world:fault("events come in pairs", "call without begin", op)
      elseif not op.merged and event.attempts ~= at then
        world:fault("attempts are numbered", tostring(event.attempts) .. " in all, not " .. at, op)
      end
      open[call] = nil
    end
    if op and op.ear() < 0.05 then
      local began = world.now
      world:sleep(EAR * op.ear())
      op.listened = op.listened + world.now - began
    end
    if op and op.throws and op.drift() < 0.05 then error("the listener's fault", 0) end
  end
end

-- ---- the rate: no window has more requests than it may ----

-- Seconds for which a call may go after its slot: by the promise, and while on_send waits. A store
-- is asked up to four times. A busy store looks far away, and then a call of a process that was
-- stopped may go later.
local LATE, ON_SEND, QUESTIONS, STOPPED = 0.2, 0.2, 4, 0.6

local function rate_of(world, action)
  local limit = world.config.limit
  if limit ~= "documented" then return limit end
  local _, operation = facts.find(action)
  return operation.rate
end

-- The attempts that went out, by a name of each.
local function sent_by(world, name_of)
  local found = {}
  for _, attempt in ipairs(world.log) do
    local result, name = attempt.result, name_of(attempt)
    if name and (not result or result.maybe_sent) then
      found[name] = found[name] or {}
      table.insert(found[name], attempt)
    end
  end
  return found
end

local function check_rate(world, check, name, sent, rate)
  local slack = LATE + world.config.jitter
    + (world.config.store == "redis" and QUESTIONS * world.config.latency or 0)
    + (world.config.faults.store_slow > 0 and 1 or 0) -- a call that a store held up goes late, once
  for span = 1, 3 do
    local more = math.ceil(rate * span)
    for i = 1, #sent - more do
      local first, last = sent[i].began, sent[i + more].began
      local stopped = attempts.is_stopped(sent[i].op, first, last) and STOPPED or 0
      if last - first < more / rate - slack - stopped - (sent[i].op.tells and ON_SEND or 0)
        and not order.within(world.steps, first - 60, last)
        and not order.within(world.losses, first - 60, last) then
        return world:fault(check, ("%s: %d requests in %.3f s at %g a second, from %.3f on")
          :format(name, more + 1, last - first, rate, first))
      end
    end
  end
end

local function check_rates(world)
  if world.config.limit == "off" then return end
  for action, sent in pairs(sent_by(world, function(attempt) return attempt.seen.action end)) do
    check_rate(world, "the rate", action, sent, rate_of(world, action))
  end
  if rate_of(world, "DescribeUserList") < 20 then return end -- a room's slot waits for the other
  for room, sent in pairs(sent_by(world, function(attempt) return attempt.op.room end)) do
    check_rate(world, "the rate of a room", room, sent, 1)
  end
end

-- Judges a world that has come to its end. Returns the broken promises.
function judge.check(world, calls)
  for _, host in ipairs(world.hosts) do
    if host.open_calls and next(host.open_calls) and not host.is_dead then
      world:fault("events come in pairs", "a call never ended")
    end
  end
  outcomes.check(world, calls)
  order.check_starts(world)
  order.check_newest_wins(world, calls)
  check_rates(world)
  return world.faults
end

return judge
