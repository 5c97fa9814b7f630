-- An engine and those who wait for its answers, with a scripted engine.

local pick = require "streamctl.loop.pick"
local core = require "streamctl.core"
local exchange = require "streamctl.loop.exchange"
local helper = require "spec.pieces.helper"

local function pack(...) return { n = select("#", ...), ... } end

-- A call whose wakings are noted.
local function awaited(shared, log, name)
  local call
  call = assert(shared:submit({}, nil, nil, nil, function(waiter)
    log[#log + 1] = { waiter, call.result }
  end, name))
  return call
end

describe("an exchange", function()
  it("hands out what is done also when the engine fails, and says why it failed", function()
    for _, move in ipairs { "step", "wait" } do
      local engine = helper.engine {}
      engine[move] = function() return nil, "forked: another process", "forked" end
      engine.done[1] = { 1, "result" }
      local shared, log = exchange.new(engine), {}
      awaited(shared, log, "waiter")
      assert.same({ n = 3, nil, "forked: another process", "forked" },
        pack(shared[move](shared, 1)))
      assert.same({ { "waiter", "result" } }, log)
    end
  end)

  it("drops results that nobody waits for", function()
    local shared = exchange.new(helper.engine { { { 9, "nobody's" }, { 1, "mine" },
      { 1, "again" } } })
    local log = {}
    local call = awaited(shared, log, "waiter")
    assert.is_true(shared:step())
    assert.equal("mine", call.result)
    assert.equal(1, #log)
  end)

  it("takes requests and gives calls up while it hands out", function()
    local engine = helper.engine { { { 1, "a" }, { 2, "b" } }, { { 3, "c" } } }
    local shared = exchange.new(engine)
    local second, third
    shared:submit({}, nil, nil, nil, function()
      shared:forget(second)
      third = shared:submit {}
    end)
    second = shared:submit {}
    shared:step()
    assert.is_nil(second.result)
    assert.is_true(shared:is_busy())
    shared:step()
    assert.equal("c", third.result)
    assert.is_false(shared:is_busy())
  end)
end)

-- After steps and waits they are gone as well: spec/world/openresty/tls_spec.lua.
describe("OpenSSL's errors", function()
  local NAME = "streamctl.loop.exchange"
  local real, log = { pick.in_nginx, core.clear_tls_errors, package.loaded[NAME] }, {}

  after_each(function()
    pick.in_nginx, core.clear_tls_errors, package.loaded[NAME] = real[1], real[2], real[3]
  end)

  it("are gone in nginx when a call was given up", function()
    pick.in_nginx, package.loaded[NAME] = true, nil
    core.clear_tls_errors = function() log[#log + 1] = "cleared" end
    local engine = helper.engine {}
    function engine.cancel() log[#log + 1] = "cancel" end
    local shared = require(NAME).new(engine)
    shared:forget((shared:submit {}))
    assert.same({ "cancel", "cleared" }, log)
  end)
end)
