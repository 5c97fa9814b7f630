-- Slots of a rate.

local helper = require "spec.unit.helper"
local limiter = require "streamctl.limiter"
local memory = require "streamctl.store.memory"

describe("the limiter", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("puts slots the rate's interval apart and a little more, and begins at once", function()
    local store = memory.new()
    for i = 0, 4 do
      local delay = limiter.delay(store, "k", 20, 10)
      assert.is_true(delay >= i / 20 and delay <= i / 20 * 1.003 + 1e-9, delay)
    end
  end)

  it("has no burst after a pause", function()
    local store = memory.new()
    limiter.delay(store, "k", 10, 10)
    helper.freeze(helper.NOW + 60, 1060)
    assert.equal(0, limiter.delay(store, "k", 10, 10))
    assert.is_true(limiter.delay(store, "k", 10, 10) >= 0.1)
  end)

  it("reserves nothing beyond the time left", function()
    local store = memory.new()
    limiter.delay(store, "k", 1, 10)
    for _ = 1, 3 do
      local delay = limiter.delay(store, "k", 1, 0.5)
      assert.is_true(delay >= 1 and delay < 1.01)
    end
    assert.is_true(limiter.delay(store, "k", 1, 10) < 1.01)
  end)

  it("hands on why the store gives none", function()
    local asked
    local delay, why = limiter.delay({ reserve = function(_, ...)
      asked = { ... }
      return nil, "disk full"
    end }, "k", 4, 7)
    assert.is_nil(delay)
    assert.equal("disk full", why)
    assert.same({ "k", asked[2], 0, 7 }, asked)
  end)
end)
