--- Requests of several ids that the vendor refuses for what is in their list: they go again in
-- halves, until what is refused stands alone.
-- @module streamctl.jobs.halves

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local parameters = require "streamctl.call.parameters"

local halves = {}

--- The halves of a request, where it goes again. They are intents as old as the whole was.
-- @tparam table client
-- @tparam table operation
-- @tparam Ids ids
-- @tparam table job a request of ids
-- @tparam table err what its call ended with, or what it would
-- @treturn[1] table the first half
-- @treturn[1] table the second one
-- @treturn[1] table the request of those ids that have given way to newer calls
-- @treturn[2] nil
function halves.of(client, operation, ids, job, err)
  local may_go = not err.maybe_sent or parameters.is_harmless(operation, job.params)
  if not may_go or not err.vendor_code or not client.vendor.in_list(operation, err) then
    return nil
  end
  local first, second, gone = ids:divide(job, err.superseded)
  if not first then return nil end
  first.intent, second.intent = err.intent, err.intent
  return first, second, gone
end

--- A refusal, as long as it is of use to halves.
-- @tparam string message
-- @tparam table err
-- @tparam number longest seconds that an attempt may take
-- @tparam table|nil outer the refusal of the whole that this is a half of
-- @treturn table `message`, `err`, when the store last knew of no newer calls, and the halves that
-- are `executed`, of which none is looked after before all are sent
function halves.refusal(message, err, longest, outer)
  return {
    message = message, err = err, wall = core.now(), executed = outer and outer.executed or {},
    stamped = core.monotonic() - math.min(err.elapsed, longest),
  }
end

-- Stores forget an intent after 60 s of the wall clock.
local SURE = 50

--- Why a half must not be sent any more.
-- @tparam table refusal of the whole
-- @treturn string|nil
function halves.too_late(refusal)
  local gap = math.max(core.monotonic() - refusal.stamped, math.abs(core.now() - refusal.wall))
  return refusal.err.intent and gap > SURE
    and "after so long nobody knows whether a newer call was made" or nil
end

--- What a half ends with that was never sent: what was said of the whole.
-- @tparam table refusal of the whole
-- @tparam string why it was not sent
-- @treturn string message
-- @treturn table err
function halves.unsent(refusal, why)
  local text = refusal.message:gsub("^[%w_]+: ", "", 1) .. "; not sent again in halves: " .. why
  return select(2, errors.new(refusal.err.code, text, refusal.err))
end

return halves
