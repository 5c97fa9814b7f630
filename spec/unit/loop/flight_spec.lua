-- What several callers want at the same time is asked for once.

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local flight = require "streamctl.loop.flight"
local helper = require "spec.unit.helper"
local protected = require "streamctl.loop.protected"
local tasks = require "streamctl.loop.tasks"

local function refuse(code, text) return errors.new(code, text) end

-- Runs callers as tasks: each { at =, seconds =, ask = }; what each got, and when.
local function together(callers, key)
  local it, results = flight.new(), {}
  tasks.run(function()
    for i, caller in ipairs(callers) do
      tasks.spawn(function()
        if caller.at then tasks.sleep(caller.at) end
        local got = { protected.call(it.share, it, caller.key or key or "k", tasks,
          core.monotonic() + (caller.seconds or 10), refuse, caller.ask) }
        results[i] = { ok = got[1], value = got[2], message = got[3], err = got[4],
          at = core.monotonic() - 1000 }
      end)
    end
  end)
  return results
end

local function asker(seconds, ...)
  local it, outcome = { count = 0 }, { ... }
  function it.ask()
    it.count = it.count + 1
    tasks.sleep(seconds)
    if outcome[1] == "throw" then error("broken", 0) end
    if outcome[1] then return outcome[1] end
    return errors.new(outcome[2], outcome[3])
  end
  return it
end

local function callers_of(count, ask)
  local list = {}
  for i = 1, count do list[i] = { ask = ask } end
  return list
end

describe("a flight", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("asks once, and nobody waits much longer than that takes", function()
    local it = asker(0.5, "answer")
    local results = together(callers_of(50, it.ask))
    assert.equal(1, it.count)
    assert.equal(50, #results)
    for _, result in ipairs(results) do
      assert.equal("answer", result.value)
      assert.is_true(result.at < 0.53, result.at)
    end
  end)

  it("looks soon for what takes a short time", function()
    local results = together(callers_of(2, asker(0.002, "answer").ask))
    assert.is_true(results[2].at < 0.008, results[2].at)
  end)

  it("asks for each key by itself", function()
    local it = asker(0.5, "answer")
    together { { key = "a", ask = it.ask }, { key = "b", ask = it.ask } }
    assert.equal(2, it.count)
  end)

  it("asks again when the question has come to its end", function()
    local it = asker(0.5, "answer")
    together { { ask = it.ask }, { at = 0.6, ask = it.ask } }
    assert.equal(2, it.count)
  end)

  it("gives everybody an error of his own", function()
    local it = asker(0.5, nil, "forbidden", "not you")
    local results = together(callers_of(3, it.ask))
    assert.equal(1, it.count)
    for _, result in ipairs(results) do
      assert.same({ "forbidden", "forbidden: not you", "forbidden: not you" },
        { result.err.code, result.message, tostring(result.err) })
    end
    assert.is_false(rawequal(results[1].err, results[2].err))
  end)

  it("lets another one ask when the time of the one who asked was short", function()
    for _, code in ipairs { "timeout", "credentials" } do
      local count = 0
      local function ask()
        count = count + 1
        if count > 1 then return "answer" end
        tasks.sleep(0.5)
        return errors.new(code, "over")
      end
      helper.freeze()
      local results = together { { seconds = 0.5, ask = ask }, { ask = ask } }
      assert.equal(code, results[1].err.code)
      assert.equal("answer", results[2].value)
    end
  end)

  it("waits no longer than the caller has time", function()
    local results = together { { ask = asker(2, "answer").ask }, { seconds = 1 } }
    assert.equal("timeout", results[2].err.code)
    assert.is_true(results[2].at >= 1 and results[2].at < 1.001)
    assert.equal("answer", results[1].value)
  end)

  it("raises an error where it happened, and lets another one ask", function()
    local broken, fine = asker(0.5, "throw"), asker(0.5, "answer")
    local results = together { { ask = broken.ask }, { ask = fine.ask } }
    assert.same({ false, "broken" }, { results[1].ok, results[1].value })
    assert.equal("answer", results[2].value)
  end)

  it("lets another one ask after five seconds, since the first may have been killed", function()
    local slow, quick = asker(1000, "late"), asker(0.1, "answer")
    local results = together { { seconds = 2000, ask = slow.ask }, { ask = quick.ask },
      { ask = quick.ask } }
    assert.same({ "late", "answer", "answer" },
      { results[1].value, results[2].value, results[3].value })
    assert.equal(1, quick.count)
    assert.is_true(results[2].at >= 5 and results[3].at < 5.2)
  end)

  it("hands what a slow one brings to those who wait for the one that asked after it", function()
    local slow, slower = asker(6, "answer"), asker(9, "later")
    local results = together { { ask = slow.ask }, { ask = slower.ask }, { ask = slower.ask } }
    local who_waits = results[2].value == "answer" and results[2] or results[3]
    assert.same({ "answer", "answer" }, { results[1].value, who_waits.value })
    assert.is_true(who_waits.at >= 6 and who_waits.at < 6.05, who_waits.at)
    assert.equal(1, slower.count)
  end)

  it("does not wait for itself", function()
    local it, depth = flight.new(), 0
    local function ask()
      depth = depth + 1
      return it:share("k", tasks, core.monotonic() + 10, refuse, ask)
    end
    local value, message, err = ask()
    assert.is_nil(value)
    assert.equal("phase", err.code)
    assert.truthy(message:find("needs itself", 1, true))
    assert.is_true(depth < 10)
    assert.equal("answer", it:share("k", tasks, core.monotonic() + 10, refuse, function()
      return "answer"
    end))
  end)

  it("fails where it cannot wait for another caller", function()
    local it = flight.new()
    local loop = { sleep = coroutine.yield, refusal = function() return "not here" end }
    local first = coroutine.create(function()
      return it:share("k", loop, core.monotonic() + 10, refuse, function()
        coroutine.yield()
        return "answer"
      end)
    end)
    assert(coroutine.resume(first))
    assert.is_true(it:is_busy "k")
    local value, message, err = it:share("k", loop, core.monotonic() + 10, refuse)
    assert.same({ nil, "phase: not here", "phase" }, { value, message, err.code })
    assert.same({ true, "answer" }, { coroutine.resume(first) })
    assert.is_false(it:is_busy "k")
  end)
end)
