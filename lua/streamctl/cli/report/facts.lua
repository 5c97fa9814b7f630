-- Collects what a report tells beside the states of its items: runs, and groups of failures.
-- `streamctl report` shows the facts as text, JSON or a page.

local config = require "streamctl.cli.config"
local describe = require "streamctl.cli.describe"
local errors = require "streamctl.base.errors"
local fail = require "streamctl.cli.fail"
local groups = require "streamctl.cli.bulk.groups"
local reports = require "streamctl.cli.bulk.report"
local streamctl = require "streamctl"

local facts = {}

-- Causes of items without a result, by state.
local SENT = { message = "sent, and the run ended before the answer" }
local NO_RESULT = { failed = SENT, unknown = SENT, unsent = { message = "not sent" } }

-- Returns a number of a record; nil for values that only people write.
local function number(value)
  return type(value) == "number" and value >= 0 and value < 2 ^ 40 and value or nil
end

-- ---- records ----

-- A run that sent nothing, since nothing was left, is no run.
local function drop_empty(runs)
  local last = runs[#runs]
  if last and last.kind == "continued" and last.results == 0 then runs[#runs] = nil end
end

local function begin(self, kind, time)
  drop_empty(self.runs)
  self.status = nil
  self.runs[#self.runs + 1] = { kind = kind, began = time, results = 0, failed = 0 }
end

-- By kind of record: takes the record into facts. The report has taken the record before.
local takers = {}

function takers.plan(self, record)
  begin(self, "first", record.time)
end

function takers.account(self, record)
  begin(self, "continued", number(record.time))
end

function takers.reopen(self)
  self.runs[#self.runs].kind = "retry"
end

-- Counts requests and seconds of a run that may be killed; the end of a run tells both.
function takers.sent(self, record)
  local run, time = self.runs[#self.runs], number(record.time)
  run.requests = (run.requests or 0) + 1
  run.elapsed = time and run.began and math.max(time - run.began, 0)
  for _, i in ipairs(record.items) do self.causes[i] = nil end
end

-- Returns the cause of a failure. Failures that are alike share the cause of the first.
local function cause_of(self, record)
  local key = groups.key(record)
  self.known[key] = self.known[key] or { message = record.message,
    code = type(record.code) == "string" and record.code or nil,
    vendor_code = record.vendor_code, http_status = record.http_status }
  return self.known[key]
end

function takers.result(self, record)
  local i, run = record.index, self.runs[#self.runs]
  if record.settled then run.kind = "settle" end
  run.results = run.results + 1
  if record.ok then
    self.causes[i], self.request_ids[i] = nil, nil
  else
    run.failed = run.failed + 1
    self.causes[i], self.request_ids[i] = cause_of(self, record), record.request_id
  end
end

takers["end"] = function(self, record)
  local run = self.runs[#self.runs]
  run.elapsed, run.requests = number(record.elapsed), number(record.requests)
  self.status, run.status = number(record.status), number(record.status)
  drop_empty(self.runs)
end

-- ---- sums ----

-- Returns requests a second; nil where that is not known. Without a burst at the start, N requests
-- at R a second take (N - 1) / R seconds.
local function rate_of(requests, elapsed)
  return requests and requests > 1 and elapsed and elapsed > 0 and (requests - 1) / elapsed or nil
end

local function sum_up(self)
  for _, run in ipairs(self.runs) do
    run.rate = rate_of(run.requests, run.elapsed)
    for _, name in ipairs { "requests", "elapsed" } do
      if run[name] then self[name] = (self[name] or 0) + run[name] end
    end
  end
  self.rate = rate_of(self.requests, self.elapsed)
end

local ORDER = {}
for i, name in ipairs(errors.outcomes) do ORDER[name] = i end

-- Returns the groups of items that are not ok: failures come first, large groups before small ones.
local function grouped(self, report)
  local list, found = {}, {}
  for _, name in ipairs(errors.outcomes) do found[name] = {} end
  for i = 1, report.total do
    local state = report:state(i)
    local cause, of_state = self.causes[i] or NO_RESULT[state], found[state]
    if of_state and not of_state[cause] then
      of_state[cause] = { state = state, cause = cause, numbers = {} }
      list[#list + 1] = of_state[cause]
    end
    if of_state then table.insert(of_state[cause].numbers, i) end
  end
  table.sort(list, function(a, b)
    if a.state ~= b.state then return ORDER[a.state] < ORDER[b.state] end
    if #a.numbers ~= #b.numbers then return #a.numbers > #b.numbers end
    return a.numbers[1] < b.numbers[1]
  end)
  return list
end

-- Reads the facts of a report: `report` itself; `request_ids` of failures, by number of the item;
-- `groups` of items that are not ok, with `state`, `cause` (fields of a result), `numbers` (of
-- items); `runs` in their order, with `kind` ("first", "continued", "retry" or "settle"),
-- `results`, `failed`, and as far as known `began` (Unix seconds), `elapsed`, `requests`, `rate`,
-- `status`. Of all runs, as far as known: `elapsed`, `requests`, `rate`,
-- `documented_rate`; and `status` of the last run.
function facts.read(path)
  local self = { runs = {}, causes = {}, known = {}, request_ids = {} }
  local report = reports.read(path, function(record)
    local take = takers[record.record]
    if take then take(self, record) end
  end)
  if not report then
    fail.usage("there is no report %s, or one in which nothing was begun", path)
  end
  local plan = report.plan
  local row = config.vendors[plan.vendor]
    and streamctl[plan.vendor].operations:find(plan.operation)
  sum_up(self)
  self.report, self.groups = report, grouped(self, report)
  self.documented_rate = row and describe.rate_in(row, plan.mode)
  return self
end

return facts
