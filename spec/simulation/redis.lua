-- A simulated Redis, in which the product's own scripts run: `streamctl.store.redis(connect)` takes
-- its connections. Answers take time, connections break before or after a question was executed,
-- the server loses its last second, its clock is set, and a fork shares connections.

local cjson = require "cjson"

local commands_of = require "spec.simulation.redis_commands"

local redis = {}

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local LOST = 1 -- seconds that a crash loses
local TIMEOUT = 1 -- seconds: the client's own, as docs/how-to/stores.md shows

local function text_of(value)
  return type(value) == "number" and ("%.17g"):format(value) or value
end

function redis.server(world)
  local server = { world = world, data = {}, undo = {}, scripts = {}, step = 0, down_until = 0,
    born = 0, losses = {} }
  local commands = commands_of(server)
  local function call(name, ...)
    local words = { ... }
    for i, word in ipairs(words) do words[i] = text_of(word) end
    return commands[name](unpack(words))
  end
  local function try(...)
    local ok, reply = pcall(call, ...)
    return ok and reply or { err = reply }
  end
  server.env = setmetatable({ redis = { call = call, pcall = try }, cjson = cjson,
    unpack = unpack }, { __index = _G })
  return server
end

-- A crash: the writes of the last second are gone, and the server is down for some seconds.
function redis.lose(server, down)
  local now, undo = server.world.now, server.undo
  while undo[1] and undo[#undo][1] > now - LOST do
    local last = table.remove(undo)
    server.data[last[2]] = last[3]
  end
  server.losses[#server.losses + 1] = now
  server.down_until, server.born = now + down, server.born + 1
end

local function execute(server, text, count, ...)
  local chunk = server.scripts[text]
  if not chunk then
    local whole = "local KEYS, ARGV = ...; " .. text
    if setfenv then -- luacheck: ignore 113
      chunk = setfenv(assert(loadstring(whole)), server.env) -- luacheck: ignore 113
    else
      chunk = assert(load(whole, "script", "t", server.env))
    end
    server.scripts[text] = chunk
  end
  local words, keys, values = { ... }, {}, {}
  for i, word in ipairs(words) do
    if i <= count then keys[i] = word else values[i - count] = word end
  end
  return chunk(keys, values)
end

local Client = {}
Client.__index = Client

local function demand_life(self)
  local server = self.server
  if self.born ~= server.born or server.down_until > server.world.now then error("closed", 0) end
end

-- A cluster refuses keys of two hash tags.
local function demand_one_tag(keys, count)
  for i = 2, count do
    if keys[i]:match "{.-}" ~= keys[1]:match "{.-}" then
      error("redis error: CROSSSLOT Keys in request don't hash to the same slot", 0)
    end
  end
end

-- Answers come in the order of the questions; the first who waits takes the first answer, also when
-- another process has asked, as after a fork.
function Client:eval(text, count, ...)
  local server, world = self.server, self.server.world
  local chance, faults = world.current.op.store_chance, world.config.faults
  local there, back = world.config.latency * chance(), world.config.latency * chance()
  local dice = chance()
  demand_life(self)
  world:sleep(there)
  demand_life(self)
  if dice < faults.store_before then error("closed", 0) end
  if dice < faults.store_before + faults.store_readonly then
    error("redis error: READONLY You can't write against a read only replica.", 0)
  end
  if world.config.is_cluster then demand_one_tag({ ... }, count) end
  table.insert(self.answers, execute(server, text, count, ...))
  if dice > 1 - faults.store_after then error("closed", 0) end
  if dice > 1 - faults.store_after - faults.store_slow then
    world:sleep(TIMEOUT - there)
    error("timeout", 0)
  end
  world:sleep(back)
  demand_life(self)
  return table.remove(self.answers, 1)
end

function Client.close() end

-- Makes the function `connect` of a store. `parents`: connections that a fork has left open.
function redis.connect(server, parents)
  local made = {}
  return function()
    if server.down_until > server.world.now then return nil, "connection refused" end
    local client = table.remove(parents or {})
    client = client or setmetatable({ server = server, born = server.born, answers = {} }, Client)
    made[#made + 1] = client
    return client
  end, made
end

return redis
