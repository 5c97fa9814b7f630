-- The scheduler of coroutines, with a stopped clock and a scripted engine.

local core = require "streamctl.core"
local exchange = require "streamctl.transport.exchange"
local helper = require "spec.unit.helper"
local loop = require "streamctl.loop.auto"
local tasks = require "streamctl.loop.tasks"

local function pack(...) return { n = select("#", ...), ... } end

describe("tasks", function()
  local log

  local function note(text) log[#log + 1] = text end

  before_each(function()
    helper.freeze()
    log = {}
  end)
  after_each(helper.thaw)

  it("hand back what the function returned, nils too, and take its arguments", function()
    assert.same({ n = 3, 1, nil, nil }, pack(tasks.run(function(a, b, c)
      assert.same({ nil, 2, nil }, { a, b, c })
      return 1, nil, nil
    end, nil, 2, nil)))
    assert.same({ n = 4, nil, "x", nil, 7 }, pack(tasks.run(function()
      return tasks.spawn(function(...) return nil, ..., nil, 7 end, "x"):join()
    end)))
    assert.same({ n = 0 }, pack(tasks.run(function() end)))
  end)

  it("begin in the order they were spawned in, after the one that spawns", function()
    tasks.run(function()
      for i = 1, 3 do tasks.spawn(note, i) end
      note "main"
    end)
    assert.same({ "main", 1, 2, 3 }, log)
  end)

  it("sleep together, and wake in the order of their times", function()
    local start = core.monotonic()
    tasks.run(function()
      for _, seconds in ipairs { 3, 1, 2 } do
        tasks.spawn(function()
          loop.sleep(seconds)
          note(seconds)
        end)
      end
    end)
    assert.same({ 1, 2, 3 }, log)
    assert.is_true(math.abs(core.monotonic() - start - 3) < 1e-6)
  end)

  it("are all run to their end, however many there are", function()
    local count, start = 0, core.monotonic()
    tasks.run(function()
      for _ = 1, 1000 do
        tasks.spawn(function()
          loop.sleep(1)
          count = count + 1
        end)
      end
    end)
    assert.equal(1000, count)
    assert.is_true(core.monotonic() - start < 1.001)
  end)

  it("can be joined late, twice, and by several", function()
    tasks.run(function()
      local task = tasks.spawn(function()
        loop.sleep(1)
        return "value"
      end)
      for _ = 1, 2 do tasks.spawn(function() note(task:join()) end) end
      loop.sleep(5)
      note(task:join())
      note(task:join())
    end)
    assert.same({ "value", "value", "value", "value" }, log)
  end)

  it("raise the error of main, with its value", function()
    local value = {}
    local ok, why = pcall(tasks.run, function() error(value) end)
    assert.is_false(ok)
    assert.equal(value, why)
    assert.equal("again", tasks.run(function() return "again" end))
  end)

  it("raise the error of a joined task in who joins it", function()
    local ok, why = pcall(tasks.run, function()
      local task = tasks.spawn(function() error("oops", 0) end)
      tasks.spawn(note, "other")
      task:join()
      note "never"
    end)
    assert.same({ false, "oops" }, { ok, why })
    assert.same({ "other" }, log)
  end)

  it("raise the error of a task nobody joined when all have ended", function()
    local ok, why = pcall(tasks.run, function()
      tasks.spawn(function() error("oops", 0) end)
      loop.sleep(1)
      note "main"
    end)
    assert.same({ false, "oops" }, { ok, why })
    assert.same({ "main" }, log)
  end)

  it("keep to themselves the errors that a join has raised, and no others", function()
    local function fail(value)
      return function() error(value, 0) end
    end
    assert.same({ false, "handled" }, tasks.run(function()
      local task = tasks.spawn(fail "handled")
      loop.sleep(1)
      return { pcall(task.join, task) }
    end))
    local ok, why = pcall(tasks.run, function()
      local task = tasks.spawn(fail "handled")
      tasks.spawn(fail "another")
      loop.sleep(1)
      pcall(task.join, task)
    end)
    assert.same({ false, "another" }, { ok, why })
  end)

  it("run a nested run in place", function()
    assert.equal(7, tasks.run(function()
      return tasks.run(function(value)
        tasks.spawn(note, "inner")
        return value
      end, 7)
    end))
    assert.same({ "inner" }, log)
  end)

  it("refuse a second run from a coroutine of the user's own", function()
    local ok, why = tasks.run(function()
      return coroutine.wrap(function() return pcall(function() tasks.run(print) end) end)()
    end)
    assert.is_false(ok)
    assert.truthy(why:find("tasks_spec.lua:%d+: streamctl.run is already running"), why)
  end)

  it("work only inside run", function()
    for _ = 1, 2 do
      local ok, why = pcall(function() tasks.spawn(print) end)
      assert.is_false(ok)
      assert.truthy(why:find("tasks_spec.lua:%d+: spawn works inside streamctl.run"), why)
      assert.is_false(tasks.inside())
      tasks.run(function() assert.is_true(tasks.inside()) end)
    end
  end)

  it("that wait for each other are an error and no hang", function()
    local ok, why = pcall(tasks.run, function()
      local one, other
      one = tasks.spawn(function() other:join() end)
      other = tasks.spawn(function() one:join() end)
      one:join()
    end)
    assert.is_false(ok)
    assert.equal("every task waits for another one", why)
    assert.equal(1, tasks.run(function() return 1 end))
  end)
end)

describe("calls in tasks", function()
  local engine, shared

  before_each(function()
    helper.freeze()
    -- answers come in order, one for each wait
    engine = { submitted = 0, answered = 0, handed = 0, most = 0, cancelled = {} }
    function engine:submit(request)
      if request == "refused" then return nil, "closed: closed", "closed" end
      self.submitted = self.submitted + 1
      self.most = math.max(self.most, self.submitted - self.answered)
      return self.submitted
    end
    function engine:wait(seconds)
      self.waited = seconds
      if self.broken then return nil, "forked: another process", "forked" end
      if self.silent then
        core.sleep(seconds)
        return true
      end
      assert(self.answered < self.submitted, "nothing to wait for")
      self.answered = self.answered + 1
      return true
    end
    function engine:next_done()
      if self.handed == self.answered then return nil end
      self.handed = self.handed + 1
      return self.handed, "result " .. self.handed
    end
    function engine:cancel(id) self.cancelled[#self.cancelled + 1] = id end
    shared = exchange.new(engine)
  end)
  after_each(helper.thaw)

  it("are in flight together, and each gets its own answer", function()
    local results = {}
    tasks.run(function()
      for i = 1, 3 do tasks.spawn(function() results[i] = loop.send(shared, {}) end) end
    end)
    assert.same({ "result 1", "result 2", "result 3" }, results)
    assert.equal(3, engine.most)
    assert.same({}, shared.expected)
    assert.same({}, shared.results)
  end)

  it("outside of tasks block, one after the other", function()
    assert.equal("result 1", loop.send(shared, {}))
    assert.equal("result 2", loop.send(shared, {}))
    assert.equal(1, engine.most)
  end)

  it("hand back why the engine does not take one", function()
    assert.same({ n = 3, nil, "closed: closed", "closed" }, pack(tasks.run(function()
      return loop.send(shared, "refused")
    end)))
  end)

  it("wait no longer than the next sleeper", function()
    tasks.run(function()
      tasks.spawn(function() loop.send(shared, {}) end)
      tasks.spawn(function() loop.sleep(0.25) end)
    end)
    assert.equal(0.25, engine.waited)
  end)

  it("in a coroutine of the user's own block, and nobody's answer is lost", function()
    local first, own
    tasks.run(function()
      tasks.spawn(function() first = loop.send(shared, {}) end)
      tasks.spawn(function()
        coroutine.wrap(function() own = loop.send(shared, {}) end)()
      end)
    end)
    assert.same({ "result 1", "result 2" }, { first, own })
  end)

  it("are given up when the run ends by an error", function()
    engine.silent = true
    local ok, why = pcall(tasks.run, function()
      tasks.spawn(function() loop.send(shared, {}) end)
      tasks.spawn(function() loop.send(shared, {}) end)
      loop.sleep(1)
      error("stop", 0)
    end)
    assert.same({ false, "stop" }, { ok, why })
    table.sort(engine.cancelled)
    assert.same({ 1, 2 }, engine.cancelled)
    assert.same({}, shared.expected)
  end)

  it("end by an error when the engine cannot wait", function()
    engine.broken = true
    local ok, why = pcall(tasks.run, function() loop.send(shared, {}) end)
    assert.is_false(ok)
    assert.truthy(why:find("forked", 1, true))
    assert.same({ 1 }, engine.cancelled)
  end)
end)

describe("sleeping tasks", function()
  it("let others run, also with no time at all", function()
    local flag, turns = false, 0
    tasks.run(function()
      tasks.spawn(function() flag = true end)
      while not flag and turns < 100 do
        turns = turns + 1
        tasks.sleep(0)
      end
    end)
    assert.is_true(flag)
    assert.is_true(turns < 100)
  end)

  it("tell how another one ended without raising its error", function()
    local ok, why = tasks.run(function() return tasks.spawn(function() error("boom", 0) end):outcome() end)
    assert.is_false(ok)
    assert.equal("boom", why)
    assert.is_true((tasks.run(function() return tasks.spawn(function() return 1 end):outcome() end)))
  end)

  it("do not keep the network from its step", function()
    local steps, result = 0, nil
    local scripted = {
      results = {}, waiters = {},
      submit = function() return 1 end,
      drain = function(self) if steps >= 3 then self.results[1] = { code = "ok" } end end,
      wait = function()
        steps = steps + 1
        return true
      end,
      take = function(self, id) return self.results[id] end,
      abandon = function() end,
    }
    local turns = 0
    tasks.run(function()
      local call = tasks.spawn(function() result = tasks.send(scripted, {}) end)
      while not result and turns < 100 do
        turns = turns + 1
        tasks.sleep(0)
      end
      call:join()
    end)
    assert.equal("ok", result.code)
    assert.is_true(turns < 100)
  end)
end)
