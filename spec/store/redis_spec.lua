local contract = require "spec.store.contract"
local core = require "streamctl.core"
local processes = require "spec.store.processes"
local redis = require "streamctl.store.redis"
local redis_server = require "spec.store.redis_server"
local shell = require "spec.emulator.launcher.shell"

local CALLS = { { "stamp", "k", 1, { "s" } }, { "latest", "k" }, { "reserve", "k", 1 } }

describe("the redis store", function()
  local server, missing, client
  local opened = 0

  setup(function()
    server, missing = redis_server.start()
    client = server and redis_server.connect(server.port)
  end)

  teardown(function()
    if server then server.stop() end
  end)

  -- A test of what needs a server: pending where lua-redis cannot be loaded, failed where only the server is missing.
  local function with_server(name, test)
    it(name, function()
      if not server and not redis_server.library() then return pending(missing) end
      assert(server, missing)
      test()
    end)
  end

  local function new_prefix()
    opened = opened + 1
    return "test" .. opened .. ":"
  end

  local function connect()
    return redis_server.connect(server.port)
  end

  local subject = {
    frozen = false, forget = 60,
    open = function() return redis.new(client, { prefix = new_prefix() }) end,
    pass = function(seconds) shell.sleep(seconds) end,
  }
  for _, case in ipairs(contract) do
    with_server(case.name, function()
      local this = subject
      if case.name:find "forgets" then
        this = setmetatable({
          forget = 1,
          open = function()
            local store = redis.new(client, { prefix = new_prefix() })
            store.intent_ttl_ms = "1000" -- or this would take a minute
            return store
          end,
        }, { __index = subject })
      end
      case.test(this)
    end)
  end

  with_server("lets its keys die", function()
    local prefix = new_prefix()
    local store = redis.new(client, { prefix = prefix, ttl = 5000 })
    store:stamp("c", 1, { "a" })
    store:reserve("r", 100)
    store:reserve("r", 100)
    local left = {}
    for _, key in ipairs(client:keys(prefix .. "*")) do left[key:sub(#prefix + 1)] = client:ttl(key) end
    assert.is_true(left["{c}:number"] > 4900 and left["{c}:number"] <= 5000)
    assert.is_true(left["{c}:intent:a"] > 30 and left["{c}:intent:a"] <= 60)
    assert.is_true(left["{r}:slot"] > 150 and left["{r}:slot"] <= 201)
  end)

  with_server("is one store for all with the same prefix", function()
    local prefix = new_prefix()
    local one, two = redis.new(client, { prefix = prefix }), redis.new(connect, { prefix = prefix })
    assert.equal(100, one:stamp("c", 100, { "a" }))
    assert.equal(101, two:stamp("c", 100, { "a" }))
    assert.is_false((one:stamp("c", 100, { "a" }, 100)))
    assert.equal(0, one:reserve("r", 1000))
    assert.is_true(two:reserve("r", 1000) > 900)
    assert.equal(1, redis.new(client, { prefix = new_prefix() }):stamp("c", 1))
  end)

  with_server("asks once for each call", function()
    local store = redis.new(client, { prefix = new_prefix() })
    store:stamp("k", 1)
    store:latest("k")
    store:reserve("k", 1)
    client:config("resetstat")
    store:stamp("k", 1)
    store:latest("k")
    store:reserve("k", 1)
    local counts = client:info("commandstats").commandstats
    assert.equal("calls=3", counts.cmdstat_evalsha:match "^calls=%d+")
    assert.is_nil(counts.cmdstat_eval)
  end)

  with_server("loads its scripts again when Redis has forgotten them", function()
    local store = redis.new(client, { prefix = new_prefix() })
    assert.equal(5, store:stamp("k", 5))
    client:script("flush")
    assert.equal(6, store:stamp("k", 5))
    client:script("flush")
    assert.equal(6, store:latest("k"))
    client:script("flush")
    assert.equal(0, store:reserve("k", 1))
  end)

  with_server("needs no evalsha", function()
    local store = redis.new({ eval = function(_, ...) return client:eval(...) end }, { prefix = new_prefix() })
    assert.equal(5, store:stamp("k", 5))
    assert.equal(6, store:stamp("k", 5))
  end)

  with_server("fails when a key holds something else, and works on", function()
    local prefix = new_prefix()
    local store = redis.new(client, { prefix = prefix })
    client:rpush(prefix .. "{list}:number", "x")
    client:set(prefix .. "{text}:number", "1e5")
    client:set(prefix .. "{huge}:number", "99999999999999999")
    client:set(prefix .. "{r}:slot", "text")
    for key, pattern in pairs { list = "WRONGTYPE", text = "no number", huge = "no number" } do
      local number, why = store:stamp(key, 5)
      assert.is_nil(number)
      assert.matches(pattern, why)
      assert.matches("^Redis: ", why)
      assert.matches(pattern, select(2, store:latest(key)))
    end
    assert.matches("no number", select(2, store:reserve("r", 1)))
    assert.equal(5, store:stamp("k", 5))
    assert.equal("1e5", client:get(prefix .. "{text}:number"))
  end)

  with_server("fails while Redis is down", function()
    local other = assert(redis_server.start())
    local kept = redis.new(redis_server.connect(other.port))
    local again = redis.new(function() return redis_server.connect(other.port) end)
    assert.equal(5, kept:stamp("k", 5))
    assert.equal(6, again:stamp("k", 5))
    other.stop()
    for _, store in ipairs { kept, again } do
      for _, call in ipairs(CALLS) do
        local result, why = store[call[1]](store, call[2], call[3], call[4])
        assert.is_nil(result)
        assert.matches("^Redis: .", why)
      end
    end
  end)

  with_server("takes no late answer for the next one", function()
    local prefix = new_prefix()
    local kept = redis.new(redis_server.connect(server.port, 0.2), { prefix = prefix })
    local again = redis.new(function() return redis_server.connect(server.port, 0.2) end, { prefix = prefix })
    assert.equal(5, kept:stamp("k", 5))
    assert.equal(6, again:stamp("k", 5))
    client:raw_cmd("CLIENT PAUSE 800 ALL")
    for _, store in ipairs { kept, again } do
      local number, why = store:stamp("k", 100)
      assert.is_nil(number)
      assert.matches("timeout", why)
    end
    shell.sleep(1)
    local first = again:stamp("k", 100)
    assert.is_true(first > 100) -- one or both of the late ones were executed
    for _ = 1, 3 do
      local number, why = kept:stamp("k", 100)
      assert.is_nil(number)
      assert.matches("question", why)
    end
    local second = again:stamp("k", 100)
    assert.is_true(second == first + 1 or second == first + 2) -- only the first of the three was still asked
  end)

  with_server("gives each number once to processes", function()
    local folder = shell.run("mktemp -d"):match("%S+")
    client:del("streamctl:{shared}:number")
    local all, errors = processes.run(folder, "redis", tostring(server.port),
      { 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000 })
    shell.run("rm -rf " .. shell.quote(folder))
    assert.equal("", errors)
    assert.equal(40000, assert(processes.judge(all)))
    assert.equal(40999, redis.new(client):latest("shared"))
  end)

  -- ---- clients that need no server ----

  -- Answers as resty.redis does: nil and why when the connection fails, false and why for an error of the server.
  local function resty(...)
    local answers, at = { ... }, 0
    local function answer(self, text, _, ...)
      at = at + 1
      self.asked = self.asked or {}
      self.asked[at] = text
      local reply = answers[math.min(at, #answers)]
      local keys_and_values = { ... }
      for i, value in ipairs(keys_and_values) do
        if tostring(value):find "^streamctl%-" then self.token = keys_and_values[i] end
      end
      if type(reply) == "function" then return reply(self.token) end
      if type(reply) == "string" then return nil, reply end
      return reply[1], reply[2]
    end
    return { eval = answer, evalsha = answer, close = function(self) self.closed = true end }
  end

  local function taken(number)
    return function(token) return { token, "taken", number, "" } end
  end

  it("works with clients that answer as resty.redis does", function()
    local red = resty({ false, "NOSCRIPT No matching script" }, taken "7", { false, "ERR busy" }, "timeout", taken "8")
    local store = redis.new(red)
    assert.equal(7, store:stamp("k", 5))
    assert.equal(40, #red.asked[1])
    assert.matches("redis.call", red.asked[2], 1, true)
    assert.same({ nil, "Redis: ERR busy" }, { store:stamp("k", 5) })
    assert.same({ nil, "Redis: timeout" }, { store:stamp("k", 5) })
    assert.equal(8, store:stamp("k", 5))
  end)

  it("believes no answer that is none", function()
    local function is_refused(answer, method, ...)
      local store = redis.new(resty(answer))
      local result, why = store[method or "stamp"](store, ...)
      assert.is_nil(result)
      assert.matches("^Redis: the answer ", why)
    end
    for _, reply in ipairs { 5, "OK", true, {}, { "other", "taken", "7", "" }, { 7 } } do
      is_refused({ reply }, nil, "k", 5)
    end
    for _, number in ipairs { "", "x", "-1", "1e3", "7.5", " 7", "9007199254740993", "4", 7, false } do
      is_refused(taken(number), nil, "k", 5)
    end
    is_refused(function(token) return { token, "done", "7", "" } end, nil, "k", 5)
    is_refused(function(token) return { token, "below" } end, "stamp", "k", 5)
    is_refused(function(token) return { token } end, "stamp", "k", 5)
    is_refused(function(token) return { token, "x" } end, "latest", "k")
    is_refused(function(token) return { token, "-1" } end, "reserve", "k", 1)
    is_refused(function(token) return { token, "nan" } end, "reserve", "k", 1)
  end)

  it("keeps integers of 16 digits whole", function()
    local store = redis.new(resty(taken "9007199254740991"))
    assert.equal("9007199254740991", string.format("%.0f", store:stamp("k", 9007199254740990)))
  end)

  it("connects when it has to, and anew after a failure", function()
    local made = {}
    local store = redis.new(function()
      made[#made + 1] = resty(taken "7", { false, "ERR busy" }, taken "8", "closed")
      return made[#made]
    end)
    assert.equal(0, #made)
    assert.equal(7, store:stamp("k", 5))
    assert.is_nil(store:stamp("k", 5))
    assert.equal(8, store:stamp("k", 5))
    assert.equal(1, #made)
    assert.same({ nil, "Redis: closed" }, { store:stamp("k", 5) })
    assert.is_true(made[1].closed)
    assert.equal(7, store:stamp("k", 5))
    assert.equal(2, #made)
  end)

  it("says why it cannot connect", function()
    assert.same({ nil, "Redis: refused" }, { redis.new(function() return nil, "refused" end):stamp("k", 5) })
    assert.same({ nil, "Redis: no connection" }, { redis.new(function() end):stamp("k", 5) })
    local number, why = redis.new(function() error("no\nroute" .. ("x"):rep(9000)) end):stamp("k", 5)
    assert.is_nil(number)
    assert.matches("no route", why)
    assert.is_true(#why < 1000)
  end)

  it("gives a pooled client back after each call that was answered", function()
    local made, released = 0, {}
    local answers = { taken "7", { false, "ERR busy" }, "timeout", { {} } }
    local store = redis.new(function()
      made = made + 1
      return resty(answers[made])
    end, { release = function(red) released[#released + 1] = red end })
    for _ = 1, 4 do store:stamp("k", 5) end
    assert.equal(4, made)
    assert.equal(2, #released)
    assert.is_nil(released[1].closed)
  end)

  it("asks with a token of its own each time", function()
    local red, tokens = resty(function(token) return { token, "taken", "7", "" } end), {}
    local store = redis.new(red)
    for _ = 1, 100 do
      store:stamp("k", 5)
      assert.is_nil(tokens[red.token])
      tokens[red.token] = true
    end
  end)

  it("knows its scripts by their SHA-1", function()
    assert.equal("da39a3ee5e6b4b0d3255bfef95601890afd80709", core.sha1 "")
    assert.equal("a9993e364706816aba3e25717850c26c9cd0d89d", core.sha1 "abc")
  end)

  it("throws what is no client and no option", function()
    for _, bad in ipairs { {}, 5, "x", true } do
      assert.has_error(function() redis.new(bad) end)
    end
    assert.has_error(function() redis.new() end)
    local fine = resty(taken "7")
    for _, options in ipairs { { ttl = 0 }, { ttl = "x" }, { ttl = -1 }, { ttl = 0 / 0 }, { prefix = 5 },
      { release = function() end }, { release = 1 } } do
      assert.has_error(function() redis.new(fine, options) end)
    end
    assert.has_error(function() redis.new(fine, { prefx = "x" }) end, "unknown option 'prefx' (did you mean 'prefix'?)")
  end)
end)
