-- Calls keep below the documented rates: the calls of one client, of several, and of batches.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local latest = require "spec.support.latest"
local memory = require "streamctl.store.memory"
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

local function streams(count) return helper.streams(unpack(helper.ids(count))) end

it("the calls of a batch ask the store in turn, however many wait", function()
  local asked, real = 0, memory.new()
  local live = helper.aliyun(nil, { rate_limit = 20, timeout = 60, store = {
    stamp = function(_, ...) return real:stamp(...) end,
    reserve = function(_, ...)
      asked = asked + 1
      return real:reserve(...)
    end,
  } })
  local start = core.monotonic()
  assert.equal(200, live:batch("ResumeLiveStream", streams(200), { concurrency = 100 }).succeeded)
  assert.is_true(asked <= 220, asked)
  assert.is_true(core.monotonic() - start < 11)
end)

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
