--- A call's turn: a slot at the vendor's documented rate, and its place in the order of intents.
--
-- A row's `rate` counts the operation's calls per second. Where the vendor counts the calls about
-- each room apart as well, `rate_each = { "RoomId", 1 / 10 }` names the parameter and that rate.
--
-- The slots are in the store, so that all who share the store share the rate. There is no burst: N
-- calls at R per second take (N - 1) / R seconds.
-- @module streamctl.call.pace

local core = require "streamctl.core"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"
local hooks = require "streamctl.call.hooks"
local line = require "streamctl.call.line"
local order = require "streamctl.call.order"

local pace = {}

-- Slots are a little further apart than the rate asks for: the network moves requests closer
-- together, and the vendor counts arrivals.
local MARGIN = 1.0025

-- Stores forget an intent after 60 s, so a call that waits longer than this (seconds) renews its
-- own.
local RENEW = 30

-- A patient call waits for no slot that is later than the next one by more seconds.
local FAR = 60

local function rate_of(self, operation)
  local limit = self.options.rate_limit
  local most = type(limit) == "table" and limit.most
  if limit ~= nil and not most then return limit end
  local rate = self.context.stream_prefix and operation.test_rate or operation.rate
  return most and math.min(most, rate or most) or rate
end

-- Seconds that the call can wait for its slot.
local function patience_of(call)
  if not call.batch then return call.deadline - core.monotonic() - call.least end
  local finish_by = call.batch.finish_by
  return finish_by and finish_by - core.monotonic() - call.least or math.huge
end

local function key_of(self, call)
  return self.scope .. ":" .. call.operation.action
end

local function store_failure(why)
  return failures.new("store", "the store gives no slot: " .. tostring(why))
end

local function too_late(rate, unit, delay, most, far)
  local text =
    string.format("at %g calls per second%s the next slot is in %.2f s", rate, unit, delay)
  if delay > far then
    text = text .. "; a clock that was set back has left it so far ahead in the store, or calls "
      .. "with very long time limits have: wait until then, or take another store"
  else
    text = text .. string.format(", and %.2f s are left; give it a longer timeout, or fewer calls",
      math.max(most, 0))
  end
  return failures.new("throttled", text)
end

-- Reserves a slot of the key: seconds to wait, and whether the call has it then; or nil, nil and a
-- failure. `unit`: what calls are counted for beside the account, for messages.
local function reserve(self, call, rate, key, unit)
  local store, interval, most = self.options.store, MARGIN / rate, patience_of(call)
  local far = interval + FAR
  local delay, reserved, has_left
  if call.batch then
    delay, reserved, has_left = line.reserve(store, key, interval, call, most, far)
  else
    delay, reserved = store:reserve(key, interval, 0, most)
    if delay then reserved, has_left = delay <= most, delay > most end
  end
  if delay and not has_left then return delay, reserved end
  return nil, nil, delay and too_late(rate, unit, delay, most, far) or store_failure(reserved)
end

-- The time limit of a patient call begins when its slot has come.
local function start_late(call)
  call.deadline =
    math.min(core.monotonic() + call.settings.timeout, call.batch.finish_by or math.huge)
end

-- Seconds for which the calls of a batch still pause, since the vendor has refused one as too fast.
local function pause_of(call)
  local resume_at = call.batch and call.batch.resume_at
  return resume_at and resume_at - core.monotonic() or 0
end

-- Reserves the call's slot, unless it pauses: slots that pass meanwhile are lost, else they would
-- all be used at once. Returns what `reserve` does.
local function take_turn(self, call, rate)
  local pause = pause_of(call)
  if pause <= 0 then
    if not rate then return 0, true end
    return reserve(self, call, rate, key_of(self, call), "")
  end
  if rate then line.leave(self.options.store, key_of(self, call), call) end
  local asked = math.max((call.batch.asked_until or 0) - core.monotonic(), pause)
  local most = math.min(patience_of(call), call.settings.timeout)
  if asked <= most then return pause, false end
  return nil, nil, failures.new("throttled", string.format(
    "the vendor has refused a call as too fast and asks for a pause of %.2f s, "
    .. "and %.2f s are left; give it a longer timeout", asked, math.max(most, 0)))
end

--- Waits, and tells the client's listener so before. A call that has a place in the order of
-- intents keeps it: it is stamped between parts of a long wait.
-- @tparam table self a client
-- @tparam table call
-- @tparam string reason "pace" or "retry"
-- @tparam number delay seconds
-- @tparam[opt] string code of the failure that is waited out
-- @treturn table|nil failure, when a batch ends meanwhile or the call gives way
function pace.wait(self, call, reason, delay, code)
  if self.options.on_event then
    events.tell(self, { event = "wait", reason = reason, operation = call.operation.action,
      attempt = call.attempt + 1, delay = delay, code = code })
  end
  local is_asked, failure = call.batch and call.batch.should_stop, nil
  while delay > 0 and not failure do
    local part = call.account and math.min(delay, RENEW) or delay
    if is_asked then
      failure = hooks.sleep(call, part)
    else
      call.loop.sleep(part)
    end
    delay = delay - part
    if delay > 0 and not failure then
      failure = order.stamp(self.options.store, call, call.attempt > 0)
    end
  end
  return failure
end

-- Waits for the slot of the one room, say, that the call asks about, where the vendor counts calls
-- about each one apart. The account's slot is taken after that.
local function wait_for_each(self, call)
  local limit = self.options.rate_limit ~= false and call.operation.rate_each
  local value = limit and rawget(call.params, limit[1])
  if type(value) ~= "string" and type(value) ~= "number" then return nil end
  local key, unit = key_of(self, call) .. ":" .. value, " and " .. limit[1]
  local delay, reserved, failure = reserve(self, call, limit[2], key, unit)
  while not failure and (delay > 0 or not reserved) do
    failure, delay = pace.wait(self, call, "pace", delay), 0
    if not failure and not reserved then
      delay, reserved, failure = reserve(self, call, limit[2], key, unit)
    end
  end
  if call.batch and failure then line.leave(self.options.store, key, call) end
  return failure
end

-- Waits for the account's slot, with the call's place in the order of intents.
local function wait_for_slot(self, call, rate)
  local store, in_order = self.options.store, call.account
  local delay, reserved, failure = take_turn(self, call, rate)
  if in_order and not failure then failure = order.stamp(store, call, call.attempt > 0) end
  while not failure and (delay > 0 or not reserved) do
    failure, delay = pace.wait(self, call, "pace", delay), 0
    if in_order and not failure then failure = order.stamp(store, call, call.attempt > 0) end
    if not failure and (not reserved or pause_of(call) > 0) then
      delay, reserved, failure = take_turn(self, call, rate)
    end
  end
  if call.batch and failure and rate then line.leave(store, key_of(self, call), call) end
  if call.batch and not failure then start_late(call) end
  return failure
end

--- Waits until a call may be sent. Its intent is as old as the call, so it is stamped before the
-- wait; and again after it, since calls made meanwhile are newer.
-- @tparam table self a client
-- @tparam table call `operation`, `params` of the caller, `deadline`, `settings`, `least` (seconds
-- that an attempt needs), what `streamctl.call.order` keeps in it, `attempt` (how many there were);
-- `batch` for a call of one, which is patient: it lets others go first, and its time limit begins
-- when its slot has come. Its patience ends at `batch.finish_by`, or when `batch.should_stop` gives
-- a reason. Before `batch.resume_at` nothing is sent, and a call fails that has less time than the
-- vendor asks for (`batch.asked_until`)
-- @treturn table|nil failure
function pace.wait_turn(self, call)
  local operation = call.operation
  local rate = rate_of(self, operation)
  if rate or call.batch or operation.rate_each then
    return wait_for_each(self, call) or wait_for_slot(self, call, rate)
  end
  return call.account and order.stamp(self.options.store, call, call.attempt > 0)
end

return pace
