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

local function as_list(value)
  return type(value) == "table" and value or { value }
end

--- What the attempts of one call share.
-- @tparam table plan `counter` (key of the account), `prefix` (of the streams' keys), `read` (the
-- call is a question, not an intent)
-- @tparam table wire flat list of names and values, with a Sequence if the caller gave one
-- @tparam table values checked values by name
-- @treturn table state
function sequence.begin(plan, wire, values)
  local streams = {}
  for i, stream in ipairs(as_list(values.StreamId)) do streams[i] = stream end
  return { plan = plan, wire = wire, streams = streams, given = tonumber(values.Sequence), dropped = {} }
end

-- The wire list of the streams that are left, with the number.
local function with_number(state, number)
  local gone, params = {}, {}
  for _, stream in ipairs(state.dropped) do gone[stream] = true end
  for i = 1, #state.wire, 2 do
    local name, value = state.wire[i], state.wire[i + 1]
    local is_stream = name == "StreamId" or name == "StreamId[]"
    if name ~= "Sequence" and not (is_stream and gone[value]) then
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
  local plan, keys = state.plan, {}
  for i, stream in ipairs(state.streams) do keys[i] = plan.prefix .. stream end
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
  state.number, state.stamped = number, asked
  return with_number(state, number)
end

return sequence
