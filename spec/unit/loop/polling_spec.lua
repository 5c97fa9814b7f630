-- How long a loop pauses between two steps, by a clock that stands still.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local polling = require "streamctl.loop.polling"

local function engine_of(timeout)
  local engine = { events = 0, due = timeout }
  function engine:count() return 1, 0, 0, self.events end
  function engine:timeout() return self.due end
  return engine
end

local function near(wanted, got)
  assert.is_true(math.abs(wanted - got) < 1e-9, wanted .. " wanted, got " .. got)
end

describe("the pace of polling", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("is 1 ms as long as something happens, however long that lasts", function()
    local engine = engine_of()
    local pace = polling.pace(engine)
    for _ = 1, 100 do
      near(0.001, pace())
      core.sleep(10)
      engine.events = engine.events + 1
    end
  end)

  it("slows down to a 32nd of the quiet time, and to 20 ms at most", function()
    local pace, quiet = polling.pace(engine_of()), 0
    near(0.001, pace())
    for _, case in ipairs {
      { 0.016, 0.001 }, { 0.032, 0.001 }, { 0.064, 0.002 }, { 0.32, 0.01 }, { 0.48, 0.015 },
      { 0.64, 0.02 }, { 0.65, 0.02 }, { 3600, 0.02 },
    } do
      core.sleep(case[1] - quiet)
      quiet = case[1]
      near(case[2], pace())
    end
  end)

  it("is back at 1 ms with the next event, and slows down from there", function()
    local engine = engine_of()
    local pace = polling.pace(engine)
    pace()
    core.sleep(5)
    near(0.02, pace())
    engine.events = engine.events + 1
    near(0.001, pace())
    core.sleep(0.16)
    near(0.005, pace())
  end)

  it("never goes beyond the time the engine wants to be stepped at", function()
    local engine = engine_of(0.0075)
    local pace = polling.pace(engine)
    near(0.001, pace())
    core.sleep(10)
    near(0.0075, pace())
    engine.due = 5
    near(0.02, pace())
    engine.due = 0 -- at once: a loop still lets others run
    near(0.001, pace())
    engine.due = nil
    near(0.02, pace())
  end)

  it("is everybody's own", function()
    local busy, quiet = engine_of(), engine_of()
    local one, other = polling.pace(busy), polling.pace(quiet)
    one()
    other()
    core.sleep(1)
    busy.events = 1
    near(0.001, one())
    near(0.02, other())
  end)
end)
