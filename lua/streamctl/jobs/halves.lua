--- Requests of several ids that the vendor refuses for one of them: they go again in halves, until
-- the refused id stands alone.
-- @module streamctl.jobs.halves

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local check = require "streamctl.call.check"

local halves = {}

--- Divides a refused request, if it may go again after this `err`: two halves, which are intents as
-- old as the whole; and a request of the ids that gave way to newer calls, which is not sent.
function halves.of(client, operation, ids, job, err)
  local may_go = not err.maybe_sent or check.is_harmless(operation, job.params)
  if not may_go or not client.vendor.in_list(operation, err) then
    return nil
  end
  local first, second, gone = ids:divide(job, err.superseded)
  if not first then return nil end
  first.intent, second.intent = err.intent, err.intent
  return first, second, gone
end

--- Notes a refusal for the halves of its request. `longest` is how many seconds an attempt may
-- take, `outer` the refusal of the whole, if the request is a half itself. `stamped` and `wall`:
-- when the store last knew of no newer call; `executed`: halves that are to be looked after.
function halves.refusal(message, err, longest, outer)
  return {
    message = message, err = err, wall = core.now(), executed = outer and outer.executed or {},
    stamped = core.monotonic() - math.min(err.elapsed, longest),
  }
end

-- Stores forget an intent after 60 s of the wall clock.
local SURE = 50

--- Why a half must not be sent any more; nil when it may.
function halves.too_late(refusal)
  local gap = math.max(core.monotonic() - refusal.stamped, math.abs(core.now() - refusal.wall))
  return refusal.err.intent and gap > SURE
    and "after so long nobody knows whether a newer call was made" or nil
end

--- The failure of a half that was never sent: the one of the whole request.
function halves.unsent(refusal, why)
  local text = errors.text_of(refusal.message) .. "; not sent again in halves: " .. why
  return select(2, errors.new(refusal.err.code, text, refusal.err))
end

return halves
