-- Numbers for Prometheus, which nginx-lua-prometheus keeps for all workers: the library's
-- (streamctl.metrics), and the service's. Labels have values of short closed lists. Without
-- nginx-lua-prometheus nothing is counted.

local library = require "streamctl.metrics"

local metrics = {}

metrics.MISSING = "nginx-lua-prometheus is missing; install it with: luarocks --lua-version 5.1 "
  .. "install nginx-lua-prometheus"

local prometheus, streams, webhooks, breakers, readiness, requests, durations

local function ignore() end

metrics.on_event = ignore

-- In init_worker_by_lua.
function metrics.open()
  local found, module = pcall(require, "prometheus")
  if not found then return end
  prometheus = module.init "edge_metrics"
  metrics.on_event = library.prometheus(prometheus).on_event
  streams = prometheus:counter("streamctl_edge_streams_total",
    "Streams that were to be forbidden or resumed, by outcome.", { "vendor", "operation", "code" })
  webhooks = prometheus:counter("streamctl_edge_webhooks_total",
    "Webhooks, by what followed from them.", { "vendor", "outcome", "code" })
  breakers = prometheus:gauge("streamctl_edge_breaker_open",
    "1 while a vendor only fails and few calls go out.", { "vendor" })
  readiness = prometheus:gauge("streamctl_edge_ready", "1 when /readyz answers 200.")
  requests = prometheus:counter("streamctl_edge_requests_total", "Requests to this service.",
    { "route", "status" })
  durations = prometheus:histogram("streamctl_edge_request_duration_seconds",
    "Time until this service's answer.", { "route" }, library.DURATIONS)
end

function metrics.stream(vendor, operation, code)
  if streams then streams:inc(1, { vendor, operation, code }) end
end

-- `code`: why it was refused.
function metrics.webhook(vendor, outcome, code)
  if webhooks then webhooks:inc(1, { vendor, outcome, code or "ok" }) end
end

function metrics.breaker(vendor, is_open)
  if breakers then breakers:set(is_open and 1 or 0, { vendor }) end
end

function metrics.ready(is_ready)
  if readiness then readiness:set(is_ready and 1 or 0) end
end

-- In log_by_lua: one request to us has ended.
function metrics.served()
  if not requests then return end
  requests:inc(1, { ngx.var.edge_route, ngx.var.status })
  durations:observe(tonumber(ngx.var.request_time), { ngx.var.edge_route })
end

-- Answers GET /metrics. Returns false when nothing is counted.
function metrics.serve()
  if not prometheus then return false end
  ngx.header["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
  ngx.print(prometheus:metric_data())
  return true
end

return metrics
