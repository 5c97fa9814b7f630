--- What a call does after a failed attempt.
-- @module streamctl.call.again

local core = require "streamctl.core"
local failures = require "streamctl.call.failures"
local pace = require "streamctl.call.pace"
local renewal = require "streamctl.call.renewal"
local retry = require "streamctl.call.retry"

local again = {}

--- Whether the state asked for was there already, most likely by an earlier attempt of this call.
-- @tparam table call
-- @tparam table failure
-- @treturn boolean
function again.already_there(call, failure)
  local already = call.operation.already
  return call.maybe_executed and call.request.safe
    and (failure.code == "conflict" or (already ~= nil and already[failure.vendor_code] == true))
end

-- Our clock is off: sign with the vendor's from now on. Once a call; true when it was corrected.
local function correct_clock(self, call, failure)
  if failure.code ~= "clock_skew" or call.corrected then return false end
  local theirs = failures.http_date(failures.header(call.result.headers, "date"))
  if not theirs then return false end
  local offset = theirs - core.now()
  self.signer:set_clock_offset(offset)
  self.clock_offset, call.corrected = offset, true
  return true
end

local UNFIT = {
  attempts = "; no more attempts",
  budget = "; too many calls fail at present, so it was not repeated",
}

local WINDOW = 1 -- seconds, by which vendors count calls
local LONGEST = 60 -- seconds that a batch pauses at most, whatever the vendor asks for

-- Has the other calls of a batch wait, since the vendor has refused one as too fast.
local function pause(batch, seconds)
  local now = core.monotonic()
  batch.resume_at = math.max(now + math.min(seconds, LONGEST), batch.resume_at or 0)
  batch.asked_until = math.max(now + seconds, batch.asked_until or 0)
end

-- Drops the answer, since later failures are not about it.
local function forget(call)
  call.result, call.body = nil, nil
end

--- Waits before the next attempt.
-- @tparam table self a client
-- @tparam table call
-- @tparam table failure
-- @treturn string|nil why there is none: text to add to the error
-- @treturn table|nil the failure with which the call ended while it waited
function again.prepare(self, call, failure)
  local goes, no_key
  call.last = { failure = failure, result = call.result, body = call.body }
  if self.source then
    goes, no_key = renewal.goes_again(self, call, failure)
    if goes then return forget(call) end
  end
  local corrected = correct_clock(self, call, failure)
  if failure.code == "clock_skew" and not corrected then return "" end
  local asked = call.result.code == "ok" and failures.retry_after(call.result.headers) or nil
  local delay, why, needed = retry.decide(retry.policy(call.settings.retry), {
    attempt = call.attempt, left = call.deadline:left(), least = call.least,
    safe = call.request.safe, tokens = retry.budget.capacity - self.spent,
    retryable = failure.retryable, maybe_executed = failure.maybe_executed,
    immediate = corrected, retry_after = asked,
  }, core.random)
  if failure.code == "throttled" and call.batch then
    pause(call.batch, delay or asked or WINDOW)
  end
  if not delay then
    if why == "time" then
      return string.format("; the next attempt would be in %.2f s, too late", needed)
    end
    return no_key or call.attempt > 1 and UNFIT[why] or ""
  end
  self.spent = self.spent + retry.budget.cost
  forget(call)
  local ended = delay > 0 and pace.wait(self, call, "retry", delay, failure.code)
  if ended then return call.stopped or "", ended end
end

--- A success pays back some of what retries have drawn from the client's budget.
-- @tparam table self a client
function again.refund(self)
  self.spent = math.max(0, self.spent - retry.budget.refund)
end

return again
