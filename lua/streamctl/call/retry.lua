-- Decides whether an attempt goes again, and after how many seconds. errors.codes has the codes.
--
-- A call that was certainly not executed (no connection, throttled, wrong clock) may go again. A
-- call that may have been executed goes again only when a repeat is harmless. The vendor's wait
-- wins over the client's; a wait longer than the time left ends the call. Refused credentials are
-- replaced once a call, whatever these rules say (refresh.lua).

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local options = require "streamctl.base.options"

local retry = {}

-- Whether a call with such a failure may go again, and whether the vendor may have executed it. Of
-- failures of the network the transport's `maybe_sent` wins (`of_transport` in failure.lua). A code
-- that does not go again by itself is final, unless the vendor's trouble passes (a 5xx, for one).
function retry.facts(code, passing)
  local row = errors.codes[code]
  if row.again then return true, row[1] == "failed" end
  return passing or false, passing or false
end

-- Three attempts, full jitter: a random wait up to base, 2 base, 4 base ... but not above cap.
retry.defaults = { attempts = 3, base = 0.2, cap = 5 }

local ONCE = { attempts = 1, base = 0, cap = 0 }

-- The policy of the option `retry`; false is a single attempt.
function retry.policy(option)
  if option == nil then return retry.defaults end
  if option == false then return ONCE end
  if type(option) == "number" then option = { attempts = option } end
  return options.merged(retry.defaults, option)
end

-- Retries draw from a client's budget and successes fill it: in an outage retries dry up.
retry.budget = { capacity = 500, cost = 5, refund = 1 }

-- Decides, and does nothing else: seconds to wait; or nil, why not ("final", "unsafe", "attempts",
-- "budget" or "time"), and the wait that does not fit. `fact` holds `attempt` (1 for the first),
-- `left` (seconds until the deadline), `min_left` (seconds that an attempt needs), `safe`, `tokens`
-- (of the budget), `retryable`, `maybe_executed`, `retry_after` (the vendor's wait in seconds), and
-- `immediate` after a correction. `random` returns a number from 0 to 1.
function retry.decide(policy, fact, random)
  if not fact.retryable then return nil, "final" end
  if fact.maybe_executed and not fact.safe then return nil, "unsafe" end
  if fact.attempt >= policy.attempts then return nil, "attempts" end
  if fact.tokens < retry.budget.cost then return nil, "budget" end
  local wait = fact.immediate and 0 or fact.retry_after
    or random() * math.min(policy.cap, policy.base * 2 ^ (fact.attempt - 1))
  if wait >= fact.left - fact.min_left then return nil, "time", wait end
  return wait
end

-- Whether a call may go again when its outcome is unknown.
function retry.is_harmless(operation, params)
  local safe = operation.safe
  if not safe or safe == true then return safe end
  for name, value in pairs(safe.unless) do
    local param = rawget(params, name)
    if param == value or (value == true and param ~= nil) then return false end
  end
  return true
end

-- Whether the failure tells that an earlier attempt had its effect. A ban that is there may be
-- another one, with another end; so only codes that mean the state itself stand in rows.
function retry.already_there(call, failure)
  local already = call.operation.already
  return already ~= nil and call.maybe_executed and call.request.safe
    and already[failure.vendor_code] == true
end

-- A success pays back a part of the client's budget.
function retry.worked(self)
  self.spent = math.max(0, self.spent - retry.budget.refund)
end

local ENDS = {
  attempts = "; no more attempts",
  conflict = "; an earlier attempt of this call may have made it",
  budget = "; too many calls fail at present, so it was not repeated",
}

local WINDOW = 1 -- seconds, by which vendors count calls

-- Has a batch pause after the vendor has refused a call as too fast.
function retry.pause(group, failure)
  local ends = core.monotonic() + (failure.retry_after or WINDOW)
  group.resume_at = math.max(ends, group.resume_at or 0)
end

-- Seconds until the next attempt of a call, or nil and the end of the failure's message. Draws from
-- the client's budget. `corrected`: the client's clock was corrected.
function retry.schedule(self, call, failure, corrected)
  if failure.code == "clock_skew" and not corrected then return nil, "" end
  if failure.code == "conflict" and call.maybe_executed then return nil, ENDS.conflict end
  local delay, why, needed = retry.decide(retry.policy(call.settings.retry), {
    attempt = call.attempt, left = call.deadline - core.monotonic(), min_left = call.min_left or 0,
    safe = call.request.safe, tokens = retry.budget.capacity - self.spent,
    retryable = failure.retryable, maybe_executed = failure.maybe_sent,
    immediate = corrected, retry_after = failure.retry_after,
  }, core.random)
  if delay then
    self.spent = self.spent + retry.budget.cost
    return delay
  elseif why == "time" then
    return nil, string.format("; the next attempt would be in %.2f s, too late", needed)
  end
  return nil, (call.attempt > 1 or why == "budget") and ENDS[why] or ""
end

return retry
