local bench = require "spec.world.loops.bench"
local core = require "streamctl.core"
local streamctl = require "streamctl"

local found, cqueues = pcall(require, "cqueues")

describe("the loop of cqueues", function()
  if not found then return pending("needs cqueues") end
  local loop = require "streamctl.loop.cqueues"

  -- Descriptors that the controller's own set holds: Linux shows them.
  local function count_watched(controller)
    local count = 0
    local file = io.open("/proc/self/fdinfo/" .. controller:pollfd())
    if not file then return 0 end
    for line in file:lines() do
      if line:find("^tfd:") then count = count + 1 end
    end
    file:close()
    return count
  end

  local function run(fn)
    local controller = cqueues.new()
    local before = count_watched(controller)
    controller:wrap(fn)
    assert(controller:loop(60))
    assert(controller:empty(), "stuck")
    local left = count_watched(controller) - before
    controller:close()
    return left
  end

  local get = bench.declare {
    name = "cqueues", loop = loop, run = run, outside = "controller:wrap(...)",
  }

  it("is found by itself in a controller, and only there", function()
    local b = get()
    b:hold()
    local rtc = b.session:zego()
    local function describe_stream() return rtc:describe_rtc_stream_state { StreamId = "s1" } end
    local ticks, during, asleep, answer = 0, nil, nil, nil
    run(function()
      local controller = cqueues.running()
      controller:wrap(function()
        while not asleep do
          cqueues.sleep(0.001)
          ticks = ticks + 1
          if ticks == 3 then b:release() end
        end
      end)
      answer = describe_stream()
      during = ticks
      streamctl.sleep(0.2)
      asleep = ticks
    end)
    assert.is_truthy(answer)
    assert.is_true(during >= 3, during)
    assert.is_true(asleep >= during + 3, asleep)
    assert.is_truthy(describe_stream()) -- outside it blocks
  end)

  it("blocks in a coroutine of one's own, which the controller cannot resume", function()
    local rtc, answer, inside = get().session:zego(), nil, nil
    run(function()
      inside = loop.inside()
      coroutine.wrap(function()
        inside = inside and not loop.inside()
        answer = rtc:describe_rtc_stream_state { StreamId = "s1" }
      end)()
    end)
    assert.is_truthy(answer)
    assert.is_true(inside)
  end)

  it("comes to no harm when a controller is thrown away in the middle", function()
    local b = get()
    b:slow(0.3, "EchoLost")
    for _, close in ipairs { true, false } do
      local lost, codes = cqueues.new(), {}
      for _ = 1, 3 do
        lost:wrap(function()
          codes[#codes + 1] = loop.send(b.exchange, b:echo { action = "EchoLost" }).code
        end)
      end
      local seen = #b.e:requests() + 3
      for _ = 1, 500 do
        assert(lost:step(0.02))
        if #b.e:requests() >= seen then break end
      end
      if close then lost:close() end
      lost = nil -- luacheck: ignore 311
      collectgarbage()
      collectgarbage()
      local start = core.monotonic()
      local left = run(function()
        for i = 1, 3 do codes[i] = loop.send(b.exchange, b:echo()).code end
        cqueues.sleep(0.4) -- the lost ones have their answers
        codes[4] = loop.send(b.exchange, b:echo()).code
      end)
      assert.equal(0, left)
      assert.same({ "ok", "ok", "ok", "ok" }, codes)
      assert.is_true(core.monotonic() - start < 8)
      assert.is_false(b.exchange:is_busy())
    end
  end)

  it("takes its descriptor out while the controller goes on", function()
    local b, watched = get(), {}
    run(function()
      local controller = cqueues.running()
      watched[1] = count_watched(controller)
      loop.send(b.exchange, b:echo())
      cqueues.sleep(0.05)
      watched[2] = count_watched(controller)
    end)
    assert.equal(watched[1], watched[2])
  end)

  it("is not blocked by streamctl.run, which is refused inside of it", function()
    local began, ok, why
    run(function()
      ok, why = pcall(streamctl.run, function() began = true end)
    end)
    assert.is_false(ok)
    assert.is_truthy(why:find("would block the controller", 1, true), why)
    assert.is_nil(began)
    assert.equal(7, streamctl.run(function() return 7 end)) -- outside it is not
  end)

  it("has an example", function() get():run_example("cqueues") end)
end)
