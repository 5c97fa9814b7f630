-- Calls that may fail and may wait, and code that cannot wait.

local pick = require "streamctl.loop.pick"
local protected = require "streamctl.loop.protected"
local tasks = require "streamctl.loop.tasks"

local IS_5_1 = _VERSION == "Lua 5.1" and not rawget(_G, "jit")

local function pack(...) return { n = select("#", ...), ... } end

-- Runs it in a coroutine that is resumed with 1, 2 ... and answers what was yielded, and what it
-- returned.
local function drive(fn)
  local thread, yielded, count = coroutine.create(fn), {}, 0
  while true do
    local values = pack(coroutine.resume(thread, count))
    if coroutine.status(thread) == "dead" then return yielded, values end
    count = count + 1
    yielded[count] = values[2]
  end
end

describe("a protected call", function()
  it("hands in arguments and hands back what came of it, nils too", function()
    local function check()
      assert.same({ n = 4, true, nil, 2, nil }, pack(protected.call(function(...)
        assert.same({ n = 3, nil, 2, nil }, pack(...))
        return ...
      end, nil, 2, nil)))
      local thrown = {}
      local ok, why = protected.call(error, thrown)
      assert.is_false(ok)
      assert.equal(thrown, why)
    end
    check()
    coroutine.wrap(check)()
  end)

  it("passes on what is yielded inside of it, and what that is resumed with", function()
    local yielded, values = drive(function()
      return protected.call(function()
        local first = coroutine.yield "a"
        local ok, second = protected.call(function() return coroutine.yield "b" end)
        assert.is_true(ok)
        error({ first, second })
      end)
    end)
    assert.same({ "a", "b" }, yielded)
    assert.same({ n = 3, true, false, { 1, 2 } }, values)
  end)

  it("is of the task that makes it, and its calls wait in that one's loop", function()
    local order = {}
    tasks.run(function()
      tasks.spawn(function() order[#order + 1] = "other" end)
      assert.is_true(protected.call(function()
        assert.is_true(tasks.inside())
        assert.equal(tasks, pick.current())
        assert.is_nil(tasks.refusal())
        protected.call(tasks.sleep, 0)
        order[#order + 1] = "slept"
        tasks.spawn(function() order[#order + 1] = "joined" end):join()
      end))
    end)
    assert.same({ "other", "slept", "joined" }, order)
  end)

  it("leaves a coroutine of the user's own inside of it to itself", function()
    tasks.run(function()
      protected.call(function()
        coroutine.wrap(function() assert.is_false(tasks.inside()) end)()
      end)
    end)
  end)
end)

describe("a task that cannot wait", function()
  local function sorted(fn)
    table.sort({ 1, 2 }, function(a, b)
      fn()
      return a < b
    end)
  end

  it("is refused in a function of C, and nowhere else", function()
    local refusals = {}
    local function ask(name) refusals[name] = tasks.refusal() or "none" end
    tasks.run(function()
      ask "plain"
      sorted(function() ask "sort" end)
      pcall(ask, "pcall")
      pcall(function() protected.call(ask, "protected in pcall") end)
      protected.call(function() pcall(ask, "pcall in protected") end)
      ask "after"
    end)
    for name, why in pairs(refusals) do
      local fine = name == "plain" or name == "after" or (name ~= "sort" and not IS_5_1)
      assert.equal(fine and "none" or protected.REFUSAL, why, name)
    end
  end)

  it("ends by an error that says so in a metamethod or an iterator of Lua 5.1", function()
    local function iterate()
      local count = 0
      for _ in function()
        count = count + 1
        assert(tasks.refusal() == nil)
        return count < 3 and count or nil
      end do end -- luacheck: ignore 542
    end
    local function index()
      return setmetatable({}, { __index = function() return tasks.refusal() or "fine" end }).field
    end
    for _, fn in ipairs { iterate, index } do
      local ok, why = pcall(tasks.run, fn)
      assert.equal(not IS_5_1, ok)
      if IS_5_1 then assert.equal(protected.REFUSAL, why) end
    end
  end)
end)
