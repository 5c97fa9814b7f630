--- The order of intents.
--
-- A call that changes a stream or a task (see @{streamctl.call.about}) is an intent for it. Each
-- intent takes a number above all earlier ones of the account, and not below the clock in
-- milliseconds; the store remembers the newest one of each thing. A repeat takes a new number, and
-- before it goes it gives way for everything that has a newer intent by now: a late repeat of
-- "forbid" must not undo a "resume". ZEGO's RTC operations carry the number as their Sequence, in
-- the query or in a JSON body; elsewhere it stays with us.
-- @module streamctl.call.order

local about = require "streamctl.call.about"
local core = require "streamctl.core"
local encode = require "streamctl.call.encode"

local floor = math.floor

local order = {}

local MAX_THINGS = 1000 -- that a store takes at once
local TOO_MANY = "names more than 1000 things"
local NONE = {} -- nobody changes it
local MAX_SEQUENCE = 2 ^ 53 - 1

-- A Sequence of the caller's own, or false when it is none.
local function own_sequence(text)
  local number = tonumber(text)
  local is_one = number and number >= 1 and number <= MAX_SEQUENCE and number == floor(number)
  return is_one and number or false
end

-- The values of a parameter in a wire list, and the text of its Sequence if it has one.
local function read_wire(wire, name)
  local listed, count, sequence = name .. "[]", 0, nil
  local values = core.new_table(math.min(#wire / 2, MAX_THINGS), 0)
  for i = 1, #wire, 2 do
    local found = wire[i]
    if found == listed or found == name then
      count = count + 1
      values[count] = wire[i + 1]
    elseif found == "Sequence" then
      sequence = wire[i + 1]
    end
  end
  return values, sequence
end

-- Whether an action without a row lacks all that it is about, as the option `about` of the caller
-- says. Its calls would all stand in each other's way.
local function is_about_nothing(operation, params)
  if operation.params or not operation.about then return false end
  for _, name in ipairs(operation.about) do
    if rawget(params, name) ~= nil then return false end
  end
  return true
end

-- What a call is about, where that is not read from what is sent.
local function things_of(client, operation, params)
  local things = about.keys(operation, params, client.context)
  if client.context.stream_prefix then -- things of the test environment are others
    for i, thing in ipairs(things or NONE) do things[i] = "test:" .. thing end
  end
  return things
end

-- The wire list without the Sequence, which goes into the body.
local function without_sequence(wire)
  local list = {}
  for i = 1, #wire, 2 do
    if wire[i] ~= "Sequence" then list[#list + 1], list[#list + 2] = wire[i], wire[i + 1] end
  end
  return list
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
  if operation.sequence then -- its things are the streams as they are sent, test prefix and all
    local wire = request.params
    local streams, text = read_wire(wire, operation.about[1])
    if #streams > MAX_THINGS then return nil, operation.about[1], TOO_MANY end
    local given = text and own_sequence(text)
    if given == false then
      return nil, "Sequence", "must be a whole number from 1 to 2^53 - 1"
    end
    local kind = operation.about.of
    for i = 1, kind and #streams or 0 do streams[i] = kind .. ":" .. streams[i] end
    local state = {
      request = request, things = streams, dropped = NONE, read = operation.read,
      account = client.account_key, wire = wire, given = given,
    }
    if request.body then
      state.things, state.wire, state.body =
        things_of(client, operation, params), nil, request.body
      request.params = without_sequence(wire)
    end
    return state
  end
  if is_about_nothing(operation, params) then
    return nil, operation.about[1], "is missing, and the option 'about' says the call is about it"
  end
  local things = not operation.read and things_of(client, operation, params)
  if not things then return nil end
  if #things > MAX_THINGS then return nil, operation.about[1], TOO_MANY end
  return {
    request = request, things = things, dropped = NONE,
    hidden_name = operation.about.secret and "this " .. operation.about[1],
    -- apart, so that numbers for calls without a Sequence leave the caller's own Sequences alone
    account = client.order_key,
  }
end

-- What a person calls a thing.
local function name_of(state, index)
  if state.hidden_name then return state.hidden_name end
  local thing = state.things[index]
  if state.wire then return (thing:gsub("^.-:", "")) end
  return (thing:gsub("^test:", ""):gsub("^.-:", ""):gsub("%z", "/"))
end

-- Moves what gave way to `dropped`. Both lists are handed out, and so never changed.
local function leave_out(state, indexes)
  local dropped, kept, at = {}, {}, 1
  for i, name in ipairs(state.dropped) do dropped[i] = name end
  for i, thing in ipairs(state.things) do
    if indexes[at] == i then
      dropped[#dropped + 1], at = name_of(state, i), at + 1
    else
      kept[#kept + 1] = thing
    end
  end
  state.things, state.dropped = kept, dropped
end

-- The JSON of a body, with the number.
local function body_with_number(body, number)
  local first = body:sub(1, -2)
  return first .. (first == "{" and "" or ",") .. '"Sequence":' .. encode.integer(number) .. "}"
end

-- The wire list of the streams that are left, with the number. The first one is the call's own,
-- which has room for it; later ones are new, since transports may keep what they were given.
local function wire_with_number(state, number)
  if not state.number and not state.given and state.dropped == NONE then
    local wire = state.wire
    local n = #wire
    wire[n + 1], wire[n + 2] = "Sequence", encode.integer(number)
    return wire
  end
  local wire, gone, list = state.wire, {}, {}
  for _, stream in ipairs(state.dropped) do gone[stream] = true end
  for i = 1, #wire, 2 do
    local name, value = wire[i], wire[i + 1]
    local is_gone = gone[value] and (name == "StreamId" or name == "StreamId[]")
    if name ~= "Sequence" and not is_gone then
      list[#list + 1], list[#list + 2] = name, value
    end
  end
  list[#list + 1], list[#list + 2] = "Sequence", encode.integer(number)
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
  if before and state.given and not sent then return nil end -- a Sequence of the caller's own stays
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
      text = "Sequence " .. encode.integer(exact) .. " is not above " .. encode.integer(last)
        .. ", the last one of this AppId; leave it out to have it filled in" }
  elseif number == nil then
    return { code = "store", retryable = true, text = "the store gives no "
      .. ((state.wire or state.body) and "Sequence" or "order") .. ": " .. tostring(dropped) }
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
  if state.body then
    state.request.body = body_with_number(state.body, number)
  elseif state.wire then
    state.request.params = wire_with_number(state, number)
  end
  state.number, state.stamped, state.wall = number, asked, wall
  return nil
end

return order
