-- Calls that may fail and may wait, and code that cannot wait.

local protected = require "streamctl.loop.protected"
local tasks = require "streamctl.loop.tasks"

local IS_5_1 = _VERSION == "Lua 5.1" and not rawget(_G, "jit")

describe("a protected call", function()
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
