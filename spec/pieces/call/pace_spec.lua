-- Calls keep below the documented rates: the calls of one client, of several, and of batches.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local latest = require "spec.support.latest"
local memory = require "streamctl.store.memory"
local protected = require "streamctl.loop.protected"
local streamctl = require "streamctl"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local response = helper.response
local STREAM, ROOM = helper.ALIYUN_PARAMS.ResumeLiveStream, { RoomId = "a" }

helper.stand_still()

-- A client that is paced as documented, unless its options say otherwise.
local function paced(vendor, options, answer)
  return (helper[vendor](answer,
    helper.merged({ store = memory.new(), rate_limit = { max = 1e6 } }, options)))
end

-- That so many calls take so many seconds, or a little more.
local function takes(wanted, count, fn)
  local start = core.monotonic()
  for _ = 1, count do assert(fn()) end
  local seconds = core.monotonic() - start
  assert.is_true(seconds >= wanted - 1e-6 and seconds <= wanted * 1.003 + 1e-6,
    wanted .. " wanted, got " .. seconds)
end

local function resume(client, given)
  return function() return client:resume_live_stream(STREAM, given) end
end

local function ban(client, stream)
  return function() return client:forbid_rtc_stream { StreamId = stream or "a" } end
end

describe("the pace", function()
  for _, vendor in ipairs { "aliyun", "zego" } do
    for action, params in pairs(helper[vendor:upper() .. "_PARAMS"]) do
      it("of " .. action .. " is the documented one", function()
        local client, row = paced(vendor), streamctl[vendor].operations:find(action)
        takes(10 / row.rate, 11, function() return client:call(action, params) end)
      end)
    end
  end

  it("holds without options, but for operations without a row", function()
    local live = streamctl.aliyun.new { access_key_id = "id", access_key_secret = "secret",
      store = memory.new(), transport = helper.transport(response(200, helper.SUCCESS.aliyun)) }
    takes(0, 50, function() return live:call("AddLiveThing") end)
    takes(1 / 30, 2, resume(live))
    takes(0, 1, function() return live:forbid_live_stream(STREAM) end) -- another operation's
  end)

  it("can be switched off, be another, or be only lowered", function()
    for limit, seconds in pairs { [false] = { 0, 0 }, [0.5] = { 2, 2 }, [100] = { 0.01, 0.01 },
      [{ max = 4 }] = { 0.25, 0.25 }, [{ max = 100 }] = { 1 / 30, 0.01 } } do
      local live = paced("aliyun", { rate_limit = limit })
      takes(seconds[1], 2, resume(live))
      takes(seconds[2], 2, function() return live:call("AddLiveThing") end) -- it has no row
    end
  end)

  it("is shared by the clients of one account and store, and by nobody else", function()
    local store = memory.new()
    local one, two = paced("zego", { store = store }), paced("zego", { store = store })
    takes(9 / 20, 5, function() return ban(one, "a")() and ban(two, "b")() end)
    takes(0, 1, ban(paced("zego", { store = store, app_id = 7 })))
  end)

  it("that would last beyond the time left is throttled at once, and leaves nothing behind",
    function()
      local store = memory.new()
      local rtc = paced("zego", { rate_limit = 0.5, timeout = 1.5, store = store })
      assert(ban(rtc)())
      for _ = 1, 3 do
        local start = core.monotonic()
        local body, message, err = ban(rtc, "b")()
        assert.same({ "throttled", 0, true, false },
          { err.code, err.attempts, err.retryable, err.maybe_sent }, body)
        assert.truthy(message:find("at 0.5 calls per second the next slot is in 2.0", 1, true),
          message)
        assert.equal(start, core.monotonic())
        assert.is_nil(latest(store, "zego:" .. helper.APP_ID, "b"))
      end
      assert.equal(1, #rtc.options.transport.requests)
      takes(2, 1, function() return rtc:forbid_rtc_stream({ StreamId = "b" }, { timeout = 3 }) end)
    end)

  it("that the store cannot keep stops the call, and that of a room too", function()
    local store = { stamp = print, reserve = function() return nil, "disk full" end }
    local live = paced("aliyun", { store = store })
    local _, message, err = resume(live)()
    assert.equal("store: the store gives no slot: disk full (ResumeLiveStream)", message)
    assert.same({ "store", "unsent", 0, true, false, 0 },
      { err.code, err.outcome, err.attempts, err.retryable, err.maybe_sent,
        #live.options.transport.requests })
    _, _, err = paced("zego", { store = store }):describe_simple_stream_list(ROOM)
    assert.equal("store", err.code)
  end)

  it("of each room is kept for each by itself, before the account's", function()
    local rtc = paced("zego", nil, response(200, '{"Code":0,"Data":{"StreamList":[]}}'))
    local function ask(room, given)
      return function() return rtc:describe_simple_stream_list({ RoomId = room }, given) end
    end
    takes(20, 1, function()
      assert(ask "a"())
      takes(1 / 50, 1, ask "b")
      return ask("a", { timeout = 60 })() and ask("a", { timeout = 60 })()
    end)
    local _, message = ask("a", { timeout = 5 })()
    assert.truthy(message:find("at 0.1 calls per second and RoomId the next slot is in", 1, true),
      message)
    takes(4 / 50, 4, ask(nil, { validate = false })) -- of no room
  end)
end)

-- Calls side by side on a clock that stands still but for them: a call that waits gives way to the
-- one that is due first.
local function world()
  local made = { sleepers = {}, order = {}, loop = {} }

  function made.loop.send() error("nothing is sent here") end
  made.loop.all = made.loop.send
  function made.loop.sleep(seconds)
    made.sleepers[#made.sleepers + 1] =
      { thread = protected.running(), at = core.monotonic() + seconds,
        number = #made.order + #made.sleepers }
    coroutine.yield()
  end

  function made.spawn(fn)
    local thread = coroutine.create(fn)
    assert(coroutine.resume(thread))
    return thread
  end

  -- Lets time pass until nobody sleeps, or until then.
  function made.run(until_time)
    while #made.sleepers > 0 do
      local soonest = 1
      for i, sleeper in ipairs(made.sleepers) do
        if sleeper.at < made.sleepers[soonest].at then soonest = i end
      end
      if until_time and made.sleepers[soonest].at > until_time then break end
      local sleeper = table.remove(made.sleepers, soonest)
      local now = math.max(sleeper.at, core.monotonic())
      helper.freeze(helper.NOW + now - 1000, now)
      assert(coroutine.resume(sleeper.thread))
    end
    if until_time then helper.freeze(helper.NOW + until_time - 1000, until_time) end
  end
  return made
end

describe("the calls of a batch", function()
  local run = require("streamctl.call").run
  local RESUME = streamctl.aliyun.operations:find "ResumeLiveStream"
  local store, w, sent

  before_each(function() store, w, sent = memory.new(), world(), {} end)

  -- A client at 20 calls a second that notes which stream it sent when.
  local function client(options, to)
    to = to or sent
    return helper.aliyun(function(request)
      to[#to + 1] = { helper.sent(request, "StreamName")[1], core.monotonic() - 1000 }
      return response(200, helper.SUCCESS.aliyun)
    end, helper.merged({ store = store, rate_limit = 20, loop = w.loop }, options))
  end

  local function stream(name) return helper.merged(STREAM, { StreamName = name }) end

  -- Begins `count` calls of a batch; `outcomes` has "ok" or their messages.
  local function bulk(live, name, count, batch, outcomes)
    batch = batch or { requests = 0 }
    for i = 1, count do
      w.spawn(function()
        local body, message = run(live, RESUME, stream(name .. i), {}, batch)
        if outcomes then outcomes[i] = message or "ok" else assert(body, message) end
      end)
    end
    return batch
  end

  -- The time of the last request, after `count` in all, none closer to another than the rate says.
  local function last_of(count, list)
    assert.equal(count, #(list or sent))
    return (list or sent)[count][2]
  end

  for _, count in ipairs { 8, 400 } do
    it("let an urgent call go within a second, also when there are " .. count, function()
      local live, at = client(), nil
      bulk(live, "b", count)
      w.run(1000.1)
      w.spawn(function()
        assert(live:resume_live_stream(stream "urgent"))
        at = core.monotonic()
      end)
      w.run()
      assert.is_true(at - 1000.1 <= 1, at)
      last_of(count + 1)
    end)
  end

  it("ask the store one at a time", function()
    local asked, real = 0, store
    store = {
      stamp = function(_, ...) return real:stamp(...) end,
      reserve = function(_, ...)
        asked = asked + 1
        return real:reserve(...)
      end,
    }
    local sleep, slept, woken, woken_at = w.loop.sleep, 0, 0, 0
    function w.loop.sleep(seconds)
      slept = slept + 1
      sleep(seconds)
      if core.monotonic() - woken_at > 0.001 then woken = woken + 1 end
      woken_at = core.monotonic()
    end
    bulk(client(), "b", 200)
    w.run()
    assert.is_true(asked <= 200 + 20, asked)
    assert.is_true(slept <= 4 * 200, slept) -- the others sleep until it is about their turn
    assert.is_true(woken <= 200 + 20, woken) -- which is when another one is sent
  end)

  -- Counts the virtual machine's instructions in limit.lua, while calls run.
  local function count_work()
    local EVERY, work, jit = 7, 0, rawget(_G, "jit")
    local spawn, sleep = w.spawn, w.loop.sleep
    local function watch()
      debug.sethook(function()
        local is_counted = debug.getinfo(2, "S").source:find("limit.lua", 1, true)
        work = work + (is_counted and EVERY or 0)
      end, "", EVERY)
    end
    function w.spawn(fn)
      return spawn(function()
        watch()
        fn()
        debug.sethook() -- in LuaJIT a hook is of all coroutines
      end)
    end
    function w.loop.sleep(seconds)
      debug.sethook()
      sleep(seconds)
      watch()
    end
    if jit then -- compiled code has no hook
      jit.off()
      jit.flush()
    end
    return function()
      if jit then jit.on() end
      return work
    end
  end

  for _, event in ipairs { "nothing", "a stop", "a pause" } do
    it("cost as much in a line of 1,000 as in a line of 8, with " .. event, function()
      local function work_of(count)
        helper.freeze()
        store, w, sent = memory.new(), world(), {}
        local stay, leave, ended, reason = { requests = 0 }, { requests = 0 }, {}, nil
        local live = client { rate_limit = 4 }
        if event == "a stop" then leave.should_stop = function() return reason end end
        local work = count_work()
        for i = 1, count / 2 do
          bulk(live, "a" .. i .. ".", 1, stay)
          bulk(live, "b" .. i .. ".", 1, leave, ended)
        end
        w.run(1000.6)
        if event == "a pause" then leave.resume_at = 1001 else reason = "enough" end
        w.run()
        return work() / count
      end
      local few, many = work_of(8), work_of(1000)
      assert.is_true(few > 0 and many < 1.5 * few, few .. " and " .. many .. " instructions a call")
    end)
  end

  it("send nothing in a pause that began while the store was asked for their place", function()
    local real = store
    store = {
      reserve = function(_, ...) return real:reserve(...) end,
      stamp = function(_, ...)
        w.loop.sleep(0.1)
        return real:stamp(...)
      end,
    }
    local batch = bulk(client(), "b", 10)
    w.run(1000.55)
    batch.resume_at = 1004
    w.run()
    last_of(10)
    for _, call in ipairs(sent) do assert.is_true(call[2] <= 0.55 or call[2] >= 4, call[2]) end
  end)

  it("have a slot each where a store is far away", function()
    local real, slots = memory.new(), 0
    store = {
      reserve = function(_, key, interval, limit)
        local delay = real:reserve(key, interval, limit)
        if delay <= limit then slots = slots + 1 end
        return delay
      end,
      stamp = function(_, ...)
        w.loop.sleep(0.25)
        return real:stamp(...)
      end,
    }
    bulk(client { timeout = 30 }, "b", 40)
    w.run()
    assert.is_true(slots <= 60, slots) -- some more, until it is known how far away it is
    assert.is_true(last_of(40) < 60 / 20 + 0.6, sent[40][2])
  end)

  it("go on when the first in line was ended by its loop", function()
    bulk(client(), "b", 40)
    -- b1 was sent at once, b2 to b10 have slots within half a second, and b11 is first in line
    table.remove(w.sleepers, 10)
    w.run()
    local last = last_of(39) -- 5 s after it should have woken the first one counts as ended
    for i, call in ipairs(sent) do assert.equal("b" .. (i <= 10 and i or i + 1), call[1]) end
    assert.is_true(last > 6 and last < 8, last)
  end)
end)

describe("a batch that asks about one room", function()
  local ANSWER = '{"Code":0,"Message":"","Data":{"StreamList":[]}}'
  local store, rooms, out

  before_each(function()
    store, rooms, out = memory.new(), {}, {}
    for i = 1, 8 do rooms[i] = { RoomId = "room" } end
  end)

  local function client(options)
    return helper.zego(function()
      out[#out + 1] = core.monotonic() - 1000
      return response(200, ANSWER)
    end, helper.merged({ store = store, rate_limit = { max = 1000 } }, options))
  end

  it("keeps the room's own rate", function()
    assert.equal(8, client():batch("DescribeSimpleStreamList", rooms).succeeded)
    for i = 2, 8 do assert.is_true(out[i] - out[i - 1] >= 10, i) end
    assert.is_true(out[8] < 70 * 1.01, out[8])
  end)
end)

local function streams(count) return helper.streams(unpack(helper.ids(count))) end

describe("a slot that a clock which was set back has left far ahead", function()
  local live, transport

  before_each(function()
    helper.freeze(helper.NOW, 3000)
    live, transport = helper.aliyun(nil, { rate_limit = 20, store = memory.new() })
    assert(live:resume_live_stream(STREAM))
  end)

  it("is waited for by nobody, and both kinds of calls say so", function()
    for _, urgent in ipairs { false, true } do
      helper.freeze(helper.NOW, 1800)
      local report = live:batch("ResumeLiveStream", streams(12), { urgent = urgent })
      assert.equal(12, report.unsent)
      assert.is_true(report.elapsed < 1, report.elapsed)
      for _, result in ipairs(report.results) do
        assert.same({ "throttled", true, 0 },
          { result.err.code, result.err.retryable, result.err.attempts })
        assert.truthy(result.message:find("the next slot is in 1200.05 s; a clock that was set "
          .. "back has left it so far ahead in the store", 1, true), result.message)
      end
    end
    local _, message = live:resume_live_stream(STREAM)
    assert.truthy(message:find("a clock that was set back", 1, true), message)
    assert.equal(1, #transport.requests)
  end)

  it("is waited for when it is not that far ahead", function()
    helper.freeze(helper.NOW, 2950)
    assert.equal(12, live:batch("ResumeLiveStream", streams(12)).succeeded)
  end)
end)
