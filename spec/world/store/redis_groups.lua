-- Several Redis servers of the tests' own: a master that Sentinels watch; and servers
-- with TLS. All are on free ports of the loopback, and each group has `stop`.

local redis_server = require "spec.world.store.redis_server"
local shell = require "spec.support.emulator.launcher.shell"

local certificates = assert(loadfile "spec/support/emulator/launcher/certificates.lua")(shell)

local redis_groups = {}

local Group = {}
Group.__index = Group

-- Ends all servers of the group.
function Group:stop()
  for _, server in ipairs(self.servers) do
    os.execute("kill -CONT " .. server.pid .. " 2>/dev/null") -- a stopped one hears no SIGTERM
    server:stop()
  end
end

-- A group of these servers.
function redis_groups.new(servers)
  return setmetatable({ servers = servers or {} }, Group)
end

local function start(group, ...)
  local server = assert(redis_server.start(...))
  table.insert(group.servers, server)
  return server
end

local function await(what, check, seconds)
  assert(redis_server.wait_until(check, seconds or 60), what)
end

-- ---- TLS ---------------------------------------------------------------------------------

-- Makes certificates in a folder: ca.pem, server.pem (of localhost, 127.0.0.1 and ::1),
-- expired.pem, wrong_host.pem, self_signed.pem and client.pem, all with server.key.
function redis_groups.certificates()
  local folder = shell.run("mktemp -d"):match "%S+"
  assert(certificates.make(folder))
  local text, status = shell.run("cd " .. folder .. " && openssl req -new -key server.key "
    .. "-config ca.cnf -subj /CN=client -out request.pem && openssl x509 -req -in request.pem "
    .. "-CA ca.pem -CAkey ca.key -set_serial 77 -days 3650 -out client.pem")
  assert(status == 0, text)
  return folder
end

-- Options of a server that speaks TLS at its first extra port (`server.extra[1]`), and to others of
-- its group; at `server.port` it speaks without, for the test itself. `clients` ("no"): whether
-- those need a certificate.
function redis_groups.tls_options(folder, certificate, clients)
  return ("--tls-port %%d --tls-cert-file %s/%s.pem --tls-key-file %s/server.key "
    .. "--tls-client-cert-file %s/client.pem --tls-client-key-file %s/server.key "
    .. "--tls-ca-cert-file %s/ca.pem --tls-auth-clients %s "):format(
    folder, certificate or "server", folder, folder, folder, folder, clients or "no")
end

-- ---- Sentinel ----------------------------------------------------------------------------

-- The name by which Sentinels know the master.
redis_groups.MASTER = "streams"

local CONFIG = [[
sentinel monitor %s 127.0.0.1 %d %d
sentinel down-after-milliseconds %s %d
sentinel failover-timeout %s 6000
]]

-- Starts a master with replicas and Sentinels that know all of them: `group.data`,
-- `group.sentinels`. `wanted` may have the numbers `replicas` (1) and `sentinels` (3), the time
-- `down_after` (500 ms), and `options` of the master and the replicas.
function redis_groups.sentinel(wanted)
  wanted = wanted or {}
  local replicas, sentinels = wanted.replicas or 1, wanted.sentinels or 3
  local group = redis_groups.new()
  group.data, group.sentinels = {}, {}
  for i = 1, 1 + replicas do
    group.data[i] = start(group, wanted.options)
    if i > 1 then
      group.data[i]:command(("REPLICAOF 127.0.0.1 %d"):format(group.data[1].port))
    end
  end
  local name = redis_groups.MASTER
  for i = 1, sentinels do
    group.sentinels[i] = start(group, nil, CONFIG:format(name, group.data[1].port,
      math.floor(sentinels / 2) + 1, name, wanted.down_after or 500, name))
  end
  group:wait_until_steady()
  return group
end

-- Waits until each Sentinel names the same master, which all other servers follow, and the
-- Sentinels know each other. A server whose role changes closes its connections.
function Group:wait_until_steady()
  local function is_steady()
    local master = self:master()
    for _, sentinel in ipairs(self.sentinels) do
      if self:master(sentinel) ~= master or not sentinel:command("INFO sentinel"):find(
        ("status=ok,address=127.0.0.1:%d,slaves=%d,sentinels=%d"):format(
          master.port, #self.data - 1, #self.sentinels)) then
        return false
      end
    end
    for _, server in ipairs(self.data) do
      local text = server ~= master and server:command "INFO replication"
      if text and not (text:find("master_port:" .. master.port, 1, true)
        and text:find "master_link_status:up") then
        return false
      end
    end
    return true
  end
  await("the Sentinels do not agree", function()
    local ok, result = pcall(is_steady)
    return ok and result
  end)
end

-- The server that a Sentinel (the first) names as the master, and its place in `data`.
function Group:master(sentinel)
  local address = (sentinel or self.sentinels[1]):command(
    "SENTINEL get-master-addr-by-name " .. redis_groups.MASTER)
  for i, server in ipairs(self.data) do
    if server.port == tonumber(address[2]) then return server, i end
  end
end

-- Waits until all Sentinels name another master than `old`. Returns the new one.
function Group:wait_for_other_master(old)
  await("no Sentinel names another master", function()
    for _, sentinel in ipairs(self.sentinels) do
      if self:master(sentinel) == old then return false end
    end
    return true
  end)
  return self:master()
end

-- A planned failover: the master becomes a replica. Returns the new master.
function Group:fail_over()
  local old = self:master()
  self.sentinels[1]:command("SENTINEL FAILOVER " .. redis_groups.MASTER)
  return self:wait_for_other_master(old)
end

-- An unplanned failover: the master is killed, as by a power cut. Returns the new master and the
-- dead server, for which `run` is there.
function Group:kill_master()
  local old = self:master()
  old:kill()
  return self:wait_for_other_master(old), old
end

return redis_groups
