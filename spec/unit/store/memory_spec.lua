-- Counters of one process.

local memory = require "streamctl.store.memory"

describe("a store in memory", function()
  it("begins a counter at the floor", function()
    assert.equal(1767323045000, memory.new():sequence("zego:1", 1767323045000))
  end)

  it("gives numbers that rise, also when the floor does not", function()
    local store = memory.new()
    local numbers = {}
    for i, floor in ipairs { 10, 10, 9, 12, 12, 0, 100 } do numbers[i] = store:sequence("k", floor) end
    assert.same({ 10, 11, 12, 13, 14, 15, 100 }, numbers)
  end)

  it("counts each key by itself, whatever its text", function()
    local store = memory.new()
    for _, key in ipairs { "a", "b", "", "a\0b", "流", "sequences" } do
      assert.equal(5, store:sequence(key, 5))
      assert.equal(6, store:sequence(key, 5))
    end
  end)

  it("shares nothing with another one", function()
    local one, other = memory.new(), memory.new()
    one:sequence("k", 100)
    assert.equal(1, other:sequence("k", 1))
  end)

  it("is shared by clients that have none of their own", function()
    local helper = require "spec.unit.helper"
    local _, transport = helper.zego()
    local options = { app_id = 4242, server_secret = helper.SERVER_SECRET, transport = transport,
      rate_limit = false }
    local zego = require "streamctl.zego"
    helper.freeze()
    finally(helper.thaw)
    assert(zego.new(options):resume_rtc_stream { StreamId = "s" })
    assert(zego.new(options):resume_rtc_stream { StreamId = "s" })
    assert.same({ "1767323045000" }, helper.sent(transport.requests[1], "Sequence"))
    assert.same({ "1767323045001" }, helper.sent(transport.requests[2], "Sequence"))
    assert.equal(1767323045002, memory.shared:sequence("zego:4242", 1))
  end)
end)
