-- Runs a seed: builds the world, its stores, hosts and clients, has the calls made and the events
-- happen, and returns the judge's verdict.

local streamctl = require "streamctl"

local guesses = require "spec.support.model.guesses"
local judge = require "spec.simulation.judge"
local memory = require "spec.support.model.memory"
local network = require "spec.simulation.network"
local order = require "spec.simulation.order"
local queue = require "streamctl.queue"
local redis = require "spec.simulation.redis"
local work = require "spec.simulation.work"
local worlds = require "spec.simulation.world"

local LONGEST = 100000 -- virtual seconds, after which nothing waits any more
local LARGE = 100000 -- KiB

-- ---- keys that are rotated ----

local Keys = {}
Keys.__index = Keys

-- When a key ends: each is good for as long again when the next one is there.
function Keys:ends(number) return (number + 2) * self.rotation end

-- What a vault says, which takes its time and is at times away.
local function ask_vault(world, keys)
  local op = world.current.op
  world:sleep(0.3 * op.drift())
  if not world.config.is_calm and op.drift() < 0.05 then return nil, "the vault is away" end
  local number = math.floor(world.now / keys.rotation)
  return { access_key_id = "LTAI5tSimulated" .. number, access_key_secret = ("s"):rep(30),
    security_token = "t", expires = worlds.EPOCH + keys:ends(number) }
end

-- ---- stores and clients ----

local function store_of(world, connect)
  local kind = world.config.store
  if kind == "redis" then return streamctl.store.redis(connect) end
  if kind == "file" then return assert(streamctl.store.file(world.path)) end
  world.shared = world.shared or streamctl.store.memory()
  return world.shared
end

-- Gives a host its clients; a forked child has the connections of its parent.
local function equip(world, host, parent)
  local config, connect = world.config, nil
  if world.redis then
    connect, host.connections = redis.connect(world.redis, parent and parent.connections)
  end
  local store = order.watch(world, store_of(world, connect))
  local limit = config.limit
  if limit == "off" then limit = false elseif limit == "documented" then limit = nil end
  local function options_of(vendor)
    return { store = store, loop = world:loop(), transport = network.transport(world, vendor),
      rate_limit = limit, on_event = config.listens and judge.listener(world, host) or nil }
  end
  local zego, aliyun = options_of "zego", options_of "aliyun"
  zego.app_id, zego.server_secret = 1234567890, ("9"):rep(32)
  aliyun.account = "main"
  if world.keys then
    function aliyun.credentials() return ask_vault(world, world.keys) end
  else
    aliyun.access_key_id, aliyun.access_key_secret = "LTAI5tSimulated", ("s"):rep(30)
  end
  host.clients = { zego = streamctl.zego.new(zego), aliyun = streamctl.aliyun.new(aliyun) }
  if config.workers > 0 then
    host.clients.queue = queue.new { store = store, durable = true }
  end
end

-- ---- events ----

local happen = {}

function happen.stop(world, event, host)
  host.wakes_at = world.now + (event.size < 0.7 and event.size * 3 or event.size * 80)
  table.insert(host.stops, world.now)
end
function happen.kill(_, _, host) host.is_dead = true end
function happen.fork(world, _, host)
  if world.config.store == "memory" then return end -- the child's memory is its own
  local child = world:host(host.skew)
  equip(world, child, host)
  host.child = child
end
function happen.vendor_down(world, event) world.down_until = world.now + event.size * 10 end
function happen.redis_down(world, event)
  if world.redis then world.redis.down_until = world.now + event.size * 5 end
end
function happen.redis_loss(world, event)
  if world.redis then redis.lose(world.redis, event.size * 3) end
end
function happen.redis_step(world, event)
  if not world.redis then return end
  world.redis.step = world.redis.step + event.sign * event.size * 4
  table.insert(world.steps, world.now)
end
-- Hosts that share a memory or a file are one machine, with one clock.
function happen.host_step(world, event, host)
  for _, other in ipairs(world.redis and { host } or world.hosts) do
    other.skew = other.skew + event.sign * event.size * (event.size < 0.5 and 4 or 300)
  end
  table.insert(world.steps, world.now)
end

-- ---- the run ----

local function new_world(config, is_traced)
  local world = worlds.new(config)
  world.is_traced, world.down_until, world.last = is_traced, -1, {}
  world.stamps, world.numbers, world.taken_back = {}, {}, {}
  if config.store == "redis" then world.redis = redis.server(world) end
  world.losses = world.redis and world.redis.losses or {}
  if config.store == "file" then world.path = os.tmpname() end
  if config.rotation > 0 then world.keys = setmetatable({ rotation = config.rotation }, Keys) end
  local switches = guesses.first()
  for name, value in pairs(config.guesses) do switches[name] = value end
  switches.list_lag, switches.rates, switches.clock_offset = config.lag, false, 0
  world.memory = memory.plain { config = switches, now = function() return world:wall() end,
    random = worlds.chance(config.seed + 5) }
  memory.use(world.memory)
  for i = 1, 3 do memory.set("refused", "bad" .. i, { code = 30009 }) end
  return world
end

local function issue(world, op)
  local host = world.hosts[op.host]
  if host.child and op.index % 2 == 1 then host = host.child end
  op.hosted = host
  local about = op.url or table.concat(op.ids or op.items or {}, ",")
  world:note("issue", op.index, op.kind, op.verb, about)
  world:spawn(host, op, function() work.run(op, host.clients, world) end, function(ok, why)
    op.thrown = not ok and why or nil
    world:note("end", op.index, op.answer and "ok" or op.message, op.became or "")
  end)
end

-- Has a worker work on some hosts, and on a host of its own which no event strikes.
local function employ(world, config, calls)
  local function has_ended()
    if world.now < config.length then return false end
    for _, op in ipairs(calls) do
      if op.facts.is_job and not op.is_done and not op.thrown and not op.hosted.is_dead then
        return false
      end
    end
    return true
  end
  equip(world, world:host(0))
  for i = 1, config.workers do
    local host = world.hosts[i == config.workers and #world.hosts or i] or world.hosts[1]
    local op = work.worker(host, 1000 + i, config)
    world:at(op.time, function()
      world:spawn(host, op, function()
        host.clients.queue:work { clients = { host.clients.zego }, loop = world:loop(),
          concurrency = 2, should_stop = has_ended }
      end, function(ok, why)
        if not ok then world:fault("no error is thrown", why, op) end
      end)
    end)
  end
end

-- Runs a configuration, without the calls of the set `config.without`. Returns the broken promises,
-- the world and the calls.
return function(config, is_traced)
  local world = new_world(config, is_traced)
  local chance = worlds.chance(config.seed + 77)
  for _ = 1, config.hosts do
    local skew = (config.is_skewed and 1500 or 2) * (chance() - 0.5)
    equip(world, world:host(world.redis and skew or 0))
  end
  local calls = {}
  for _, op in ipairs(work.calls(config)) do
    if not (config.without or {})[op.index] then
      calls[#calls + 1], op.hosted = op, world.hosts[op.host]
      world:at(op.time, function() issue(world, op) end)
    end
  end
  if config.workers > 0 then employ(world, config, calls) end
  for _, event in ipairs(config.events) do
    world:at(event.time, function()
      world:note("event", event.kind, event.host, event.size)
      happen[event.kind](world, event, world.hosts[event.host])
    end)
  end
  if collectgarbage "count" > LARGE then collectgarbage() end
  collectgarbage "stop" -- weak tables must not make a run differ from another
  local stderr = io.stderr
  io.stderr = { write = function() end } -- luacheck: ignore 122 (complaints of listeners)
  world:run(LONGEST)
  io.stderr = stderr -- luacheck: ignore 122
  collectgarbage "restart"
  if world.path then os.remove(world.path) end
  return judge.check(world, calls), world, calls
end
