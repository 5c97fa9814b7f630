-- What the specs of the order share: stores that show what they are asked, and clients
-- whose requests meet something newer at a given moment.

local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"

local order = {}

-- Stands in front of a store of our own, and sees that it is handed no list.
local function watcher()
  local real = memory.new()
  return {
    takes_requests = true,
    stamp = function(_, account, floor, request, ...)
      assert(request == nil or type(request) == "userdata", "not the request itself")
      return real:stamp(account, floor, request, ...)
    end,
    reserve = function(_, ...) return real:reserve(...) end,
  }
end

-- A store that a user wrote. With `enter` it says that it `enters`.
local function of_user(enter)
  local real = memory.new()
  return {
    stamp = function(_, ...) return real:stamp(...) end,
    reserve = function(_, ...) return real:reserve(...) end,
    enters = enter ~= nil, enter = enter and function(_, ...) return enter(real, ...) end,
  }
end

local function only_reserve(real, ...) return real:reserve(...) end

local function enter(real, key, interval, limit, ...)
  if real:reserve(key, interval, -1) > limit then return real:reserve(key, interval, -1) end
  local number, dropped, last = real:stamp(...)
  if number == nil then return nil, dropped, last end
  return number and real:reserve(key, interval, limit) or 0, number, dropped
end

--- Our own store, one that watches it, and those that a user wrote: the first two are handed
-- requests, the others lists.
order.STORES = {
  { "our own store", memory.new }, { "a store that watches it", watcher },
  { "a user's own store", of_user },
  { "a user's own store that enters", function() return of_user(enter) end },
  { "a user's own store that only reserves", function() return of_user(only_reserve) end },
}

--- A store that keeps what it is asked for numbers, as { account, floor, resources, since }.
function order.recorder()
  local real, asked = memory.new(), {}
  return {
    asked = asked, reserve = function() return 0 end,
    stamp = function(_, account, floor, resources, since, ...)
      asked[#asked + 1] = { account, floor, resources, since }
      return real:stamp(account, floor, resources, since, ...)
    end,
  }
end

--- Answers that have a call go again, and one that does not.
order.LOST = helper.stopped("timeout", true)
order.DONE = helper.OK

--- Options for a client that repeats its calls at once.
function order.retrying(store, more)
  return helper.merged({ store = store, retry = { base = 0.001, cap = 0.001 } }, more)
end

--- A client whose first attempt is lost, after `meanwhile` was called; all others succeed.
function order.interrupted(vendor, store, meanwhile, options)
  return helper[vendor](helper.script(function()
    meanwhile()
    return order.LOST
  end, order.DONE[vendor]), order.retrying(store, options))
end

--- The Sequence of a request; nil without one.
function order.sequence(request)
  local values = helper.sent(request, "Sequence")
  assert(#values < 2, "two Sequences")
  return tonumber(values[1] or (request.body or ""):match('"Sequence":(%d+)}$'))
end

--- The Sequences of all requests of a transport, less the milliseconds of helper.NOW.
function order.sequences(transport)
  local list = {}
  for i, request in ipairs(transport.requests) do
    list[i] = order.sequence(request) - helper.NOW * 1000
  end
  return list
end

return order
