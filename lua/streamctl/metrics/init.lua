--- Numbers for monitoring, from the events of clients and workers (docs/reference/events.md).
--
--     local m = require("streamctl.metrics").new()
--     local live = streamctl.aliyun.new { ..., on_event = m.on_event }
--     local rtc = streamctl.zego.new { ..., on_event = m.on_event }
--     print(m:text())
--
-- Any number of clients and workers may share the numbers. docs/how-to/metrics.md lists the names.
-- Labels have values of short closed lists: no stream, account, id or text of a vendor becomes a
-- label, and an operation without a row is "other".
-- @public streamctl.metrics

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local options = require "streamctl.base.options"
local registry = require "streamctl.metrics.registry"

local metrics = {}

-- Limits of the buckets of durations, in seconds.
metrics.DURATIONS = { 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25 }

-- The field of the metrics, the kind, the name, the labels, and the help.
local FAMILIES = {
  { "calls", "counter", "streamctl_calls_total", "vendor operation code",
    "Calls that have ended, by outcome." },
  { "call_durations", "histogram", "streamctl_call_duration_seconds", "vendor operation",
    "Time that a call took, with its waits and repeats." },
  { "in_flight", "gauge", "streamctl_calls_in_flight", "vendor",
    "Calls that have begun and not ended." },
  { "attempts", "counter", "streamctl_attempts_total", "vendor operation code",
    "Attempts, repeats among them, by outcome." },
  { "attempt_durations", "histogram", "streamctl_attempt_duration_seconds", "vendor operation",
    "Time from a request to its answer." },
  { "retries", "counter", "streamctl_retries_total", "vendor operation code",
    "Repeats, by the code of the attempt before." },
  { "waits", "counter", "streamctl_wait_seconds_total", "vendor operation reason",
    "Time that calls began to wait: for a slot (limit), before a repeat (retry), for a lock." },
  { "superseded", "counter", "streamctl_superseded_total", "vendor operation",
    "Streams and tasks that gave way to newer calls." },
  { "unknown", "counter", "streamctl_unknown_outcomes_total", "vendor operation",
    "Calls that must not be repeated and may have been executed." },
  { "refreshes", "counter", "streamctl_credentials_refreshes_total", "vendor code",
    "Questions for credentials, by outcome." },
  { "expiry", "gauge", "streamctl_credentials_expiry_timestamp_seconds", "vendor",
    "Unix time at which a key ends: of several accounts the first end told of late." },
  { "store_failures", "counter", "streamctl_store_failures_total", "vendor method",
    "Failures of the store that keeps order and slots." },
  { "clock_offset", "gauge", "streamctl_clock_offset_seconds", "vendor",
    "How far the vendor's clock is ahead of this one." },
  { "entries", "gauge", "streamctl_queue_entries", "lane state",
    "Requests in the queue: waiting, taken by a worker, or later (not due, or behind others)." },
  { "oldest", "gauge", "streamctl_queue_oldest_seconds", "lane",
    "Age of the oldest request in the queue that is due, 0 without any." },
  { "queue_failures", "counter", "streamctl_queue_failures_total", "code",
    "What kept workers of the queue from their work." },
  { "build", "gauge", "streamctl_build_info", "version", "Always 1; the version is the label." },
}

local set_of = options.set_of

local REASONS, METHODS = set_of { "limit", "retry", "lock" }, set_of { "stamp", "reserve", "lock" }
local VENDORS = set_of { "aliyun", "zego" }
local CODES = options.merged(errors.codes, { ok = "success", already = "success" })
local LANES, STATES = { "urgent", "bulk" }, { "waiting", "taken", "later" }

local RECENT = 300 -- seconds

-- ---- labels ----

local function known(set, value) return set[value] and value or "other" end

-- The action of a row, whose catalogue the call has loaded; else "other".
local function operation_of(event, vendor)
  local catalogue = package.loaded["streamctl." .. vendor .. ".operations"]
  local row = catalogue and type(event.operation) == "string" and catalogue:find(event.operation)
  return row and row.action or "other"
end

-- ---- events: functions of the metrics, the event, and the labels of vendor and operation ----

local TOLD = {}

-- A counter that people are woken by is there from the first call on, since the increase from
-- nothing to 1 is not seen.
function TOLD.begin(self, _, vendor, operation)
  self.in_flight:inc(1, { vendor })
  self.unknown:inc(0, { vendor, operation })
end

function TOLD.call(self, event, vendor, operation)
  local of = { vendor, operation }
  self.in_flight:inc(-1, { vendor })
  self.calls:inc(1, { vendor, operation, known(CODES, event.code) })
  self.call_durations:observe(event.elapsed, of)
  if event.superseded > 0 then self.superseded:inc(event.superseded, of) end
  if event.code == "outcome_unknown" then self.unknown:inc(1, of) end
end

function TOLD.attempt(self, event, vendor, operation)
  self.attempts:inc(1, { vendor, operation, known(CODES, event.code) })
  if event.elapsed then self.attempt_durations:observe(event.elapsed, { vendor, operation }) end
  if event.previous then
    self.retries:inc(1, { vendor, operation, known(CODES, event.previous) })
  end
  if event.clock_offset then self.clock_offset:set(event.clock_offset, { vendor }) end
end

function TOLD.wait(self, event, vendor, operation)
  self.waits:inc(event.delay, { vendor, operation, known(REASONS, event.reason) })
end

-- A source that cannot renew a key tells of the key's end at least once a minute, so ends of other
-- accounts do not hide this end.
function TOLD.credentials(self, event, vendor)
  self.refreshes:inc(1, { vendor, known(CODES, event.code) })
  local last, now = self.ends[vendor], core.monotonic()
  local is_later = last and last.account ~= event.account and event.expires
    and event.expires > last.expires and now - last.told < RECENT
  if not event.expires or is_later then return end
  self.ends[vendor] = { account = event.account, expires = event.expires, told = now }
  self.expiry:set(event.expires, { vendor })
end

function TOLD.store(self, event, vendor)
  self.store_failures:inc(1, { vendor, known(METHODS, event.method) })
end

function TOLD.clock(self, event, vendor)
  self.clock_offset:set(event.offset, { vendor })
end

function TOLD.queue(self, event)
  self.queue_failures:inc(1, { known(CODES, event.code) })
end

function TOLD.lengths(self, event)
  for _, lane in ipairs(LANES) do
    for _, state in ipairs(STATES) do self.entries:set(event[lane][state], { lane, state }) end
    self.oldest:set(event[lane].oldest, { lane })
  end
end

-- ---- metrics ----

local Metrics = { __name = "streamctl.metrics" }
Metrics.__index = Metrics

--- Writes all numbers in Prometheus' text format (`text/plain; version=0.0.4`), which the textfile
-- collector of node_exporter takes, too.
-- @function Metrics:text
-- @treturn string
function Metrics:text()
  if not self.registry then
    error("these numbers are nginx-lua-prometheus' own: call its method collect", 2)
  end
  return self.registry:text()
end

-- Makes metrics that are registered on an object with the methods counter, gauge and histogram.
local function make(at)
  local self = { ends = {} } -- by vendor: `account` and `expires`, `told` at a monotonic time
  for _, family in ipairs(FAMILIES) do
    local field, kind, name, labels = family[1], family[2], family[3], {}
    for label in family[4]:gmatch "%S+" do labels[#labels + 1] = label end
    local buckets = kind == "histogram" and metrics.DURATIONS or nil
    self[field] = at[kind](at, name, family[5], labels, buckets)
  end
  self.build:set(1, { core._VERSION })
  function self.on_event(event)
    local told = TOLD[event.event]
    if not told then return end
    local vendor = known(VENDORS, event.vendor)
    told(self, event, vendor, operation_of(event, vendor))
  end
  return setmetatable(self, Metrics)
end

--- Makes metrics of this process.
-- @function new
-- @treturn table metrics: `on_event`, a function for the options of that name, and `text`
function metrics.new()
  local kept = registry.new()
  local self = make(kept)
  self.registry = kept
  return self
end

--- Makes metrics in nginx, registered on nginx-lua-prometheus: call it once in `init_worker_by_lua`
-- of each worker. The workers share the numbers.
-- @function prometheus
-- @tparam table prometheus what `require("prometheus").init` returns
-- @treturn table metrics: `on_event`
function metrics.prometheus(prometheus)
  if type(prometheus) ~= "table" or not prometheus.histogram then
    error("prometheus takes what require(\"prometheus\").init returns, got "
      .. errors.describe(prometheus), 2)
  end
  return make(prometheus)
end

return metrics
