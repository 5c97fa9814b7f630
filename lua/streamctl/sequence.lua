--- Sequences: the order of intents for a stream.
--
-- Every call of an operation with a Sequence takes a number above all earlier ones of the account,
-- and not below the clock in milliseconds. The store remembers for each stream the newest intent.
-- A repeat takes a new number too, so before it goes it gives way for every stream that has a newer
-- intent by now: a late repeat of "forbid" must not undo a "resume".
-- @module streamctl.sequence

local core = require "streamctl.core"
local serialize = require "streamctl.serialize"

local sequence = {}

local IS_STREAM = { StreamId = true, ["StreamId[]"] = true }

--- What the attempts of one call share.
-- @tparam table plan `counter` (key of the account), `prefix` (of the streams' keys), `read` (the
-- call is a question, not an intent)
-- @tparam table wire flat list of names and values, with a Sequence if the caller gave one
-- @treturn table state
function sequence.begin(plan, wire)
  local streams, count, given = core.new_table(#wire / 2, 0), 0, nil
  for i = 1, #wire, 2 do
    local name = wire[i]
    if IS_STREAM[name] then
      count = count + 1
      streams[count] = wire[i + 1]
    elseif name == "Sequence" then
      given = tonumber(wire[i + 1])
    end
  end
  return { plan = plan, wire = wire, streams = streams, given = given, dropped = {} }
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

-- Stores forget an intent after 60 s; well before that nobody can be sure of a newer one any more.
local SURE = 50

--- Stamps one attempt.
-- @param store see `streamctl.store.memory`
-- @tparam table state of @{begin}; `dropped` lists the streams that gave way so far
-- @treturn[1] table the wire list to send
-- @treturn[2] nil
-- @treturn[2] string code: "superseded", "invalid_parameter" or "connect" (the store fails)
-- @treturn[2] string why
function sequence.stamp(store, state)
  local plan, streams = state.plan, state.streams
  local keys, prefix = core.new_table(#streams, 0), plan.prefix
  for i = 1, #streams do keys[i] = prefix .. streams[i] end
  local asked = core.monotonic()
  if state.number and not plan.read and asked - state.stamped > SURE then
    return nil, "superseded", "too long after the last attempt to tell whether a newer call was made"
  end
  local first_of_given = state.given and not state.number
  local floor = first_of_given and state.given or math.floor(core.now() * 1000)
  local number, dropped, last = store:stamp(plan.counter, floor, keys,
    { since = not plan.read and state.number or nil, exact = first_of_given or nil, read = plan.read })
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
  for i = #(dropped or {}), 1, -1 do
    table.insert(state.dropped, table.remove(state.streams, dropped[i]))
  end
  if not number or #state.streams == 0 then
    return nil, "superseded", "a newer call for " .. table.concat(state.dropped, ", "):sub(1, 200)
      .. " was made meanwhile; this one gives way"
  end
  local params = with_number(state, number)
  state.number, state.stamped = number, asked
  return params
end

return sequence
