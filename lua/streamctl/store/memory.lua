--- The store for one process: what its callers share lives in tables.
--
-- Every store has the methods below, with the same meaning: this one, `streamctl.store.file` (one
-- host) and `streamctl.store.redis` (many hosts). What a store cannot do is `nil, message`; wrong
-- arguments are thrown.
-- @module streamctl.store.memory

local arguments = require "streamctl.store.arguments"
local core = require "streamctl.core"

local Memory = { __name = "streamctl.store.memory" }
Memory.__index = Memory

local memory = {}

local FORGET = 60         -- seconds a stream's last intent is kept
local TOO_FAR = 2 * FORGET -- further ahead than this it was recorded before the wall clock was set back
local GENERATION = 65536  -- streams of one generation
local FIRST_SWEEP = 1024  -- slots

-- Streams live in two generations, and both are replaced every 60 seconds: what is in the older one
-- when it goes was recorded more than 60 seconds ago. That costs nothing per entry.
local function generation()
  return { numbers = {}, untils = {}, count = 0 }
end

local function new()
  return setmetatable({
    counters = {},
    young = generation(), old = generation(), turn = 0,
    unkept = 0, unkept_until = 0,
    slots = {}, slot_count = 0, sweep_at = FIRST_SWEEP,
  }, Memory)
end

local function is_live(time, now)
  return time and time > now and time <= now + TOO_FAR
end

local function turn(self, now)
  if now >= self.turn or self.turn > now + FORGET then
    local both = now >= self.turn + FORGET
    self.old, self.young = both and generation() or self.young, generation()
    self.turn = now + FORGET
  end
end

-- The last intent of a stream.
local function recorded(self, stream, now)
  local young, old = self.young, self.old
  if is_live(young.untils[stream], now) then return young.numbers[stream] end
  if is_live(old.untils[stream], now) then return old.numbers[stream] end
end

-- More streams than a generation holds are not kept one by one: what is kept is the highest number
-- among them. A repeat below it might undo one of them, so it gives way.
local function record(self, stream, number, now)
  local young = self.young
  if not young.untils[stream] then
    if young.count >= GENERATION then
      self.unkept, self.unkept_until = math.max(number, self.unkept), now + FORGET
      return
    end
    young.count = young.count + 1
  end
  young.numbers[stream] = math.max(number, recorded(self, stream, now) or 0)
  young.untils[stream] = now + FORGET
end

local function has_newer(self, stream, since, now)
  local number = recorded(self, stream, now)
  if number and (number > since or is_live(self.young.untils[stream], now)) then return number > since end
  return self.unkept > since and is_live(self.unkept_until, now)
end

local function stamp(self, key, floor, streams, options)
  local now = core.now()
  local last = self.counters[key]
  local dropped, is_dropped = {}, {}
  turn(self, now)
  if options.since then
    for i = 1, #streams do
      if has_newer(self, streams[i], options.since, now) then
        dropped[#dropped + 1], is_dropped[i] = i, true
      end
    end
    if #streams > 0 and #dropped == #streams then return false, dropped end
  end
  if options.exact and last and floor <= last then return nil, arguments.below_last(floor, last), last end
  if last and last >= arguments.max_number then return nil, "the counter has reached 2^53" end
  local number = last and last >= floor and last + 1 or floor
  self.counters[key] = number
  if not options.read then
    for i = 1, #streams do
      if not is_dropped[i] then record(self, streams[i], number, now) end
    end
  end
  return number, dropped
end

--- The next number of a counter for an intent about some streams, in one step.
--
-- Options: `since`: this repeats an intent that was stamped with that number; streams that were
-- stamped with a higher one have a newer intent and are dropped. `exact`: only `floor` itself
-- will do. `read`: a question, which is no intent: nothing is recorded for the streams.
-- A stream's number is kept for 60 seconds.
-- @tparam string key of the counter, any text
-- @tparam integer floor the number is not below it
-- @tparam[opt] table streams list of texts
-- @tparam[opt] table options
-- @treturn[1] integer the number
-- @treturn[1] table indexes of the dropped streams, ascending
-- @treturn[2] boolean false: all were dropped, no number was taken
-- @treturn[2] table their indexes
-- @treturn[3] nil
-- @treturn[3] string message
-- @treturn[3] integer the counter's last number, when `exact` is set and `floor` is not above it
function Memory:stamp(key, floor, streams, options)
  floor, streams, options = arguments.stamp(key, floor, streams, options)
  return stamp(self, key, floor, streams, options)
end

--- The next number of a counter.
-- @tparam string key any text
-- @tparam integer floor the number is not below it
-- @treturn[1] integer above every number the counter gave before
-- @treturn[2] nil
-- @treturn[2] string message
function Memory:sequence(key, floor)
  local streams, options
  floor, streams, options = arguments.stamp(key, floor)
  local number, why = stamp(self, key, floor, streams, options)
  if number then return number end
  return nil, why
end

--- The last number of a counter, or the last intent of a stream.
-- @tparam string key
-- @treturn[1] integer
-- @treturn[2] nil there is none
-- @treturn[3] nil
-- @treturn[3] string message
function Memory:latest(key)
  arguments.latest(key)
  return self.counters[key] or recorded(self, key, core.now())
end

-- A slot in the past allows what no slot at all allows.
local function sweep(self, now)
  local slots, count = {}, 0
  for key, slot in pairs(self.slots) do
    if slot > now then slots[key], count = slot, count + 1 end
  end
  self.slots, self.slot_count = slots, count
  self.sweep_at = math.max(FIRST_SWEEP, 2 * count)
end

--- Reserves the next slot of a rate.
-- @tparam string key any text
-- @tparam number interval seconds between slots
-- @tparam[opt=0] integer burst slots more that may be used at once
-- @tparam[opt] number limit a slot that is further away is not reserved
-- @treturn[1] number seconds until the slot, 0 when it is now
-- @treturn[2] nil
-- @treturn[2] string message
function Memory:reserve(key, interval, burst, limit)
  burst, limit = arguments.reserve(key, interval, burst, limit)
  local now = core.monotonic()
  local slot = self.slots[key]
  if not slot then
    if self.slot_count >= self.sweep_at then sweep(self, now) end
    slot = now
  end
  local start = math.max(slot, now)
  local delay = math.max(0.0, start - burst * interval - now)
  if delay <= limit then
    if not self.slots[key] then self.slot_count = self.slot_count + 1 end
    self.slots[key] = start + interval
  end
  return delay
end

--- A new, empty store.
-- @treturn Memory
memory.new = new

--- The store that clients without one of their own share.
memory.shared = new()

return memory
