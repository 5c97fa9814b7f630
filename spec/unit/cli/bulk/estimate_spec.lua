local estimate = require "streamctl.cli.bulk.estimate"

local IDS = {
  rate = 20, test_rate = 5, list = "StreamId", by_name = { StreamId = { max_items = 20 } },
}

describe("the estimate", function()
  it("counts requests, and the pauses between them", function()
    local it = estimate.new(IDS, "live", nil, 2000)
    assert.same({ 100, 4.95 }, { it.requests, it.seconds })
    assert.equal("; about 5 s (100 requests at 20/s)", it:text())
    assert.equal(2.5, it:left(1000))
    it = estimate.new({ rate = 10 }, "live", nil, 1)
    assert.same({ 1, 0 }, { it.requests, it.seconds })
    assert.equal("; about 0 s (1 request at 10/s)", it:text())
  end)

  it("knows the rate of the test environment, and a lower one", function()
    assert.equal(5, estimate.new(IDS, "test", nil, 1).rate)
    assert.equal(2, estimate.new(IDS, "live", 2, 1).rate)
    assert.equal(20, estimate.new(IDS, "live", 100, 1).rate)
    assert.equal(3, estimate.new({}, "live", 3, 1).rate)
  end)

  it("tells long times in minutes and hours", function()
    assert.matches("about 17 min %(10,000 ", estimate.new({ rate = 10 }, "live", nil, 10000):text())
    assert.matches("about 2.8 h ", estimate.new({ rate = 10 }, "live", nil, 100000):text())
  end)

  it("says nothing where no rate is documented, or something else is done", function()
    for _, it in ipairs {
      estimate.new({}, "live", nil, 5), estimate.new(IDS, "live", nil, 5, true),
    } do
      assert.same({ "", nil }, { it:text(), it:left(1) })
    end
  end)
end)
