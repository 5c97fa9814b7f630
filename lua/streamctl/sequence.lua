--- Sequences: the order of intents for a stream.
--
-- Every call of an operation with a Sequence takes a number above all earlier ones of the account,
-- and not below the clock in milliseconds. The store remembers for each stream the newest intent.
-- A repeat takes a new number too, so before it goes it gives way for every stream that has a newer
-- intent by now: a late repeat of "forbid" must not undo a "resume".
-- @module streamctl.sequence

local core = require "streamctl.core"
local serialize = require "streamctl.serialize"

local floor = math.floor
local unpack = table.unpack or unpack -- luacheck: ignore 113 143 (Lua 5.1)

local sequence = {}

local IS_STREAM = { StreamId = true, ["StreamId[]"] = true }
local NONE = {} -- nobody changes it

--- What the attempts of one call share.
-- @tparam table plan `counter` (key of the account), `read` (the call is a question, not an intent)
-- @tparam table wire flat list of names and values, with a Sequence if the caller gave one
-- @treturn table state
function sequence.begin(plan, wire)
  local things, given = {}, nil
  for i = 1, #wire, 2 do
    if wire[i] == "Sequence" then given = tonumber(wire[i + 1]) end
    if IS_STREAM[wire[i]] then things[#things + 1] = wire[i + 1] end
  end
  return {
    counter = plan.counter, wire = wire, given = given, dropped = NONE, things = things, read = plan.read,
  }
end

-- Moves the streams that gave way to `dropped`.
local function leave_out(state, indexes)
  local things, dropped = { unpack(state.things) }, { unpack(state.dropped) }
  for i = #indexes, 1, -1 do dropped[#dropped + 1] = table.remove(things, indexes[i]) end
  state.dropped, state.things = dropped, things
end

-- The wire list of the streams that are left, with the number. The first one is the call's own list, which has
-- room for it; a repeat has a list of its own, since transports may keep what they were given.
local function with_number(state, number)
  local wire = state.wire
  if not state.number and not state.given and #state.dropped == 0 then
    local n = #wire
    wire[n + 1], wire[n + 2] = "Sequence", serialize.integer(number)
    return wire
  end
  local gone, params = {}, core.new_table(#wire + 2, 0)
  for _, stream in ipairs(state.dropped) do gone[stream] = true end
  for i = 1, #state.wire, 2 do
    local name, value = state.wire[i], state.wire[i + 1]
    if name ~= "Sequence" and not (IS_STREAM[name] and gone[value]) then
      params[#params + 1] = name
      params[#params + 1] = value
    end
  end
  params[#params + 1] = "Sequence"
  params[#params + 1] = serialize.integer(number)
  return params
end

-- Stores forget an intent after 60 s; well before that nobody can be sure of a newer one any more. Nor when the wall
-- clock, by which stores forget, was set meanwhile, or went on while this machine was stopped.
local SURE, STEP = 50, 5

local function is_sure(state, asked, wall)
  local passed = asked - state.stamped
  return passed <= SURE and math.abs(wall - state.wall - passed) <= STEP
end

--- Stamps one attempt.
-- @param store see `streamctl.store.memory`
-- @tparam table state of @{begin}; `dropped` lists the streams that gave way so far
-- @treturn[1] table the wire list to send
-- @treturn[2] nil
-- @treturn[2] string code: "superseded", "invalid_parameter" or "connect" (the store fails)
-- @treturn[2] string why
function sequence.stamp(store, state)
  local before, asked, wall = state.number, core.monotonic(), core.now()
  if before and not state.read then
    if not is_sure(state, asked, wall) then
      return nil, "superseded", "too long after the last attempt, or the clock was set since, to tell whether a newer "
        .. "call was made"
    end
  end
  local exact = not before and state.given
  local things, since = state.things, before
  if state.read then things, since = nil, nil end -- a question leaves the things alone
  local number, dropped, last =
    store:stamp(state.counter, exact or floor(wall * 1000), things, since, exact and true)
  if number == nil then
    if last then
      return nil, "invalid_parameter", "Sequence " .. serialize.integer(state.given) .. " is not above "
        .. serialize.integer(last) .. ", the last one of this AppId; leave it out to have it filled in"
    end
    return nil, "connect", "the store gives no Sequence: " .. tostring(dropped)
  end
  if number and number >= 2 ^ 53 then
    return nil, "invalid_parameter",
      "the Sequences of this AppId have reached 2^53; a far too high one was given earlier"
  end
  if dropped and dropped[1] then leave_out(state, dropped) end
  if not number then
    return nil, "superseded", "a newer call for " .. table.concat(state.dropped, ", "):sub(1, 200)
      .. " was made meanwhile; this one gives way"
  end
  local params = with_number(state, number)
  state.number, state.stamped, state.wall = number, asked, wall
  return params
end

return sequence
