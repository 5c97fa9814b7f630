-- Questions to the log of attempts.

local order = require "spec.simulation.order"
local work = require "spec.simulation.work"

local attempts = {}

-- The first of some attempts that was executed, for an id or at all.
function attempts.executed(list, from, to, id)
  for i = from, to do
    local attempt = list[i]
    if attempt.executed and (not id or order.has(attempt.seen.ids, id)) then return attempt end
  end
end

-- The attempts in which ids of a merged call may have gone: of merged calls of its host that do the
-- same.
function attempts.joint(world, op)
  local list, began = {}, op.issued_again or op.issued
  for _, attempt in ipairs(world.log) do
    if attempt.host == op.hosted and attempt.op.merged and attempt.began >= began
      and attempt.seen.action:lower():find(op.verb, 1, true) then
      list[#list + 1] = attempt
    end
  end
  return list
end

-- The name of an item in the vendor's log.
function attempts.name_of(op, item) return op.vendor == "zego" and item or work.path(item) end

-- Whether the host of a call was stopped meanwhile, or shortly before.
function attempts.is_stopped(op, from, to)
  return order.within(op.hosted.stops, from - 200, to)
end

-- Judges how long a call took. A function that gives keys takes its time, and a listener does.
function attempts.check_time(world, op, name, from, to)
  local slack = world.config.store == "redis" and 6.6 or 0.1
  slack = slack + (world.keys and 0.3 or 0) + op.listened
  if to - from > op.options.timeout + slack and not attempts.is_stopped(op, from, to) then
    world:fault("in time", ("%s took %.3f s of %g"):format(name, to - from, op.options.timeout), op)
  end
end

-- Whether nobody can know what became of an attempt: no clear word of the vendor came back.
function attempts.is_unsure(attempt)
  local result = attempt.result
  return not result or result.maybe_sent
    and (not attempt.said or attempt.said == "SignatureNonceUsed")
end

-- Whether the vendor passes over an id that it would refuse.
function attempts.is_passed_over(world, id)
  return id:find "^bad" ~= nil and world.config.guesses.refused_id == "passed over"
end

-- Whether the store knew of a newer call, which may be of the same batch, for an id or at all.
local function gave_way(world, op, id)
  for _, stamp in ipairs(op.stamps) do
    for _, i in ipairs(stamp.dropped) do
      for _, other in ipairs(world.stamps) do
        -- nil: the answer of the store was lost, and its intent may be there
        local number = other.number == nil and math.huge or other.number or 0
        local is_newer = number > (stamp.age or 0)
          and (other.op ~= op or op.facts.is_batch)
        local resource = stamp.resources[i]
        local is_meant = not id or resource:gsub("^block:", ""):gsub("[^%w.-]", "/") == id
        if is_newer and is_meant and order.has(other.resources, resource) then return true end
      end
    end
  end
  return false
end

-- Judges what an err says became of a call, or of one id of it: what is unsent was neither executed
-- nor is in doubt; what is superseded gave way to a newer call.
function attempts.check_outcome(world, op, err, from, to, id)
  local is_honest = true
  for i = from, err.outcome == "unsent" and to or 0 do
    local attempt = op.attempts[i]
    if not id or order.has(attempt.seen.ids, id) then
      is_honest = is_honest and not attempt.executed and not attempts.is_unsure(attempt)
    end
  end
  if err.outcome == "superseded" then is_honest = gave_way(world, op, id) end
  if not is_honest then
    world:fault("the outcome is honest", err.outcome .. ": " .. err.message, op)
  end
end

return attempts
