-- A worker of a queue, in a process of its own or in nginx; and the same store and clients for the
-- spec that adds the work. All is told by the file "config" of a folder:
--   redis        ports of the servers of the store; with `master` (a name) of Sentinels
--   zego, aliyun options of the clients
--   lease, concurrency
-- A worker ends in order once the folder has a file "stop", or "stop-PID".

local json = require "cjson"
local shell = require "spec.emulator.launcher.shell"
local streamctl = require "streamctl"

local worker = {}

local CONNECT_SECONDS = 2

local in_nginx = rawget(_G, "ngx") ~= nil

-- A connection to a port of the loopback, or nil and why not; with nginx' own sockets inside nginx.
local function dial(port)
  port = math.floor(port) -- JSON has no integers
  if not in_nginx then
    local library = require("spec.store.redis_server").library()
    local ok, client = pcall(library.connect,
      { host = "127.0.0.1", port = port, timeout = CONNECT_SECONDS })
    return ok and client or nil, client
  end
  local client = require("nginx.redis"):new() -- resty.redis, as Debian calls it
  client:set_timeout(CONNECT_SECONDS * 1000)
  local ok, why = client:connect("127.0.0.1", port)
  return ok and client or nil, why
end

-- The port of the master that Sentinels name.
local function ask_sentinels(config)
  local why
  for _, port in ipairs(config.redis) do
    local client, problem = dial(port)
    why = problem
    if client then
      local ok, address = pcall(function()
        if in_nginx then return client:sentinel("get-master-addr-by-name", config.master) end
        return client:raw_cmd("SENTINEL get-master-addr-by-name " .. config.master)
      end)
      if ok and type(address) == "table" then return tonumber(address[2]) end
      why = address
    end
  end
  return nil, tostring(why)
end

-- The function of the store that connects: to the first server that answers, or where it is told.
local function connector(config)
  return function(_, port)
    if port then return dial(port) end
    if config.master then
      local master, why = ask_sentinels(config)
      if not master then return nil, why end
      return dial(master)
    end
    local client, why
    for _, place in ipairs(config.redis) do
      client, why = dial(place)
      if client then return client end
    end
    return nil, why
  end
end

--- The queue on the store of a folder's config, the clients, and that config; `name` is what
-- requests of these clients are known by.
function worker.open(folder, name)
  local config = json.decode(assert(shell.read_file(folder .. "/config")))
  local store = require("streamctl.store.redis").new(connector(config))
  local clients = {}
  for i, vendor in ipairs { "zego", "aliyun" } do
    local options = config[vendor]
    options.store, options.user_agent = store, name
    clients[i] = streamctl[vendor].new(options)
  end
  return streamctl.queue.new { store = store, durable = true }, clients, config
end

local function exists(path)
  local file = io.open(path)
  return file and file:close()
end

--- Works until the folder says stop, or is gone. `pid`: the number of this process. A failure is
-- thrown.
function worker.run(folder, pid)
  local q, clients, config = worker.open(folder, "worker-" .. pid)
  local files = { folder .. "/stop", folder .. "/stop-" .. pid }
  assert(q:work {
    clients = clients, concurrency = config.concurrency, lease = config.lease,
    on_event = os.getenv "CHAOS_EVENTS" and function(event)
      io.stderr:write(("%s %s\n"):format(tostring(event.account), tostring(event.message)))
    end or nil,
    stop = function()
      return in_nginx and ngx.worker.exiting() or exists(files[1]) or exists(files[2])
        or not exists(folder .. "/config")
    end,
  })
end

--- The same in a timer of nginx, as init_worker_by_lua starts it.
function worker.start(folder)
  assert(ngx.timer.at(0, function(premature)
    if premature then return end
    worker.run(folder, ngx.worker.pid())
  end))
end

return worker
