local contract = require "spec.world.store.contract"
local helper = require "spec.pieces.helper"
local latest = require "spec.support.latest"
local redis = require "streamctl.store.redis"
local redis_server = require "spec.world.store.redis_server"
local shell = require "spec.support.emulator.launcher.shell"

-- Above the server's clock, below which no number is given.
local N = math.tointeger and math.tointeger(4e15) or 4e15 -- luacheck: ignore 143 (Lua 5.3)

describe("the redis store", function()
  local library, missing = redis_server.library()
  if not library then return pending(missing) end
  local server, client
  local opened = 0

  setup(function()
    server = assert(redis_server.start())
    client = redis_server.connect(server.port)
  end)

  teardown(function()
    if server then server:stop() end
  end)

  local function new_prefix()
    opened = opened + 1
    return "test" .. opened .. ":"
  end

  local function connect() return redis_server.connect(server.port) end

  -- The contract's numbers are small, and ours are never below the server's clock: a store that
  -- adds a lot to the ones and takes it from the others.
  local A_LOT, SMALL = N, 1e13
  local function more(number)
    return type(number) == "number" and number >= 0 and number < SMALL and number + A_LOT or number
  end
  local function less(number, ...)
    if number and number >= A_LOT and number < A_LOT + SMALL then number = number - A_LOT end
    return number, ...
  end
  local function shifted(store)
    return setmetatable({
      stamp = function(_, account, floor, resources, since, exact, back)
        local number, dropped, last =
          store:stamp(account, more(floor), resources, more(since), exact, more(back))
        return less(number), dropped, (less(last))
      end,
      latest = function(_, ...) return less(latest(store, ...)) end,
    }, {
      __index = function(_, name)
        return function(_, ...) return store[name](store, ...) end
      end,
    })
  end

  local subject = {
    frozen = false, forget = 60,
    open = function() return shifted(redis.new(connect, { prefix = new_prefix() })) end,
    pass = function(seconds) shell.sleep(seconds) end,
  }
  for _, case in ipairs(contract) do
    it(case.name, function()
      local this = subject
      if case.name:find "forgets" then
        this = setmetatable({
          forget = 1,
          open = function()
            local store = redis.new(connect, { prefix = new_prefix() })
            store.intent_ttl_ms = "1000" -- or this would take a minute
            return shifted(store)
          end,
        }, { __index = subject })
      end
      case.test(this)
    end)
  end

  it("lets its keys die", function()
    local prefix = new_prefix()
    local store = redis.new(connect, { prefix = prefix })
    store:stamp("c", N + 1, { "a" })
    store:reserve("r", 100)
    store:reserve("r", 100)
    local left = {}
    for _, key in ipairs(client:keys(prefix .. "*")) do
      left[key:sub(#prefix + 1)] = client:ttl(key)
    end
    assert.is_true(left["{c}:number"] > 86300 and left["{c}:number"] <= 86400)
    assert.is_true(left["{c}:intent=a"] > 30 and left["{c}:intent=a"] <= 60)
    assert.is_true(left["{r}:slot"] > 150 and left["{r}:slot"] <= 201)
  end)

  it("gives a slot and a number in one step, or neither", function()
    local store = redis.new(connect, { prefix = new_prefix() })
    local function enter(limit, ...) return store:enter("r", 100, limit, ...) end
    local first = { enter(1, "k", N + 1, { "a" }) }
    assert.same({ 0, N + 1, {} }, first)
    local delay, number = enter(1, "k", N + 5, { "b" })
    assert.is_true(delay > 99 and delay <= 100)
    assert.is_nil(number)
    assert.equal(N + 2, store:stamp("k", N, { "a", "b" }, N + 1)) -- "b" has no newer intent
    assert.equal(N + 3, store:stamp("k", N, { "a" }))
    assert.same({ 0, false, { 1 } }, { enter(1000, "k", N, { "a" }, N + 1) })
    assert.equal(N + 3, (select(3, enter(1000, "k", 5, { "c" }, nil, true))))
    delay, number = enter(1000, "k", N, { "a", "c" })
    assert.is_true(delay > 99 and delay <= 100)
    assert.equal(N + 4, number)
  end)

  it("is asked once by a call that need not wait, twice by one that has to", function()
    local store = redis.new(connect, { prefix = new_prefix() })
    local rtc = helper.zego(nil, { store = store, rate_limit = 1 })
    store:stamp("k", N) -- Redis knows the script
    for count = 1, 2 do
      client:config("resetstat")
      assert(rtc:resume_rtc_stream { StreamId = "s" })
      local counts = client:info("commandstats").commandstats
      assert.equal("calls=" .. count, counts.cmdstat_evalsha:match "^calls=%d+")
    end
  end)

  it("loads its scripts again when Redis has forgotten them", function()
    local store = redis.new(connect, { prefix = new_prefix() })
    assert.equal(N + 5, store:stamp("k", N + 5))
    client:script("flush")
    assert.equal(N + 6, store:stamp("k", N + 5))
    client:script("flush")
    assert.equal(0, store:reserve("k", 1))
  end)

  it("fails when a key holds something else, and works on", function()
    local prefix = new_prefix()
    local store = redis.new(connect, { prefix = prefix })
    client:rpush(prefix .. "{list}:number", "x")
    client:set(prefix .. "{text}:number", "1e5")
    client:set(prefix .. "{huge}:number", "99999999999999999")
    client:set(prefix .. "{r}:slot", "text")
    for key, pattern in pairs { list = "WRONGTYPE", text = "no number", huge = "no number" } do
      local number, why = store:stamp(key, N + 5)
      assert.is_nil(number)
      assert.matches(pattern, why)
      assert.matches("^Redis: ", why)
    end
    assert.matches("no number", select(2, store:reserve("r", 1)))
    assert.equal(N + 5, store:stamp("k", N + 5))
    assert.equal("1e5", client:get(prefix .. "{text}:number"))
  end)

  it("never counts below the server's clock, but for an exact number", function()
    local store, time = redis.new(connect, { prefix = new_prefix() }), client:time()
    local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
    local number = store:stamp("k", 1)
    assert.is_true(number >= now and number < now + 60000)
    assert.equal(7, store:stamp("exact", 7, nil, nil, true))
    assert.is_true(store:stamp("exact", 7) >= number)
  end)

  it("finds its own lock when the answer to the first question was lost", function()
    local clients = { connect(), connect() }
    local store = redis.new(function()
      local real = table.remove(clients, 1)
      if #clients == 0 then return real end
      return {
        eval = function(_, ...)
          real:eval(...)
          error "closed"
        end,
      }
    end, { prefix = new_prefix() })
    local token = store:lock("k", 100)
    assert.is_string(token)
    assert.is_false((store:lock("k", 1)))
    assert.is_true(store:unlock("k", token))
  end)
end)
