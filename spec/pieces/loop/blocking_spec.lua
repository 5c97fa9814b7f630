-- One request at a time on an engine, here a scripted one.

local pick = require "streamctl.loop.pick"
local blocking = require "streamctl.loop.blocking"
local core = require "streamctl.core"
local exchange = require "streamctl.loop.exchange"
local helper = require "spec.pieces.helper"
local tasks = require "streamctl.loop.tasks"

describe("the blocking loop", function()
  it("cancels the request when it is interrupted, and lets the interruption through", function()
    local made = helper.engine {}
    function made.wait() error("interrupted!", 0) end
    local shared = exchange.new(made)
    local ok, message = pcall(blocking.send, shared, {})
    assert.is_false(ok)
    assert.equal("interrupted!", message)
    assert.same({ 1 }, made.cancelled)
    assert.is_false(shared:is_busy())
  end)

  it("sleeps the whole time, also when signals end its sleep early", function()
    helper.freeze()
    local real, pauses = core.sleep, 0
    finally(function()
      core.sleep = real
      helper.thaw()
    end)
    core.sleep = function(seconds)
      pauses = pauses + 1
      real(math.min(seconds, 1))
    end
    local start = core.monotonic()
    blocking.sleep(2.5)
    assert.equal(2.5, core.monotonic() - start)
    assert.equal(3, pauses)
  end)
end)

describe("functions run by the blocking loop", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  local function functions(log)
    local list = {}
    for i = 1, 3 do
      list[i] = function()
        log[#log + 1] = "begin " .. i
        pick.sleep(i)
        if i == 2 then error("oops", 0) end
        log[#log + 1] = "end " .. i
      end
    end
    return list
  end

  it("run one after the other in a coroutine of the user's own inside a task", function()
    local log, outcomes = {}, nil
    tasks.run(function()
      coroutine.wrap(function() outcomes = blocking.all(functions(log)) end)()
    end)
    assert.same({ { true }, { false, "oops" }, { true } }, outcomes)
    assert.same({ "begin 1", "end 1", "begin 2", "begin 3", "end 3" }, log)
  end)

  it("run one after the other in nginx, where who blocks blocks everybody", function()
    local log = {}
    pick.in_nginx = true
    finally(function() pick.in_nginx = false end)
    local list = {}
    for i = 1, 2 do
      list[i] = function()
        log[#log + 1] = "begin " .. i
        assert.is_false(tasks.inside())
        blocking.sleep(1)
        log[#log + 1] = "end " .. i
      end
    end
    assert.same({ { true }, { true } }, blocking.all(list))
    assert.same({ "begin 1", "end 1", "begin 2", "end 2" }, log)
  end)
end)
