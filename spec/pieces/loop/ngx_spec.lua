-- Which phases of nginx can wait; nginx is stood in for. Inside of it the loop has specs of its
-- own.

local SENDING = { "rewrite", "server_rewrite", "access", "content", "timer", "ssl_cert" }
local REFUSED = { "init", "init_worker", "exit_worker", "log", "balancer", "a phase to come" }

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

describe("the loop of nginx", function()
  local kept = { package.loaded["ngx.semaphore"] or false, package.loaded["streamctl.loop.ngx"]
    or false }
  local real, loop, phase = rawget(_G, "ngx"), nil, nil

  before_each(function()
    rawset(_G, "ngx", { get_phase = function() return phase end })
    package.loaded["ngx.semaphore"], package.loaded["streamctl.loop.ngx"] = {}, nil
    loop = require "streamctl.loop.ngx"
  end)

  after_each(function()
    rawset(_G, "ngx", real)
    package.loaded["ngx.semaphore"], package.loaded["streamctl.loop.ngx"] = kept[1] or nil, kept[2]
      or nil
  end)

  it("waits in some phases, and says where to call in others", function()
    for _, name in ipairs(SENDING) do
      phase = name
      assert.is_nil(loop.refusal())
    end
    for _, name in ipairs(REFUSED) do
      phase = name
      local why = loop.refusal()
      assert.truthy(why:find("the nginx phase '" .. name .. "' cannot wait", 1, true), why)
      -- nginx starts no timer in a worker that is about to go
      local advice = name == "exit_worker" and "make the call earlier, or"
        or "make the call in ngx.timer.at(0, ...)"
      assert.truthy(why:find(advice, 1, true), why)
      assert.equal(name ~= "exit_worker", why:find("timer", 1, true) ~= nil, why)
      assert.truthy(why:find("client:sign()", 1, true), why)
      assert.equal(name == "init", why:find("init_worker_by_lua", 1, true) ~= nil, why)
    end
  end)

  -- An engine that is busy until it is told not to be; how often it was stepped.
  local function busy_exchange()
    local made = { steps = 0, busy = true, engine = {
      count = function() return 1, 0, 0, 0, 0 end, timeout = function() end } }
    function made.submit() return { id = 1 } end
    function made:step()
      self.steps = self.steps + 1
      return true
    end
    function made:is_busy() return self.busy end
    return made
  end

  it("has one light thread step the engine at once, and leaves that to it", function()
    local timers, exchange = {}, busy_exchange()
    ngx.timer = { at = function(delay, ...) -- luacheck: ignore 112
      timers[#timers + 1] = { delay, ... }
      return true
    end }
    package.loaded["ngx.semaphore"].new = function()
      return { post = function() end, wait = function(_, seconds)
        return coroutine.yield(seconds)
      end }
    end
    local caller = coroutine.create(loop.send)
    local _, first = coroutine.resume(caller, exchange, {}, {}, 10, 5)
    assert.same({ 1, 0 }, { #timers, timers[1][1] })
    local before = exchange.steps
    local driver = coroutine.create(timers[1][2])
    assert(coroutine.resume(driver, false, unpack(timers[1], 3)))
    local _, second = coroutine.resume(caller, false) -- nothing came in that time
    assert.is_true(second > 10 * first, second) -- seconds until the caller polls again
    assert.equal(before, exchange.steps)
    assert(coroutine.resume(driver, false))
    assert.same({ 1, before + 1 }, { #timers, exchange.steps })
  end)
end)
