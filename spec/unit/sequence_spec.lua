-- Numbers for attempts, and giving way to newer intents.

local helper = require "spec.unit.helper"
local memory = require "streamctl.store.memory"
local sequence = require "streamctl.sequence"

local NOW_MS = helper.NOW * 1000

describe("a stamp", function()
  local store

  -- A call's state; `more`: given Sequence, read.
  local function begin(streams, more)
    more = more or {}
    local wire = { "RoomId", "r" }
    for _, stream in ipairs(streams) do
      wire[#wire + 1], wire[#wire + 2] = "StreamId[]", stream
    end
    if more.given then wire[#wire + 1], wire[#wire + 2] = "Sequence", more.given end
    return sequence.begin({ counter = "c", read = more.read }, wire,
      { StreamId = streams, Sequence = more.given })
  end

  local function stamp(state)
    local params, code, text = sequence.stamp(store, state)
    return params and table.concat(params, " "), code, text
  end

  before_each(function()
    helper.freeze()
    store = memory.new()
  end)
  after_each(helper.thaw)

  it("is the time at first, and a new number for each repeat", function()
    local state = begin { "a", "b" }
    for i = 0, 2 do
      assert.equal("RoomId r StreamId[] a StreamId[] b Sequence " .. ("%.0f"):format(NOW_MS + i), (stamp(state)))
    end
    assert.same({}, state.dropped)
  end)

  it("leaves out the streams that have a newer intent", function()
    local old, new = begin { "a", "b", "c" }, begin { "b" }
    assert(stamp(old))
    assert(stamp(new))
    assert.equal("RoomId r StreamId[] a StreamId[] c Sequence " .. ("%.0f"):format(NOW_MS + 2), (stamp(old)))
    assert.same({ "b" }, old.dropped)
    assert(stamp(begin { "a" }))
    assert.equal("RoomId r StreamId[] c Sequence " .. ("%.0f"):format(NOW_MS + 4), (stamp(old)))
    assert.same({ "b", "a" }, old.dropped)
  end)

  it("finds the streams between other parameters, and a Sequence before them", function()
    local wire = { "Sequence", ("%.0f"):format(NOW_MS + 5), "RoomId", "r", "StreamId", "a", "UserId", "u", "X", "y" }
    local state = sequence.begin({ counter = "c" }, wire)
    assert.equal("RoomId r StreamId a UserId u X y Sequence " .. ("%.0f"):format(NOW_MS + 5), (stamp(state)))
    assert.equal(NOW_MS + 5, store:latest("c", "a"))
    for _, name in ipairs { "r", "u", "y", "RoomId", "X" } do assert.is_nil(store:latest("c", name)) end
  end)

  it("goes with the streams that are left, again and again", function()
    local ids = {}
    for i = 1, 20 do ids[i] = "s" .. i end
    local old = begin(ids)
    assert(stamp(old))
    for i = 1, 19 do
      assert(stamp(begin { "s" .. 20 - i + 1 }))
      local line = assert(stamp(old))
      assert.equal(20 - i, select(2, line:gsub("StreamId%[%] ", "")))
      assert.equal(i, #old.dropped)
    end
    assert.truthy(assert(stamp(old)):find("StreamId[] s1 Sequence", 1, true))
  end)

  it("is refused when every stream has a newer intent", function()
    local old = begin { "a", "b" }
    assert(stamp(old))
    assert(stamp(begin { "a", "b" }))
    local params, code, text = stamp(old)
    assert.is_nil(params)
    assert.equal("superseded", code)
    assert.truthy(text:find("a newer call for ", 1, true))
    assert.truthy(text:find("was made meanwhile; this one gives way", 1, true))
    assert.equal(NOW_MS + 1, store:latest("c")) -- no number was taken
  end)

  it("is refused when the wall clock was set since, by which stores forget", function()
    for _, step in ipairs { -3600, -61, -6, 6, 61, 3600 } do
      store = memory.new()
      local old = begin { "a" }
      helper.freeze(helper.NOW, 1000)
      assert(stamp(old))
      helper.freeze(helper.NOW + 1, 1001)
      assert(stamp(begin { "a" }))
      helper.freeze(helper.NOW + 2 + step, 1002)
      local params, code, text = stamp(old)
      assert.is_nil(params, step)
      assert.equal("superseded", code)
      assert.is_string(text)
    end
    for _, drift in ipairs { -4, 0, 4 } do
      store = memory.new()
      local state = begin { "a" }
      helper.freeze(helper.NOW, 1000)
      assert(stamp(state))
      helper.freeze(helper.NOW + 20 + drift, 1020)
      assert.is_truthy(stamp(state), drift)
    end
  end)

  it("never gives way to a question", function()
    local old = begin { "a" }
    assert(stamp(old))
    assert(stamp(begin({ "a" }, { read = true })))
    assert.truthy(stamp(old))
    assert.same({}, old.dropped)
  end)

  it("of the user's own is exact at first, and a new number for a repeat", function()
    local state = begin({ "a" }, { given = ("%.0f"):format(NOW_MS + 500) })
    assert.equal("RoomId r StreamId[] a Sequence " .. ("%.0f"):format(NOW_MS + 500), (stamp(state)))
    assert.equal("RoomId r StreamId[] a Sequence " .. ("%.0f"):format(NOW_MS + 501), (stamp(state)))
    local _, code, text = stamp(begin({ "a" }, { given = "7" }))
    assert.equal("invalid_parameter", code)
    assert.truthy(text:find("Sequence 7 is not above " .. ("%.0f"):format(NOW_MS + 501) .. ", the last one", 1, true))
  end)

  it("that the store does not give is a failure of its own", function()
    local _, code, text = sequence.stamp({ stamp = function() return nil, "disk full" end }, begin { "a" })
    assert.same({ "connect", "the store gives no Sequence: disk full" }, { code, text })
  end)

  it("has an end at 2^53", function()
    assert.truthy(stamp(begin({ "a" }, { given = "9007199254740991" })))
    local params, code = stamp(begin { "b" })
    assert.is_nil(params)
    assert.equal("invalid_parameter", code)
  end)
end)

-- What sequence.begin relies on.
describe("an operation with a Sequence", function()
  it("has one parameter that names streams", function()
    local operations = require "streamctl.zego.operations"
    local checked = 0
    for _, row in ipairs(operations.rows) do
      local count = 0
      for _, param in ipairs(row.params) do
        local wire = param.wire or param.name
        if wire == "StreamId" or wire == "StreamId[]" then count = count + 1 end
      end
      if row.sequence then
        assert.equal(1, count, row.action)
        checked = checked + 1
      end
    end
    assert.is_true(checked > 3)
  end)
end)

describe("a repeat of forbid", function()
  it("does not undo a resume that was made while it waited", function()
    helper.freeze()
    finally(helper.thaw)
    local store, resumed = memory.new(), nil
    local other = helper.zego(nil, { store = store })
    local rtc, transport = helper.zego(function()
      resumed = assert(other:resume_rtc_stream { StreamId = "s1" })
      return helper.stopped("timeout", true)
    end, { store = store, retry = {} })
    local body, message, err = rtc:forbid_rtc_stream { StreamId = "s1" }
    assert.is_nil(body)
    assert.same({ "superseded", "cancelled", 1, true }, { err.code, err.kind, err.attempts, err.maybe_sent })
    assert.truthy(message:find("^superseded: a newer call for s1 "))
    assert.same({ "s1" }, err.superseded)
    assert.equal(0, resumed.Code)
    assert.equal(1, #transport.requests)
  end)

  it("goes on for the other streams, and the answer names those that gave way", function()
    helper.freeze()
    finally(helper.thaw)
    local store = memory.new()
    local other = helper.zego(nil, { store = store })
    local sent = {}
    local script = helper.script(function()
      assert(other:resume_rtc_stream { StreamId = "s1" })
      return helper.stopped("timeout", true)
    end, helper.response(200, helper.SUCCESS.zego))
    local rtc = helper.zego(function(request)
      sent[#sent + 1] = { params = request.params } -- a repeat has a list of its own
      return script()
    end, { store = store, retry = {} })
    local body = assert(rtc:forbid_rtc_streams { StreamId = { "s1", "s2" } })
    assert.same({ "s1" }, body.superseded)
    assert.same({ "s1", "s2" }, helper.sent(sent[1], "StreamId[]"))
    assert.same({ "s2" }, helper.sent(sent[2], "StreamId[]"))
    assert.is_true(tonumber(helper.sent(sent[2], "Sequence")[1]) > tonumber(helper.sent(sent[1], "Sequence")[1]) + 1)
  end)
end)
