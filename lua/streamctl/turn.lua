--- A call's turn: its slot at the vendor's rate, and its place in the order of intents.
-- @module streamctl.turn

local core = require "streamctl.core"
local deadlines = require "streamctl.deadline"
local limiter = require "streamctl.limiter"
local sequence = require "streamctl.sequence"

local turn = {}

--- Gives the attempt its Sequence, if the operation has one.
-- @tparam table self a client
-- @tparam table call
-- @param[opt] store instead of the client's, for a call that is not going to be sent
-- @treturn table|nil failure
function turn.stamp(self, call, store)
  if not call.ordered then return nil end
  local params, code, text = sequence.stamp(store or self.options.store, call.ordered)
  if not params then return { code = code, text = text } end
  call.request.params = params
end

-- The time limit of a patient call, one of a batch, begins when a slot of it has come.
local function start_late(call)
  local timeout, finish_by = call.timeout, call.patient.finish_by
  if finish_by then timeout = math.min(timeout, math.max(finish_by - core.monotonic(), 0)) end
  call.deadline = deadlines.after(timeout)
end

local function rate_of(self, operation)
  local rate = self.options.rate_limit
  if rate ~= nil then return rate end
  return self.context.stream_prefix and operation.test_rate or operation.rate
end

-- Reserves the call's slot: seconds until it comes, or nil and a failure.
local function reserve(self, call)
  local rate, patient = rate_of(self, call.operation), call.patient
  if not rate then return 0 end
  local left = call.deadline:left()
  if patient then left = patient.finish_by and patient.finish_by - core.monotonic() end
  local key = self.account_key .. (self.context.stream_prefix and ":test:" or ":") .. call.operation.action
  local delay, why = limiter.delay(self.options.store, key, rate, left)
  if not delay then return nil, { code = "connect", text = "the store gives no slot: " .. tostring(why) } end
  if left and delay > left then
    return nil, {
      code = "throttled", retryable = true,
      text = string.format("at %g calls per second the next slot is in %.2f s, and %.2f s are left; "
        .. "give it a longer timeout, or fewer calls", rate, delay, left),
    }
  end
  return delay
end

-- Stores remember an intent for 60 s.
local REMEMBERED = 30

--- Reserves a slot, stamps and waits. The intent is as old as the call, so it is stamped before the
-- wait; and again after it, since calls made meanwhile are newer. A Sequence of the caller's own stays.
-- @tparam table self a client
-- @tparam table call `operation`, `request`, `deadline`, `ordered` (see `streamctl.sequence`), `attempt`;
-- `patient` (a call of a batch: its time limit begins when its slot has come) with `finish_by` or without
-- @tparam function wait `wait(self, call, "pace", seconds)`
-- @treturn table|nil failure
function turn.take(self, call, wait)
  local delay, failure = reserve(self, call)
  failure = failure or turn.stamp(self, call)
  if failure then return failure end
  local own = call.ordered and call.ordered.given and call.attempt == 0
  while delay > 0 do
    local part = call.ordered and math.min(delay, REMEMBERED) or delay
    wait(self, call, "pace", part)
    delay = delay - part
    failure = not own and turn.stamp(self, call)
    if failure then return failure end
  end
  if call.patient then start_late(call) end
end

return turn
