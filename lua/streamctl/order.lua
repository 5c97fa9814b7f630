--- The order of intents.
--
-- A call that changes a stream or a task (see @{streamctl.about}) is an intent for it. Each intent
-- takes a number above all earlier ones of the account, and not below the clock in milliseconds;
-- the store remembers the newest one of each thing. A repeat takes a new number, and before it goes
-- it gives way for everything that has a newer intent by now: a late repeat of "forbid" must not
-- undo a "resume". ZEGO's RTC operations carry the number as their Sequence; elsewhere it stays
-- with us.
-- @module streamctl.order

local about = require "streamctl.about"
local core = require "streamctl.core"
local serialize = require "streamctl.serialize"

local floor = math.floor

local order = {}

local MAX_THINGS = 1000 -- that a store takes at once
local MAX_SEQUENCE = 2 ^ 53 - 1

-- The places of a parameter's values in a wire list.
local function places_of(wire, name)
  local places = {}
  for i = 1, #wire, 2 do
    if wire[i] == name or wire[i] == name .. "[]" then places[#places + 1] = i + 1 end
  end
  return places
end

-- A Sequence of the caller's own: nothing, the number, or false when it is none.
local function given_sequence(wire)
  local place = places_of(wire, "Sequence")[1]
  if not place then return nil end
  local number = tonumber(wire[place])
  local is_one = number and number >= 1 and number <= MAX_SEQUENCE and number == floor(number)
  return is_one and number or false
end

--- What the attempts of one call share.
-- @tparam table client
-- @tparam table operation a row, or a makeshift one
-- @tparam table params of the caller
-- @tparam table request see `streamctl.transport.pick`; @{stamp} gives it the wire list with the
-- Sequence
-- @treturn[1] table state; `dropped` lists what gave way so far
-- @treturn[2] nil the operation has no order
-- @treturn[3] nil
-- @treturn[3] string the parameter at fault
-- @treturn[3] string why
function order.begin(client, operation, params, request)
  local things = about.keys(operation, params, client.context)
  if not things or (operation.read and not operation.sequence) then return nil end
  if #things > MAX_THINGS then return nil, operation.about[1], "names more than 1000 things" end
  if client.context.stream_prefix then -- things of the test environment are others
    for i, thing in ipairs(things) do things[i] = "test:" .. thing end
  end
  local state = {
    request = request, things = things, dropped = {}, read = operation.read,
    -- apart, so that numbers for calls without a Sequence leave the caller's own Sequences alone
    account = operation.sequence and client.account_key or client.account_key .. ":order",
  }
  if operation.sequence then
    state.wire, state.streams = request.params, {}
    state.given = given_sequence(state.wire)
    if state.given == false then
      return nil, "Sequence", "must be a whole number from 1 to 2^53 - 1"
    end
    for i, place in ipairs(places_of(state.wire, operation.about[1])) do
      state.streams[i] = state.wire[place]
    end
  end
  return state
end

-- What a person calls a thing.
local function name_of(state, index)
  local stream = state.streams and state.streams[index]
  return stream or (state.things[index]:gsub("^test:", ""):gsub("^.-:", ""):gsub("%z", "/"))
end

-- Moves what gave way to `dropped`, which is handed out and so never changed.
local function leave_out(state, indexes)
  local dropped = {}
  for i, name in ipairs(state.dropped) do dropped[i] = name end
  for _, index in ipairs(indexes) do dropped[#dropped + 1] = name_of(state, index) end
  for i = #indexes, 1, -1 do
    table.remove(state.things, indexes[i])
    if state.streams then table.remove(state.streams, indexes[i]) end
  end
  state.dropped = dropped
end

-- The wire list of the streams that are left, with the number. It is a new one for each attempt,
-- since transports may keep what they were given.
local function with_number(state, number)
  local wire, gone, list = state.wire, {}, core.new_table(#state.wire + 2, 0)
  for _, stream in ipairs(state.dropped) do gone[stream] = true end
  for i = 1, #wire, 2 do
    local name, value = wire[i], wire[i + 1]
    local is_gone = gone[value] and (name == "StreamId" or name == "StreamId[]")
    if name ~= "Sequence" and not is_gone then
      list[#list + 1], list[#list + 2] = name, value
    end
  end
  list[#list + 1], list[#list + 2] = "Sequence", serialize.integer(number)
  return list
end

-- Stores forget an intent after 60 s of the wall clock. Beyond this nobody can be sure of a newer
-- one.
local SURE = 50

local function superseded(text)
  return { code = "superseded", text = text }
end

--- Stamps one attempt.
-- @param store see `streamctl.store.memory`
-- @tparam table state of @{begin}
-- @tparam boolean sent whether an earlier attempt of the call was handed to the transport
-- @treturn table|nil failure
function order.stamp(store, state, sent)
  local before, asked, wall = state.number, core.monotonic(), core.now()
  local since, exact = nil, not before and state.given or nil
  if before and not state.read then
    local is_set = math.abs(wall - state.wall) > SURE -- or the machine was stopped for so long
    if asked - state.stamped > SURE or (is_set and sent) then
      return superseded("too long after the last attempt, or the clock was set since, to tell "
        .. "whether a newer call was made")
    end
    since = before -- what the store has forgotten does not hold up a call that was never sent
  end
  local things = not state.read and state.things or nil -- a question leaves them alone
  local number, dropped, last =
    store:stamp(state.account, exact or floor(wall * 1000), things, since, exact and true)
  if number == nil and last then
    return { code = "invalid_parameter",
      text = "Sequence " .. serialize.integer(exact) .. " is not above " .. serialize.integer(last)
        .. ", the last one of this AppId; leave it out to have it filled in" }
  elseif number == nil then
    return { code = "store", retryable = true, text = "the store gives no "
      .. (state.wire and "Sequence" or "order") .. ": " .. tostring(dropped) }
  elseif number and number > MAX_SEQUENCE then
    return { code = "invalid_parameter",
      text = "the Sequences of this AppId have reached 2^53; a far too high one was given earlier" }
  end
  if dropped and dropped[1] then leave_out(state, dropped) end
  -- without a Sequence the call is one thing: it goes whole or not at all
  if not number or (#state.dropped > 0 and not state.wire) then
    return superseded("a newer call for " .. table.concat(state.dropped, ", "):sub(1, 200)
      .. " was made meanwhile; this one gives way")
  end
  state.number, state.stamped, state.wall = number, asked, wall
  if state.wire then state.request.params = with_number(state, number) end
  return nil
end

return order
