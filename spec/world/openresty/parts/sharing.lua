-- Runs inside nginx: workers that forbid and resume the same streams through one store.

local app = require "spec.world.openresty.parts.app"
local cjson = require "cjson"
local streamctl = require "streamctl"

local sharing = {}

local client, connections, used_again = nil, 0, 0

local function connect()
  local red = require("nginx.redis"):new()
  red:set_timeout(5000)
  local ok, why = red:connect("127.0.0.1", tonumber(os.getenv "REDIS_PORT"))
  if not ok then return nil, why end
  connections = connections + 1
  if red:get_reused_times() > 0 then used_again = used_again + 1 end
  return red
end

local function open_store()
  if os.getenv "STORE" == "file" then
    return assert(streamctl.store.file(os.getenv "STORE_FILE"))
  end
  return streamctl.store.redis(connect)
end

-- Each worker begins elsewhere, and half of them with the other operation.
local function items_of(worker, count)
  local list = {}
  for i = 1, count do list[i] = "s" .. (i - 1 + worker * count / 4) % count + 1 end
  return list
end

local function work(count)
  local worker, summary = ngx.worker.id(), {}
  local actions = { "ForbidRTCStreams", "ResumeRTCStreams" }
  if worker % 2 == 1 then actions[1], actions[2] = actions[2], actions[1] end
  for i, action in ipairs(actions) do
    local report, outcomes = client:batch(action, items_of(worker, count)), {}
    for _, result in ipairs(report.results) do
      outcomes[result.item] = result.ok and "ok" or result.err.code
    end
    summary[i] = { action = action, outcomes = outcomes, requests = report.requests }
  end
  return summary
end

--- init_worker_by_lua: opens the store, and waits for the word.
function sharing.start()
  client = app.zego { store = open_store(), rate_limit = "documented" }
  local shared, begun = ngx.shared.sharing, false
  local function observe()
    local count = shared:get "go"
    if begun or not count then return end
    begun = true
    local ok, summary = pcall(work, count)
    shared:set("worker" .. ngx.worker.id(), cjson.encode {
      pid = tostring(ngx.worker.pid()), batches = ok and summary or nil, problem = not ok
        and tostring(summary) or nil,
      connections = connections, used_again = used_again,
    })
  end
  assert(ngx.timer.every(0.02, observe))
end

--- Gives the word.
function sharing.go() ngx.shared.sharing:set("go", tonumber(ngx.var.arg_n)) end

--- What a worker has to tell; 404 as long as it works.
function sharing.answer()
  local text = ngx.shared.sharing:get("worker" .. ngx.var.arg_worker)
  if not text then return ngx.exit(404) end
  ngx.print(text)
end

return sharing
