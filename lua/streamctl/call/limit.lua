-- The rate limit: tells when a call may be sent.
--
-- A row's `rate` counts the operation's calls per second. Where the vendor counts the calls about
-- each room apart as well, `rate_each = { "RoomId", 1 / 10 }` names the parameter and that rate.
--
-- The slots are in the store: clients that share the store share the rate, hosts by the clock of
-- Redis (redis_scripts.lua). There is no burst: N calls at R per second take (N - 1) / R seconds.

local core = require "streamctl.core"
local distance = require "streamctl.call.distance"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"
local order = require "streamctl.call.order"
local protected = require "streamctl.loop.protected"

local limit = {}

-- ---- the queue of the calls of batches: first come, first served ----

-- Seconds: batches reserve no slot further ahead, so any other call finds a slot soon.
local AHEAD = 0.5
local TICK = 0.001 -- a call that wakes so many seconds too early has its slot, too

-- store -> key -> waiting calls, from `first` to `last`, each with its `older` and its `newer` one.
-- Only the first call asks the store.
local queues = setmetatable({}, { __mode = "k" })

-- Seconds: a call that wakes so much too late was ended by its loop, and loses its place.
local LOST = 5

local function join(store, key, call)
  if call.queue then return end
  local by_key = queues[store] or {}
  queues[store] = by_key
  local queue = by_key[key] or { by_key = by_key, key = key }
  by_key[key] = queue
  call.queue, call.older = queue, queue.last
  if call.older then call.older.newer = call else queue.first = call end
  queue.last, call.wakes_at = call, core.monotonic()
end

function limit.leave(call)
  local queue, older, newer = call.queue, call.older, call.newer
  if not queue then return end
  call.queue, call.older, call.newer = nil, nil, nil
  if older then older.newer = newer else queue.first = newer end
  if newer then newer.older = older else queue.last = older end
  -- rooms are endless, so empty queues go
  if not queue.first and queue.by_key[queue.key] == queue then queue.by_key[queue.key] = nil end
end

-- Asks the store for a slot; and for the call's number with it where the store `enters`. Returns
-- seconds; or nil and why not, or the failure of a call that gets no number.
local function ask(self, call, key, interval, max_delay, enters)
  local delay, failure
  if enters then delay, failure = order.enter(self, call, key, interval, max_delay) end
  if delay or failure then return delay, failure end
  local store = self.options.store
  return store:reserve(key, interval, max_delay)
end

-- Asks for a slot of a batch's call, up to `ahead` seconds before the slot: a call that wakes late
-- loses no slot then. Returns seconds and "reserved", "waits" or "late"; or nil and why not.
local function reserve_in_queue(self, key, interval, call, max_delay, far, enters)
  join(self.options.store, key, call)
  local queue, now = call.queue, core.monotonic()
  while queue.first ~= call and queue.first.wakes_at + LOST < now do limit.leave(queue.first) end
  local wait
  if call.older then
    wait = math.max(call.older.wakes_at - now, 0) + interval
  else
    local ahead = interval < AHEAD and AHEAD - AHEAD % interval or AHEAD
    local max_ahead = math.min(ahead + TICK, max_delay)
    local ok, delay, why = protected.call(ask, self, call, key, interval, max_ahead, enters)
    if not ok then
      limit.leave(call)
      error(delay, 0)
    end
    if not delay then return nil, why end
    if delay > far then return delay, "late" end
    wait = delay - ahead
    if delay <= max_ahead then return delay, "reserved" end
    if max_ahead == max_delay then return delay, "late" end
  end
  if wait > max_delay then return wait, "late" end
  call.wakes_at = core.monotonic() + wait
  return wait, "waits"
end

-- ---- slots ----

-- Slots are a little further apart than the rate asks for, since the network moves requests closer
-- together and the vendor counts arrivals.
local MARGIN = 1.0025

-- Seconds: a batch's call waits for no slot that is further away.
local FAR = 60

-- Seconds: a call that wakes so much too late, as in a process that was stopped, takes another
-- slot. Else all calls that were due meanwhile would go at once.
local LATE = 0.2

-- The calls per second, or false for any number.
local function rate_of(self, operation)
  local option = self.options.rate_limit
  local max_rate = type(option) == "table" and option.max
  if option ~= nil and not max_rate then return option end
  local rate = self.context.stream_prefix and operation.test_rate or operation.rate
  return max_rate and math.min(max_rate, rate or max_rate) or rate
end

-- Seconds that the call can wait for its slot.
function limit.patience(call)
  local finish_by = call.deadline
  if call.group then finish_by = call.group.finish_by or math.huge end
  return finish_by - core.monotonic() - (call.min_left or 0)
end

local function too_late(rate, unit, delay, max_delay, far)
  local advice = delay > far
    and "; a clock that was set back has left it so far ahead in the store, or calls "
      .. "with very long time limits have: wait until then, or take another store"
    or string.format(", and %.2f s are left; give it a longer timeout, or fewer calls",
      math.max(max_delay, 0))
  return failures.new("throttled", string.format(
    "at %g calls per second%s the next slot is in %.2f s%s", rate, unit, delay, advice))
end

-- Asks for a slot of the key: seconds until the slot, or until the call asks again; or nil and a
-- failure. `unit` follows the rate in messages. `call.slot` becomes `slot` when the call has it.
local function reserve(self, call, rate, key, unit, slot)
  local store, interval, group = self.options.store, MARGIN / rate, call.group
  local may_wait = store.takes_requests ~= true -- stores of C answer at once
  local enters = may_wait and store.enters == true and slot == "all" and call.account
  local delay, state
  if may_wait then
    local line_up = enters and order.wait_in_line or order.line_up
    line_up(self, call)
    call.waited = true
  end
  local asked, max_delay, far = core.monotonic(), limit.patience(call), interval + FAR
  if group and not group.urgent then
    delay, state = reserve_in_queue(self, key, interval, call, max_delay, far, enters)
    if state ~= "waits" then limit.leave(call) end
  else
    if group then max_delay = math.min(max_delay, far) end
    delay, state = ask(self, call, key, interval, max_delay, enters)
    if delay then state = delay <= max_delay and "reserved" or "late" end
  end
  if type(state) == "table" then return nil, state end
  if not delay then
    events.store(self, call, "reserve", state)
    return nil, failures.new("store", "the store gives no slot: " .. tostring(state))
  end
  if state == "late" then return nil, too_late(rate, unit, delay, max_delay, far) end
  if state == "reserved" then
    call.slot = slot
    if delay > 0 or may_wait or call.on_send or call.slot_at or slot == "each" then
      call.slot_at = asked + delay -- who cannot be late needs none
    end
    if may_wait then
      distance.learn(store, asked)
      delay = math.max(call.slot_at - core.monotonic(), 0)
    end
  end
  return delay
end

-- Asks for the slot of a row's `rate_each`, such as the slot of a room, before the account's slot.
local function reserve_each(self, call, key)
  local each = self.options.rate_limit ~= false and call.operation.rate_each
  local value = each and rawget(call.params, each[1])
  if type(value) ~= "string" and type(value) ~= "number" then return 0 end
  return reserve(self, call, each[2], key .. ":" .. value, " and " .. each[1], "each")
end

-- The time limit of a batch's call begins with its slot.
function limit.start_clock(call)
  call.deadline =
    math.min(core.monotonic() + call.settings.timeout, call.group.finish_by or math.huge)
end

-- Seconds for which a batch still pauses after the vendor has refused a call as too fast; or nil
-- and a failure. Slots that pass meanwhile are lost, else all calls would use them at once.
local function pause_of(call)
  local pause = call.group.resume_at - core.monotonic()
  if pause <= 0 then return 0 end
  limit.leave(call)
  if call.slot then call.slot = "each" end
  local max_delay = math.min(limit.patience(call), call.settings.timeout)
  if pause <= max_delay then return pause end
  return nil, failures.new("throttled", string.format(
    "the vendor has refused a call as too fast and asks for a pause of %.2f s, "
    .. "and %.2f s are left; give it a longer timeout", pause, math.max(max_delay, 0)))
end

-- Whether a call is later than its store is far: the process, or the store, has stood still. Where
-- a store is far away all calls are late, and keep their distance.
local function is_late(self, call)
  local late = call.slot_at and core.monotonic() - call.slot_at or 0
  return late > LATE and late > LATE + 2 * distance.of(self.options.store)
end

-- Whether a call still goes with its slot. The call waits again when its batch pauses; and when it
-- is late, once, if there is time to ask the store.
function limit.goes(self, call)
  local resume_at = call.group and call.group.resume_at
  if resume_at and core.monotonic() < resume_at then return false end
  local is_new = not call.was_late and is_late(self, call)
  call.was_late = is_new and distance.of(self.options.store) < limit.patience(call) or nil
  return not call.was_late
end

-- Takes the slots that a call needs. Returns what `limit.next` does.
local function take_slots(self, call, operation, group)
  local rate, delay, failure = rate_of(self, operation), 0, nil
  local key = self.account .. ":" .. operation.action
  if call.slot and not call.queue and is_late(self, call) then call.slot = nil end
  if operation.rate_each and not call.slot then
    delay, failure = reserve_each(self, call, key)
    if delay == 0 and call.slot and is_late(self, call) then return TICK end -- for another slot
  end
  if delay == 0 and group and group.resume_at then delay, failure = pause_of(call) end
  if delay == 0 and rate and call.slot ~= "all" then
    delay, failure = reserve(self, call, rate, key, "", "all")
  end
  if delay == 0 then call.slot = nil end -- the next attempt needs another slot
  return delay, failure
end

-- Asks when a call may be sent, and waits for nothing: 0 for now, else seconds until the call asks
-- again; or nil and a failure. A batch's call lets other calls go first, and its time limit begins
-- with its slot. The call waits until `group.finish_by` at most. Nothing is sent before
-- `group.resume_at`, and a call fails that has less time.
function limit.next(self, call)
  local group = call.group
  if self.options.rate_limit ~= false or group and group.resume_at then
    local delay, failure = take_slots(self, call, call.operation, group)
    if delay ~= 0 then return delay, failure end
  end
  if group then limit.start_clock(call) end
  return 0
end

return limit
