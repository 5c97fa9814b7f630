-- Keeps the numbers of `streamctl.metrics` in plain Lua. A registry has the methods of
-- nginx-lua-prometheus that are needed, and writes its numbers as text.

local encode = require "streamctl.base.encode"

local Metric, Registry = {}, {}
Metric.__index, Registry.__index = Metric, Registry

-- ---- numbers ----

-- Returns the series of label values, which is made when it is first named. No label value has
-- quotes or backslashes: values come from closed lists.
local function series_of(metric, values)
  local key = table.concat(values or {}, "\0")
  local series = metric.series[key]
  if not series then
    local labels = {}
    for i, name in ipairs(metric.labels) do labels[i] = name .. '="' .. values[i] .. '"' end
    series = { labels = table.concat(labels, ","), value = 0, counts = metric.buckets and {} }
    metric.series[key], metric.keys[#metric.keys + 1] = series, key
  end
  return series
end

function Metric:inc(value, values)
  local series = series_of(self, values)
  series.value = series.value + value
end

function Metric:set(value, values)
  series_of(self, values).value = value
end

-- Each observation counts in one bucket; buckets are added up when they are written.
function Metric:observe(value, values)
  local series, bucket = series_of(self, values), 1
  while self.buckets[bucket] and value > self.buckets[bucket] do bucket = bucket + 1 end
  series.counts[bucket], series.value = (series.counts[bucket] or 0) + 1, series.value + value
end

-- ---- text ----

local function add_line(lines, name, labels, value)
  lines[#lines + 1] = name .. (labels ~= "" and "{" .. labels .. "}" or "")
    .. " " .. encode.number(value)
end

local function add_histogram(lines, metric, series)
  local total, prefix = 0, series.labels == "" and "" or series.labels .. ","
  for i = 1, #metric.buckets + 1 do
    total = total + (series.counts[i] or 0)
    local limit = metric.buckets[i] and encode.number(metric.buckets[i]) or "+Inf"
    add_line(lines, metric.name .. "_bucket", prefix .. 'le="' .. limit .. '"', total)
  end
  add_line(lines, metric.name .. "_sum", series.labels, series.value)
  add_line(lines, metric.name .. "_count", series.labels, total)
end

local function add_metric(lines, metric)
  lines[#lines + 1] = "# HELP " .. metric.name .. " " .. metric.help
  lines[#lines + 1] = "# TYPE " .. metric.name .. " " .. metric.kind
  table.sort(metric.keys)
  for _, key in ipairs(metric.keys) do
    local series = metric.series[key]
    if metric.buckets then
      add_histogram(lines, metric, series)
    else
      add_line(lines, metric.name, series.labels, series.value)
    end
  end
end

-- Writes all numbers in Prometheus' text format.
function Registry:text()
  local lines = {}
  for _, metric in ipairs(self.metrics) do
    if metric.keys[1] then add_metric(lines, metric) end
  end
  return table.concat(lines, "\n") .. "\n"
end

-- ---- registering ----

local function register(self, kind, name, help, labels, buckets)
  local metric = setmetatable({ kind = kind, name = name, help = help, labels = labels or {},
    buckets = buckets, series = {}, keys = {} }, Metric)
  self.metrics[#self.metrics + 1] = metric
  return metric
end

for _, kind in ipairs { "counter", "gauge", "histogram" } do
  Registry[kind] = function(self, ...) return register(self, kind, ...) end
end

return { new = function() return setmetatable({ metrics = {} }, Registry) end }
