-- What the edge decided about streams outlasts nginx, and is known to all hosts that share a Redis.

local emulator = require "spec.support.emulator"
local redis_server = require "spec.world.store.redis_server"
local sender = require "spec.world.edge.sender"
local service = require "spec.world.edge.service"

local post, eventually = service.post, service.eventually

describe("decisions of the edge", function()
  local e, server, nodes

  setup(function() e = assert(emulator.start { workers = 2 }) end)
  teardown(function()
    if e then e:stop() end
  end)
  before_each(function()
    e:reset()
    nodes = {}
  end)
  after_each(function()
    for _, node in ipairs(nodes) do node:stop() end
    if server then server:stop() end
    server = nil
  end)

  local function start(changes)
    local all = {}
    for _, list in ipairs { sender.SETTINGS, changes or {} } do
      for name, value in pairs(list) do all[name] = value end
    end
    nodes[#nodes + 1] = service.start(e, all)
    return nodes[#nodes]
  end

  local function decide(n, intent, id)
    assert.equal(200, (post(n, intent, "zego", { id })))
  end

  local function announce(n, id)
    return select(2, n:json(sender.zego(e, id))).webhook
  end

  it("outlast a restart of nginx", function()
    local n = start()
    decide(n, "forbid", "d1")
    decide(n, "forbid", "d2")
    decide(n, "resume", "d2")
    e:reset()
    local pid = n.pid
    n:restart()
    assert.not_equal(pid, n.pid)
    assert.equal("forbid", announce(n, "d1"))
    assert.equal("fine", announce(n, "d2"))
    eventually(function() return e:state().zego.forbidden.d1 end)
  end)

  it("are known to another host that shares the Redis", function()
    if not redis_server.library() then return pending "lua-redis is missing" end
    server = assert(redis_server.start())
    local changes = { ["edge.store"] = "redis://127.0.0.1:" .. server.port }
    local one, other = start(changes), start(changes)
    decide(one, "forbid", "d1")
    e:reset()
    local path, options = sender.zego(e, "d1")
    assert.equal("forbid", select(2, other:json(path, options)).webhook)
    eventually(function() return e:state().zego.forbidden.d1 end)
    one:json(path, options) -- the vendor sends the same one to the first host
    eventually(function() return sender.outcomes(one).doubled == 1 end)
    decide(other, "resume", "d1")
    assert.equal("fine", announce(one, "d1"))
    -- live streams are not those of the test environment
    decide(one, "forbid", "d2")
    assert.equal("fine", announce(start { ["edge.store"] = changes["edge.store"],
      ["zego.is_test"] = "true" }, "d2"))
    assert.equal("forbid", announce(other, "d2"))
  end)

  it("are asked for again when the store fails, and the vendor sends the webhook again", function()
    if not redis_server.library() then return pending "lua-redis is missing" end
    server = assert(redis_server.start())
    local n = start { ["edge.store"] = "redis://127.0.0.1:" .. server.port .. "?timeout=1" }
    decide(n, "forbid", "d1")
    server:kill()
    local status, body = n:json(sender.zego(e, "d1"))
    assert.same({ 503, "store" }, { status, body.error.code })
    eventually(function() return n:access_log():find '"code":"store"' end)
    assert.matches("Redis: ", body.error.message)
    assert.equal(1, sender.outcomes(n).store)
    assert.is_true(server:run())
  end)
end)
