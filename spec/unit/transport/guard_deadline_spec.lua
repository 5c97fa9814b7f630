-- The time limits of the guard before a cosocket, here a scripted one, under a clock that stands
-- still.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"

local socket_of, guarded = helper.cosocket, helper.guarded

before_each(function() helper.freeze() end)
after_each(helper.thaw)

describe("the deadline of a guarded socket", function()
  local OPERATIONS = {
    connect = function(it) return it:connect("h", 443, { pool = "p" }) end,
    sslhandshake = function(it) return it:sslhandshake(nil, "h", true) end,
    send = function(it) return it:send "data" end,
    line = function(it) return it:receive "*l" end,
    bytes = function(it) return it:receive(3) end,
    all = function(it) return it:receive "*a" end,
  }

  it("is what is left of it for each operation, in milliseconds", function()
    local socket = socket_of("abc", "d\n")
    local it = guarded(socket, { seconds = 2.5004 })
    it:connect("h", 443)
    core.sleep(1)
    it:sslhandshake(nil, "h", true)
    core.sleep(0.5)
    it:send "data"
    core.sleep(0.75)
    it:receive(3)
    core.sleep(0.25)
    it:receive "*l"
    local left = {}
    for i, limits in ipairs(socket.limits) do
      left[i] = limits[1]
      assert.same({ left[i], left[i], left[i] }, limits)
    end
    -- rounded up, never 0: that would be no limit
    assert.same({ 2501, 1501, 1001, 251, 1 }, left)
  end)

  it("shrinks with every piece that trickles in", function()
    local function slow()
      core.sleep(1)
      return "x"
    end
    for _, what in ipairs { "*l", "*a", 100 } do
      local socket = socket_of(slow, slow, slow, slow, slow)
      local it = guarded(socket, { seconds = 3.5 })
      assert.same({ nil, "timeout" }, { it:receive(what) })
      assert.same({ { 3500, 3500, 3500 }, { 2500, 2500, 2500 }, { 1500, 1500, 1500 },
        { 500, 500, 500 } }, socket.limits)
    end
  end)

  it("that has passed is a timeout, and the socket is left alone", function()
    for name, operation in pairs(OPERATIONS) do
      local socket = socket_of "abc\n"
      local it = guarded(socket, { seconds = 1 })
      core.sleep(1)
      assert.same({ nil, "timeout" }, { operation(it) }, name)
      assert.same({}, socket.calls, name)
      assert.same({}, socket.limits, name)
    end
  end)

  it("is nobody else's to set", function()
    local socket = socket_of "abc\n"
    local it = guarded(socket, { seconds = 1 })
    it:settimeout(3600000)
    it:settimeouts(3600000, 3600000, 3600000)
    assert.same({}, socket.limits)
    it:receive "*l"
    assert.same({ { 1000, 1000, 1000 } }, socket.limits)
  end)

  it("gives way to a shorter limit of a part, until that is lifted", function()
    local socket = socket_of("a\n", "b\n")
    local it = guarded(socket, { seconds = 5 })
    it:hurry(2)
    it:connect("h", 443)
    core.sleep(0.5)
    it:sslhandshake(nil, "h", true)
    it:receive "*l"
    it:hurry()
    it:receive "*l"
    local left = {}
    for i, limits in ipairs(socket.limits) do left[i] = limits[1] end
    assert.same({ 2000, 1500, 1500, 4500 }, left)
  end)

  it("stays the limit of a part that may take longer", function()
    local socket = socket_of()
    local it = guarded(socket, { seconds = 1 })
    it:hurry(60)
    it:connect("h", 443)
    assert.same({ { 1000, 1000, 1000 } }, socket.limits)
  end)

  it("of a part that has passed is a timeout like any other", function()
    for name, operation in pairs(OPERATIONS) do
      local socket = socket_of "abc\n"
      local it = guarded(socket, { seconds = 10 })
      it:hurry(1)
      core.sleep(1)
      assert.same({ nil, "timeout" }, { operation(it) }, name)
      assert.same({}, socket.calls, name)
    end
  end)
end)
