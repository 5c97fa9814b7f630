local contract = require "spec.world.store.contract"
local core = require "streamctl.core"
local latest = require "spec.support.latest"
local memory = require "streamctl.store.memory"
local usage = require "spec.support.usage"

describe("the memory store", function()
  local set
  before_each(function() set = contract.stop_clocks() end)
  after_each(function() core.set_clock() end)

  local subject = { open = memory.new, frozen = true, forget = 60,
    pass = function(seconds) set(seconds) end }
  for _, case in ipairs(contract) do
    it(case.name, function() case.test(subject) end)
  end

  it("is empty when it is new, and one is shared", function()
    memory.new():stamp("k", 5)
    assert.is_nil(latest(memory.new(), "k"))
    assert.equal(memory.shared, require("streamctl.store.memory").shared)
  end)

  it("knows nothing any more once it is closed", function()
    local store = memory.new()
    store:stamp("k", 5)
    assert.matches("memory", tostring(store))
    store:close()
    assert.same({ nil, "the store is closed" }, { store:stamp("k", 5) })
    assert.matches("closed", tostring(store))
  end)

  -- KiB of the process, as the store's memory is not Lua's.
  local function kept()
    collectgarbage()
    collectgarbage()
    return usage.sanitized and collectgarbage("count") or usage.memory()
  end

  local function kibibytes_after(work)
    local before = kept()
    work()
    return kept() - before
  end

  it("stays small over 500,000 streams, as time goes by", function()
    local store = memory.new()
    local grown = kibibytes_after(function()
      for i = 1, 500000, 20 do
        local streams = {}
        for j = 1, 20 do streams[j] = "zego:1:stream-" .. i + j end
        set(0.02) -- 60,000 of them in a minute
        assert(store:stamp("c", 1, streams))
      end
    end)
    assert.is_true(grown < 24 * 1024, grown .. " KiB")
    assert.equal(25000, latest(store, "c"))
  end)

  it("knows every intent of a minute, however many there are", function()
    local store = memory.new()
    local first = store:stamp("c", 1, { "early" })
    for i = 1, 200000, 1000 do
      local streams = {}
      for j = 1, 1000 do streams[j] = "stream-" .. i + j end
      assert(store:stamp("c", 1, streams))
    end
    assert.equal(first, latest(store, "c", "early"))
    assert.is_number((store:stamp("c", 1, { "early", "unknown" }, first)))
    assert.is_false((store:stamp("c", 1, { "stream-2" }, first)))
    assert.is_false((store:stamp("c", 1, { "stream-200000" }, 200)))
  end)

end)
