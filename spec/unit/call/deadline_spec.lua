-- A time limit on the monotonic clock.

local core = require "streamctl.core"
local deadlines = require "streamctl.call.deadline"

describe("a deadline", function()
  before_each(function() core.set_clock(1e9, 100) end)
  after_each(function() core.set_clock() end)

  it("starts with all its time left", function()
    local deadline = deadlines.after(15)
    assert.equal(15, deadline:left())
    assert.equal(100, deadline.start)
  end)

  it("runs down with the monotonic clock, and not with the wall clock", function()
    local deadline = deadlines.after(15)
    core.set_clock(2e9, 110.5)
    assert.equal(4.5, deadline:left())
    core.set_clock(0, 110.5)
    assert.equal(4.5, deadline:left())
  end)

  it("never has less than nothing left", function()
    local deadline = deadlines.after(0.5)
    core.set_clock(1e9, 100.5)
    assert.equal(0, deadline:left())
    core.set_clock(1e9, 200)
    assert.equal(0, deadline:left())
  end)

  it("begins again, and knows when it began first", function()
    local deadline = deadlines.after(10)
    core.set_clock(1e9, 108)
    deadline:restart(5)
    assert.equal(5, deadline:left())
    assert.equal(100, deadline.start)
  end)

  it("is independent of others", function()
    local first = deadlines.after(10)
    core.set_clock(1e9, 105)
    local second = deadlines.after(10)
    assert.equal(5, first:left())
    assert.equal(10, second:left())
  end)
end)
