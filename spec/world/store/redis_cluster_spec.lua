-- The redis store on a cluster of three real nodes.

local latest = require "spec.support.latest"
local redis = require "streamctl.store.redis"
local redis_groups = require "spec.world.store.redis_groups"
local redis_server = require "spec.world.store.redis_server"

describe("the redis store on a cluster", function()
  local group, nodes, missing

  setup(function()
    missing = select(2, redis_server.library())
    if missing then return end
    group = redis_groups.cluster()
    nodes = group.servers
  end)

  teardown(function()
    if group then group:stop() end
  end)

  before_each(function()
    for _, node in ipairs(nodes or {}) do node:command "FLUSHALL" end
  end)

  local function with_cluster(name, test)
    it(name, function()
      if not nodes then return pending(missing) end
      test()
    end)
  end

  -- A store, and a list of the ports to which it has connected.
  local function new_store(options)
    local ports = {}
    return redis.new(function(_, port)
      ports[#ports + 1] = port or nodes[1].port
      return redis_server.connect(ports[#ports])
    end, options), ports
  end

  local function count_moved()
    local count = 0
    for _, node in ipairs(nodes) do
      count = count + (node:command("INFO errorstats"):match "errorstat_MOVED:count=(%d+)" or 0)
    end
    return count
  end

  local function accounts_do(store, check)
    for i = 1, 30 do
      local account = "zego:" .. i
      check(account)
      assert.is_number((store:reserve(account .. ":Action", 0.01)))
      local token = assert(store:lock(account .. ":lock", 10))
      assert.is_true(store:unlock(account .. ":lock", token))
    end
  end

  with_cluster("serves accounts on all nodes, each at one", function()
    local store, ports = new_store()
    local first = {}
    accounts_do(store, function(account)
      first[account] = assert(store:stamp(account, 1, { "a", "b" }))
      assert.is_true(assert(store:stamp(account, 1, { "b" })) > first[account])
    end)
    table.sort(ports)
    local all = { nodes[1].port, nodes[2].port, nodes[3].port }
    table.sort(all)
    assert.same(all, ports) -- one connection to each
    local moved = count_moved()
    accounts_do(store, function(account)
      local _, dropped = assert(store:stamp(account, 1, { "a", "b" }, first[account]))
      assert.same({ 2 }, dropped)
    end)
    assert.equal(moved, count_moved()) -- it knew who serves whom
    local keys = 0
    for _, node in ipairs(nodes) do
      local here = tonumber(node:command "DBSIZE")
      assert.is_true(here > 0)
      keys = keys + here
    end
    assert.is_true(keys >= 30 * 3) -- number and two intents; slots end
  end)

  with_cluster("keeps all of an account in one slot, whatever its name", function()
    local store = new_store()
    for _, account in ipairs { "zego:1", "", "}", "{}", "{", "a{b}c", "zego:{}", "%" } do
      assert.is_number((store:stamp(account, 1, { "a", "}" })))
    end
    for _, node in ipairs(nodes) do node:command "FLUSHALL" end
    assert.is_number((store:stamp("zego:1", 1, { "a" })))
    assert.is_number((store:stamp("zego:1:order", 1, { "a" })))
    assert.is_number((store:reserve("zego:1:Action", 100)))
    assert.is_string((store:lock("zego:1:lock", 10)))
    local slot, keys = nodes[1]:command "CLUSTER KEYSLOT zego:1", 0
    for _, node in ipairs(nodes) do
      keys = math.max(keys, node:command("CLUSTER COUNTKEYSINSLOT " .. slot))
    end
    assert.equal(6, keys)
  end)

  with_cluster("gives a slot and a number at once, and of two accounts the slot alone", function()
    local store = new_store()
    for i = 1, 30 do
      local account = "zego:" .. i
      local delay, number = store:enter(account .. ":Action", 1, 5, account, 1, { "a" })
      assert.equal(0, delay)
      assert.is_true(store:stamp(account, 1) > number)
    end
    assert.is_true(store.enters)
    for i = 1, 5 do
      for _, order in ipairs { "aliyun:a.example.com:order", "aliyun:b.example.com:order" } do
        local delay, number = store:enter("aliyun:LTAI" .. i .. ":Action", 1, 5, order, 1, { "a" })
        assert.is_nil(number)
        assert.equal(order:find "a%.example" ~= nil, delay == 0)
        assert.is_false(store.enters) -- from now on calls ask for each
      end
    end
  end)

  with_cluster("goes along when a slot is moved", function()
    local store = new_store()
    local account = "zego:moving"
    local slot = nodes[1]:command("CLUSTER KEYSLOT " .. account)
    local from = slot <= 5460 and 1 or slot <= 10922 and 2 or 3
    local to = from % 3 + 1
    local source, target = nodes[from], nodes[to]
    local source_id, target_id = source:command "CLUSTER MYID", target:command "CLUSTER MYID"
    target:command(("CLUSTER SETSLOT %d IMPORTING %s"):format(slot, source_id))
    source:command(("CLUSTER SETSLOT %d MIGRATING %s"):format(slot, target_id))
    local first = assert(store:stamp(account, 1)) -- ASK: there is no key of it yet
    assert.is_true(target:command("CLUSTER COUNTKEYSINSLOT " .. slot) > 0)
    assert.equal(0, source:command("CLUSTER COUNTKEYSINSLOT " .. slot))
    assert.is_true(assert(store:stamp(account, 1)) > first)
    local _, why = store:stamp(account, 1, { "a" }) -- several keys
    assert.matches("^Redis: .*TRYAGAIN", why)
    for _, node in ipairs { target, source } do
      node:command(("CLUSTER SETSLOT %d NODE %s"):format(slot, target_id))
    end
    local number = assert(store:stamp(account, 1, { "a" })) -- MOVED
    assert.is_true(number > first)
    assert.equal(number, latest(store, account, "a"))
    -- and back, for the other tests
    source:command(("CLUSTER SETSLOT %d IMPORTING %s"):format(slot, target_id))
    target:command(("CLUSTER SETSLOT %d MIGRATING %s"):format(slot, source_id))
    target:command "FLUSHALL"
    for _, node in ipairs { source, target } do
      node:command(("CLUSTER SETSLOT %d NODE %s"):format(slot, source_id))
    end
    assert(store:stamp(account, 1, { "a" }))
  end)

  with_cluster("fails for the accounts of a dead node, and serves the others", function()
    local store = new_store()
    for i = 1, 30 do assert(store:stamp("zego:" .. i, 1)) end
    nodes[3]:kill()
    local served, failed = 0, 0
    for i = 1, 30 do
      local number, why = store:stamp("zego:" .. i, 1)
      if number then
        served = served + 1
      else
        assert.matches("^Redis: ", why)
        failed = failed + 1
      end
    end
    assert.is_true(served > 0 and failed > 0)
    assert.is_true(nodes[3]:run())
    assert(redis_server.wait_until(function()
      for i = 1, 30 do
        if not store:stamp("zego:" .. i, 1) then return false end
      end
      return true
    end), "it does not find the node again")
  end)
end)
