-- An engine and those who wait for its answers, with a scripted engine.

local pick = require "streamctl.loop.pick"
local core = require "streamctl.core"
local exchange = require "streamctl.loop.exchange"
local helper = require "spec.unit.helper"

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
  it("hands a request to the engine as it is", function()
    local engine = helper.engine {}
    local shared, request = exchange.new(engine), {}
    local call = shared:submit(request)
    assert.equal(request, engine.requests[1])
    assert.is_nil(call.result)
    assert.equal(engine, shared.engine)
  end)

  it("hands back why the engine does not take one, and nobody waits for it", function()
    local shared = exchange.new(helper.engine {})
    assert.same({ n = 3, nil, "closed: the engine is closed", "closed" },
      pack(shared:submit("refused", nil, nil, nil, error)))
    assert.is_false(shared:is_busy())
  end)

  it("gives each its own result and wakes it once, whoever steps", function()
    for _, move in ipairs { "step", "wait" } do
      local shared = exchange.new(helper.engine { { { 3, "c" }, { 1, "a" } }, {}, { { 2, "b" } },
        {} })
      local log = {}
      local calls = { awaited(shared, log, "first"), awaited(shared, log, "second"),
        awaited(shared, log, "third") }
      assert.same({}, log)
      assert.is_true(shared[move](shared, 1))
      assert.same({ { "third", "c" }, { "first", "a" } }, log)
      assert.is_true(shared[move](shared, 1))
      assert.equal(2, #log)
      assert.is_true(shared[move](shared, 1))
      assert.is_true(shared[move](shared, 1))
      assert.same({ "second", "b" }, log[3])
      assert.equal(3, #log)
      assert.same({ "a", "b", "c" }, { calls[1].result, calls[2].result, calls[3].result })
    end
  end)

  it("serves those who look by themselves", function()
    local shared = exchange.new(helper.engine { { { 1, "result" } } })
    local call = shared:submit {}
    shared:step()
    assert.equal("result", call.result)
  end)

  it("steps without waiting, and waits as long as it is told to", function()
    local engine = helper.engine { {}, {} }
    local shared = exchange.new(engine)
    shared:step()
    assert.same({ 1, 0 }, { engine.steps, #engine.waits })
    shared:wait(0.25)
    assert.same({ 1, 0.25 }, { engine.steps, engine.waits[1] })
  end)

  it("is busy as long as somebody waits", function()
    local shared = exchange.new(helper.engine { { { 2, "b" } }, { { 1, "a" } } })
    assert.is_false(shared:is_busy())
    shared:submit {}
    shared:submit {}
    shared:step()
    assert.is_true(shared:is_busy())
    shared:step()
    assert.is_false(shared:is_busy())
  end)

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

  it("cancels what is given up; its result wakes nobody", function()
    local engine = helper.engine { { { 1, "cancelled" }, { 2, "result" } } }
    local shared, log = exchange.new(engine), {}
    local given_up, other = awaited(shared, log, "given up"), awaited(shared, log, "other")
    shared:forget(given_up)
    assert.same({ 1 }, engine.cancelled)
    assert.is_true(shared:is_busy())
    shared:step()
    assert.same({ { "other", "result" } }, log)
    assert.is_nil(given_up.result)
    assert.equal("result", other.result)
    assert.is_false(shared:is_busy())
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

describe("OpenSSL's errors", function()
  local NAME = "streamctl.loop.exchange"
  local real = { pick.in_nginx, core.clear_tls_errors, package.loaded[NAME] }
  local log

  after_each(function()
    pick.in_nginx, core.clear_tls_errors, package.loaded[NAME] = real[1], real[2], real[3]
  end)

  -- An exchange that was loaded in nginx, or elsewhere. Its engine notes what it does, and fails at
  -- that.
  local function shared_where(in_nginx)
    log = {}
    pick.in_nginx, package.loaded[NAME] = in_nginx, nil
    core.clear_tls_errors = function() log[#log + 1] = "cleared" end
    local engine = helper.engine {}
    for _, name in ipairs { "step", "wait", "cancel" } do
      engine[name] = function()
        log[#log + 1] = name
        return nil, "failed", "internal"
      end
    end
    engine.done[1] = { 1, "result" }
    local shared = require(NAME).new(engine)
    local call = shared:submit({}, nil, nil, nil, function() log[#log + 1] = "woken" end)
    return shared, call
  end

  it("are none of nginx' business: they are gone before anybody goes on", function()
    for _, move in ipairs { "step", "wait" } do
      local shared = shared_where(true)
      shared[move](shared, 1)
      assert.same({ move, "cleared", "woken" }, log)
    end
    local shared, call = shared_where(true)
    shared:forget(call)
    assert.same({ "cancel", "cleared" }, log)
  end)

  it("are left alone elsewhere", function()
    for _, move in ipairs { "step", "wait", "forget" } do
      local shared, call = shared_where(false)
      shared[move](shared, move == "forget" and call or 1)
      assert.is_nil(table.concat(log, " "):find("cleared", 1, true))
    end
  end)
end)
