-- Calls that share requests: a client whose answers take their time, and many calls at once.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
local pick = require "streamctl.loop.pick"
local requests = require "spec.support.requests"

local sharing = {}

sharing.RTT = 0.04 -- seconds that an answer takes

local function ids_of(request, name) return helper.sent(request, name or "StreamId[]") end
sharing.ids_of = ids_of

--- A client whose calls share requests, at the documented rate, and its transport. `answer` is a
-- result, or a function of a request's ids (in the parameter `name`), the loop, the Sequence and
-- the deadline.
function sharing.client(answer, options, name)
  return helper.zego(function(request, deadline, loop)
    loop.sleep(sharing.RTT)
    if type(answer) ~= "function" then return answer or helper.OK.zego end
    local seen = requests.seen(request)
    return answer(ids_of(seen, name), loop, tonumber(helper.wire(seen).Sequence), deadline)
  end, helper.merged({ rate_limit = { max = 1000 }, share_requests = true }, options))
end

--- Makes calls at the same time: functions, or { seconds until then, function }. Returns what each
-- of them returned or threw, and `took`, seconds.
function sharing.together(calls)
  local functions, list = {}, {}
  for i, call in ipairs(calls) do
    functions[i] = function()
      local fn = call
      if type(call) == "table" then
        pick.sleep(call[1])
        fn = call[2]
      end
      local start = core.monotonic()
      local body, message, err = fn()
      list[i] = { body = body, message = message, err = err, took = core.monotonic() - start }
    end
  end
  for i, ended in ipairs(pick.current().all(functions)) do
    if not ended[1] then list[i] = { thrown = ended[2] } end
  end
  return list
end

function sharing.resume(rtc, ids, options)
  return function() return rtc:resume_rtc_streams({ StreamId = ids }, options) end
end

function sharing.kick(rtc, users, options)
  return function() return rtc:kickout_user({ RoomId = "r", UserId = users }, options) end
end

--- The sizes of the requests.
function sharing.sizes(transport, name)
  local list = {}
  for i, request in ipairs(transport.requests) do list[i] = #ids_of(request, name) end
  return list
end

--- "ok" or the code of its error, of each call.
function sharing.codes(list)
  local found = {}
  for i, result in ipairs(list) do found[i] = result.body and "ok" or result.err.code end
  return found
end

--- How often a list has an id.
function sharing.count(list, id) return helper.count(list)[id] or 0 end

--- A store of which the methods `stamp` and `reserve` may be replaced: functions of the real one
-- and of the arguments.
function sharing.store(methods)
  local real = memory.new()
  local store = {}
  for _, name in ipairs { "stamp", "reserve" } do
    store[name] = function(_, ...)
      local method = methods[name]
      if method then return method(real, ...) end
      return real[name](real, ...)
    end
  end
  return store, real
end

return sharing
