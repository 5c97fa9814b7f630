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
      asking = function(self) self.asking_at = at + 1 end,
      close = function(self) self.closed = true end,
    }
  end

  local function taken(number)
    return function(token) return { token, "taken", number, "" } end
  end

  it("works with clients that answer as resty.redis does", function()
    local red = resty({ false, "NOSCRIPT No matching script" }, taken "7",
      { false, "ERR busy" }, "timeout", taken "8")
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
    local largest = "9007199254740992"
    assert.equal(2 ^ 53, (redis.new(resty(taken(largest))):stamp("k", 5)))
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

  it("writes numbers so that every Lua of a server reads them, and none as infinity", function()
    local sent
    local store = redis.new { eval = function(_, _, _, _, token, ...)
      sent = { ... }
      return { token, "0" }
    end }
    -- whole microseconds: a locale may have another decimal point
    for limit, text in pairs { [math.huge] = "9007199254740992", [-math.huge] = "-1",
      [0.5] = "500000" } do
      assert.equal(0, store:reserve("k", 1 / 3, limit))
      assert.same({ "333334", text }, sent)
    end
    assert.equal(0, store:reserve("k", 1))
    assert.same({ "1000000", "9007199254740992" }, sent)
    store:stamp("k", 1.5e12, nil, 7, true, 9)
    for _, text in ipairs(sent) do assert.is_truthy(text:find "^%d*$", text) end
    store = redis.new(resty(function(token) return { token, "1500000" } end))
    assert.equal(1.5, store:reserve("k", 1))
  end)

  it("connects when it has to, and anew after a failure", function()
    local made = {}
    local store = redis.new(function()
      made[#made + 1] = resty(taken "7", { false, "ERR busy" }, taken "8", "timeout")
      return made[#made]
    end)
    assert.equal(0, #made)
    assert.equal(7, store:stamp("k", 5))
    assert.is_nil(store:stamp("k", 5))
    assert.equal(8, store:stamp("k", 5))
    assert.equal(1, #made)
    assert.same({ nil, "Redis: timeout" }, { store:stamp("k", 5) })
    assert.is_true(made[1].closed)
    assert.equal(7, store:stamp("k", 5))
    assert.equal(2, #made)
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

  it("has a connection for each of those that ask side by side, and keeps them", function()
    local seen, connect = waiting()
    local store = redis.new(connect)
    assert.same({ 0 }, { ask_in_tasks(store, 8) })
    assert.same({ 0 }, { ask_in_tasks(store, 8) })
    assert.same({ 8, 8, 0 }, { seen.made, seen.most, seen.closed })
  end)

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
    local released = 0
    store = redis.new(connect, { release = function() released = released + 1 end })
    assert.equal(0, ask_in_tasks(store, 2))
    assert.same({ 10, 10 }, { released, #kept })
  end)

  it("may connect and release by waiting", function()
    local seen, connect = waiting()
    local store = redis.new(function()
      streamctl.sleep(0.002)
      return connect()
    end, { release = function() streamctl.sleep(0.002) end })
    assert.same({ 0 }, { ask_in_tasks(store, 3) })
    assert.equal(15, seen.made)
  end)

  it("asks one resource at a time where a client is given", function()
    local seen, connect = waiting()
    local store = redis.new(connect())
    local failed, why = ask_in_tasks(store, 2)
    assert.equal("Redis: its only connection is asking something else; give a function that "
      .. "connects", why)
    assert.is_true(failed > 0 and failed < 10)
    assert.equal(0, ask_in_tasks(store, 1))
    assert.same({ 1, 1, 0 }, { seen.made, seen.most, seen.closed })
  end)

  it("asks with another token each time, and in each store", function()
    local red, tokens = resty(taken "7"), {}
    for _ = 1, 10 do
      local store = redis.new(red)
      for _ = 1, 10 do
        store:stamp("k", 5)
        assert.is_nil(tokens[red.token])
        tokens[red.token] = true
      end
    end
  end)

  it("takes no answer to a question that it has asked anew", function()
    local red = resty({ false, "NOSCRIPT of a question before" }, function() return {} end)
    local asked = {}
    for _, method in ipairs { "evalsha", "eval" } do
      local answer = red[method]
      red[method] = function(self, ...)
        asked[#asked + 1] = (select(4, ...))
        if method == "eval" then return { asked[1], "taken", "7", "" } end -- the late one
        return answer(self, ...)
      end
    end
    assert.same({ nil, "Redis: the answer belongs to another question" },
      { redis.new(red):stamp("k", 5) })
    assert.not_equal(asked[1], asked[2])
  end)

  -- A store on such clients, one after the other, and what it did: `made`, and `where` it
  -- connected to.
  local function with_clients(...)
    local clients, made, where = { ... }, {}, {}
    return redis.new(function(host, port)
      local client = table.remove(clients, 1) or "refused"
      where[#where + 1] = tostring(host) .. " " .. tostring(port)
      if type(client) == "string" then return nil, client end
      made[#made + 1] = client
      return client
    end), made, where
  end

  it("goes once more when a server has refused to execute anything", function()
    for _, refusal in ipairs {
      "READONLY You can't write against a read only replica.",
      "ERR Error running script (call to f_5): @user_script:17: -READONLY You can't write",
      "LOADING Redis is loading the dataset in memory", "CLUSTERDOWN Hash slot not served",
      "MASTERDOWN Link with MASTER is down", "NOAUTH Authentication required.",
      "ERR Protocol error: unauthenticated multibulk length", "NOREPLICAS Not enough good replicas",
    } do
      local no = { false, refusal }
      local store, made, where = with_clients(
        resty(no), resty(taken "7", no, no), resty(no), resty(taken "8"))
      assert.equal(7, store:stamp("k", 5, { "s" }, 3, true))
      assert.is_true(made[1].closed)
      assert.is_nil(made[2].closed)
      assert.same({ "nil nil", "nil nil" }, where)
      assert.same({ nil, "Redis: " .. refusal }, { store:stamp("k", 5) })
      assert.equal(3, #made)
      assert.equal(8, store:stamp("k", 5))
    end
  end)

  it("goes once more when a connection broke, if that does no harm", function()
    local function numbered(token) return { token, "7" } end
    local function locked(token) return { token, "" } end
    for _, call in ipairs {
      { taken "7", 7, "stamp", "k", 5, { "s" } },
      { taken "7", 7, "stamp", "k", 5, { "s" }, 3 },
      { numbered, 7e-6, "reserve", "k", 1 },
    } do
      local store, made = with_clients(resty "closed", resty(call[1]))
      assert.equal(call[2], (store[call[3]](store, call[4], call[5], call[6], call[7])))
      assert.is_true(made[1].closed)
      assert.equal(made[1].token, made[2].token)
    end
    local store, made = with_clients(resty "closed", resty(locked))
    local token = store:lock("k", 1)
    assert.equal(made[1].token, token) -- it finds its own lock, should the first one have taken it
    for _, call in ipairs {
      { "stamp", "k", 5, { "s" }, nil, true }, { "unlock", "k", "token" },
    } do
      store, made = with_clients(resty "closed", resty(taken "7"))
      assert.same({ nil, "Redis: closed" },
        { store[call[1]](store, call[2], call[3], call[4], call[5], call[6]) })
      assert.equal(1, #made)
    end
    store, made = with_clients(resty "closed", resty "closed", resty(taken "7"))
    assert.same({ nil, "Redis: closed" }, { store:stamp("k", 5) })
    assert.equal(2, #made)
  end)

  it("follows a cluster to the node that serves an account, and remembers it", function()
    local store, made, where = with_clients(
      resty({ false, "MOVED 3999 10.0.0.2:6381" }, taken "9",
        { false, "MOVED 5 :6382" }, { false, "MOVED 6 ::1:6383" }),
      resty(taken "7", taken "8"), resty(taken "10"), resty(taken "11"))
    assert.equal(7, store:stamp("moved", 5))
    assert.equal(8, store:stamp("moved", 5))
    assert.equal(9, store:stamp("here", 5))
    assert.equal(10, store:stamp("host", 5))
    assert.equal(11, store:stamp("six", 5))
    assert.same({ "nil nil", "10.0.0.2 6381", "nil 6382", "::1 6383" }, where)
    for _, client in ipairs(made) do assert.is_nil(client.closed) end
  end)

  it("asks at the node to which an account is just being moved", function()
    local store, made, where = with_clients(
      resty({ false, "ASK 3999 10.0.0.2:6381" }, taken "8"),
      resty({ false, "NOSCRIPT No matching script" }, taken "7"))
    assert.equal(7, store:stamp("k", 5))
    assert.equal(2, made[2].asking_at) -- before EVAL as well: it holds for one command
    assert.equal(8, store:stamp("k", 5))
    assert.same({ "nil nil", "10.0.0.2 6381" }, where)
  end)

  it("begins anew when the node of an account is gone", function()
    local moved = { false, "MOVED 3999 10.0.0.2:6381" }
    local store, _, where = with_clients(
      resty(moved, taken "9"), resty(taken "7", { false, "READONLY You can't write" }), "refused")
    assert.equal(7, store:stamp("k", 5))
    assert.equal(9, store:stamp("k", 5))
    assert.equal(2, #where)
    store, _, where = with_clients(resty(moved, moved, taken "9"), resty(taken "7", "timeout"))
    assert.equal(7, store:stamp("k", 5))
    assert.same({ nil, "Redis: timeout" }, { store:stamp("k", 5) })
    assert.same({ nil, "Redis: refused" }, { store:stamp("k", 5) })
    for _ = 1, 2 do assert.equal(9, store:stamp("k", 5)) end
    -- which is looked for twice in the third call, and once in the next
    local node = "10.0.0.2 6381"
    assert.same({ "nil nil", node, node, node, node }, where)
  end)

  it("does not go round in a cluster that contradicts itself", function()
    local count = 0
    local store = redis.new(function(_, port)
      return resty(function()
        count = count + 1
        return false, "MOVED 1 127.0.0.1:" .. (port == 1 and 2 or 1)
      end)
    end)
    assert.matches("MOVED", select(2, store:stamp("k", 5)))
    assert.equal(6, count)
  end)

  it("remembers the nodes of a thousand accounts", function()
    local connects = 0
    local store = redis.new(function(host)
      connects = connects + 1
      return host and resty(taken "7") or resty { false, "MOVED 1 127.0.0.1:1" }
    end)
    for i = 1, 2500 do assert.equal(7, store:stamp("k" .. i, 5)) end
    assert.equal(2, connects)
    local count = 0
    for _ in pairs(store.connections.nodes) do count = count + 1 end
    assert.is_true(count <= 1000)
  end)

  it("says what a cluster needs", function()
    local store = redis.new(resty { false, "MOVED 3999 127.0.0.1:6381" })
    local _, why = store:stamp("k", 5)
    assert.equal(
      "Redis: MOVED 3999 127.0.0.1:6381; a cluster needs a function that connects", why)
  end)

  it("throws what is no client and no option", function()
    for _, bad in ipairs { {}, 5, "x", true } do
      assert.has_error(function() redis.new(bad) end)
    end
    assert.has_error(function() redis.new() end)
    local fine = resty(taken "7")
    for _, options in ipairs { { ttl = 0 }, { ttl = "x" }, { ttl = -1 }, { ttl = 0 / 0 },
      { prefix = 5 }, { prefix = "a{}b" },
      { release = function() end }, { release = 1 } } do
      assert.has_error(function() redis.new(fine, options) end)
    end
    assert.has_error(function() redis.new(fine, { prefx = "x" }) end,
      "unknown option 'prefx' (did you mean 'prefix'?)")
  end)
end)
