-- streamctl.run with many calls over the real engine: errors, time limits, and what is left under
-- way.

local session = require "spec.support.session"
local streamctl = require "streamctl"

session.describe("many calls at once", function(s)
  local live, rtc

  before_each(function()
    s.e:release()
    for _ = 1, 1000 do -- what is executed late would show in the log of the next test
      if (s.e:counters().in_flight.aliyun or 0) == 0 then break end
      streamctl.sleep(0.02)
    end
    s.e:reset()
    live = s:aliyun { retry = { base = 0.01, cap = 0.02 } }
    rtc = s:zego { store = streamctl.store.memory() }
  end)

  local function resume(i)
    return live:resume_live_stream(session.stream { StreamName = "s" .. i })
  end

  -- Requests that the emulator is still busy with, once it has noticed who is gone.
  local function in_flight()
    local running
    for _ = 1, 1000 do
      running = s.e:counters().in_flight.aliyun or 0
      if running == 0 then return 0 end
      streamctl.sleep(0.02)
    end
    return running
  end

  it("run together and give each one its own answer", function()
    s.e:fault { kind = "latency", together = 60, seconds = 60, times = -1 }
    local bodies, start = {}, os.time()
    streamctl.run(function()
      local list = {}
      for i = 1, 60 do
        list[i] = streamctl.spawn(function() return live:call("EchoTask", { Number = i }), i end)
      end
      for i, task in ipairs(list) do
        local body, number = task:join()
        assert(number == i)
        bodies[i] = body
      end
    end)
    for i = 1, 60 do assert.equal(tostring(i), bodies[i].Query.Number or bodies[i].Form.Number) end
    assert.equal(60, s.e:counters().max_in_flight.aliyun)
    assert.is_true(os.time() - start < 60)
  end)

  it("each have a deadline of their own", function()
    s.e:fault { kind = "latency", held = true, times = -1, match = { StreamName = "s1" } }
    local codes, elapsed = {}, nil
    streamctl.run(function()
      for i = 1, 3 do
        streamctl.spawn(function()
          local body, _, err = live:resume_live_stream(session.stream { StreamName = "s" .. i },
            { timeout = i == 1 and 0.5 or 60 })
          codes[i], elapsed = body and "ok" or err.code, err and err.elapsed or elapsed
        end)
      end
    end)
    assert.same({ "timeout", "ok", "ok" }, codes)
    assert.is_true(elapsed >= 0.49, elapsed)
  end)

  it("leave nothing under way when the main function fails", function()
    s.e:fault { kind = "latency", held = true, times = -1 }
    local finished = 0
    local ok, message = pcall(streamctl.run, function()
      for i = 1, 10 do
        streamctl.spawn(function()
          resume(i)
          finished = finished + 1
        end)
      end
      while #s.e:requests() < 10 do streamctl.sleep(0.02) end
      error("main", 0)
    end)
    assert.is_false(ok)
    assert.equal("main", message)
    assert.equal(0, finished)
    assert.equal(10, #s.e:requests())
    s.e:clear_faults()
    s.e:release()
    -- outside, calls block as before, at once, and the abandoned answers go nowhere
    for i = 1, 5 do assert.is_string(assert(resume(i)).RequestId) end
    assert.equal(0, finished)
    assert.equal(0, in_flight())
  end)

  it("may run batches and steps inside", function()
    local report, steps = streamctl.run(function()
      local whole = streamctl.spawn(function()
        return rtc:batch("ResumeRTCStreams", { "a", "b", "c" })
      end)
      local in_order = streamctl.spawn(function()
        return streamctl.steps { { name = "one", run = function() return true end } }
      end)
      return whole:join(), in_order:join()
    end)
    assert.equal(3, report.succeeded)
    assert.is_true(steps.ok)
  end)
end)
