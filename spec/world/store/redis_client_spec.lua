-- The redis store with clients that need no server.

local redis = require "streamctl.store.redis"
local streamctl = require "streamctl"

describe("the redis store, whatever its client,", function()
  -- Answers as resty.redis does: nil and why when the connection fails, false and why for an error
  -- of the server.
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
    return {
      eval = answer, evalsha = answer,
      close = function(self) self.closed = true end,
    }
  end

  local function store_of(client)
    return redis.new(function() return client end)
  end

  local function taken(number)
    return function(token) return { token, "taken", number, "" } end
  end

  it("works with clients that answer as resty.redis does", function()
    local red = resty({ false, "NOSCRIPT No matching script" }, taken "7",
      { false, "ERR busy" }, "timeout", taken "8")
    local store = store_of(red)
    assert.equal(7, store:stamp("k", 5))
    assert.equal(40, #red.asked[1])
    assert.matches("redis.call", red.asked[2], 1, true)
    assert.same({ nil, "Redis: ERR busy" }, { store:stamp("k", 5) })
    assert.same({ nil, "Redis: timeout" }, { store:stamp("k", 5) })
    assert.equal(8, store:stamp("k", 5))
  end)

  it("believes no answer that is none", function()
    local function is_refused(answer, method, ...)
      local store = store_of(resty(answer))
      local result, why = store[method or "stamp"](store, ...)
      assert.is_nil(result)
      assert.matches("^Redis: the answer ", why)
    end
    for _, reply in ipairs { 5, "OK", true, {}, { "other", "taken", "7", "" }, { 7 } } do
      is_refused({ reply }, nil, "k", 5)
    end
    local largest = "9007199254740992"
    assert.equal(2 ^ 53, (store_of(resty(taken(largest))):stamp("k", 5)))
    for _, number in ipairs {
      "", "x", "-1", "1e3", "7.5", " 7", "9007199254740993", "10000000000000000", "4", 7, false,
    } do
      is_refused(taken(number), nil, "k", 5)
    end
    is_refused(function(token) return { token, "done", "7", "" } end, nil, "k", 5)
    is_refused(function(token) return { token, "below" } end, "stamp", "k", 5)
    is_refused(function(token) return { token } end, "stamp", "k", 5)
    is_refused(function(token) return { token, "x" } end, "reserve", "k", 1)
    is_refused(function(token) return { token, "-1" } end, "reserve", "k", 1)
    is_refused(function(token) return { token, "nan" } end, "reserve", "k", 1)
    is_refused(function(token) return { token, "0.5" } end, "reserve", "k", 1)
  end)

  it("says why it cannot connect", function()
    local store = redis.new(function() return nil, "refused" end)
    assert.same({ nil, "Redis: refused" }, { store:stamp("k", 5) })
    assert.same({ nil, "Redis: no connection" }, { redis.new(function() end):stamp("k", 5) })
    store = redis.new(function() error("no\nroute" .. ("x"):rep(9000)) end)
    local number, why = store:stamp("k", 5)
    assert.is_nil(number)
    assert.matches("no route", why)
    assert.is_true(#why < 1000)
  end)

  it("has a client go back to its pool after each call that was answered", function()
    local made, released = 0, {}
    local answers = { taken "7", { false, "ERR busy" }, "timeout", { {} } }
    local store = redis.new(function()
      made = made + 1
      local client = resty(answers[made])
      function client.set_keepalive(red) released[#released + 1] = red end
      return client
    end)
    for _ = 1, 4 do store:stamp("k", 5) end
    assert.equal(4, made)
    assert.equal(2, #released)
    assert.is_nil(released[1].closed)
  end)

  -- Clients that wait in the loop for their answers, and count.
  local function waiting(methods)
    local seen = { made = 0, closed = 0, most = 0, asking = 0 }
    return seen, function()
      seen.made = seen.made + 1
      local client, is_asking = {}, false
      function client.eval(_, _, keys, ...)
        assert(not is_asking, "two questions on one connection")
        local token = select(keys + 1, ...)
        is_asking, seen.asking = true, seen.asking + 1
        seen.most = math.max(seen.most, seen.asking)
        streamctl.sleep(0.002)
        is_asking, seen.asking = false, seen.asking - 1
        if seen.breaks then return nil, "closed" end
        return { token, "taken", "99999999999999", "" }
      end
      function client.close() seen.closed = seen.closed + 1 end
      for name, method in pairs(methods or {}) do client[name] = method end
      return client
    end
  end

  -- Asks in so many tasks, five times each; returns how many questions failed, and why.
  local function ask_in_tasks(store, tasks)
    local failed, why = 0, nil
    streamctl.run(function()
      local all = {}
      for i = 1, tasks do
        all[i] = streamctl.spawn(function()
          for _ = 1, 5 do
            local number, message = store:stamp("zego:1", 5, { "x" .. i })
            if not number then failed, why = failed + 1, message end
          end
        end)
      end
      for _, task in ipairs(all) do task:join() end
    end)
    return failed, why
  end

  it("closes the connections that wait, too, when one is broken", function()
    local seen, connect = waiting()
    local store = redis.new(connect)
    assert.equal(0, ask_in_tasks(store, 8))
    seen.breaks = true
    streamctl.run(function() assert.same({ nil, "Redis: closed" }, { store:stamp("k", 5) }) end)
    assert.same({ 9, 9 }, { seen.made, seen.closed }) -- and a new one, which was broken as well
    seen.breaks = false
    assert.equal(0, ask_in_tasks(store, 8))
  end)

  it("has nginx keep its connections", function()
    local kept = {}
    local seen, connect = waiting { set_keepalive = function(_, ...) kept[#kept + 1] = { ... } end }
    local store = redis.new(connect)
    assert.equal(0, ask_in_tasks(store, 2))
    assert.same({ 10, 10, { 10000, 16 } }, { seen.made, #kept, kept[1] })
  end)

  -- A store on such clients, one after the other, and those that it took.
  local function with_clients(...)
    local clients, made = { ... }, {}
    return redis.new(function()
      local client = table.remove(clients, 1) or "refused"
      if type(client) == "string" then return nil, client end
      made[#made + 1] = client
      return client
    end), made
  end

  it("goes once more when a server has refused to execute anything", function()
    for _, refusal in ipairs {
      "READONLY You can't write against a read only replica.",
      "ERR Error running script (call to f_5): @user_script:17: -READONLY You can't write",
      "LOADING Redis is loading the dataset in memory",
      "MASTERDOWN Link with MASTER is down", "NOAUTH Authentication required.",
      "ERR Protocol error: unauthenticated multibulk length", "NOREPLICAS Not enough good replicas",
    } do
      local no = { false, refusal }
      local store, made = with_clients(
        resty(no), resty(taken "7", no, no), resty(no), resty(taken "8"))
      assert.equal(7, store:stamp("k", 5, { "s" }, 3, true))
      assert.is_true(made[1].closed)
      assert.is_nil(made[2].closed)
      assert.equal(2, #made)
      assert.same({ nil, "Redis: " .. refusal }, { store:stamp("k", 5) })
      assert.equal(3, #made)
      assert.equal(8, store:stamp("k", 5))
    end
  end)

  it("throws what is no client and no option", function()
    for _, bad in ipairs { {}, resty(taken "7"), 5, "x", true } do
      assert.has_error(function() redis.new(bad) end)
    end
    assert.has_error(function() redis.new() end)
    local function fine() end
    for _, options in ipairs { { prefix = 5 }, { prefix = "a{}b" } } do
      assert.has_error(function() redis.new(fine, options) end)
    end
    assert.has_error(function() redis.new(fine, { prefx = "x" }) end,
      "unknown option 'prefx' (did you mean 'prefix'?)")
  end)
end)
