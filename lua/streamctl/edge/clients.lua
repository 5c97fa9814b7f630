-- A client for each vendor in each worker. All workers share order and rates through the store.

local auth = require "streamctl.edge.auth"
local breaker = require "streamctl.edge.breaker"
local core = require "streamctl.core"
local options = require "streamctl.base.options"
local settings = require "streamctl.edge.settings"
local streamctl = require "streamctl"

local clients = { webhooks_of = {} } -- by vendor, options of `verify` where webhooks are set up

local VENDORS = { "zego", "aliyun" }

-- Makes the client of a vendor, and throws why there can be none. `parts`: what the settings do not
-- tell.
local function make(vendor, parts)
  local given, edge = settings[vendor], settings.edge
  local opts = options.merged(given, parts or {}, {
    timeout = edge.time_limit, attempt_timeout = math.max(edge.time_limit / 2, 1),
    connect_timeout = 3, tls = edge.ca and { ca_file = edge.ca },
    share_requests = true, -- of callers that wait for a slot
    credentials = given.credentials and streamctl.aliyun.credentials[given.credentials](),
  })
  opts.webhook_secret, opts.webhook_domains = nil, nil
  return streamctl[vendor].new(opts)
end

-- Makes a client as a trial, and notes what the library says against its options.
local function try(vendor)
  local made, why = pcall(make, vendor)
  if made then return end
  local field, text = tostring(why):match "option '([%w_]+)' (.*)$"
  local file = field and field .. "_file"
  settings.complain(vendor, settings.fields[vendor][file] and file or field, text or tostring(why))
end

-- Reads the settings. Returns all that is wrong with them, a line for each; or nil.
function clients.check()
  settings.read(settings.place())
  for _, vendor in ipairs(VENDORS) do
    if settings[vendor] and not settings.sections[vendor].is_wrong then try(vendor) end
  end
  collectgarbage() -- what was made has the secrets, in memory that is wiped
  return settings.problem()
end

-- In init_by_lua: an error when the settings cannot be right, which ends the start or the reload.
function clients.start()
  local problem = clients.check()
  if problem then error("streamctl-edge cannot serve:\n" .. problem, 0) end
  auth.load(settings)
end

local function open_store(suffix)
  local name = settings.edge.store
  if not name:find "^rediss?://" then return streamctl.store.file(name .. suffix) end
  return streamctl.store.redis(name, { prefix = "streamctl" .. suffix .. ":" })
end

-- Stores apart: decisions are kept for long, and a stranger who has seen a webhook could fill that
-- store with others.
local STORES = { store = "", webhooks = ".webhooks", decisions = ".decisions" }

-- Opens the stores, or has a timer try again each second, and makes the clients. A reason is logged
-- once a minute, by one worker.
local function open(is_over, metrics)
  if is_over then return end
  local problem
  for name, suffix in pairs(STORES) do
    local why
    if not clients[name] then clients[name], why = open_store(suffix) end
    problem = why or problem
  end
  clients.problem = problem -- why nothing can be served, or nil
  if problem then
    if ngx.shared.edge_state:add("logged unusable", true, 60) then
      ngx.log(ngx.ERR, "streamctl-edge cannot serve: ", problem)
    end
    return assert(ngx.timer.at(1, open, metrics))
  end
  local function on_event(event)
    metrics.on_event(event)
    clients.breaker:on_event(event)
  end
  for _, vendor in ipairs(VENDORS) do
    local given = settings[vendor]
    if given then
      clients[vendor] = make(vendor, { store = clients.store, on_event = on_event })
      clients.webhooks_of[vendor] = given.webhook_secret
        and { secret = given.webhook_secret, domains = given.webhook_domains }
    end
    settings[vendor] = nil -- the client has the secrets now
  end
end

-- In init_worker_by_lua: the store's file belongs to the user the workers run as.
function clients.open()
  local metrics = require "streamctl.edge.metrics"
  clients.breaker = breaker.new { dict = ngx.shared.edge_state, now = core.monotonic,
    random = core.random, log = function(text) ngx.log(ngx.WARN, "streamctl-edge: ", text) end }
  metrics.open()
  open(false, metrics)
end

return clients
