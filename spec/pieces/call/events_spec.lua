-- What the option on_event hears: the events of each call, as docs/reference/events.md lists them.

local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"

local response, stopped = helper.response, helper.stopped
local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

helper.stand_still()

describe("on_event", function()
  local events

  local function listener(event) events[#events + 1] = event end

  local function near(time, event) assert.is_true(math.abs(event.time - time) < 1e-6) end

  before_each(function() events = {} end)

  it("hears of each call, attempt and wait, in order", function()
    finally(helper.stub_random(0.5))
    local live = helper.aliyun(helper.script(stopped("dns", false), function()
      local result = response(200, helper.SUCCESS.aliyun)
      result.elapsed, result.reused = 0.25, true
      return result
    end), { retry = {}, on_event = listener, rate_limit = 5, store = memory.new() })
    assert(live:resume_live_stream(STREAM))
    local id, waits, now = events[1].call, 0, helper.NOW
    local function base(event, more)
      return helper.merged({ event = event, vendor = "aliyun", operation = "ResumeLiveStream",
        call = id, time = now + waits }, more)
    end
    local URL = { method = "POST", url = "https://live.aliyuncs.com/" }
    assert.equal("number", type(id))
    assert.same(base "begin", events[1])
    assert.same(base("attempt", helper.merged(URL, { attempt = 1, resend_count = 0,
      code = "dns" })), events[2])
    assert.same(base("wait", { reason = "retry", attempt = 2, delay = 0.1, code = "dns" }),
      events[3])
    waits = 0.1
    local slot = events[4]
    assert.is_true(slot.delay >= 0.1 - 1e-6 and slot.delay < 0.102)
    near(now + waits, slot)
    assert.same(base("wait", { reason = "limit", attempt = 2, delay = slot.delay }), slot)
    waits = 0.1 + slot.delay
    near(now + waits - 0.25, events[5]) -- the answer came 0.25 s after the request went out
    assert.same(base("attempt", helper.merged(URL, { attempt = 2, resend_count = 1, code = "ok",
      previous = "dns", http_status = 200, elapsed = 0.25, reused = true, request_id = "R-1",
      time = events[5].time })), events[5])
    near(0, { time = events[6].elapsed - waits })
    assert.same(base("call", { time = now, code = "ok", attempts = 2, superseded = 0,
      elapsed = events[6].elapsed, maybe_sent = true, request_id = "R-1" }), events[6])
    assert.equal(6, #events)
    assert(live:resume_live_stream(STREAM))
    assert.equal(id + 1, events[7].call)
  end)

  -- The names of events, with the codes of calls.
  local function told()
    local list = {}
    for i, event in ipairs(events) do
      list[i] = event.event == "call" and "call " .. event.code or event.event
    end
    return table.concat(list, ", ")
  end

  local TASK = helper.ALIYUN_PARAMS.CreateLivePullToPush

  local function call(answer, options, call_options, params)
    local live = helper.aliyun(answer, helper.merged({ on_event = listener,
      store = memory.new() }, options))
    local method = params and live.create_live_pull_to_push or live.resume_live_stream
    return method(live, params or STREAM, call_options), events[#events]
  end

  local function thrower(why) return function() error(why, 0) end end

  it("hears of the end of each call that has begun, whatever ends it", function()
    local _, last = call(response(500, "no"), nil, nil, TASK)
    assert.same({ "outcome_unknown", 1, true }, { last.code, last.attempts, last.maybe_sent })
    assert.equal("begin, attempt, call outcome_unknown", told())
    events = {}
    _, last = call(nil, nil, { on_send = function() return false, "no" end })
    assert.same({ 0, false }, { last.attempts, last.maybe_sent })
    assert.equal("begin, call cancelled", told())
    for name, answer in pairs {
      caller_error = thrower "oops", cancelled = thrower "interrupted!",
    } do
      events = {}
      assert.has_error(function() call(answer) end)
      assert.equal("begin, call " .. name, told())
      assert.is_true(events[2].maybe_sent)
    end
    events = {}
    local live = helper.aliyun(helper.script(stopped("connect", true), response(403,
      '{"Code":"CodeTaskNotExist","Message":"m","RequestId":"r"}')),
      { retry = { base = 1e-6 }, on_event = listener, store = memory.new() })
    local answer = live:delete_live_pull_to_push { Region = "cn-shanghai", TaskId = "t" }
    assert.is_true(answer.info.already)
    assert.equal("begin, attempt, wait, attempt, call already", told())
    assert.same({ "not_found", "r" }, { events[4].code, events[5].request_id })
  end)

  it("gets the option context, untouched, in each event of a call", function()
    local context = setmetatable({}, { __index = error })
    call(helper.script(stopped("dns", false), helper.OK.aliyun), { retry = { base = 1e-6 } },
      { context = context })
    assert.equal("begin, attempt, wait, attempt, call ok", told())
    for _, event in ipairs(events) do assert.equal(context, event.context) end
    events = {}
    local live = helper.aliyun(nil, { on_event = listener })
    live:batch("ResumeLiveStream", { STREAM }, { context = "batch" })
    assert(live:describe_live_streams_online_list({ DomainName = "d.example.com" },
      { context = false }))
    assert.same({ "batch", "batch", "batch", false, false, false }, (function()
      local list = {}
      for i, event in ipairs(events) do list[i] = event.context end
      return list
    end)())
  end)

  it("hears of a store that fails, without secrets", function()
    for method, rate in pairs { stamp = false, reserve = 1 } do
      events = {}
      local store = setmetatable({ [method] = function()
        return nil, "no route to " .. helper.ACCESS_KEY_SECRET
      end }, { __index = function(_, name)
        return function(_, ...)
          local shared = memory.shared
          return shared[name](shared, ...)
        end
      end })
      call(nil, { store = store, rate_limit = rate })
      assert.equal("begin, store, call store", told())
      assert.same({ method, "no route to ***" }, { events[2].method, events[2].message })
    end
  end)

  -- There streamctl.loop.protected keeps them: weak tables are no ephemerons.
  local keeps_threads = _VERSION == "Lua 5.1" and not rawget(_G, "jit")

  -- Begins calls in threads that nobody goes on with.
  local function kill(count, on_event, now)
    local loop = { all = error, sleep = function() coroutine.yield() end }
    function loop.send() error "not used" end
    local live = helper.aliyun(function(_, _, of) of.sleep(1) end,
      { on_event = on_event, loop = loop, store = memory.new() })
    for _ = 1, count do
      local killed = coroutine.create(function() live:resume_live_stream(STREAM) end)
      assert(coroutine.resume(killed))
      killed = nil -- luacheck: ignore
    end
    helper.freeze(helper.NOW, now)
    for _ = 1, 3 do collectgarbage() end
  end

  it("hears of calls whose thread was killed, at a later call", function()
    if keeps_threads then return end
    kill(1, listener, 1100)
    assert.equal("begin", told())
    local id = events[1].call
    local other = helper.aliyun(nil, { on_event = listener })
    assert(other:resume_live_stream(STREAM))
    assert.equal("begin, call cancelled, begin, attempt, call ok", told())
    assert.same({ id, 100, helper.NOW, true },
      { events[2].call, events[2].elapsed, events[2].time, events[2].maybe_sent })
  end)

  it("hears how far the vendor's clock is ahead of ours", function()
    for date, offset in pairs { ["Fri, 02 Jan 2026 03:04:12 GMT"] = 7,
      ["Fri, 02 Jan 2026 03:03:05 GMT"] = -60, ["today"] = false } do
      local live = helper.aliyun(response(200, helper.SUCCESS.aliyun, "Date: " .. date .. "\r\n"),
        { on_event = listener })
      assert(live:resume_live_stream(STREAM))
      assert.equal(offset or nil, events[#events - 1].clock_offset)
    end
  end)

  it("hears of calls by the number that the transport is told, too", function()
    local sent, transport = {}, {}
    function transport.send(_, request)
      sent[#sent + 1] = request.call or "none"
      return { status = 200, body = helper.SUCCESS.aliyun }
    end
    for _, on_event in ipairs { listener, false } do
      local live = helper.aliyun(nil, { on_event = on_event or nil, transport = transport })
      assert(live:resume_live_stream(STREAM))
    end
    assert.same({ events[1].call, "none" }, sent)
  end)

  it("that throws is reported at most once a minute and asked again, and the call goes "
    .. "on", function()
    local real, written, asked = io.stderr, {}, 0
    -- luacheck: push ignore 122
    io.stderr = { write = function(_, ...) written[#written + 1] = table.concat { ... } end }
    finally(function() io.stderr = real end)
    -- luacheck: pop
    local live = helper.aliyun(nil, { on_event = function()
      asked = asked + 1
      error("oops " .. helper.ACCESS_KEY_SECRET .. ("\n"):rep(2000), 0)
    end })
    for _ = 1, 3 do assert(live:resume_live_stream(STREAM)) end
    helper.freeze(helper.NOW, 1059.9)
    assert(live:resume_live_stream(STREAM))
    assert.equal(12, asked)
    assert.equal(1, #written)
    assert.truthy(written[1]:find("^streamctl: on_event failed: oops [^\n]*\n$"), written[1])
    assert.equal(1000, #written[1]:match("failed: (.*)%.%.%.\n$")) -- of what was thrown
    assert.is_nil(written[1]:find(helper.ACCESS_KEY_SECRET, 1, true))
    helper.freeze(helper.NOW, 1060.1)
    assert(live:resume_live_stream(STREAM))
    assert.same({ 15, 2 }, { asked, #written })
  end)
end)
