-- Connections of the Redis store to its server.
--
-- A question is repeated when the server has refused it unexecuted, or when the connection broke
-- and a second execution does no harm. A connection carries a single question at a time.

local core = require "streamctl.core"
local protected = require "streamctl.loop.protected"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143 (Lua 5.1)

local Connections = {}
Connections.__index = Connections

local connections = {}

local MAX_FREE = 64 -- connections that wait for the next question

-- Answers of a server that has executed nothing: it is no master, not ready, or wants a password.
local REFUSALS = {
  "READONLY", "LOADING", "MASTERDOWN", "NOREPLICAS", "NOAUTH",
  "unauthenticated", -- instead of NOAUTH when the command has many words
}

local digests = {} -- by script

-- A random name of a question, and of a lock's holder: two processes may share a connection by
-- mistake, as after a fork.
local function new_token()
  return string.format("streamctl-%.0f-%.0f", core.random() * 2 ^ 48, core.random() * 2 ^ 48)
end

-- Returns true and the answer; or false, why not, and whether the server answered with an error.
local function attempt(client, method, text, keys, values)
  local list = { text, #keys }
  for i = 1, #keys do list[#list + 1] = keys[i] end
  for i = 1, #values do list[#list + 1] = values[i] end
  local ok, reply, why = protected.call(client[method], client, unpack(list))
  if ok and reply then return true, reply end
  if ok then return false, tostring(why or "no answer"), reply == false end -- resty.redis
  local of_server = tostring(reply):match "redis error: (.*)" -- redis-lua
  return false, of_server or tostring(reply), of_server ~= nil
end

local function run(client, script, keys, values)
  if client.evalsha then
    digests[script] = digests[script] or assert(core.sha1(script))
    local ok, reply, answered = attempt(client, "evalsha", digests[script], keys, values)
    if ok or not reply:find("NOSCRIPT", 1, true) then return ok, reply, answered end
    values[1] = new_token() -- the connection may still bring an answer to the first question
  end
  return attempt(client, "eval", script, keys, values)
end

local function close(client)
  if not protected.call(function() client:close() end) then
    protected.call(function() client.network.socket:close() end) -- redis-lua has no method for it
  end
end

local function take(self)
  local client = table.remove(self.free)
  if client then return client end
  local ok, made, why = protected.call(self.connect)
  if not ok then return nil, tostring(made) end
  return made or nil, tostring(why or "no connection")
end

-- Whether a client, which may throw at unknown names, is one that nginx keeps.
local function has_keepalive(client)
  local ok, method = pcall(function() return client.set_keepalive end)
  return ok and method ~= nil
end

-- Waits until a replica has what the connection wrote. Returns whether one has.
local function is_replicated(client)
  local ok, count = protected.call(function()
    if client.raw_cmd then return client:raw_cmd "WAIT 1 1000" end -- redis-lua
    return client:wait(1, 1000)
  end)
  return ok and (tonumber(count) or 0) >= 1
end

local function put_back(self, client)
  if has_keepalive(client) then
    -- in nginx a connection belongs to a request, and nginx keeps it for others
    protected.call(client.set_keepalive, client, 10000, 16)
  elseif #self.free < MAX_FREE then
    self.free[#self.free + 1] = client
  else
    close(client)
  end
end

-- The connection may have an answer under way for nobody. The free connections are as old, and most
-- likely broken, too.
local function give_up(self, client)
  local free = self.free
  self.free = {}
  close(client)
  for _, other in ipairs(free) do close(other) end
end

local function is_refusal(why)
  for _, code in ipairs(REFUSALS) do
    if why:find(code, 1, true) then return true end
  end
  return false
end

-- One attempt: the answer; or nil, why not, and whether the question may go once more.
local function try(self, script, keys, values, harmless, replicas)
  local client, why = take(self)
  if not client then return nil, why end
  local ok, reply, answered = run(client, script, keys, values)
  if ok and type(reply) == "table" and reply[1] == values[1] then
    local is_lost = replicas and not is_replicated(client)
    if is_lost then give_up(self, client) else put_back(self, client) end
    if is_lost then return nil, "no replica has it within a second" end
    return reply
  elseif ok then
    give_up(self, client)
    return nil, "the answer belongs to another question"
  end
  local refused = answered and is_refusal(reply)
  if answered and not refused then put_back(self, client) else give_up(self, client) end
  -- "timeout", "timed out": a caller waits for that once only
  return nil, reply, refused or not answered and harmless and not reply:find("time", 1, true)
end

-- Runs a script with keys of one account and with the token before the values. `harmless`: a second
-- execution does no harm; `replicas`: a replica must have the change, too. Returns the answer,
-- whose first item is the token; or nil and why not.
function Connections:ask(script, keys, values, harmless, replicas)
  table.insert(values, 1, new_token())
  local reply, why, again = try(self, script, keys, values, harmless, replicas)
  if again then reply, why = try(self, script, keys, values, harmless, replicas) end
  return reply, why
end

-- Connections by a function.
function connections.new(connect)
  return setmetatable({ connect = connect, free = {} }, Connections)
end

return connections
