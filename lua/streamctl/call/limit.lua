--- The rate limit: when a call may be sent.
--
-- A row's `rate` counts the operation's calls per second. Where the vendor counts the calls about
-- each room apart as well, `rate_each = { "RoomId", 1 / 10 }` names the parameter and that rate.
--
-- The slots are in the store, so that all who share the store share the rate. There is no burst: N
-- calls at R per second take (N - 1) / R seconds.
-- @module streamctl.call.limit

local core = require "streamctl.core"
local failures = require "streamctl.call.failure"
local protected = require "streamctl.loop.protected"

local limit = {}

-- ---- the line of patient calls, those of a batch: first come, first served ----

-- They reserve no slot further ahead than this (seconds), so that any other call finds one soon
-- after.
local AHEAD = 0.5
local TICK = 0.001 -- a call that wakes so much too early has its slot, too

-- store -> key -> list, while somebody is in it. Only the first one asks the store, the next time
-- at `asks_at`.
local lines = setmetatable({}, { __mode = "k" })

-- A call that does not wake for so long (seconds) was ended by its loop, and loses its place.
local LOST = 5

-- The line of a key, where the call joins it if it is in none.
local function join(store, key, call)
  if call.line then return call.line end
  local of_store = lines[store] or {}
  lines[store] = of_store
  local own = of_store[key] or { asks_at = 0, of_store = of_store, key = key }
  of_store[key] = own
  -- a store may let other calls run while it answers, and they look at this one
  own[#own + 1], call.wakes, call.line = call, core.monotonic(), own
  return own
end

--- Gives up a call's place in the line.
function limit.leave(call)
  local own = call.line
  if not own then return end
  call.line = nil
  for i, other in ipairs(own) do
    if other == call then
      table.remove(own, i)
      break
    end
  end
  -- there is no end of rooms
  if not own[1] and own.of_store[own.key] == own then own.of_store[own.key] = nil end
end

-- How many patient calls are served before this one.
local function count_before(own, call)
  local now = core.monotonic()
  while own[1] ~= call and own[1].wakes + LOST < now do limit.leave(own[1]) end
  for i, other in ipairs(own) do
    if other == call then return i - 1 end
  end
end

-- What `reserve` says; the third result is whether the call goes on waiting in the line.
local function ask(store, key, interval, own, call, most, far)
  local before = count_before(own, call)
  if before > 0 then
    return math.max(own.asks_at - core.monotonic(), 0) + before * interval, false, true
  end
  local ahead = interval < AHEAD and AHEAD - AHEAD % interval or AHEAD
  local most_ahead = math.min(ahead + TICK, most)
  local ok, delay, why = protected.call(store.reserve, store, key, interval, most_ahead)
  if not ok then
    limit.leave(call) -- it holds up nobody
    error(delay, 0)
  end
  if not delay then return nil, why end
  local wait, reserved = delay - ahead, delay <= most_ahead
  if delay > far then return delay, false end
  own.asks_at = core.monotonic() + wait + (reserved and interval or 0)
  if reserved or most_ahead == most then return delay, reserved end
  return wait, false, true
end

-- What `store:reserve` says to a patient call, for which the line asks when a slot is due, some
-- slots ahead: one wake-up is for the call that asks and for the call whose slot it is. The third
-- result is whether the call has left the line, since its slot is too late or too far.
local function reserve_in_line(store, key, interval, call, most, far)
  local own = join(store, key, call)
  local delay, reserved, waits = ask(store, key, interval, own, call, most, far)
  waits = waits and delay <= most
  if waits then
    call.wakes = core.monotonic() + delay
  else
    limit.leave(call)
  end
  return delay, reserved, delay and not reserved and not waits
end

-- ---- slots ----

-- Slots are a little further apart than the rate asks for: the network moves requests closer
-- together, and the vendor counts arrivals.
local MARGIN = 1.0025

-- A patient call waits for no slot that is later than the next one by more seconds.
local FAR = 60

local function rate_of(self, operation)
  local given = self.options.rate_limit
  local most = given and type(given) == "table" and given.most
  if given ~= nil and not most then return given end
  local rate = self.context.stream_prefix and operation.test_rate or operation.rate
  return most and math.min(most, rate or most) or rate
end

-- Seconds that the call can wait for its slot.
local function patience_of(call)
  local finish_by = call.deadline
  if call.batch then finish_by = call.batch.finish_by or math.huge end
  return finish_by - core.monotonic() - (call.least or 0)
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

-- Asks for a slot of the key: seconds until it comes, or until the call asks again; or nil and a
-- failure. `unit`: what calls are counted for beside the account, for messages. `call.slot` becomes
-- `slot` when the call has it.
local function reserve(self, call, rate, key, unit, slot)
  local store, interval, most = self.options.store, MARGIN / rate, patience_of(call)
  local far = interval + FAR
  local delay, reserved, has_left
  if call.batch then
    delay, reserved, has_left = reserve_in_line(store, key, interval, call, most, far)
  else
    delay, reserved = store:reserve(key, interval, most)
    if delay then reserved, has_left = delay <= most, delay > most end
  end
  if not delay then
    return nil, failures.new("store", "the store gives no slot: " .. tostring(reserved))
  end
  if has_left then return nil, too_late(rate, unit, delay, most, far) end
  if reserved then call.slot = slot end
  return delay
end

-- The same for the room, say, that the call asks about. Its slot comes before the account's.
local function reserve_each(self, call, key)
  local each = self.options.rate_limit ~= false and call.operation.rate_each
  local value = each and rawget(call.params, each[1])
  if type(value) ~= "string" and type(value) ~= "number" then return 0 end
  return reserve(self, call, each[2], key .. ":" .. value, " and " .. each[1], "each")
end

-- Seconds for which the calls of a batch still pause, since the vendor has refused one as too fast;
-- or nil and a failure. Slots that pass meanwhile are lost, else they would all be used at once.
local function pause_of(call)
  local batch = call.batch
  local pause = batch and batch.resume_at and batch.resume_at - core.monotonic() or 0
  if pause <= 0 then return 0 end
  limit.leave(call)
  if call.slot then call.slot = "each" end
  local asked = math.max((batch.asked_until or 0) - core.monotonic(), pause)
  local most = math.min(patience_of(call), call.settings.timeout)
  if asked <= most then return pause end
  return nil, failures.new("throttled", string.format(
    "the vendor has refused a call as too fast and asks for a pause of %.2f s, "
    .. "and %.2f s are left; give it a longer timeout", asked, math.max(most, 0)))
end

--- Asks when a call may be sent: 0 for now, else seconds until it asks again; or nil and a failure.
-- Nothing waits here.
--
-- A call with `batch` is patient: it lets others go first, and its time limit begins when its slot
-- has come. Its patience ends at `batch.finish_by`. Before `batch.resume_at` nothing is sent, and a
-- call fails that has less time than the vendor asks for (`batch.asked_until`).
function limit.next(self, call)
  local operation, batch = call.operation, call.batch
  if not batch and self.options.rate_limit == false then return 0 end
  local rate, delay, failure = rate_of(self, operation), 0, nil
  if not rate and not operation.rate_each then
    if not batch then return 0 end
    -- the time limit of a first attempt has just begun
    if call.attempt == 0 and not batch.resume_at and not batch.finish_by then return 0 end
  end
  local key = self.scope .. ":" .. operation.action
  if operation.rate_each and not call.slot then delay, failure = reserve_each(self, call, key) end
  if delay == 0 and batch then delay, failure = pause_of(call) end
  if delay == 0 and rate and call.slot ~= "all" then
    delay, failure = reserve(self, call, rate, key, "", "all")
  end
  if delay ~= 0 then return delay, failure end
  call.slot = nil -- the next attempt needs another one
  if batch then -- its time limit begins now
    call.deadline = math.min(core.monotonic() + call.settings.timeout, batch.finish_by or math.huge)
  end
  return 0
end

return limit
