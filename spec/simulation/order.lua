-- Judges the order of calls: the numbers of the store, the last look before each attempt, and which
-- call wins. A watched store hands all questions on.

local worlds = require "spec.simulation.world"

local order = {}

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

function order.within(times, from, to)
  for _, time in ipairs(times) do
    if time >= from and time <= to then return true end
  end
  return false
end

function order.has(list, value)
  for _, entry in ipairs(list or {}) do
    if entry == value then return true end
  end
  return false
end

local within, has = order.within, order.has

-- Numbers of a lost second are given again only where a clock is ahead, or was set back.
local function is_lost(world, other)
  local last = world.losses[#world.losses]
  return last ~= nil and (world.steps[1] or other.to > last
    or other.number > (last + worlds.EPOCH) * 1000)
end

local function check_number(world, record)
  local numbers = world.numbers[record.account] or {}
  world.numbers[record.account] = numbers
  for i = #numbers, math.max(1, #numbers - 20), -1 do
    local other = numbers[i]
    if other.to < record.from and other.number >= record.number
      and not world.taken_back[record.account] and not is_lost(world, other) then
      world:fault("numbers rise", ("%s: %.0f after %.0f"):format(record.account, record.number,
        other.number), record.op)
      break
    end
  end
  numbers[#numbers + 1] = record
end

-- Watches a store: each stamp becomes a record, and the last one of a task is known to its attempt.
function order.watch(world, inner)
  local watched = setmetatable({}, { __index = inner })
  local function stamp(ask, account, floor, given, since, exact, back)
    local task = world.current
    local resources = type(given) == "userdata" and given:resources() or given
    local record = { began = world.now, op = task.op, account = account, resources = resources,
      from = world:tick() }
    world.stamps[#world.stamps + 1] = record -- also where nobody lives to see the store's answer
    world.taken_back[account] = world.taken_back[account] or back ~= nil
    local number, dropped, last = ask(inner, account, floor, given, since, exact, back)
    record.ended, record.to, record.number = world.now, world:tick(), number
    record.dropped = number ~= nil and dropped or {}
    task.stamp = number and record or nil
    table.insert(task.op.stamps, record)
    if number then
      record.age = since or number
      check_number(world, record)
    end
    world:note("stamp", task.op.index, account, tostring(number), since or "",
      table.concat(record.dropped, ","))
    return number, dropped, last
  end
  function watched.stamp(_, ...) return stamp(inner.stamp, ...) end
  local function check_booking(op, interval, limit)
    local most = op.options.urgent and 60 + interval or math.max(0.5, interval) + 0.001
    if op.facts.is_batch and (limit or math.huge) > most + 1e-6 then
      world:fault("a batch books little ahead", ("%g s"):format(limit), op)
    end
  end
  function watched.reserve(_, key, interval, limit)
    local op = world.current.op
    check_booking(op, interval, limit)
    local delay, why = inner:reserve(key, interval, limit)
    world:note("reserve", op.index, key, tostring(delay), limit)
    return delay, why
  end
  function watched.enter(_, key, interval, limit, ...)
    local op, delay = world.current.op, nil
    check_booking(op, interval, limit)
    local number, dropped, last = stamp(function(store, ...)
      local number, dropped
      delay, number, dropped = store:enter(key, interval, limit, ...)
      if delay then return number, dropped end
      return nil, number, dropped
    end, ...)
    world:note("enter", op.index, key, tostring(delay), limit)
    if delay then return delay, number, dropped end
    return nil, dropped, last
  end
  for _, name in ipairs { "lock", "unlock", "note" } do
    watched[name] = function(_, ...)
      local results = { inner[name](inner, ...) }
      world:note(name, world.current.op.index, tostring(results[1]), tostring(results[2]))
      return unpack(results, 1, 2)
    end
  end
  return watched
end

-- ---- no attempt of an older call starts once a newer call has its number ----

local function records_by_resource(world)
  local found = {}
  for _, record in ipairs(world.stamps) do
    for i, resource in ipairs(record.age and record.resources or {}) do
      local key = record.account .. "\0" .. resource
      found[key] = found[key] or {}
      if not has(record.dropped, i) then table.insert(found[key], record) end
    end
  end
  return found
end

local function steps_between(world, from, to)
  local count = 0
  for _, time in ipairs(world.steps) do count = count + (time >= from and time <= to and 1 or 0) end
  return count
end

-- Whether a newer call had its number before the last look of an attempt. A call by its stamp is as
-- good as the store's memory, which is a minute of its clock. A clock that was set and set back
-- meanwhile is not noticed.
local function is_newer(world, other, stamp, attempt)
  local steps = steps_between(world, attempt.op.issued, attempt.began)
  local is_forgotten = steps > 1
    or attempt.op.options.stamp and (other.ended < attempt.began - 60 or steps > 0)
  return other.age > stamp.age and other.to < stamp.from and other.op ~= attempt.op
    and not is_forgotten and not within(world.losses, other.began, other.ended + 1.001)
end

local LOOK = 0.051 -- seconds from the store's answer to the attempt: the store is that far away

local function check_attempt(world, attempt, by_resource)
  local stamp, gone = attempt.stamp, {}
  for _, i in ipairs(stamp.dropped) do gone[i] = true end
  for i, resource in ipairs(stamp.resources) do
    for _, other in ipairs(gone[i] and {} or by_resource[stamp.account .. "\0" .. resource]) do
      if is_newer(world, other, stamp, attempt) then
        world:fault("order at the start", ("%s begins at %.4f, call %d had %.0f > %.0f at %.4f")
          :format(resource, attempt.began, other.op.index, other.age, stamp.age, other.ended),
          attempt.op)
      end
    end
  end
  if attempt.began - stamp.ended > LOOK and not attempt.op.own then -- that number stays
    world:fault("the last look is last", ("%.3f s before"):format(attempt.began - stamp.ended),
      attempt.op)
  end
  if attempt.seen.sequence and attempt.seen.sequence ~= stamp.number then
    world:fault("the Sequence is the number", ("%.0f, not %.0f"):format(attempt.seen.sequence,
      stamp.number), attempt.op)
  end
end

function order.check_starts(world)
  local by_resource = records_by_resource(world)
  for _, attempt in ipairs(world.log) do
    local action = attempt.seen.action
    local is_of_user = action == "KickoutUser" -- users have no order; the task's last stamp is old
    local stamp = not is_of_user and attempt.stamp
    local is_change = attempt.seen.ids[1] and not action:find "^Describe" and not is_of_user
    if is_change and not stamp and not attempt.op.merged then
      world:fault("the last look is last", "no look at all", attempt.op)
    end
    if stamp and stamp.resources and not attempt.op.merged and not world.taken_back[stamp.account]
      then
      check_attempt(world, attempt, by_resource)
    end
  end
end

-- ---- what a caller believes to be done is never undone by an older call ----

local function done_ids(op)
  local ids = {}
  for _, id in ipairs(op.facts.is_single and op.ids or {}) do
    if not has(op.answer.info.superseded, id) then ids[#ids + 1] = id end
  end
  local results = op.results or op.facts.is_batch and op.answer.results
  for _, result in ipairs(results or {}) do
    if result.ok then ids[#ids + 1] = result.item end
  end
  return ids
end

-- The calls that ask for an id what an attempt did, in a request of their own or of others.
local function wanted_by(calls, attempt, id)
  local found = {}
  for _, op in ipairs(calls) do
    local is_same = op.verb and op.vendor == "zego" and op.kind ~= "show"
      and attempt.seen.action:lower():find(op.verb, 1, true)
    if is_same and has(op.items or op.ids, id) then found[#found + 1] = op end
  end
  return found
end

-- At ZEGOCLOUD alone, whose requests have a Sequence: elsewhere the network decides.
function order.check_newest_wins(world, calls)
  if world.losses[1] then return end
  for _, op in ipairs(calls) do
    local is_judged = op.is_done and op.answer and op.vendor == "zego" and op.verb
      and op.kind ~= "show" and not op.is_passed_over
    for _, id in ipairs(is_judged and done_ids(op) or {}) do
      local last, winner = world.last[id], nil
      for _, other in ipairs(last and not id:find "^bad" and wanted_by(calls, last, id) or {}) do
        local is_older = other ~= op and (other.ended or math.huge) < op.issued
        if not is_older then winner = nil break end
        winner = other
      end
      if winner then
        world:fault("the newest call wins", ("%s is as call %d wants, which ended at %.3f; call %d "
          .. "was made at %.3f"):format(id, winner.index, winner.ended, op.index, op.issued), op)
      end
    end
  end
end

return order
