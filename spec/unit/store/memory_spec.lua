-- The store that the clients of one process share.

local memory = require "streamctl.store.memory"

describe("a store in memory", function()
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
    assert.equal(1767323045002, memory.shared:stamp("zego:4242", 1))
  end)
end)
