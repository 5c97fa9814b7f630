-- The redis store when its server changes its role, goes away and comes back.

local latest = require "spec.support.latest"
local redis = require "streamctl.store.redis"
local redis_server = require "spec.world.store.redis_server"
local shell = require "spec.support.emulator.launcher.shell"

describe("the redis store in a failover", function()
  local library, missing = redis_server.library()
  if not library then return pending(missing) end
  local started

  before_each(function() started = {} end)
  after_each(function()
    for _, server in ipairs(started) do server:stop() end
  end)

  local function start(...)
    local server = assert(redis_server.start(...))
    started[#started + 1] = server
    return server
  end

  local function replicate(replica, master)
    replica:command(("REPLICAOF 127.0.0.1 %d"):format(master.port))
    assert(redis_server.wait_until(function()
      return replica:command("INFO replication"):find "master_link_status:up"
    end), "the replica does not find its master")
  end

  -- A store that connects to the first server and to the others in turn.
  local function store_on(servers, options)
    local connects = { count = 0 }
    return redis.new(function()
      connects.count = connects.count + 1
      return redis_server.connect(servers[math.min(connects.count, #servers)].port)
    end, options), connects
  end

  it("leaves a master that has become a replica", function()
    local one, two = start(), start()
    replicate(two, one)
    local store, connects = store_on { one, two }
    local pooled = redis.new(function()
      local port = two:command("INFO replication"):find "role:master" and two.port or one.port
      return setmetatable({ set_keepalive = function() end },
        { __index = redis_server.connect(port) })
    end)
    local kept = redis_server.store(one.port)
    local first = assert(store:stamp("zego:1", 1, { "a" }))
    assert(pooled:stamp("zego:1", 1))
    assert(redis_server.wait_until(function()
      return two:command "GET streamctl:{zego:1}:intent=a"
    end))
    two:command "REPLICAOF NO ONE"
    replicate(one, two)
    -- nothing was executed, so a repeat may go as well
    local second = assert(store:stamp("zego:1", 1, { "a" }, first))
    assert.is_true(second > first)
    assert.equal(2, connects.count)
    assert.is_true(assert(pooled:stamp("zego:1", 1)) > second)
    for _ = 1, 2 do assert.matches("^Redis: READONLY", select(2, kept:stamp("zego:1", 1))) end
  end)

  it("leaves a server that executes nothing", function()
    local good = start()
    local replica = start "--replica-serve-stale-data no"
    replica:command "REPLICAOF 127.0.0.1 1" -- where nobody listens
    local closed = start()
    local client = redis_server.connect(closed.port)
    client:config("set", "requirepass", "secret")
    local alone = start()
    alone:command "CONFIG SET min-replicas-to-write 1"
    for code, server in pairs {
      MASTERDOWN = replica, unauthenticated = closed, NOREPLICAS = alone,
    } do
      local store, connects = store_on { server, good }
      assert(store:stamp("zego:1", 1, { code }, 1))
      assert.equal(2, connects.count)
      local stays = store_on { server }
      assert.matches("^Redis: .*" .. code, select(2, stays:stamp("zego:1", 1, { code })))
    end
    local store, connects = store_on { closed, good }
    assert.equal(0, store:reserve("zego:1:r", 1))
    assert.equal(2, connects.count)
    assert.matches("^Redis: NOAUTH", select(2, store_on({ closed }):reserve("zego:1:r", 1)))
    client:config("set", "requirepass", "")
  end)

  it("connects anew when a kept connection was closed", function()
    local server = start()
    local store, connects = store_on { server }
    local function close_all() server:command "CLIENT KILL TYPE normal SKIPME yes" end
    local first = assert(store:stamp("zego:1", 1, { "a" }))
    close_all()
    assert.is_true(assert(store:stamp("zego:1", 1, { "a" })) > first)
    assert.equal(2, connects.count)
    close_all()
    assert.equal(0, store:reserve("zego:1:r", 1))
    close_all()
    local token = assert(store:lock("zego:1:l", 100))
    close_all()
    -- it may have been executed, and would say false now
    assert.is_nil((store:unlock("zego:1:l", token)))
    assert.is_true(store:unlock("zego:1:l", token))
    close_all()
    assert.is_false((store:stamp("zego:1", 1, { "a" }, first))) -- asked once more
    assert.is_false((store:stamp("zego:1", 1, { "a" }, first)))
    assert.equal(6, connects.count)
  end)

  it("gives no number twice after a power cut", function()
    local server = start "--appendonly yes --appendfsync everysec"
    local store = store_on { server }
    local function clock()
      local time = server:command "TIME"
      return time[1] * 1000 + time[2] / 1000
    end
    for _ = 1, 5 do assert(store:stamp("zego:1", 1, { "a" })) end
    shell.run(("cd %s && cp -r appendonlydir saved"):format(shell.quote(server.folder)))
    local last
    -- the disk has none of these
    for _ = 1, 50 do last = assert(store:stamp("zego:1", 1, { "a" })) end
    server:kill()
    shell.run(("cd %s && rm -r appendonlydir && mv saved appendonlydir"):format(
      shell.quote(server.folder)))
    assert.is_true(server:run())
    -- numbers run ahead of the clock only when more than one is taken in a millisecond
    assert(redis_server.wait_until(function() return clock() >= last + 1 end))
    assert.is_true(latest(redis_server.store(server.port), "zego:1") < last - 40)
    assert.is_true(assert(store:stamp("zego:1", 1, { "a" })) > last)
  end)
end)
