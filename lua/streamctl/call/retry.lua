--- Whether a failed attempt is followed by another, and after how long. A pure function.
--
-- What was certainly not executed (no connection, throttled, our clock off) may go again for
-- every operation. What may have been executed goes again only when repeating the operation is
-- harmless. The vendor's own wait wins over ours; a wait longer than the time left is refused.
-- @module streamctl.call.retry

local retry = {}

--- Three attempts, full jitter: a random wait up to base, 2 base, 4 base ... but not above cap.
retry.defaults = { attempts = 3, base = 0.2, cap = 5 }

local ONCE = { attempts = 1, base = 0, cap = 0 }

--- The policy that the option `retry` stands for.
-- @tparam table|boolean|nil given a table of some of the fields of @{defaults}; false: a single
-- attempt
-- @treturn table all of them
function retry.policy(given)
  if given == nil then return retry.defaults end
  if given == false then return ONCE end
  local policy = {}
  for name, value in pairs(retry.defaults) do policy[name] = given[name] or value end
  return policy
end

--- A budget that retries draw from and successes fill, so that retries dry up in an outage.
retry.budget = { capacity = 500, cost = 5, refund = 1 }

--- Decides.
-- @tparam table policy `attempts`, `base` and `cap` (seconds)
-- @tparam table fact `attempt` (1 for the first), `left` (seconds), `least` (seconds that an
-- attempt needs), `safe` (repeating is harmless), `tokens` (of the budget), `retryable`,
-- `maybe_executed`, `retry_after` (seconds, the vendor's wait), `immediate` (no wait: what was
-- wrong is corrected)
-- @tparam function random returns a number from 0 to 1
-- @treturn[1] number seconds to wait
-- @treturn[2] nil
-- @treturn[2] string why not: "final", "unsafe", "attempts", "budget" or "time"
-- @treturn[2] number|nil the wait that did not fit, for "time"
function retry.decide(policy, fact, random)
  if not fact.retryable then return nil, "final" end
  if fact.maybe_executed and not fact.safe then return nil, "unsafe" end
  if fact.attempt >= policy.attempts then return nil, "attempts" end
  if fact.tokens < retry.budget.cost then return nil, "budget" end
  local wait = fact.immediate and 0 or fact.retry_after
    or random() * math.min(policy.cap, policy.base * 2 ^ (fact.attempt - 1))
  if wait >= fact.left - fact.least then return nil, "time", wait end
  return wait
end

return retry
