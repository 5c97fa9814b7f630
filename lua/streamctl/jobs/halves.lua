--- Requests of several ids that the vendor refuses for one of them: they go again in halves, until
-- the refused id stands alone.
-- @module streamctl.jobs.halves

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local parameters = require "streamctl.call.parameters"

local halves = {}

--- Divides a refused request, if it may go again. A half is an intent as old as the whole.
-- @tparam table client
-- @tparam table operation
-- @tparam Ids ids
-- @tparam table job a request of ids
-- @tparam table err of its call; of a half that was not sent, of the whole
-- @treturn[1] table the first half
-- @treturn[1] table the second one
-- @treturn[1] table a request of the ids that gave way to newer calls; it is not sent
-- @treturn[2] nil
function halves.of(client, operation, ids, job, err)
  local may_go = not err.maybe_sent or parameters.is_harmless(operation, job.params)
  if not may_go or not client.vendor.in_list(operation, err) then
    return nil
  end
  local first, second, gone = ids:divide(job, err.superseded)
  if not first then return nil end
  first.intent, second.intent = err.intent, err.intent
  return first, second, gone
end

--- Notes a refusal for the halves of its request.
-- @tparam string message
-- @tparam table err
-- @tparam number longest seconds that an attempt may take
-- @tparam table|nil outer the refusal of the whole, when the request is a half itself
-- @treturn table `message`; `err`; `stamped` and `wall`: when the store last knew of no newer call;
-- `executed`: a list for the halves that are to be looked after
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

--- The failure of a half that was never sent: the one of the whole request.
-- @tparam table refusal of the whole
-- @tparam string why it was not sent
-- @treturn string message
-- @treturn table err
function halves.unsent(refusal, why)
  local text = errors.text_of(refusal.message) .. "; not sent again in halves: " .. why
  return select(2, errors.new(refusal.err.code, text, refusal.err))
end

return halves
