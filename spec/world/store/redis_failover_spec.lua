-- The redis store when its server changes its role, goes away and comes back.

local redis = require "streamctl.store.redis"
local redis_server = require "spec.world.store.redis_server"

describe("the redis store in a failover", function()
  local library, missing = redis_server.library()
  if not library then return pending(missing) end
  local started

  before_each(function() started = {} end)
  after_each(function()
    for _, server in ipairs(started) do server:stop() end
  end)

  local function start()
    local server = assert(redis_server.start())
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
  local function store_on(servers)
    local connects = { count = 0 }
    return redis.new(function()
      connects.count = connects.count + 1
      return redis_server.connect(servers[math.min(connects.count, #servers)].port)
    end), connects
  end

  it("leaves a master that has become a replica", function()
    local one, two = start(), start()
    replicate(two, one)
    local store, connects = store_on { one, two }
    local kept = redis_server.store(one.port)
    local first = assert(store:stamp("zego:1", 1, { "a" }))
    assert(redis_server.wait_until(function()
      return two:command "GET streamctl:{zego:1}:intent=a"
    end))
    two:command "REPLICAOF NO ONE"
    replicate(one, two)
    -- nothing was executed, so a repeat may go as well
    local second = assert(store:stamp("zego:1", 1, { "a" }, first))
    assert.is_true(second > first)
    assert.equal(2, connects.count)
    assert.matches("^Redis: READONLY", select(2, kept:stamp("zego:1", 1)))
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
end)
