-- The scheduler of coroutines, with a stopped clock.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local loop = require "streamctl.loop.pick"
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

  it("raise the error of main, with its value", function()
    local value = {}
    local ok, why = pcall(tasks.run, function()
      tasks.spawn(error, "another")
      tasks.sleep(1)
      error(value)
    end)
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

  it("raise the first error that nobody joined when all have ended", function()
    for _ = 1, 5 do
      local ok, why = pcall(tasks.run, function()
        for i = 1, 9 do tasks.spawn(function() error("error " .. i, 0) end) end
        loop.sleep(1)
        note "main"
      end)
      assert.same({ false, "error 1" }, { ok, why })
    end
    assert.equal(5, #log)
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
    local left
    pcall(tasks.run, function()
      left = tasks.spawn(loop.sleep, 5)
      error "stop"
    end)
    local ok, why = pcall(function() left:join() end)
    assert.is_false(ok)
    assert.truthy(why:find("tasks_spec.lua:%d+: join works inside a task"), why)
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

describe("sleeping tasks", function()
  it("wake in the order of their times", function()
    local woken = {}
    core.set_clock(1e9, 0) -- sleeps move it
    tasks.run(function()
      for i = 1, 100 do
        tasks.spawn(function()
          tasks.sleep(i * 37 % 101) -- each number from 1 to 100
          woken[#woken + 1] = i * 37 % 101
        end)
      end
    end)
    core.set_clock()
    for i = 1, 100 do assert.equal(i, woken[i]) end
  end)
end)
