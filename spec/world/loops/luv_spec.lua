local bench = require "spec.world.loops.bench"
local child = require "spec.support.child"
local found, uv = pcall(require, "luv")

describe("the loop of luv", function()
  if not found then return pending("needs luv") end
  local loop = require "streamctl.loop.luv"

  -- Handles that still live.
  local function count_handles()
    local count = 0
    uv.walk(function(handle)
      if not handle:is_closing() then count = count + 1 end
    end)
    return count
  end

  local function run(fn)
    local watchdog = uv.new_timer() -- ends a test that would hang
    watchdog:start(60000, 0, function()
      watchdog:close()
      error("stuck")
    end)
    watchdog:unref()
    local thread = coroutine.create(fn)
    local ok, why = coroutine.resume(thread)
    uv.run()
    watchdog:close()
    uv.run()
    if not ok then error(why, 0) end
    return count_handles()
  end

  local get = bench.declare {
    name = "luv", loop = loop, run = run,
    outside = "coroutine.wrap(",
    in_task = 'the client has loop = "luv", and this code runs in a task',
  }

  it("closes its handles while the loop goes on", function()
    local b, handles = get(), {}
    run(function()
      local mine = uv.new_timer()
      mine:start(60000, 0, function() end)
      handles[1] = count_handles()
      loop.send(b.exchange, b:echo())
      loop.sleep(0.02)
      handles[2] = count_handles()
      mine:close()
    end)
    assert.equal(handles[1], handles[2])
  end)

  local it_with_close = coroutine.close and it or function() end -- luacheck: ignore 143
  it_with_close("ends when the coroutine of a call was closed", function()
    local b, codes = get(), {}
    b:slow(0.2)
    local handles = run(function()
      local thread = coroutine.create(function() loop.send(b.exchange, b:echo()) end)
      assert(coroutine.resume(thread))
      assert(coroutine.close(thread)) -- luacheck: ignore 143
      codes[1] = loop.send(b.exchange, b:echo()).code
    end)
    assert.same({ "ok" }, codes)
    assert.equal(0, handles)
  end)

  it("resumes nobody from inside of another coroutine", function()
    local b, inside, nested, codes = get(), false, false, {}
    local function send(i)
      codes[i] = loop.send(b.exchange, b:refused()).code
      nested = nested or inside
    end
    run(function()
      coroutine.wrap(send)(1)
      inside = true
      for _ = 1, 500 do -- ends the first call here
        b.exchange:wait(0.02)
        if not b.exchange:is_busy() then break end
      end
      coroutine.wrap(send)(2)
      inside = false
      send(3)
    end)
    assert.same({ "connect", "connect", "connect" }, codes)
    assert.is_false(nested)
  end)

  it("resumes everybody before it raises an error of one of them", function()
    local output, status = child.run(([[
      local uv, loop = require "luv", require "streamctl.loop.luv"
      local exchange = require("streamctl.loop.exchange").new(require("streamctl.engine").new())
      local endpoint = require("streamctl.engine").endpoint { url = %q, max_response = 1000 }
      local core = require "streamctl.core"
      local signer = core.signer("zego", { app_id = 1, server_secret = "s" })
      for i = 1, 3 do
        coroutine.wrap(function()
          local result = loop.send(exchange, core.request(signer, "GET", "A"), endpoint, 5, 5)
          print(i, result.code)
          if i == 1 then error("first\n", 0) end
          if i == 2 then error("second\n", 0) end
        end)()
      end
      local ok = pcall(uv.run)
      os.exit(ok and 0 or 3)
    ]]):format(get().e.refused))
    assert.is_truthy(output:find("1\tconnect", 1, true), output)
    assert.is_truthy(output:find("2\tconnect", 1, true), output)
    assert.is_truthy(output:find("3\tconnect", 1, true), output)
    assert.is_truthy(output:find("first", 1, true), output)
    assert.is_falsy(output:find("second", 1, true), output)
    assert.is_true(status ~= 0) -- luv ends the process for an error in a callback
  end)

  it("has an example", function() get():run_example("luv") end)

  it("has a batch say that its generator cannot wait", function()
    local helper = require "spec.pieces.helper"
    local rtc = helper.zego(function(_, _, of_call)
      of_call.sleep(0.01)
      return helper.OK.zego
    end, { loop = "luv" })
    local report
    run(function()
      report = rtc:batch("ForbidRTCStreams", coroutine.wrap(function()
        rtc:describe_rtc_stream_state { StreamId = "q" }
        coroutine.yield "s1"
      end))
    end)
    assert.equal("caller_error", report.err.code)
    assert.truthy(report.err.message:find("coroutine.wrap", 1, true), report.err.message)
  end)
end)
