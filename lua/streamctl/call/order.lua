-- The order of intents: an intent is a call that changes a resource, a stream or a task.
--
-- An intent takes a number above all earlier ones of the account, not below the clock in
-- milliseconds. The store (cells.c, redis_scripts.lua) knows the newest of each resource. A repeat
-- takes a new number, keeps its stamp, its first number, and gives way for each resource with a
-- newer call: a late "forbid" must not undo a "resume". For RTC it is the Sequence that is sent.

local core = require "streamctl.core"
local distance = require "streamctl.call.distance"
local encode = require "streamctl.base.encode"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"

local order = {}

local MAX_SEQUENCE = 2 ^ 53 - 1
local MAX_SUCCESSORS = 10 -- Sequences that a repeat tries after the caller's
local PLACES = 16 -- orders of tasks

-- Whether all parameters of the option `resource` are absent. All such calls would share an order.
local function names_no_resource(resource, params)
  for _, name in ipairs(resource) do
    if rawget(params, name) ~= nil then return false end
  end
  return true
end

-- Of the last call about a domain: its row, the parameter's name and value, and its order.
local last_row, last_name, last_domain, last_order

-- The order of a call of Alibaba Cloud. A domain has its order, since a domain belongs to an
-- account under any key. Tasks are endless and stores keep numbers for good, so tasks share 16
-- orders.
local function owner_of(client, operation, params)
  local resource, vendor = operation.resource, client.vendor.name
  local name = resource.domain and resource.domain[1]
  local domain = name and rawget(params, name)
  if type(domain) == "string" and domain ~= "" then
    if domain ~= last_domain then
      local lower = domain:gsub("[A-Z]", string.lower)
      last_domain, last_order = domain, vendor .. ":" .. lower .. ":order"
    end
    last_row, last_name = operation, name
    return last_order
  end
  name = resource[1] == "Region" and resource[2] or resource[1]
  local hash = assert(core.sha1(encode.text(rawget(params, name)) or ""))
  return vendor .. ":" .. resource.of .. "-" .. tonumber(hash:sub(1, 4), 16) % PLACES .. ":order"
end

-- Whether a call is not sent at all when it gives way for one resource. Other calls are sent
-- without the ids that gave way.
local function goes_whole(operation)
  return not operation.sequence or operation.body or false
end

-- Returns the name of the order in which a call takes numbers, or nil.
function order.of(client, operation, params)
  local resource = operation.resource
  if operation.sequence then return client.order end
  if not resource or operation.read then return nil end
  -- a separate order: numbers that are not sent must not push up the caller's Sequences
  return client.vendor.by_resource and operation.params and owner_of(client, operation, params)
    or client.order .. ":order"
end

-- Returns what `order.of` does, and the caller's Sequence; or nil, the parameter at fault, and why.
function order.begin(client, operation, params, request)
  if operation == last_row and rawget(params, last_name) == last_domain then return last_order end
  local resource = operation.resource
  if operation.sequence then
    return client.order, rawget(params, "Sequence") ~= nil and request.sequence or nil
  elseif resource and not operation.params and names_no_resource(resource, params) then
    return nil, resource[1],
      "is missing, and the option 'resource' names it as what the call changes"
  end
  return order.of(client, operation, params)
end

-- Names for messages of the resources that gave way.
local function names_of(call, indexes)
  local resources, resource, names = call.request:resources(), call.operation.resource, {}
  for i, index in ipairs(indexes) do
    local text = resources[index]
    if resource.secret then
      names[i] = "this " .. resource[1]
    elseif goes_whole(call.operation) then
      names[i] = text:gsub("^test:", ""):gsub("^.-:", ""):gsub("%z", "/")
    else
      names[i] = resource.of and text:sub(#resource.of + 2) or text
    end
  end
  return names
end

-- First come, first served, where a store may wait: store -> account and resource -> the last call.
local last_of = setmetatable({}, { __mode = "k" })

local PATIENCE = 5 -- seconds for the number of an older call, since its thread may be killed

-- Notes the older calls of this process for the same resources, before a call asks such a store.
-- The call has a list of these, `behind`, until the call has its number.
function order.line_up(client, call)
  if call.number or call.stamp or call.behind then return end
  if not call.account or call.operation.read then return end
  local store, behind = client.options.store, {}
  local calls = last_of[store] or setmetatable({}, { __mode = "v" })
  last_of[store], call.behind = calls, behind
  for _, resource in ipairs(call.request:resources()) do
    local key = call.account .. "\0" .. resource
    if calls[key] ~= call then behind[#behind + 1], calls[key] = calls[key], call end
  end
end

-- Waits for the numbers of older calls: a newer call must not get the lower number.
function order.wait_in_line(client, call)
  order.line_up(client, call)
  local poll = require "streamctl.loop.poll" -- few calls need it
  local ends = math.min(core.monotonic() + PATIENCE, call.deadline or math.huge)
  local behind = call.behind -- the call may leave the line meanwhile
  return behind and poll(client.loop().sleep, ends, function()
    for _, older in ipairs(behind) do
      if older.behind then return false end
    end
    return true
  end)
end

-- Asks the store by its `stamp`, or by `enter`, and puts the number into the request. A store with
-- `takes_requests` does both in the request itself; others get a list. Returns the number
-- (false: the call gives way) and the names of dropped resources; or nil, why not, and the
-- account's last number. nil alone: no slot is near enough.
local function take_number(client, call, enter, floor, since, exact, back)
  local store, request, operation = client.options.store, call.request, call.operation
  local resources = not operation.read and request or nil -- a query drops no intents
  local may_wait = store.takes_requests ~= true -- a proxy may have a function of any name
  if may_wait then
    order.wait_in_line(client, call)
    resources = resources and request:resources()
    floor = math.floor(floor) -- "60", not "60.0"
  end
  local asked = may_wait and core.monotonic()
  local number, gone, last =
    (enter or store.stamp)(store, call.account, floor, resources, since, exact, back)
  if may_wait then
    if number ~= nil then call.behind = nil end
    distance.learn(store, asked)
  end
  if number == nil then return nil, gone, last end
  local names = gone and gone[1] and names_of(call, gone)
  if number and (names or may_wait or not resources) and operation.sequence
    and number <= MAX_SEQUENCE then
    request:stamp(number, names and not goes_whole(operation) and gone or nil)
  end
  return number, names
end

-- Why the store may have forgotten a call that was made since the last stamp; or nil.
local function doubt(call, asked, wall)
  local gap = asked - (call.stamped_at or call.started)
  if gap > failures.SURE then
    return string.format("%.0f s have passed, too long to know whether a newer call was made", gap)
  elseif math.abs(wall - call.wall) > failures.SURE then
    return "the clock was set, so nobody knows whether a newer call was made"
  end
end

local function next_sequence(client, call, enter, since)
  local number, dropped, last = nil, nil, call.number or call.sequence - 1
  for _ = 1, call.number and MAX_SUCCESSORS or 1 do
    number, dropped, last = take_number(client, call, enter, last + 1, since, true)
    if number ~= nil or not last then break end
  end
  return number, dropped, last
end

-- The stamp of a repeat, nil for a new intent; and the results of `take_number`. When the vendor
-- has refused the clock since the last number, the numbers of that clock were not used.
local function next_number(client, call, enter, floor)
  local asked_stamp, before = call.asked_stamp, call.number or call.stamp
  local since = call.stamp or before or asked_stamp
  if call.operation.read then since = nil end
  if call.sequence then return since, next_sequence(client, call, enter, since) end
  local ahead = (call.offset or 0) - client.clock_offset -- of the clock that gave `before`
  if not before or ahead <= 0 then
    if since and since > floor then floor = since end
    return since, take_number(client, call, enter, floor, since)
  end
  if not asked_stamp then -- then the stamp comes from that clock, too
    since, before = since and math.max(since - math.ceil(ahead * 1000), 0), call.stamp or before
  end
  return since, take_number(client, call, enter, floor, since, nil, before)
end

-- The failure of a call that ends by what its store has answered, if it ends.
local function failure_of(client, call, number, dropped, last)
  if number == nil and last then
    return failures.new("invalid_parameter", "Sequence " .. encode.number(call.sequence)
      .. " is not above " .. encode.number(last)
      .. ", the last one of this AppId; leave it out to have it filled in")
  elseif number == nil then
    return order.refused(client, call, dropped)
  elseif number and number > MAX_SEQUENCE then
    return failures.new("invalid_parameter",
      "the Sequences of this AppId have reached 2^53; a far too high one was given earlier")
  end
  if dropped then
    call.dropped = call.dropped or {}
    for _, name in ipairs(dropped) do call.dropped[#call.dropped + 1] = name end
  end
  if number and not (dropped and goes_whole(call.operation)) then return nil end
  call.gave_way = failures.new("superseded", "a newer call for "
    .. table.concat(call.dropped or {}, ", "):sub(1, 200)
    .. " was made meanwhile; this one gives way")
  return call.gave_way
end

-- The failure of a store that gives no number.
function order.refused(client, call, why)
  events.store(client, call, "stamp", why)
  return failures.new("store", "the store gives no "
    .. (call.operation.sequence and "Sequence" or "order") .. ": " .. tostring(why))
end

-- Takes the stamp of a call before its listener waits, so that no newer call gets a lower one.
-- A stamp is no intent, since a call without a slot leaves none. Returns why the store gives none.
function order.stamp_early(client, call)
  if call.operation.read or call.sequence or call.asked_stamp then return nil end
  local store, offset = client.options.store, client.clock_offset
  if store.takes_requests ~= true then order.wait_in_line(client, call) end
  local stamp, why = store:stamp(call.account, math.floor((call.wall + offset) * 1000))
  call.stamp, call.offset, call.behind = stamp, offset ~= 0 and offset or nil, nil
  return not stamp and why
end

-- Takes an intent's place in the order, or takes it again; or returns a failure. The call gains
-- `number`; `stamp`, if that differs: the first number, or the option's; `offset` of the vendor's
-- clock, if any; `dropped`, the list of resources that gave way, if any. `started` and `wall` are
-- the clocks of the call's beginning; from the second stamp on `stamped_at` and `wall` are the last
-- stamp's.
function order.stamp(client, call, enter)
  if call.waited then call.waited = nil end
  if call.gave_way or not call.account then return call.gave_way end
  local before, asked, wall = call.number or call.stamp, nil, call.wall
  if before then
    if call.sequence and call.attempt == 0 then return nil end -- the caller's Sequence stays
    asked, wall = core.clocks()
  end
  local offset = client.clock_offset
  local floor = math.floor((wall + offset) * 1000)
  local since, number, dropped, last
  if before or call.sequence or call.asked_stamp then
    since, number, dropped, last = next_number(client, call, enter, floor)
  else
    number, dropped = take_number(client, call, enter, floor)
  end
  if enter and number == nil and not dropped then
    call.waited = true -- nobody has looked
    return nil
  end
  local why = asked and not call.operation.read and doubt(call, core.clocks())
  if why then return failures.ended(call, why, true) end
  local failed = dropped or not number or number > MAX_SEQUENCE
  local failure = failed and failure_of(client, call, number, dropped, last)
  if failure then return failure end
  call.number = number
  if asked then call.stamped_at, call.wall = asked, wall end
  if since then call.stamp = since < number and since or nil end
  call.offset = offset
end

-- Has the store give a slot and the call's place in the order in one step. Returns seconds until
-- the slot; above `limit` the store gives nothing. Or nil and a failure; or nil: the call keeps its
-- number.
function order.enter(client, call, key, interval, limit)
  local delay
  local failure = order.stamp(client, call, function(store, ...)
    local number, dropped -- without a delay why not, and the last number
    delay, number, dropped = store:enter(key, interval, limit, ...)
    if delay then return number, dropped end
    return nil, number, dropped
  end)
  return not failure and delay or nil, failure
end

-- Asks the store for newer calls when the vendor has refused a Sequence, since a newer call may
-- have overtaken this call in the network. Only the message tells of a Sequence. Returns whether
-- the call gives way; with resources that are left it goes again.
function order.overtaken(client, call, failure)
  if not call.operation.sequence or failure.retryable or failure.code ~= "vendor"
    or not failure.text:lower():find("sequence", 1, true) then
    return false
  end
  local count = call.dropped and #call.dropped or 0
  order.stamp(client, call)
  failure.retryable = call.dropped ~= nil and #call.dropped > count
  return call.gave_way
end

return order
