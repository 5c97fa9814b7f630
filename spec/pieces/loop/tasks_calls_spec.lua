-- Calls inside of tasks, with a stopped clock and a scripted engine.

local core = require "streamctl.core"
local exchange = require "streamctl.loop.exchange"
local helper = require "spec.pieces.helper"
local loop = require "streamctl.loop.pick"
local tasks = require "streamctl.loop.tasks"

-- What a call does in the running coroutine.
local function send(...) return loop.current().send(...) end

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
      if seconds == 0 and self.answered == self.submitted then return true end -- just looks
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

  it("wait no longer than the next sleeper", function()
    tasks.run(function()
      tasks.spawn(function() send(shared, {}) end)
      tasks.spawn(function() loop.sleep(0.25) end)
    end)
    assert.equal(0.25, engine.waited)
  end)

  it("that the engine ended are told so, and the run goes on", function()
    function engine:wait()
      self.answered = self.submitted
      return nil, "closed: closed", "closed"
    end
    local results, slept = {}, {}
    tasks.run(function()
      for i = 1, 2 do
        tasks.spawn(function()
          results[i] = send(shared, {})
          local start = core.monotonic()
          loop.sleep(1)
          slept[i] = core.monotonic() - start
        end)
      end
    end)
    assert.same({ { "result 1", "result 2" }, { 1, 1 } }, { results, slept })
  end)

  for how, let_others_run in pairs {
    ["sleep for no time"] = function() tasks.sleep(0) end,
    ["spawn and join others"] = function() tasks.spawn(function() end):join() end,
  } do
    it("get their steps also while other tasks " .. how, function()
      local result
      shared = exchange.new(helper.engine { {}, {}, { { 1, { code = "ok" } } } })
      local turns = 0
      tasks.run(function()
        local call = tasks.spawn(function() result = tasks.send(shared, {}) end)
        while not result and turns < 100 do
          turns = turns + 1
          let_others_run()
        end
        call:join()
      end)
      assert.equal("ok", result.code)
      assert.is_true(turns < 100)
    end)
  end
end)
