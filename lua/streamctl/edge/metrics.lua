-- Numbers for Prometheus, which nginx-lua-prometheus keeps for all workers: the library's
-- (streamctl.metrics), and the service's. Labels have values of short closed lists. Without
-- nginx-lua-prometheus nothing is counted.

local library = require "streamctl.metrics"

local metrics = {}

metrics.MISSING = "nginx-lua-prometheus is missing; install it with: luarocks --lua-version 5.1 "
  .. "install nginx-lua-prometheus"

-- Kind, name behind "streamctl_edge_", help and labels.
local FAMILIES = {
  { "counter", "streams_total", "Streams that were to be forbidden or resumed, by outcome.",
    { "vendor", "operation", "code" } },
  { "counter", "webhooks_total", "Webhooks, by what followed from them.",
    { "vendor", "outcome", "code" } },
  { "gauge", "breaker_open", "1 while a vendor only fails and few calls go out.", { "vendor" } },
  { "gauge", "ready", "1 when /readyz answers 200." },
  { "counter", "requests_total", "Requests to this service.", { "route", "status" } },
  { "histogram", "request_duration_seconds", "Time until this service's answer.", { "route" },
    library.DURATIONS },
}

local prometheus
local families = {} -- by name, once they are counted

metrics.on_event = function() end

-- In init_worker_by_lua.
function metrics.open()
  local found, module = pcall(require, "prometheus")
  if not found then return end
  prometheus = module.init "edge_metrics"
  metrics.on_event = library.prometheus(prometheus).on_event
  for _, family in ipairs(FAMILIES) do
    families[family[2]] = prometheus[family[1]](prometheus, "streamctl_edge_" .. family[2],
      family[3], family[4], family[5])
  end
end

-- Calls a family's method, if anything is counted.
local function note(name, method, value, ...)
  local family = families[name]
  if family then family[method](family, value, { ... }) end
end

function metrics.stream(...) note("streams_total", "inc", 1, ...) end

-- `code`: why it was refused.
function metrics.webhook(vendor, outcome, code)
  note("webhooks_total", "inc", 1, vendor, outcome, code or "ok")
end

function metrics.gauge(name, is_so, ...) note(name, "set", is_so and 1 or 0, ...) end

-- In log_by_lua: one request to us has ended.
function metrics.served()
  note("requests_total", "inc", 1, ngx.var.edge_route, ngx.var.status)
  note("request_duration_seconds", "observe", tonumber(ngx.var.request_time), ngx.var.edge_route)
end

-- The text for Prometheus, as ngx.print takes it; nil when nothing is counted.
function metrics.text() return prometheus and prometheus:metric_data() end

return metrics
