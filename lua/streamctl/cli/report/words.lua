-- Tells the facts of a report (`facts.lua`) in words, for the text and for the page of a report.

local fail = require "streamctl.cli.fail"
local groups = require "streamctl.cli.bulk.groups"
local lines = require "streamctl.cli.bulk.lines"
local plans = require "streamctl.cli.bulk.plan"
local summary = require "streamctl.cli.bulk.summary"
local text = require "streamctl.cli.output.text"
local times = require "streamctl.cli.times"

local words = {}

-- Columns of tables: the key in a row, the heading, and the class in the page.
local RUNS = { { "kind", "RUN", "word" }, { "began", "BEGAN", "word" },
  { "took", "TOOK", "word" }, { "requests", "REQUESTS", "number" }, { "rate", "RATE", "number" },
  { "results", "ITEMS", "number" }, { "failed", "NOT OK", "number" },
  { "status", "STATUS", "number" } }
local GROUPS = { { "count", "ITEMS", "number" }, { "state", "STATE", "word" },
  { "code", "CODE", "word" }, { "message", "MESSAGE", "wide" } }
local UNKNOWN = { { "item", "UNKNOWN", "item" }, { "query", "QUERY", "item" }, id = "item" }
local MAX_LINES = 3 -- of items below a group

-- Returns requests a second, such as "19.8/s"; nil without a number.
function words.rate(rate) return rate and ("%.3g/s"):format(rate) end

-- Returns the message of a cause, without its code and without keys in addresses.
local function message_of(cause)
  local message, code = tostring(cause.message or ""), tostring(cause.code) .. ": "
  if message:sub(1, #code) == code then message = message:sub(#code + 1) end
  return (message:gsub("%S+://%S+", lines.masked))
end

-- Returns the query that settles an unknown item, as a command line.
function words.query(report, i)
  local settle = report.queries[i]
  if not settle or type(settle.params) ~= "table" then return "no query tells it" end
  return fail.query(settle)
end

local function requests(found)
  if not found.requests then return "not known: the report does not count them" end
  local rate, documented = words.rate(found.rate), found.documented_rate
  return text.thousands(found.requests) .. (rate and ", " .. rate or "")
    .. (documented and (" (documented: %s)"):format(words.rate(documented)) or "")
end

local function run_row(run)
  return { kind = run.kind, took = run.elapsed and times.took(run.elapsed, true),
    rate = words.rate(run.rate), began = run.began and times.shown(run.began),
    requests = run.requests and text.thousands(run.requests),
    results = text.thousands(run.results), failed = text.thousands(run.failed),
    status = run.status }
end

-- Returns the tables of a report, runs, what is not ok, and what is unknown: lists of rows with
-- `columns`, a `heading` and a `name`. A single run needs no row.
function words.tables(found)
  local report, runs = found.report, { heading = "Runs", name = "run", columns = RUNS }
  local list = { heading = "Not ok", name = "group", columns = GROUPS }
  local unknown = { heading = "Unknown", name = "unknown", columns = UNKNOWN }
  for i, run in ipairs(found.runs[2] and found.runs or {}) do runs[i] = run_row(run) end
  for i, group in ipairs(found.groups) do
    list[i] = { count = text.thousands(#group.numbers), state = group.state,
      code = group.cause.code, message = message_of(group.cause),
      below = groups.lines(report, group.numbers, MAX_LINES, report.path) }
  end
  for place, i in ipairs(report:numbers { unknown = true }) do
    unknown[place] = { item = groups.name(report:item(i)), query = words.query(report, i) }
  end
  return runs, list, unknown
end

-- Returns a list of `{ name =, value = }` that tells who began a run, when, where, and how it went.
function words.overview(found)
  local plan, report = found.report.plan, found.report
  local runs, list, argv = #found.runs, {}, { "streamctl" }
  local function add(name, value)
    if type(value) ~= "string" then return end
    list[#list + 1] = { name = name, value = value }
  end
  for i, word in ipairs(type(plan.argv) == "table" and plan.argv or { plan.command }) do
    argv[i + 1] = tostring(word)
  end
  local begun = plans.begun(plan)
  add("begun", begun)
  add("command", table.concat(argv, " "))
  add("job", plan.job)
  if plan.note ~= begun then add("note", plan.note) end -- the command notes the same of its jobs
  add("account", ("%s (%s%s)"):format(plan.account, plan.mode,
    plan.profile and ", profile " .. tostring(plan.profile) or ""))
  add("endpoint", plan.endpoint)
  add("region", plan.region)
  add("operation", plan.operation)
  add("items", text.thousands(report.total) .. ": " .. summary.counts(report.counts))
  add("took", found.elapsed and times.took(found.elapsed, true)
    .. (runs > 1 and " in " .. runs .. " runs" or ""))
  add("requests", requests(found))
  add("status", found.status and ("%.0f"):format(found.status) or "the last run has not ended")
  return list
end

return words
