-- A call keeps its place in the order over waits of any length, as long as it is known whether a
-- newer one was made; and what it ends with when nobody can know that.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
local order = require "spec.support.order"

local STREAM = helper.ALIYUN_PARAMS.ForbidLiveStream
local SURE, FORGOTTEN = 50, 60 -- seconds; a store keeps a number for the latter

-- How a call is asked to wait by its vendor.
local CALLS = {
  { "aliyun", "ForbidLiveStream", STREAM, "ResumeLiveStream", function(seconds)
    return helper.response(503, '{"Code":"Throttling.User","Message":"slow","RequestId":"R-9"}',
      "Retry-After: " .. seconds .. "\r\n")
  end },
  { "zego", "ForbidRTCStreams", { StreamId = { "s1" } }, "ResumeRTCStreams", function(seconds)
    return helper.response(503, "busy", "Retry-After: " .. seconds .. "\r\n")
  end },
}

-- A loop whose sleeps are made of what `during(from, seconds)` does, and the clock's.
local function sleeping(during)
  local loop = { send = print, all = print, slept = 0, longest = 0 }
  function loop.sleep(seconds)
    loop.longest = math.max(loop.longest, seconds)
    if during then during(loop.slept, seconds) else core.sleep(seconds) end
    loop.slept = loop.slept + seconds
  end
  return loop
end

helper.stand_still()

for _, kind in ipairs(order.STORES) do
  for _, case in ipairs(CALLS) do
    describe("a repeat of " .. case[2] .. ", by " .. kind[1] .. ",", function()
      local vendor, store, waits = case[1], nil, nil

      before_each(function() store, waits = kind[2](), {} end)

      -- A client whose first attempt has to wait, and after that calls `before_sleep`.
      local function client(seconds, loop)
        return helper[vendor](helper.script(case[5](seconds), order.DONE[vendor]), {
          store = store, retry = {}, timeout = 5000, loop = loop,
          on_event = function(event)
            if event.event == "wait" then waits[#waits + 1] = event.delay end
          end,
        })
      end

      local function newer()
        return assert(helper[vendor](nil, { store = store }):call(case[4], case[3]))
      end

      it("goes when nobody made a newer call, however long it waits, and tells of one wait",
        function()
          for _, seconds in ipairs { 45, 55, 100, 1000 } do
            helper.freeze()
            store, waits = kind[2](), {}
            local loop = sleeping()
            local one, transport = client(seconds, loop)
            assert(one:call(case[2], case[3]))
            assert.same({ 2, { seconds }, seconds },
              { #transport.requests, waits, core.monotonic() - 1000 })
            assert.is_true(loop.longest < SURE)
          end
        end)

      it("gives way to a call that was made in any part of the wait, as soon as it is known",
        function()
          for _, at in ipairs { 0, 5, 45, 170, 195 } do
            helper.freeze()
            store = kind[2]()
            local resumed
            local loop = sleeping(function(from, seconds)
              local first = math.max(math.min(at - from, seconds), 0)
              core.sleep(first)
              if not resumed and from + seconds > at then resumed = newer() end
              core.sleep(seconds - first)
            end)
            local one, transport = client(200, loop)
            local _, _, err = one:call(case[2], case[3])
            assert.same({ "superseded", 1 }, { err.code, #transport.requests }, at)
            assert.is_true(loop.slept <= at + SURE)
          end
        end)

      -- A clock that stands still for this: how long the process was stopped, how far the wall
      -- clock was set meanwhile; whether that leaves doubt, and what is said of it.
      for _, case_of in ipairs {
        { 49 - 5 }, { 0, -40 }, { 0, -6 }, { 0, 6 }, { 0, 40 },
        { 46, 0, "51 s have passed, too long to know whether a newer call was made" },
        { 3600, 0, "3605 s have passed, too long to know whether a newer call was made" },
        { 0, -61, "the clock was set, so nobody knows whether a newer call was made" },
        { 0, 61, "the clock was set, so nobody knows whether a newer call was made" },
        { 0, -3600, "the clock was set, so nobody knows whether a newer call was made" },
        { 0, 3600, "the clock was set, so nobody knows whether a newer call was made" },
      } do
        local stopped, step, doubt = case_of[1], case_of[2] or 0, case_of[3]
        it(("is %s when the process was stopped for %d s and the clock set by %d s"):format(
          doubt and "not sent" or "sent", stopped, step), function()
          for _, has_newer in ipairs { false, true } do
            helper.freeze()
            store = kind[2]()
            local one, transport = client(5, sleeping(function(_, seconds)
              if has_newer then newer() end
              order.at(seconds + stopped, step)
            end))
            local body, message, err = one:call(case[2], case[3])
            if doubt then -- it ends with its own failure
              assert.same({ true, false, 503, 1, 1 }, { err.retryable, err.code == "superseded",
                err.http_status, err.attempts, #transport.requests })
              assert.truthy(message:find("; not sent again, because " .. doubt, 1, true), message)
            elseif has_newer then
              assert.same({ "superseded", 1 }, { err.code, #transport.requests })
            else
              assert.is_table(body, message)
            end
          end
        end)
      end

      it("is sure of newer calls from its last number on, not from its first", function()
        local one, transport = helper[vendor](helper.script(case[5](40), case[5](40), case[5](40),
          case[5](40), order.DONE[vendor]), { store = store, timeout = 5000,
          retry = { attempts = 5 }, loop = sleeping() })
        assert(one:call(case[2], case[3]))
        assert.equal(5, #transport.requests)
      end)

      it("is not sent after an attempt that took too long to know", function()
        local one, transport = helper[vendor](function()
          core.sleep(90)
          return order.LOST
        end, { store = store, retry = { base = 0.1 } })
        local _, message, err = one:call(case[2], case[3], { timeout = 300, attempt_timeout = 90 })
        assert.same({ "timeout", true, true, 1 },
          { err.code, err.retryable, err.maybe_sent, #transport.requests })
        assert.truthy(message:find("; not sent again, because 90 s have passed", 1, true), message)
      end)
    end)

    describe("a call that waits for its slot, by " .. kind[1] .. ",", function()
      local vendor = case[1]

      -- Two calls, the second of which waits for 100 s in parts that `during` makes.
      local function second(during)
        local store = kind[2]()
        local loop = sleeping(during and function(...) during(store, ...) end)
        local one, transport = helper[vendor](nil,
          { store = store, rate_limit = 1 / 100, loop = loop, timeout = 500 })
        assert(one:call(case[2], helper.merged(case[3],
          vendor == "zego" and { StreamId = { "a" } } or { StreamName = "a" })))
        local body, message, err = one:call(case[2], case[3])
        return body, message, err, transport, loop
      end

      it("keeps its place before the store forgets it", function()
        local body, message, _, _, loop = second()
        assert.is_table(body, message)
        assert.is_true(loop.slept > FORGOTTEN and loop.longest < SURE)
      end)

      it("is cancelled, and may be made again, when the clock was set meanwhile", function()
        for _, step in ipairs { -3600, -81, 81, 3600 } do
          helper.freeze()
          local _, message, err = second(function(_, from, seconds)
            order.at(from + seconds, step)
          end)
          assert.same({ "cancelled", 0, true, false },
            { err.code, err.attempts, err.retryable, err.maybe_sent })
          assert.truthy(message:find("never sent, because the clock was set", 1, true), message)
        end
      end)

      it("is cancelled, and may be made again, when the process was stopped meanwhile", function()
        helper.freeze()
        local _, message, err = second(function(_, from, seconds) order.at(from + seconds + 51) end)
        assert.same({ "cancelled", 0, true, false },
          { err.code, err.attempts, err.retryable, err.maybe_sent })
        assert.truthy(message:find("never sent, because %d+ s have passed"), message)
      end)

      it("gives way to a newer one that was made after the clock was set by a little", function()
        for _, step in ipairs { -19, 19 } do
          helper.freeze()
          local made
          local _, _, err = second(function(store, from, seconds)
            order.at(from + seconds, step)
            made = made or from > 25
              and assert(helper[vendor](nil, { store = store }):call(case[4], case[3]))
          end)
          assert.is_truthy(made)
          assert.equal("superseded", err.code)
        end
      end)
    end)
  end
end

describe("a question", function()
  it("waits for as long as it likes, and gives way to nothing", function()
    local rtc, transport = helper.zego(helper.script(CALLS[2][5](5), order.DONE.zego), {
      store = memory.new(), retry = {}, loop = sleeping(function() order.at(3600, 3600) end),
      timeout = 5000,
    })
    assert(rtc:describe_rtc_stream_state { StreamId = "s1" })
    assert.equal(2, #transport.requests)
  end)
end)

describe("calls of a batch that wait for their slots", function()
  it("are cancelled, and may be made again, when the process was stopped meanwhile", function()
    local live = helper.aliyun(nil, { store = memory.new(), rate_limit = 5 })
    local items, results, cancelled = {}, {}, 0
    for i = 1, 12 do items[i] = helper.merged(STREAM, { StreamName = "s" .. i }) end
    live:batch("ResumeLiveStream", items, { on_result = function(result)
      results[#results + 1] = result
      if #results == 2 then core.sleep(51) end
    end })
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
