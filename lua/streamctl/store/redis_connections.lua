-- Connections of the Redis store, to a server or to the nodes of a cluster.
--
-- A question goes to the node that serves its keys. Where the node is unknown, the program's
-- function chooses a server. A question is repeated when the server has refused it unexecuted, or
-- when the connection broke and a second execution does no harm. A connection carries a single
-- question at a time.

local core = require "streamctl.core"
local protected = require "streamctl.loop.protected"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143 (Lua 5.1)

local Connections = {}
Connections.__index = Connections

local connections = {}

local MAX_ATTEMPTS = 6 -- at a question
local MAX_PLACES = 1000 -- whose nodes are remembered
local MAX_FREE = 64 -- connections to a node that wait for the next question

-- Answers of a server that has executed nothing: it is no master, not ready, or wants a password.
local REFUSALS = {
  "READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "NOREPLICAS", "NOAUTH",
  "unauthenticated", -- instead of NOAUTH when the command has many words
}

local digests = {} -- by script

-- A random name of a question, and of a lock's holder: two processes may share a connection by
-- mistake, as after a fork.
local function new_token()
  return string.format("streamctl-%.0f-%.0f", core.random() * 2 ^ 48, core.random() * 2 ^ 48)
end

-- Returns true and the answer; or false, why not, and whether the server answered with an error.
local function attempt(client, asking, method, text, keys, values)
  local list = { text, #keys }
  for i = 1, #keys do list[#list + 1] = keys[i] end
  for i = 1, #values do list[#list + 1] = values[i] end
  local ok, reply, why = protected.call(function()
    -- lets the command pass on a node to which its keys are just being moved
    if asking and client.raw_cmd then -- redis-lua
      client:raw_cmd "ASKING"
    elseif asking then
      client:asking()
    end
    return client[method](client, unpack(list))
  end)
  if ok and reply then return true, reply end
  if ok then return false, tostring(why or "no answer"), reply == false end -- resty.redis
  local of_server = tostring(reply):match "redis error: (.*)" -- redis-lua
  return false, of_server or tostring(reply), of_server ~= nil
end

local function run(client, asking, script, keys, values)
  if client.evalsha then
    digests[script] = digests[script] or assert(core.sha1(script))
    local ok, reply, answered = attempt(client, asking, "evalsha", digests[script], keys, values)
    if ok or not reply:find("NOSCRIPT", 1, true) then return ok, reply, answered end
    values[1] = new_token() -- the connection may still bring an answer to the first question
  end
  return attempt(client, asking, "eval", script, keys, values)
end

local function close(client)
  if not protected.call(function() client:close() end) then
    protected.call(function() client.network.socket:close() end) -- redis-lua has no method for it
  end
end

local function take(self, node)
  if self.out_of_step then
    return nil, "its connection answers other questions than were asked, since a call that failed; "
      .. "connect anew"
  end
  local client = table.remove(self.free[node.name] or {})
  if client then return client end
  if not self.connect then
    return nil, "its only connection is asking something else; give a function that connects"
  end
  local ok, why
  ok, client, why = protected.call(self.connect, node.host, node.port)
  if not ok then return nil, tostring(client) end
  if not client then return nil, tostring(why or "no connection") end
  return client
end

-- Whether a client, which may throw at unknown names, has a method.
function connections.has(client, name)
  local ok, method = pcall(function() return client[name] end)
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

local function put_back(self, node, client)
  if self.release then
    protected.call(self.release, client)
  elseif self.connect and connections.has(client, "set_keepalive") then
    -- in nginx a connection belongs to a request, and nginx keeps it for others
    protected.call(client.set_keepalive, client, 10000, 16)
  else
    local free = self.free[node.name] or {}
    self.free[node.name] = free
    if #free < MAX_FREE then free[#free + 1] = client else close(client) end
  end
end

-- The connection may have an answer under way for nobody. The free connections are as old, and most
-- likely broken, too.
local function give_up(self, node, client)
  if not self.connect then return put_back(self, node, client) end
  local free = self.free[node.name] or {}
  self.free[node.name] = nil
  close(client)
  for _, other in ipairs(free) do close(other) end
end

local function remember(self, place, node)
  if not self.nodes[place] then self.node_count = self.node_count + 1 end
  if self.node_count > MAX_PLACES then self.nodes, self.node_count = {}, 1 end
  self.nodes[place] = node
end

-- The kind of a cluster's error ("MOVED" or "ASK") and the node it names; or nil. Without a host
-- the program's function finds the node on the host that was asked.
local function redirection(why)
  local kind, host, port = why:match "(%u+) %d+ (%S*):(%d+)"
  if kind ~= "MOVED" and kind ~= "ASK" then return nil end
  return kind,
    { name = host .. ":" .. port, host = host ~= "" and host or nil, port = tonumber(port) }
end

local function is_refusal(why)
  for _, code in ipairs(REFUSALS) do
    if why:find(code, 1, true) then return true end
  end
  return false
end

local ENTRY = { name = "" } -- where the program's function connects by itself

-- After a failed attempt: the node to ask next, whether with ASKING, and whether that is a repeat;
-- or nil.
local function next_node(self, place, failure, is_repeat)
  local kind, node = nil, nil
  if failure.answered then kind, node = redirection(failure.why) end
  if kind == "MOVED" then remember(self, place, node) end
  if kind then return node, kind == "ASK", is_repeat end
  if failure.again and not is_repeat then
    self.nodes[place] = nil -- another node may serve the place by now
    return ENTRY, false, true
  end
end

-- One attempt: the answer; or nil and { why, answered, again = the question may go once more }.
local function try(self, node, asking, script, keys, values, harmless, replicas)
  local client, why = take(self, node)
  if not client then return nil, { why = why, again = node ~= ENTRY } end
  local ok, reply, answered = run(client, asking, script, keys, values)
  if ok and type(reply) == "table" and reply[1] == values[1] then
    local is_lost = replicas and not is_replicated(client)
    if is_lost then give_up(self, node, client) else put_back(self, node, client) end
    if is_lost then return nil, { why = "no replica has it within a second" } end
    return reply
  end
  if ok then
    self.out_of_step = not self.connect
    give_up(self, node, client)
    return nil, { why = "the answer belongs to another question" }
  end
  local refused = answered and is_refusal(reply)
  if refused or not answered then give_up(self, node, client) else put_back(self, node, client) end
  -- "timeout", "timed out": a caller waits for that once only
  return nil, { why = reply, answered = answered,
    again = refused or not answered and harmless and not reply:find("time", 1, true) }
end

-- Runs a script with keys of one account and with the token before the values. `harmless`: a second
-- execution does no harm; `replicas`: a replica must have the change, too. Returns the answer,
-- whose first item is the token; or nil and why not.
function Connections:ask(script, keys, values, harmless, replicas)
  local place = keys[1]:match "^[^}]*}" or keys[1] -- keys with one hash tag are on one node
  local node, asking, is_repeat = self.nodes[place] or ENTRY, false, false
  local last_failure
  table.insert(values, 1, new_token())
  for _ = 1, MAX_ATTEMPTS do
    local reply, failure = try(self, node, asking, script, keys, values, harmless, replicas)
    if reply then return reply end
    last_failure = failure
    if not self.connect then
      local hint = redirection(failure.why) and "; a cluster needs a function that connects" or ""
      return nil, failure.why .. hint
    end
    node, asking, is_repeat = next_node(self, place, failure, is_repeat)
    if not node then break end
  end
  return nil, last_failure.why
end

-- Connections by a client, which is used for good, or by a function `connect(host, port)`. After a
-- question `release(client)` is called, if there is one, instead of keeping the client.
function connections.new(client, release)
  local self = { free = {}, release = release, nodes = {}, node_count = 0 }
  if type(client) == "function" then
    self.connect = client
  else
    self.free[ENTRY.name] = { client }
  end
  return setmetatable(self, Connections)
end

return connections
