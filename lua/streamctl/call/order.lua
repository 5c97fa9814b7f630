--- The order of intents.
--
-- A call that changes a stream or a task (see @{streamctl.call.about}) is an intent for it. Each
-- intent takes a number above all earlier ones of the account, and not below the clock in
-- milliseconds; the store remembers the newest one of each thing. A repeat takes a new number and
-- keeps its age, the first one. Before it goes it gives way for everything that has a newer intent
-- by now: a late repeat of "forbid" must not undo a "resume". ZEGO's RTC operations carry the
-- number as their Sequence, in the query or in a JSON body; elsewhere it stays with us.
-- @module streamctl.call.order

local about = require "streamctl.call.about"
local core = require "streamctl.core"
local encode = require "streamctl.call.encode"
local failures = require "streamctl.call.failure"
local memory = require "streamctl.store.memory"

local order = {}

local MAX_THINGS = 1000 -- that a store takes at once
local MAX_SEQUENCE = 2 ^ 53 - 1

-- Stores of C read what a request is about where it is; others get a list.
local OF_C = getmetatable(memory.shared)

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

-- Whose order it is in where that does not depend on the account. Mostly it is that of the domain
-- which the client's last call was about.
local function owner_of(client, names, params)
  local domain = names.domain and rawget(params, names.domain[1])
  if domain and domain == client.domain then return client.domain_order end
  local order_key = about.owner(client.vendor.name, names, params) .. ":order"
  if type(domain) == "string" and domain ~= "" then
    client.domain, client.domain_order = domain, order_key
  end
  return order_key
end

--- Finds out whether a call is an intent, and for what.
-- @tparam table client
-- @tparam table call `operation`; `request` (of streamctl.core); `intent`, as the option says. It
-- gains `client`; `account`, if it has an order; `things`, unless the request knows them, as it
-- does where a Sequence is in the query; `given`, a Sequence of the caller's own
-- @tparam table params of the call, filled in
-- @tparam[opt] table keys what `streamctl.call.about` gives for it, when that is known
-- @treturn[1] nil
-- @treturn[2] string the parameter at fault
-- @treturn[2] string why
function order.begin(client, call, params, keys)
  local operation = call.operation
  call.client = client
  if operation.sequence then
    call.account = client.account_key
    call.given = rawget(params, "Sequence") ~= nil and call.request.sequence or nil
    if not operation.body then return nil end -- its things are the streams as they are sent
  elseif is_about_nothing(operation, params) then
    return operation.about[1], "is missing, and the option 'about' says the call is about it"
  elseif operation.read then
    return nil
  end
  local things = keys or about.keys(operation, params, client.context)
  if not things then return nil end
  if #things > MAX_THINGS then return operation.about[1], "names more than 1000 things" end
  -- apart, so that numbers for calls without a Sequence leave the caller's own Sequences alone
  call.account = call.account
    or client.by_resource and operation.params and owner_of(client, operation.about, params)
    or client.order_key
  call.things = client.context.stream_prefix and in_test(things) or things
end

-- What a person calls the things that gave way.
local function names_of(call, indexes)
  local things = call.things or call.request:resources()
  local names, of, secret = {}, call.operation.about.of, call.operation.about.secret
  for i, index in ipairs(indexes) do
    local thing = things[index]
    if secret then
      names[i] = "this " .. call.operation.about[1]
    elseif call.things then
      names[i] = thing:gsub("^test:", ""):gsub("^.-:", ""):gsub("%z", "/")
    else
      names[i] = of and thing:sub(#of + 2) or thing
    end
  end
  return names
end

-- Asks the store, and puts the number into the request. Returns the number, false or nil; names of
-- what gave way, if anything did, or why there is no number; the account's last number.
local function take_number(store, call, floor, since, exact, back)
  local request, asked = call.request, call.things
  if call.operation.read then
    asked = nil -- a question leaves them alone
  elseif not asked then
    asked = getmetatable(store) == OF_C and request or request:resources()
  end
  local number, gone, last = store:stamp(call.account, floor, asked, since, exact, back)
  if number == nil then return nil, gone, last end
  local names = gone and gone[1] and names_of(call, gone)
  if number and call.operation.sequence and number <= MAX_SEQUENCE then
    request:stamp(number, not call.things and gone or nil)
  end
  return number, names
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

-- Why nobody knows whether a newer call was made since the last stamp; nil when that is known.
local function doubt(call, asked, wall, sent)
  local gap = asked - call.stamped
  if gap > SURE then
    return string.format("%.0f s have passed, too long to know whether a newer call was made", gap)
  elseif sent and math.abs(wall - call.wall) > SURE then
    return "the clock was set, so nobody knows whether a newer call was made"
  end
end

--- The failure of a call that does not go out: its last one, when it had any.
-- @tparam table call
-- @tparam string why
-- @tparam[opt] boolean retryable a call that was never sent may be made again
-- @treturn table failure
function order.ended(call, why, retryable)
  local last = call.failure
  if not last then
    return failures.new("cancelled", "never sent, because " .. why, { retryable = retryable })
  end
  last.more = "; not sent again, because " .. why
  return last
end

local MOST_SUCCESSORS = 10 -- a repeat looks for a free Sequence after the caller's own

-- A Sequence of the caller's own is followed by its successor.
local function next_given(store, call, since)
  local number, dropped, last = nil, nil, call.number
  if not last then return take_number(store, call, call.given, since, true) end
  for _ = 1, MOST_SUCCESSORS do
    number, dropped, last = take_number(store, call, last + 1, since, true)
    if number ~= nil or not last then break end
  end
  return number, dropped, last
end

-- The age of what is carried out again, nil for a new intent; and what `take_number` says. Where
-- the vendor has refused our clock since the last number, it has used none that this clock gave.
local function next_number(store, call, floor)
  local intent, before = call.intent, call.number
  local since = call.age or intent
  if since == true or call.operation.read then since = nil end
  if call.given then return since, next_given(store, call, since) end
  local ahead = (call.offset or 0) - call.client.clock_offset -- of the clock that gave `before`
  if not before or ahead <= 0 then
    if since and since > floor then floor = since end
    return since, take_number(store, call, floor, since)
  end
  if type(intent) ~= "number" then -- then its age is of that clock, too
    since, before = since and math.max(since - math.ceil(ahead * 1000), 0), call.age
  end
  return since, take_number(store, call, floor, since, nil, before)
end

--- Stamps one attempt.
-- @param store see `streamctl.store.memory`
-- @tparam table call of @{begin}. It gains `number`; `age`, its first number or the one that the
-- option `intent` named, by which it stays as old as it was made; `offset` of the vendor's clock,
-- if it has one; `dropped` lists what gave way so far, if anything did
-- @tparam boolean sent whether an earlier attempt of the call was handed to the transport
-- @treturn table|nil failure
function order.stamp(store, call, sent)
  if call.gave_way then return call.gave_way end -- nothing is left to stamp
  local before, asked, wall = call.number, core.clocks()
  if before and call.given and not sent then return nil end -- a Sequence of the caller's own stays
  local why = before and not call.operation.read and doubt(call, asked, wall, sent)
  if why then return order.ended(call, why, true) end
  local floor = math.floor((wall + call.client.clock_offset) * 1000)
  local since, number, dropped, last
  if before or call.given or call.intent then
    since, number, dropped, last = next_number(store, call, floor)
  else
    number, dropped = take_number(store, call, floor)
  end
  if number == nil and last then
    return failures.new("invalid_parameter", "Sequence " .. encode.integer(call.given)
      .. " is not above " .. encode.integer(last)
      .. ", the last one of this AppId; leave it out to have it filled in")
  elseif number == nil then
    return failures.new("store", "the store gives no "
      .. (call.operation.sequence and "Sequence" or "order") .. ": " .. tostring(dropped))
  elseif number and number > MAX_SEQUENCE then
    return failures.new("invalid_parameter",
      "the Sequences of this AppId have reached 2^53; a far too high one was given earlier")
  end
  if dropped then call.dropped = joined(call.dropped, dropped) end
  if not number or (dropped and call.things) then -- that goes whole or not at all
    call.gave_way = failures.new("superseded", "a newer call for "
      .. table.concat(call.dropped or {}, ", "):sub(1, 200)
      .. " was made meanwhile; this one gives way")
    return call.gave_way
  end
  call.age = since and since < number and since or number
  call.number, call.stamped, call.wall = number, asked, wall
  local offset = call.client.clock_offset
  if offset ~= (call.offset or 0) then call.offset = offset end
  return nil
end

return order
