-- Counters and histograms of all workers, as Prometheus reads them. Label values come from short
-- closed lists, never from a caller, so that their number stays small.

local metrics = {}

local dict = ngx.shared.edge_metrics

local BUCKETS = { 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25 }

local FAMILIES = {
  { "streamctl_requests_total", "counter",
    "Requests sent to a vendor, by outcome (repeats count)." },
  { "streamctl_request_duration_seconds", "histogram", "Time until a vendor's answer." },
  { "streamctl_wait_seconds_total", "counter",
    "Time spent waiting for a slot (limit) or before a repeat (retry)." },
  { "streamctl_streams_total", "counter",
    "Streams that were to be forbidden or resumed, by outcome." },
  { "streamctl_edge_webhooks_total", "counter", "Webhooks, by what followed from them." },
  { "streamctl_edge_breaker_open", "gauge", "1 while a vendor only fails and few calls go out." },
  { "streamctl_edge_ready", "gauge", "1 when /readyz answers 200." },
  { "streamctl_edge_requests_total", "counter", "Requests to this service." },
  { "streamctl_edge_request_duration_seconds", "histogram", "Time until this service's answer." },
}

local function labels(vendor, operation, name, value)
  return ('vendor="%s",operation="%s",%s="%s"'):format(vendor, operation, name, value)
end

local function add(name, of, amount)
  dict:incr(name .. "|" .. of, amount, 0)
end

-- Each observation counts in one bucket; they are added up when they are shown.
local function observe(name, of, value)
  local bucket = 1
  while BUCKETS[bucket] and value > BUCKETS[bucket] do bucket = bucket + 1 end
  add(name, of .. "|" .. bucket, 1)
  add(name, of .. "|sum", value)
end

-- The option on_event of the clients.
function metrics.on_event(event)
  if event.event == "attempt" then
    local of = labels(event.vendor, event.operation, "code", event.code)
    add("streamctl_requests_total", of, 1)
    observe("streamctl_request_duration_seconds", of, event.elapsed or 0)
  elseif event.event == "wait" then
    add("streamctl_wait_seconds_total",
      labels(event.vendor, event.operation, "reason", event.reason), event.delay)
  end
end

function metrics.stream(vendor, operation, code)
  add("streamctl_streams_total", labels(vendor, operation, "code", code), 1)
end

-- `code`: why it was refused.
function metrics.webhook(vendor, outcome, code)
  add("streamctl_edge_webhooks_total", ('vendor="%s",outcome="%s",code="%s"'):format(vendor,
    outcome, code or "ok"), 1)
end

function metrics.breaker(vendor, is_open)
  dict:set(('streamctl_edge_breaker_open|vendor="%s"'):format(vendor), is_open and 1 or 0)
end

function metrics.ready(is_ready)
  dict:set("streamctl_edge_ready|", is_ready and 1 or 0)
end

-- In log_by_lua: one request to us has ended.
function metrics.served()
  local route = ('route="%s"'):format(ngx.var.edge_route)
  add("streamctl_edge_requests_total", ('%s,status="%s"'):format(route, ngx.var.status), 1)
  observe("streamctl_edge_request_duration_seconds", route, tonumber(ngx.var.request_time))
end

local function show_histogram(lines, name, of)
  local total = 0
  for i = 1, #BUCKETS + 1 do
    total = total + (dict:get(name .. "|" .. of .. "|" .. i) or 0)
    lines[#lines + 1] = ('%s_bucket{%s,le="%s"} %d'):format(name, of, BUCKETS[i] or "+Inf", total)
  end
  lines[#lines + 1] = ("%s_sum{%s} %.6f"):format(name, of, dict:get(name .. "|" .. of .. "|sum")
    or 0)
  lines[#lines + 1] = ("%s_count{%s} %d"):format(name, of, total)
end

function metrics.serve()
  local keys, lines = dict:get_keys(0), {}
  table.sort(keys)
  for _, family in ipairs(FAMILIES) do
    local name, kind, help = family[1], family[2], family[3]
    lines[#lines + 1] = ("# HELP %s %s\n# TYPE %s %s"):format(name, help, name, kind)
    for _, key in ipairs(keys) do
      local whose, of, part = key:match "^([^|]*)|([^|]*)|?(.*)$"
      if whose == name and part == "sum" then
        show_histogram(lines, name, of)
      elseif whose == name and kind ~= "histogram" then
        local set = of == "" and "" or "{" .. of .. "}"
        lines[#lines + 1] = ("%s%s %.14g"):format(name, set, dict:get(key) or 0)
      end
    end
  end
  ngx.header["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
  ngx.say(table.concat(lines, "\n"))
end

return metrics
