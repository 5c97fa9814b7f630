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

--- What the attempts of one call share.
-- @tparam table client
-- @tparam table operation a row, or a makeshift one
-- @tparam table params of the caller
-- @tparam userdata request of streamctl.core, which @{stamp} gives its Sequence
-- @treturn[1] table state; `dropped` lists what gave way so far
-- @treturn[2] nil the operation has no order
-- @treturn[3] nil
-- @treturn[3] string the parameter at fault
-- @treturn[3] string why
function order.begin(client, operation, params, request)
  if operation.sequence then
    local whole = request.body ~= nil -- is about one thing; else about the streams as they are sent
    return {
      request = request, dropped = NONE, read = operation.read, whole = whole,
      things = whole and things_of(client, operation, params) or request:things(),
      account = client.account_key, given = request.sequence,
    }
  end
  if is_about_nothing(operation, params) then
    return nil, operation.about[1], "is missing, and the option 'about' says the call is about it"
  end
  local things = not operation.read and things_of(client, operation, params)
  if not things then return nil end
  if #things > MAX_THINGS then return nil, operation.about[1], TOO_MANY end
  return {
    things = things, dropped = NONE, whole = true,
    hidden_name = operation.about.secret and "this " .. operation.about[1],
    -- apart, so that numbers for calls without a Sequence leave the caller's own Sequences alone
    account = client.order_key,
  }
end

-- What a person calls a thing.
local function name_of(state, index)
  if state.hidden_name then return state.hidden_name end
  local thing = state.things[index]
  if not state.whole then return (thing:gsub("^.-:", "")) end
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
      .. (state.request and "Sequence" or "order") .. ": " .. tostring(dropped) }
  elseif number and number > MAX_SEQUENCE then
    return { code = "invalid_parameter",
      text = "the Sequences of this AppId have reached 2^53; a far too high one was given earlier" }
  end
  if dropped and dropped[1] then leave_out(state, dropped) end
  if not number or (#state.dropped > 0 and state.whole) then -- that goes whole or not at all
    return superseded("a newer call for " .. table.concat(state.dropped, ", "):sub(1, 200)
      .. " was made meanwhile; this one gives way")
  end
  if state.request then state.request:stamp(number, not state.whole and dropped or nil) end
  state.number, state.stamped, state.wall = number, asked, wall
  return nil
end

return order
