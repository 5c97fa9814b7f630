-- Calls keep their place in the order of intents over waits of any length; and what a call ends
-- with when nobody can know whether a newer one was made.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local memory = require "streamctl.store.memory"

local STREAM = helper.ALIYUN_PARAMS.ForbidLiveStream
local BUSY = '{"Code":"Throttling.User","Message":"slow down","RequestId":"R-9"}'

local function busy(seconds)
  return helper.response(503, BUSY, "Retry-After: " .. seconds .. "\r\n")
end

local DONE = helper.response(200, helper.SUCCESS.aliyun)

local function item(i) return helper.merged(STREAM, { StreamName = "s" .. i }) end

before_each(function() helper.freeze() end)
after_each(helper.thaw)

describe("a repeat that waits for long", function()
  it("goes when nobody made a newer call, however long the vendor has it wait", function()
    for _, seconds in ipairs { 45, 55, 100, 1000 } do
      local live, transport = helper.aliyun(helper.script(busy(seconds), DONE),
        { store = memory.new(), retry = {}, timeout = 2000 })
      local began = core.monotonic()
      assert(live:forbid_live_stream(STREAM))
      assert.equal(2, #transport.requests)
      assert.is_true(core.monotonic() - began >= seconds)
    end
  end)

  it("gives way to a call that was made in any part of the wait", function()
    for _, at in ipairs { 5, 45, 170, 195 } do
      local store, slept, resumed = memory.new(), 0, nil
      local other = helper.aliyun(nil, { store = store })
      local live, transport = helper.aliyun(helper.script(busy(200), DONE), {
        store = store, retry = {}, timeout = 2000,
        loop = { send = print, all = print, sleep = function(seconds)
          if not resumed and slept + seconds >= at then
            core.sleep(at - slept)
            resumed = assert(other:resume_live_stream(STREAM))
            core.sleep(seconds - (at - slept))
          else
            core.sleep(seconds)
          end
          slept = slept + seconds
        end },
      })
      local _, _, err = live:forbid_live_stream(STREAM)
      assert.same({ "superseded", 1 }, { err.code, #transport.requests }, at)
    end
  end)

  it("of a list goes without those that a newer call was made for, and not at all without "
    .. "any", function()
    for _, newer in ipairs { { "a" }, { "a", "b" } } do
      local store, slept, resumed = memory.new(), 0, nil
      local other = helper.zego(nil, { store = store })
      local rtc, transport = helper.zego(helper.script(busy(200),
        helper.response(200, helper.SUCCESS.zego)), {
        store = store, retry = {}, timeout = 2000,
        loop = { send = print, all = print, sleep = function(seconds)
          slept = slept + seconds
          if not resumed then
            resumed = assert(other:resume_rtc_streams { StreamId = newer })
          end
          core.sleep(seconds)
        end },
      })
      local body, _, err = rtc:forbid_rtc_streams { StreamId = { "a", "b" } }
      assert.same(newer, (body or err).superseded)
      if #newer == 1 then
        assert.same({ "b" }, helper.sent(transport.requests[2], "StreamId[]"))
      else
        assert.same({ "superseded", 1 }, { err.code, #transport.requests })
        assert.is_true(slept <= 30, slept) -- as soon as it is known
      end
    end
  end)

  it("is told of once", function()
    local waits = {}
    local live = helper.aliyun(helper.script(busy(200), DONE), { store = memory.new(), retry = {},
      timeout = 2000, on_event = function(event)
        if event.event == "wait" then waits[#waits + 1] = event.delay end
      end })
    assert(live:forbid_live_stream(STREAM))
    assert.same({ 200 }, waits)
  end)

  it("ends with its own failure when the process was stopped meanwhile", function()
    local live, transport = helper.aliyun(helper.script(busy(5), DONE), {
      store = memory.new(), retry = {}, timeout = 2000,
      loop = { send = print, all = print, sleep = function(s) core.sleep(s + 51) end },
    })
    local _, message, err = live:forbid_live_stream(STREAM)
    assert.same({ "throttled", "Throttling.User", 503, 1, true, false }, { err.code,
      err.vendor_code, err.http_status, #transport.requests, err.retryable, err.maybe_sent })
    assert.truthy(message:find("; not sent again, because 56 s have passed, too long to know "
      .. "whether a newer call was made", 1, true), message)
  end)
end)

describe("a call that waits for its slot", function()
  it("is cancelled, and may be made again, when the process was stopped meanwhile", function()
    local live = helper.aliyun(nil, { store = memory.new(), rate_limit = 5 })
    local items, results = {}, {}
    for i = 1, 12 do items[i] = item(i) end
    live:batch("ResumeLiveStream", items, { on_result = function(result)
      results[#results + 1] = result
      if #results == 2 then core.sleep(51) end
    end })
    local cancelled = 0
    for _, result in ipairs(results) do
      if not result.ok then
        cancelled = cancelled + 1
        assert.same({ "cancelled", 0, true, false }, { result.err.code, result.err.attempts,
          result.err.retryable, result.err.maybe_sent })
        assert.truthy(result.message:find("never sent, because %d+ s have passed"), result.message)
      end
    end
    assert.is_true(cancelled > 0)
    assert.equal(12, #results)
  end)
end)

describe("a call of a list that waits for another key", function()
  it("is not sent without any of its streams", function()
    local streamctl, store, asked, first = require "streamctl", memory.new(), 0, nil
    local other = helper.zego(nil, { store = store })
    local rtc, transport = helper.zego(helper.script(
      helper.response(200, '{"Code":100000005,"Message":"wrong signature"}'),
      helper.response(200, helper.SUCCESS.zego)), {
      store = store, retry = {},
      server_secret = function()
        asked = asked + 1
        if asked > 1 then streamctl.sleep(1) end
        return (tostring(asked)):rep(32)
      end,
    })
    streamctl.run(function()
      local call = streamctl.spawn(function()
        return rtc:forbid_rtc_streams { StreamId = { "a", "b" } }
      end)
      streamctl.sleep(0.5)
      assert(other:resume_rtc_streams { StreamId = { "a", "b" } })
      first = { call:join() }
    end)
    assert.same({ 2, 1 }, { asked, #transport.requests })
    assert.equal("superseded", first[3].code)
  end)
end)
