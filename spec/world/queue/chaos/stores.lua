-- The Redis servers of a chaos run, by kind. Each has its `place`, a URL or the ports of Sentinels,
-- for spec/world/queue/worker.lua; `crash`, which has killed a server
-- once it returns; `settle`, after which writes are safe; and `stop`. Sentinels have `fail_over` as
-- well, a planned one.

local redis_groups = require "spec.world.store.redis_groups"
local redis_server = require "spec.world.store.redis_server"

local stores = {}

local DURABLE = "--appendonly yes --appendfsync always "

local function restart(server)
  server:kill()
  assert(server:run(), "Redis does not come back")
end

local function nothing() end

function stores.single()
  local server = assert(redis_server.start(DURABLE))
  return { place = "redis://127.0.0.1:" .. server.port, settle = nothing,
    crash = function() restart(server) end, stop = function() server:stop() end }
end

-- Without a replica no master takes a write, so none is lost when the other one takes over.
function stores.sentinel()
  local group = redis_groups.sentinel { options = DURABLE .. "--min-replicas-to-write 1 " }
  local ports = {}
  for i, sentinel in ipairs(group.sentinels) do ports[i] = sentinel.port end
  local function steady()
    group:wait_until_steady()
    return group
  end
  return {
    place = ports,
    stop = function() group:stop() end,
    fail_over = function() steady():fail_over() end,
    crash = function()
      local new, old = steady():kill_master()
      assert(old:run(), "Redis does not come back")
      old:command("REPLICAOF 127.0.0.1 " .. new.port) -- as Sentinel does some seconds later
    end,
    settle = function()
      local function has_replica()
        local client = redis_server.connect(group:master().port)
        client:set("settled", "1")
        return client:raw_cmd "WAIT 1 5000" == 1
      end
      assert(redis_server.wait_until(function()
        local ok, result = pcall(has_replica) -- a server whose role changes closes its connections
        return ok and result
      end, 60), "no master has a replica")
    end,
  }
end

return stores
