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
local memory = require "streamctl.store.memory"

local floor = math.floor

local order = {}

local MAX_THINGS = 1000 -- that a store takes at once
local MAX_SEQUENCE = 2 ^ 53 - 1

-- Stores that read what a request is about where it is, and stamp it there.
local OURS = getmetatable(memory.shared)

-- Whether an action without a row lacks all that it is about, as the option `about` of the caller
-- says. Its calls would all stand in each other's way.
local function is_about_nothing(operation, params)
  if operation.params or not operation.about then return false end
  for _, name in ipairs(operation.about) do
    if rawget(params, name) ~= nil then return false end
  end
  return true
end

-- Things of the test environment are others.
local function in_test(keys)
  local things = {}
  for i, key in ipairs(keys) do things[i] = "test:" .. key end
  return things
end

--- Finds out whether a call is an intent, and for what.
-- @tparam table client
-- @tparam table call `operation`; `request` (of streamctl.core); `whole`: a Sequence goes into the
-- body; `intent`, as the option says. It gains `account`, if it has an order; `things`, unless the
-- request knows them; `given`, a Sequence of the caller's own
-- @tparam table params of the call, filled in
-- @tparam[opt] table keys what `streamctl.call.about` gives for it, when that is known
-- @treturn[1] nil
-- @treturn[2] string the parameter at fault
-- @treturn[2] string why
function order.begin(client, call, params, keys)
  local operation = call.operation
  if operation.sequence then
    call.account = client.account_key
    call.given = rawget(params, "Sequence") ~= nil and call.request.sequence or nil
    if not call.whole then return nil end -- its things are the streams as they are sent
  elseif is_about_nothing(operation, params) then
    return operation.about[1], "is missing, and the option 'about' says the call is about it"
  elseif operation.read then
    return nil
  end
  local things = keys or about.keys(operation, params, client.context)
  if not things then return nil end
  if #things > MAX_THINGS then return operation.about[1], "names more than 1000 things" end
  -- apart, so that numbers for calls without a Sequence leave the caller's own Sequences alone
  call.account, call.whole = call.account or client.order_key, true
  call.things = client.context.stream_prefix and in_test(things) or things
end

-- What a person calls the things that gave way.
local function names_of(call, things, indexes)
  local names, secret = {}, call.operation.about.secret
  for i, index in ipairs(indexes) do
    local thing = things[index]
    if secret then
      names[i] = "this " .. call.operation.about[1]
    elseif call.whole then
      names[i] = thing:gsub("^test:", ""):gsub("^.-:", ""):gsub("%z", "/")
    else
      names[i] = thing:gsub("^.-:", "")
    end
  end
  return names
end

-- Asks the store, and puts the number into the request. Returns the number, false or nil; names of
-- what gave way, if anything did, or why there is no number; the account's last number.
local function take_number(store, call, least, since, exact)
  local request, things, whole = call.request, call.things, call.whole
  local read = call.operation.read
  if getmetatable(store) == OURS and not things and not read then
    return store:stamp(call.account, least, request, since, exact)
  end
  things = not read and (things or request:things()) or nil -- a question leaves them alone
  local number, gone, last = store:stamp(call.account, least, things, since, exact)
  if number == nil then return nil, gone, last end
  if number and call.operation.sequence and number <= MAX_SEQUENCE then
    request:stamp(number, not whole and gone or nil)
  end
  return number, gone and gone[1] and names_of(call, things, gone)
end

-- Two lists in one. They are handed out, and so never changed.
local function joined(first, second)
  local all = {}
  for i, name in ipairs(first or {}) do all[i] = name end
  for _, name in ipairs(second) do all[#all + 1] = name end
  return all
end

-- Stores forget an intent after 60 s of the wall clock. Beyond this nobody can be sure of a newer
-- one.
local SURE = 50

local function superseded(text)
  return { code = "superseded", text = text }
end

--- Stamps one attempt.
-- @param store see `streamctl.store.memory`
-- @tparam table call of @{begin}; `dropped` lists what gave way so far, if anything did
-- @tparam boolean sent whether an earlier attempt of the call was handed to the transport
-- @treturn table|nil failure
function order.stamp(store, call, sent)
  local before, asked, wall = call.number, core.monotonic(), core.now()
  if before and call.given and not sent then return nil end -- a Sequence of the caller's own stays
  local since, exact = call.intent, not before and call.given or nil
  if since == true then since = nil end -- it is a new one
  if before and not call.operation.read then
    local is_set = math.abs(wall - call.wall) > SURE -- or the machine was stopped for so long
    if asked - call.stamped > SURE or (is_set and sent) then
      return superseded("too long after the last attempt, or the clock was set since, to tell "
        .. "whether a newer call was made")
    end
    since = before -- what the store has forgotten does not hold up a call that was never sent
  end
  local number, dropped, last =
    take_number(store, call, exact or floor(wall * 1000), since, exact and true)
  if number == nil and last then
    return { code = "invalid_parameter",
      text = "Sequence " .. encode.integer(exact) .. " is not above " .. encode.integer(last)
        .. ", the last one of this AppId; leave it out to have it filled in" }
  elseif number == nil then
    return { code = "store", retryable = true, text = "the store gives no "
      .. (call.operation.sequence and "Sequence" or "order") .. ": " .. tostring(dropped) }
  elseif number and number > MAX_SEQUENCE then
    return { code = "invalid_parameter",
      text = "the Sequences of this AppId have reached 2^53; a far too high one was given earlier" }
  end
  if dropped then call.dropped = joined(call.dropped, dropped) end
  if not number or (dropped and call.whole) then -- that goes whole or not at all
    return superseded("a newer call for " .. table.concat(call.dropped or {}, ", "):sub(1, 200)
      .. " was made meanwhile; this one gives way")
  end
  call.number, call.stamped, call.wall = number, asked, wall
  return nil
end

return order
