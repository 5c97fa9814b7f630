-- What every loop promises: a list of { name, test, concurrent }, run by the specs of all of them.
--
-- A test gets a subject and a bench. The bench (see bench.lua) has an engine of its own. The
-- subject:
--
-- * `loop`: the module; `name`: for the option `loop`
-- * `run(fn)` runs a function in the loop until nothing is left to do there, and answers how many
--   things of ours the loop still holds then
-- * `blocks`: its calls block, so it keeps only the promises that are not `concurrent`
-- * `waits_in_engine`: it watches no descriptor
-- * `outside`: what a call says outside of it; `in_task`: and in a task, where that differs

local assert = require "luassert"
local core = require "streamctl.core"
local streamctl = require "streamctl"
local usage = require "spec.support.usage"

local contract = {}

local function promise(name, test, blocks)
  contract[#contract + 1] = { name = name, test = test, concurrent = not blocks }
end

local BLOCKS = true -- also kept by loops whose calls block

-- Runs it and answers what `fn` answered.
local function within(subject, fn)
  local answer, over
  local left = subject.run(function()
    answer = fn()
    over = true
  end)
  assert(over, "it did not run to its end")
  assert.equal(0, left)
  return answer
end

-- These wait until nothing is under way: first, before slow requests are left behind.

promise("fifty calls are under way together, and each gets its own answer", function(subject, bench)
  bench:settle()
  bench.e:config { latency = 0.3 }
  local numbers = {}
  within(subject, function()
    local functions = {}
    for i = 1, 50 do
      functions[i] = function()
        local result = subject.loop.send(bench.exchange,
          bench:echo { params = { "Number", tostring(i) } })
        numbers[i] = (result.body or ""):match('"Number":%[?"(%d+)"')
      end
    end
    subject.loop.all(functions)
  end)
  for i = 1, 50 do assert.equal(tostring(i), numbers[i]) end
  assert.is_true(bench.e:counters().max_in_flight.zego > 1)
end)

promise("calls after each other do, too", function(subject, bench)
  local codes = within(subject, function()
    local list = {}
    for i = 1, 5 do list[i] = subject.loop.send(bench.exchange, bench:echo()).code end
    return list
  end)
  assert.same({ "ok", "ok", "ok", "ok", "ok" }, codes)
  assert.equal(1, bench.e:counters().connections.zego) -- and wake up in time to use it again
end, BLOCKS)

promise("a request that cannot be sent is refused at once", function(subject, bench)
  bench.engine:close()
  local refusal = within(subject, function()
    return { subject.loop.send(bench.exchange, bench:echo()) }
  end)
  assert.is_nil(refusal[1])
  assert.equal("closed", refusal[3])
  assert.is_truthy(refusal[2]:find("^closed: "), refusal[2])
end, BLOCKS)

promise("a call ends at its time limit", function(subject, bench)
  bench:hold()
  local start = core.monotonic()
  local result = within(subject, function()
    return subject.loop.send(bench.exchange, bench:echo { timeout = 0.3 })
  end)
  local took = core.monotonic() - start
  assert.equal("timeout", result.code)
  assert.is_true(took >= 0.29 and took < 8, took)
end, BLOCKS)

promise("a call can be cancelled in the middle", function(subject, bench)
  bench:slow(0.5, "EchoSecond")
  bench:hold "EchoLoop"
  local start, codes, cancelled = core.monotonic(), {}, nil
  within(subject, function()
    subject.loop.all {
      function() codes[1] = subject.loop.send(bench.exchange, bench:echo()).code end,
      function()
        bench:wait_for(1, subject.loop)
        codes[2] = subject.loop.send(bench.exchange, bench:echo { action = "EchoSecond" }).code
      end,
      function()
        bench:wait_for(2, subject.loop)
        cancelled = bench.engine:cancel(1)
        bench.exchange:step() -- hands out what the engine has ended
      end,
    }
  end)
  assert.is_true(cancelled)
  assert.same({ "cancelled", "ok" }, codes)
  assert.is_true(core.monotonic() - start < 8)
end)

promise("closing the engine ends every call", function(subject, bench)
  bench:hold()
  local start, codes = core.monotonic(), {}
  within(subject, function()
    local functions = {}
    for i = 1, 3 do
      functions[i] = function() codes[i] = subject.loop.send(bench.exchange, bench:echo()).code end
    end
    functions[4] = function()
      bench:wait_for(3, subject.loop)
      bench.engine:close()
    end
    subject.loop.all(functions)
  end)
  assert.same({ "closed", "closed", "closed" }, codes)
  assert.is_true(core.monotonic() - start < 8)
end)

promise("sleep waits for its time", function(subject)
  local took = within(subject, function()
    local start = core.monotonic()
    subject.loop.sleep(0.15)
    return core.monotonic() - start
  end)
  assert.is_true(took >= 0.149 and took < 60, took)
end, BLOCKS)

-- How often somebody else runs while `fn` does; what is held up is released at the third time.
local function count_while(subject, bench, fn)
  local ticks, during = 0, nil
  within(subject, function()
    subject.loop.all {
      function()
        fn()
        during = ticks
      end,
      function()
        while not during do
          subject.loop.sleep(0.001)
          ticks = ticks + 1
          if ticks == 3 then bench:release() end
        end
      end,
    }
  end)
  return during
end

promise("others run while a call waits", function(subject, bench)
  bench:hold()
  assert.is_true(count_while(subject, bench, function()
    subject.loop.send(bench.exchange, bench:echo())
  end) >= 3)
end)

promise("waiting takes no processor time", function(subject, bench)
  bench:slow(1, "EchoSlow")
  within(subject, function() return subject.loop.send(bench.exchange, bench:echo()) end)
  local before, codes, steps = os.clock(), {}, 0
  function bench.exchange:step()
    steps = steps + 1
    return getmetatable(self).step(self)
  end
  within(subject, function()
    subject.loop.all {
      function()
        codes[1] = subject.loop.send(bench.exchange, bench:echo { action = "EchoSlow" }).code
      end,
      function()
        codes[2] = subject.loop.send(bench.exchange, bench:echo { action = "EchoSlow" }).code
      end,
      function() subject.loop.sleep(0.9) end,
    }
  end)
  local spent = os.clock() - before
  assert.same({ "ok", "ok" }, codes)
  assert.is_true(spent < 0.4, spent)
  -- it waits for the descriptor, and does not look every millisecond
  assert.is_true(steps < 200, steps)
end)

promise("a call that somebody else ends goes on at once", function(subject, bench)
  bench:slow(0.2)
  local ended, took
  within(subject, function()
    subject.loop.all {
      function()
        subject.loop.send(bench.exchange, bench:echo())
        took = core.monotonic() - ended
      end,
      function()
        bench:wait_for(1, subject.loop)
        while bench.exchange:is_busy() do bench.exchange:wait(0.1) end
        ended = core.monotonic()
      end,
    }
  end)
  assert.is_true(took < 8, took)
end)

-- An engine that never says when it wants to be stepped, and is done after a while all the same: as
-- if somebody else had stepped it.
local function silent_engine(bench, step)
  local made, id = {}, 0
  function made.submit()
    id = id + 1
    return id
  end
  function made.step() return step(made) end
  made.wait = made.step
  function made.cancel() end
  function made.next_done()
    local result = made.result
    made.result = nil
    return result and 1, result
  end
  function made.timeout() return nil end
  function made.events() return "r" end
  function made.pollfd() return bench.engine:pollfd() end
  return setmetatable({ engine = made, calls = {} }, getmetatable(bench.exchange))
end

promise("it looks now and then what others have changed", function(subject, bench)
  if subject.waits_in_engine then return end
  local start = core.monotonic()
  local exchange = silent_engine(bench, function(engine)
    bench.engine:step()
    if core.monotonic() - start > 0.2 then engine.result = { code = "ok" } end
    return true
  end)
  local result = within(subject, function() return subject.loop.send(exchange, {}) end)
  assert.same({ code = "ok" }, result)
  assert.is_true(core.monotonic() - start < 8)
end)

promise("a step that fails ends the calls that wait", function(subject, bench)
  local exchange = silent_engine(bench, function() return nil, "forked: by a test", "forked" end)
  local refusals = {}
  within(subject, function()
    local functions = {}
    for i = 1, 2 do
      functions[i] = function() refusals[i] = { subject.loop.send(exchange, {}) } end
    end
    subject.loop.all(functions)
  end)
  assert.same({ nil, "forked: by a test", "forked" }, refusals[1])
  assert.same({ nil, "forked: by a test", "forked" }, refusals[2])
  assert.is_false(exchange:is_busy()) -- nobody waits for them any more
end, BLOCKS)

promise("all answers how each function ended, in their order", function(subject)
  local thrown = { "a table" }
  local outcomes = within(subject, function()
    local functions = {
      function() subject.loop.sleep(0.05) end,
      function() end,
      function()
        subject.loop.sleep(0.02)
        error(thrown)
      end,
      function() error("at once", 0) end,
    }
    return subject.loop.all(functions)
  end)
  assert.is_true(outcomes[1][1])
  assert.is_true(outcomes[2][1])
  assert.same({ false, "at once" }, outcomes[4])
  assert.is_false(outcomes[3][1])
  assert.equal(thrown, outcomes[3][2])
end)

promise("it leaves no descriptor behind", function(subject, bench)
  local ended, quickest = nil, math.huge
  local function round()
    bench:open()
    within(subject, function()
      local functions = {}
      for i = 1, 5 do
        functions[i] = function()
          subject.loop.send(bench.exchange, i == 1 and bench:refused() or bench:echo())
          subject.loop.sleep(0.01)
        end
      end
      subject.loop.all(functions)
      ended = core.monotonic()
    end)
    quickest = math.min(quickest, core.monotonic() - ended)
    bench:close()
    collectgarbage()
    collectgarbage()
    return (usage.descriptors())
  end
  bench:close()
  round()
  local first = round() -- a loop may open something for good at its first use
  local last
  for _ = 1, 10 do last = round() end
  assert.is_true(quickest < 0.5, quickest) -- the loop ends with its last call, not a second later
  assert.is_true(last <= first + 2, last - first) -- the collector may be a little late
end, BLOCKS)

-- ---- through a client ----

promise("says what to do when it is named where it does not run", function(subject, bench)
  if not subject.outside then return end
  local rtc = bench.session:zego { loop = subject.name }
  local function call() return rtc:resume_rtc_stream { StreamId = "s1" } end
  for wanted, run in pairs {
    [subject.outside] = function(fn) return fn() end,
    [subject.in_task or subject.outside .. " "] = streamctl.run,
  } do
    local answer, why, err = run(call)
    assert.is_nil(answer)
    assert.equal("cannot_wait", err.code)
    assert.is_truthy(why:find(wanted:gsub(" $", ""), 1, true), why)
  end
  assert.equal("cannot_wait", rtc:batch("ResumeRTCStreams", { "s1" }).results[1].err.code)
  assert.is_false((pcall(subject.loop.sleep, 0)))
  assert.is_false((pcall(subject.loop.all, {})))
  assert.same({}, bench.e:requests { vendor = "zego" })
end)

local IS_5_1 = _VERSION == "Lua 5.1" and not rawget(_G, "jit")

promise("a call that could not wait is refused before it is sent", function(subject, bench)
  local rtc = bench.session:zego { loop = subject.name }
  local refusals = {}
  local function try()
    refusals[#refusals + 1] = { rtc:forbid_rtc_stream { StreamId = "s1" } }
  end
  within(subject, function()
    table.sort({ 1, 2 }, function(a, b)
      if #refusals == 0 then try() end
      return a < b
    end)
    if IS_5_1 then pcall(try) end
  end)
  assert.equal(IS_5_1 and 2 or 1, #refusals)
  for _, refusal in ipairs(refusals) do
    assert.is_nil(refusal[1])
    assert.equal("cannot_wait", refusal[3].code)
    assert.is_truthy(refusal[2]:find("cannot wait for an answer", 1, true), refusal[2])
  end
  assert.same({}, bench.e:requests { vendor = "zego" })
end)

promise("a client waits in it between attempts, and for its turn", function(subject, bench)
  local waits, answers = {}, 0
  local rtc = bench.session:zego {
    loop = subject.name, retry = { attempts = 2, base = 0.3, cap = 0.3 }, rate_limit = 10,
    store = require("streamctl.store.memory").new(),
    on_event = function(event)
      if event.event == "wait" then
        waits[event.reason] = (waits[event.reason] or 0) + event.delay
      end
    end,
  }
  bench.e:fault { kind = "throttle", vendor = "zego", action = "ResumeRTCStream",
    retry_after_ms = 200 }
  local during = count_while(subject, bench, function()
    for i = 1, 4 do
      if rtc:resume_rtc_stream { StreamId = "s" .. i } then answers = answers + 1 end
    end
  end)
  assert.equal(4, answers)
  assert.is_truthy(waits.limit and waits.retry, (next(waits)))
  assert.is_true(during >= 3, during)
end)

return contract
