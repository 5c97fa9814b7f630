-- Calls keep below the documented rates, and listeners hear of every attempt and wait.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local memory = require "streamctl.store.memory"
local pipeline = require "streamctl.call"
local operations = {
  aliyun = require "streamctl.aliyun.operations", zego = require "streamctl.zego.operations",
}

local response, stopped = helper.response, helper.stopped
local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

-- Makes a client that is paced as documented.
local function paced(vendor, answer, options)
  options = helper.merged({ store = memory.new() }, options)
  local name = vendor == "aliyun" and helper.ACCESS_KEY_ID or nil
  local transport = helper.transport(answer or response(200, helper.SUCCESS[vendor]))
  options.transport, options.retry = transport, options.retry or false
  if name then
    options.access_key_id, options.access_key_secret = name, helper.ACCESS_KEY_SECRET
  else
    options.app_id, options.server_secret = options.app_id or helper.APP_ID, helper.SERVER_SECRET
  end
  return require("streamctl." .. vendor).new(options), transport
end

local function seconds_of(count, fn)
  local start = core.monotonic()
  for _ = 1, count do fn() end
  return core.monotonic() - start
end

local function about(wanted, got)
  assert.is_true(got >= wanted - 1e-6 and got <= wanted * 1.003 + 1e-6,
    wanted .. " wanted, got " .. got)
end

before_each(function() helper.freeze() end)
after_each(helper.thaw)

describe("the pace", function()
  for vendor, catalogue in pairs(operations) do
    for action, params in pairs(helper[vendor:upper() .. "_PARAMS"]) do
      it("of " .. action .. " is the documented one", function()
        local client, row = paced(vendor), catalogue:find(action)
        about(10 / row.rate, seconds_of(11, function() assert(client:call(row.action, params)) end))
      end)
    end
  end

  it("of the test environment is its own, and takes nothing from the live one's", function()
    local store = memory.new()
    local test, live = paced("zego", nil, { is_test = true, store = store }),
      paced("zego", nil, { store = store })
    local params = { StreamId = "s" }
    about(1, seconds_of(6, function() assert(test:resume_rtc_stream(params)) end))
    about(0, seconds_of(1, function() assert(live:resume_rtc_stream(params)) end))
  end)

  it("can be switched off, or be another", function()
    local off, slow = paced("aliyun", nil, { rate_limit = false }),
      paced("aliyun", nil, { rate_limit = 0.5 })
    about(0, seconds_of(50, function() assert(off:resume_live_stream(STREAM)) end))
    about(8, seconds_of(5, function() assert(slow:resume_live_stream(STREAM)) end))
    about(8, seconds_of(5, function() assert(slow:call("AddLiveThing")) end))
  end)

  it("of actions without a row is their own affair", function()
    local live = paced("aliyun")
    about(0, seconds_of(50, function() assert(live:call("AddLiveThing")) end))
  end)

  it("is kept for each operation by itself", function()
    local live = paced("aliyun")
    assert(live:resume_live_stream(STREAM))
    about(0, seconds_of(1, function() assert(live:forbid_live_stream(STREAM)) end))
  end)

  it("is shared by the clients of one account and store, and by nobody else", function()
    local store = memory.new()
    local one, two = paced("zego", nil, { store = store }), paced("zego", nil, { store = store })
    local other = paced("zego", nil, { store = store, app_id = 7 })
    about(9 / 20, seconds_of(5, function()
      assert(one:resume_rtc_stream { StreamId = "a" })
      assert(two:resume_rtc_stream { StreamId = "b" })
    end))
    about(0, seconds_of(1, function() assert(other:resume_rtc_stream { StreamId = "c" }) end))
  end)

  it("holds for repeats too", function()
    local live, transport = paced("aliyun", stopped("dns", false), { retry = {}, rate_limit = 1 })
    local restore = helper.stub_random(0)
    finally(restore)
    about(2, seconds_of(1, function() live:resume_live_stream(STREAM) end))
    assert.equal(3, #transport.requests)
  end)

  it("that would last beyond the time left is throttled at once, and nothing is sent or "
    .. "reserved", function()
    local live, transport = paced("aliyun", nil, { rate_limit = 0.5, timeout = 1.5 })
    assert(live:resume_live_stream(STREAM))
    for _ = 1, 3 do
      local start = core.monotonic()
      local body, message, err = live:resume_live_stream(STREAM)
      assert.is_nil(body)
      assert.same({ "throttled", 0, true, false },
        { err.code, err.attempts, err.retryable, err.maybe_sent })
      assert.truthy(message:find("at 0.5 calls per second the next slot is in 2.0", 1, true),
        message)
      assert.equal(start, core.monotonic())
    end
    assert.equal(1, #transport.requests)
    about(2, seconds_of(1, function() assert(live:resume_live_stream(STREAM, { timeout = 3 })) end))
  end)

  describe("of each room", function()
    local row = { action = "ListRoom", method = "GET", safe = true, rate = 50,
      rate_each = { "RoomId", 0.5 } }

    local function ask(client, room, options)
      return pipeline.run(client, row, { RoomId = room }, options or {})
    end

    it("is kept for each by itself, before the account's", function()
      local rtc = paced("zego")
      about(4, seconds_of(1, function()
        assert(ask(rtc, "a"))
        about(0.02, seconds_of(1, function() assert(ask(rtc, "b")) end))
        for _ = 1, 2 do assert(ask(rtc, "a")) end
      end))
    end)

    it("counts no call that does not name one", function()
      local rtc = paced("zego")
      about(0.04, seconds_of(1, function() for _ = 1, 3 do assert(ask(rtc)) end end))
    end)

    it("ends with the rest of the pace", function()
      local rtc = paced("zego", nil, { rate_limit = false })
      about(0, seconds_of(5, function() assert(ask(rtc, "a")) end))
    end)

    it("that would last beyond the time left is throttled at once", function()
      local rtc, transport = paced("zego")
      assert(ask(rtc, "a"))
      for _ = 1, 2 do
        local _, message, err = ask(rtc, "a", { timeout = 1 })
        assert.same({ "throttled", 0 }, { err.code, err.attempts })
        assert.truthy(message:find("at 0.5 calls per second and RoomId the next slot is in 2.0", 1,
          true), message)
      end
      assert.equal(1, #transport.requests)
      about(2, seconds_of(1, function() assert(ask(rtc, "a")) end))
    end)

    it("that the store cannot keep stops the call", function()
      local rtc, transport = paced("zego", nil, { store = { stamp = print,
        reserve = function() return nil, "disk full" end } })
      local _, _, err = ask(rtc, "a")
      assert.equal("store", err.code)
      assert.equal(0, #transport.requests)
    end)

    it("holds in batches", function()
      local rtc = paced("zego")
      about(4, seconds_of(1, function()
        for _ = 1, 3 do
          assert(pipeline.run(rtc, row, { RoomId = "a" }, {}, { requests = 0 }))
        end
      end))
    end)
  end)

  it("that the store cannot keep stops the call", function()
    local live, transport = paced("aliyun", nil, { store = {
      stamp = print, reserve = function() return nil, "disk full" end,
    } })
    local body, message, err = live:resume_live_stream(STREAM)
    assert.is_nil(body)
    assert.equal("store: the store gives no slot: disk full (ResumeLiveStream)", message)
    assert.same({ "store", "transport", 0, true, false },
      { err.code, err.kind, err.attempts, err.retryable, err.maybe_sent })
    assert.equal(0, #transport.requests)
  end)
end)

describe("on_event", function()
  local events

  local function listener(event) events[#events + 1] = event end

  before_each(function() events = {} end)

  it("hears of each attempt and each wait, in order", function()
    finally(helper.stub_random(0.5))
    local live = paced("aliyun", helper.script(stopped("dns", false), function()
      local result = response(200, helper.SUCCESS.aliyun)
      result.elapsed = 0.25
      return result
    end), { retry = {}, on_event = listener, rate_limit = 5 })
    assert(live:resume_live_stream(STREAM))
    assert.equal(4, #events)
    local first, backoff, pace, second = events[1], events[2], events[3], events[4]
    local function base(event, more)
      return helper.merged({ event = event, vendor = "aliyun", operation = "ResumeLiveStream" },
        more)
    end
    assert.same(base("attempt", { attempt = 1, code = "dns" }), first)
    assert.same(base("wait", { reason = "retry", attempt = 2, delay = 0.1, code = "dns" }), backoff)
    assert.same(base("wait", { reason = "pace", attempt = 2, delay = pace.delay }), pace)
    assert.is_true(pace.delay >= 0.1 - 1e-6 and pace.delay < 0.102)
    assert.same(base("attempt",
      { attempt = 2, code = "ok", http_status = 200, elapsed = 0.25, request_id = "R-1" }), second)
  end)

  it("hears how far the vendor's clock is ahead of ours", function()
    for date, offset in pairs { ["Fri, 02 Jan 2026 03:04:12 GMT"] = 7,
      ["Fri, 02 Jan 2026 03:03:05 GMT"] = -60, ["today"] = false } do
      local live = helper.aliyun(response(200, helper.SUCCESS.aliyun, "Date: " .. date .. "\r\n"),
        { on_event = listener })
      assert(live:resume_live_stream(STREAM))
      assert.equal(offset or nil, events[#events].clock_offset)
    end
  end)

  it("hears no secret", function()
    local echo = '{"Code":"X","RequestId":"' .. helper.ACCESS_KEY_SECRET .. '"}'
    local live = helper.aliyun(response(400, echo), { on_event = listener })
    assert.is_nil((live:resume_live_stream(STREAM)))
    assert.equal(1, #events)
    for name, value in pairs(events[1]) do
      assert.is_nil(tostring(value):find(helper.ACCESS_KEY_SECRET, 1, true), name)
    end
  end)

  it("may wait, and make calls", function()
    local streamctl, answers = require "streamctl", 0
    local other = helper.aliyun()
    local live = helper.aliyun(nil, { on_event = function()
      streamctl.sleep(0.001)
      answers = answers + (other:resume_live_stream(STREAM) and 1 or 0)
    end })
    streamctl.run(function() assert(live:resume_live_stream(STREAM)) end)
    assert.equal(1, answers)
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
    assert.equal(4, asked)
    assert.equal(1, #written)
    assert.truthy(written[1]:find("^streamctl: on_event failed: oops [^\n]*\n$"), written[1])
    assert.equal(1000, #written[1]:match("failed: (.*)%.%.%.\n$")) -- of what was thrown
    assert.is_nil(written[1]:find(helper.ACCESS_KEY_SECRET, 1, true))
    helper.freeze(helper.NOW, 1060.1)
    assert(live:resume_live_stream(STREAM))
    assert.same({ 5, 2 }, { asked, #written })
  end)
end)
