local contract = require "spec.store.contract"
local core = require "streamctl.core"
local memory = require "streamctl.store.memory"

describe("the memory store", function()
  local wall, mono

  local function set(seconds)
    wall, mono = wall + seconds, mono + math.max(0, seconds)
    core.set_clock(wall, mono)
  end

  before_each(function()
    wall, mono = 1700000000, 1000
    set(0)
  end)

  after_each(function() core.set_clock() end)

  local subject = { open = memory.new, frozen = true, forget = 60, pass = set }
  for _, case in ipairs(contract) do
    it(case.name, function() case.test(subject) end)
  end

  it("is empty when it is new, and one is shared", function()
    memory.new():sequence("k", 5)
    assert.is_nil(memory.new():latest("k"))
    assert.equal(memory.shared, require("streamctl.store.memory").shared)
  end)

  it("blames the caller for a wrong argument", function()
    local store = memory.new()
    local _, message = pcall(function() store:sequence("k", -1) end)
    assert.matches("memory_spec%.lua:%d+: floor", message)
    _, message = pcall(function() store:reserve(nil, 1) end)
    assert.matches("memory_spec%.lua:%d+: key", message)
  end)

  local function kibibytes_after(work)
    collectgarbage()
    collectgarbage()
    local before = collectgarbage("count")
    work()
    collectgarbage()
    collectgarbage()
    return collectgarbage("count") - before
  end

  it("stays small over a million streams, as time goes by", function()
    local store = memory.new()
    local grown = kibibytes_after(function()
      for i = 1, 1000000, 20 do
        local streams = {}
        for j = 1, 20 do streams[j] = "zego:1:stream-" .. i + j end
        set(0.02) -- 60,000 of them in a minute
        assert(store:stamp("c", 1, streams))
      end
    end)
    assert.is_true(grown < 32 * 1024, grown .. " KiB")
    assert.equal(50000, store:latest("c"))
  end)

  it("stays small over a million streams at once, and drops a repeat when in doubt", function()
    local store = memory.new()
    local first = store:stamp("c", 1, { "early" })
    local grown = kibibytes_after(function()
      for i = 1, 1000000, 20 do
        local streams = {}
        for j = 1, 20 do streams[j] = "zego:1:stream-" .. i + j end
        assert(store:stamp("c", 1, streams))
      end
    end)
    assert.is_true(grown < 32 * 1024, grown .. " KiB")
    assert.equal(first, store:latest("early"))
    assert.is_number((store:stamp("c", 1, { "early" }, { since = first })))
    local last = store:sequence("c", 1)
    assert.is_false((store:stamp("c", 1, { "unknown" }, { since = 10 })))
    assert.is_number((store:stamp("c", 1, { "unknown" }, { since = last })))
    set(61)
    assert.is_number((store:stamp("c", 1, { "unknown" }, { since = 10 })))
  end)

  it("stays small over a million rates", function()
    local store = memory.new()
    local grown = kibibytes_after(function()
      for i = 1, 1000000 do
        if i % 100 == 0 then set(0.1) end
        store:reserve("rate-" .. i, 0.5)
      end
    end)
    assert.is_true(grown < 1024, grown .. " KiB")
  end)

  it("keeps the slots that are to come when it sweeps", function()
    local store = memory.new()
    assert.equal(0, store:reserve("kept", 1e6))
    for i = 1, 10000 do
      set(0.1)
      store:reserve("rate-" .. i, 0.05)
    end
    assert.is_true(store:reserve("kept", 1e6) > 9e5)
  end)
end)
