-- Questions to the log of attempts.

local order = require "simulation.order"
local work = require "simulation.work"

local attempts = {}

-- The first of some attempts that was executed, for an id or at all.
function attempts.executed(list, from, to, id)
  for i = from, to do
    local attempt = list[i]
    if attempt.executed and (not id or order.has(attempt.seen.ids, id)) then return attempt end
  end
end

-- The name of an item in the vendor's log.
function attempts.name_of(op, item) return op.vendor == "zego" and item or work.path(item) end

-- Whether the host of a call was stopped meanwhile, or shortly before.
function attempts.is_stopped(op, from, to)
  return order.within(op.hosted.stops, from - 200, to)
end

-- Whether nobody can know what became of an attempt: no clear word of the vendor came back.
function attempts.is_unsure(attempt)
  local result = attempt.result
  return not result or result.maybe_sent
    and (not attempt.said or attempt.said == "SignatureNonceUsed")
end

return attempts
