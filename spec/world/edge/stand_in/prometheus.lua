-- Stands in for nginx-lua-prometheus, which is not in Debian: the documented methods that the edge
-- calls. Numbers are in the dict at once, where the real module keeps counters in each worker for a
-- second.

local Metric, Prometheus = {}, {}
Metric.__index, Prometheus.__index = Metric, Prometheus

local function key_of(self, part, values, le)
  local labels = {}
  for i, label in ipairs(self.labels) do
    labels[i] = ('%s="%s"'):format(label, assert(values[i], self.name .. ": " .. label))
  end
  assert(#labels == #(values or {}), self.name .. " has other labels")
  labels[#labels + 1] = le and ('le="%s"'):format(le)
  local text = table.concat(labels, ",")
  return self.name .. part .. (text ~= "" and "{" .. text .. "}" or "")
end

function Metric:inc(value, values) self.dict:incr(key_of(self, "", values), value, 0) end

function Metric:set(value, values) self.dict:set(key_of(self, "", values), value) end

function Metric:observe(value, values)
  for _, limit in ipairs(self.buckets) do
    self.dict:incr(key_of(self, "_bucket", values, ("%010.3f"):format(limit)),
      value <= limit and 1 or 0, 0)
  end
  self.dict:incr(key_of(self, "_bucket", values, "Inf"), 1, 0)
  self.dict:incr(key_of(self, "_count", values), 1, 0)
  self.dict:incr(key_of(self, "_sum", values), value, 0)
end

local function register(self, kind, name, help, labels, buckets)
  local metric = setmetatable({ dict = self.dict, kind = kind, name = name, help = help,
    labels = labels or {}, buckets = buckets }, Metric)
  table.insert(self.metrics, metric)
  return metric
end

for _, kind in ipairs { "counter", "gauge", "histogram" } do
  Prometheus[kind] = function(self, ...) return register(self, kind, ...) end
end

function Prometheus:metric_data()
  local keys, lines = self.dict:get_keys(0), {}
  table.sort(keys)
  for _, metric in ipairs(self.metrics) do
    local head = ("# HELP %s %s\n# TYPE %s %s\n"):format(metric.name, metric.help, metric.name,
      metric.kind)
    for _, key in ipairs(keys) do
      local name = key:match "^[^{]+"
      if name == metric.name or metric.buckets and name:gsub("_%l+$", "") == metric.name then
        local shown = key:gsub('le="(%d+%.%d+)"', function(limit)
          return ('le="%.14g"'):format(tonumber(limit))
        end):gsub('le="Inf"', 'le="+Inf"')
        lines[#lines + 1] = ("%s%s %.14g\n"):format(head, shown, self.dict:get(key))
        head = ""
      end
    end
  end
  return lines
end

return {
  init = function(dict)
    return setmetatable({ dict = ngx.shared[dict], metrics = {} }, Prometheus)
  end,
}
