-- A worker of a queue, in a process of its own or in nginx; and the same store and clients for the
-- spec that adds the work. All is told by the file "config" of a folder:
--   redis        the URL of the store, or the ports of Sentinels
--   zego, aliyun options of the clients
--   lease, concurrency
--   parent       the process without which the worker ends
-- A worker ends in order once the folder has a file "stop", or "stop-PID".

local json = require "cjson"
local shell = require "spec.support.emulator.launcher.shell"
local streamctl = require "streamctl"

local worker = {}

local in_nginx = rawget(_G, "ngx") ~= nil

--- The queue on the store of a folder's config, the clients, and that config; `name` is what
-- requests of these clients are known by.
function worker.open(folder, name)
  local config = json.decode(assert(shell.read_file(folder .. "/config")))
  -- Debian has redis-lua for other Luas as well
  if not in_nginx then require("spec.world.store.redis_server").library() end
  local place = config.redis
  if type(place) == "table" then
    place = require("spec.world.store.sentinels").connector(place, "streams")
  end
  local store = streamctl.store.redis(place)
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

--- Works until the folder says stop, or the parent is gone. `pid`: the number of this process. A
-- failure is thrown.
function worker.run(folder, pid)
  local q, clients, config = worker.open(folder, "worker-" .. pid)
  local files = { folder .. "/stop", folder .. "/stop-" .. pid }
  assert(q:work {
    clients = clients, concurrency = config.concurrency, lease = config.lease,
    should_stop = function()
      return in_nginx and ngx.worker.exiting() or exists(files[1]) or exists(files[2])
        or not exists("/proc/" .. config.parent .. "/stat")
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
