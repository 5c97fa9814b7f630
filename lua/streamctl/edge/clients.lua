-- One client for each vendor and worker. All workers share order and rates through one file.

local file = require "streamctl.store.file"
local metrics = require "streamctl.edge.metrics"
local settings = require "streamctl.edge.settings"
local streamctl = require "streamctl"

local clients = {}

local VENDORS = { "zego", "aliyun" }

-- A slip here would forbid live streams, so nothing is guessed.
local TRUTH = { ["true"] = true, ["1"] = true, yes = true, ["false"] = false, ["0"] = false,
  no = false }

-- Sources of keys that end by themselves; nothing is asked before the first call.
local SOURCES = { chain = true, ecs_role = true, oidc = true }

local function make(vendor, options, store)
  if vendor == "zego" then
    local wish = options.is_test and options.is_test:lower()
    if wish and TRUTH[wish] == nil then
      return settings.complain "ZEGO_IS_TEST must be true or false"
    end
    options.app_id, options.is_test = tonumber(options.app_id) or options.app_id, wish
      and TRUTH[wish] or false
    settings.zego_app = tostring(options.app_id)
    settings.zego_prefix = options.is_test and "zegotest-" .. settings.zego_app .. "-"
  end
  if options.credentials then
    if not SOURCES[options.credentials] then
      return settings.complain "EDGE_CREDENTIALS must be chain, ecs_role or oidc"
    end
    options.credentials = streamctl.aliyun.credentials[options.credentials]()
  end
  options.store, options.on_event = store, metrics.on_event
  options.timeout, options.attempt_timeout = settings.time_limit,
    math.max(settings.time_limit / 2, 1)
  options.connect_timeout = 3
  options.merge = true -- callers that wait for a slot share requests to the vendor
  options.tls = settings.ca_file and { ca_file = settings.ca_file } or nil
  local ok, client = pcall(streamctl[vendor].new, options)
  if ok then return client end
  settings.complain(tostring(client))
end

-- In init_by_lua: an error when the settings cannot be right, which ends the start or the reload.
function clients.check()
  settings.load()
  for _, vendor in ipairs(VENDORS) do
    local options = {}
    for name, value in pairs(settings[vendor] or {}) do options[name] = value end
    if settings[vendor] then make(vendor, options) end
  end
  collectgarbage() -- what was made has the secrets, in memory that is wiped
  if clients.problem() then error("streamctl-edge cannot serve: " .. clients.problem(), 0) end
end

-- In init_worker_by_lua: the store's file belongs to the user the workers run as.
function clients.open()
  local store, why = file.new(settings.store)
  if store then -- webhooks apart: a stranger who has seen one could fill the store with others
    clients.webhooks, why = file.new(settings.store .. ".webhooks")
  end
  if not clients.webhooks then settings.complain("EDGE_STORE: " .. why) end
  for _, vendor in ipairs(VENDORS) do
    clients[vendor] = settings[vendor] and make(vendor, settings[vendor], store)
    settings[vendor] = nil -- the client has the secrets now
  end
  if clients.problem() then ngx.log(ngx.ERR, "streamctl-edge cannot serve: ", clients.problem()) end
end

-- Why nothing can be served, or nil.
function clients.problem()
  return settings.problems[1] and table.concat(settings.problems, "; ")
end

return clients
