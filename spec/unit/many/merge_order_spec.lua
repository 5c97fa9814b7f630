-- Calls that share requests, at random: whatever joins what, the newest call for a stream wins, the
-- rate holds, and each call is told the truth.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local memory = require "streamctl.store.memory"
local pick = require "streamctl.loop.pick"
local requests = require "spec.support.requests"

local RUNS, CALLS, IDS = 40, 60, 12

-- Numbers from 0 to `most` - 1 that are the same in each run of the specs.
local function generator(seed)
  local state = seed
  return function(most)
    state = (state * 69069 + 1) % 2 ^ 32
    return math.floor(state / 65536) % most
  end
end

-- A vendor that keeps the newest Sequence of each stream, and loses some answers. Requests arrive
-- after a time of their own, so that they overtake each other.
local function vendor(random)
  local streams, log = {}, {}
  return function(request, _, loop)
    local seen = requests.seen(request)
    local entry = { sent = core.monotonic(), action = seen.action,
      ids = helper.sent(seen, "StreamId[]"), sequence = tonumber(helper.wire(seen).Sequence) }
    log[#log + 1] = entry
    loop.sleep(0.001 + random(100) / 1000)
    for _, id in ipairs(entry.ids) do
      if streams[id] and streams[id].sequence >= entry.sequence then
        return helper.response(200, '{"Code":30999,"Message":"Sequence is too small"}')
      end
    end
    for _, id in ipairs(entry.ids) do
      streams[id] = { sequence = entry.sequence, action = entry.action, at = core.monotonic() }
      entry.at = core.monotonic()
    end
    if random(10) == 0 then return helper.stopped("connect", true) end
    return helper.OK.zego
  end, streams, log
end

-- A store whose answers take a while, as those of a server do.
local function slow(random)
  local real = memory.new()
  local function method(name)
    return function(_, ...)
      pick.sleep(random(4) / 1000)
      return real[name](real, ...)
    end
  end
  return { stamp = method "stamp", reserve = method "reserve" }
end

local function run(seed)
  local random = generator(seed)
  local answer, streams, log = vendor(random)
  local store = seed % 2 == 0 and memory.new() or slow(random)
  local options = { store = store, merge = true, rate_limit = { most = 1000 }, retry = nil,
    timeout = 60 }
  options.retry = { attempts = 5 }
  local rtc, calls, functions = (helper.zego(answer, options)), {}, {}
  for i = 1, CALLS do
    local call = { ids = {}, has = {} }
    calls[i] = call
    call.action = random(2) == 0 and "ForbidRTCStreams" or "ResumeRTCStreams"
    for _ = 0, random(3) do
      local id = "s" .. random(IDS)
      if not call.has[id] then call.ids[#call.ids + 1], call.has[id] = id, true end
    end
    local begins = random(500) / 1000
    functions[i] = function()
      pick.sleep(begins)
      call.began = core.monotonic()
      call.body, call.message, call.err = rtc:call(call.action, { StreamId = call.ids },
        { age = true, merge = random(4) > 0 })
      call.ended = core.monotonic()
    end
  end
  for _, ended in ipairs(pick.current().all(functions)) do assert(ended[1], ended[2]) end
  return calls, streams, log
end

describe("calls that share requests at random", function()
  helper.stand_still(0.5)

  for seed = 1, RUNS do
    it("keep order, rate and truth: " .. seed, function()
      local calls, streams, log = run(seed)
      local newest, last = {}, {}
      for i, call in ipairs(calls) do
        local outcome = call.body or call.err
        local gone = helper.count(outcome.superseded or {})
        assert.truthy(call.body or call.err.code == "superseded"
          or call.message:find("Sequence is too small", 1, true), call.message)
        for _, id in ipairs(call.ids) do
          if not newest[id] or outcome.age > newest[id].age then
            newest[id] = { age = outcome.age, action = call.action, call = i }
          end
          if call.body and not gone[id] then
            local is_done = false
            for _, entry in ipairs(log) do
              is_done = is_done or entry.action == call.action and entry.at
                and entry.at >= call.began and entry.at <= call.ended
                and helper.count(entry.ids)[id] ~= nil
            end
            assert.is_true(is_done, "call " .. i .. " was told that " .. id .. " is done")
          end
        end
      end
      for id, newer in pairs(newest) do
        local code = (calls[newer.call].err or {}).code
        assert.is_true(not code or code == "vendor")
        if not code then
          assert.equal(newer.action, streams[id].action, id .. " of call " .. newer.call)
        end
      end
      for i, call in ipairs(calls) do -- what is refused was overtaken by a newer call for its ids
        local is_newest = call.err and call.err.code == "vendor"
        for _, id in ipairs(call.ids) do is_newest = is_newest and newest[id].call == i end
        assert.is_falsy(is_newest, "call " .. i .. " was refused for others")
      end
      for _, entry in ipairs(log) do
        assert.is_true(#entry.ids <= 20)
        for _, count in pairs(helper.count(entry.ids)) do assert.equal(1, count) end
        local gap = entry.sent - (last[entry.action] or 0)
        -- a slow store, or nginx with its own idea of time, delays a request and not the next one
        local is_exact = seed % 2 == 0 and not pick.in_nginx
        assert.is_true(gap >= (is_exact and 0.05 - 1e-6 or 0.04), gap)
        last[entry.action] = entry.sent
      end
    end)
  end
end)
