-- `streamctl report REPORT`: shows the runs of a report as text, JSON or a page.

local facts = require "streamctl.cli.report.facts"
local fail = require "streamctl.cli.fail"
local file = require "streamctl.cli.output.file"
local flags = require "streamctl.cli.flags"
local json_line = require "streamctl.cli.output.json_line"
local plans = require "streamctl.cli.bulk.plan"
local reports = require "streamctl.cli.bulk.report"
local status = require "streamctl.cli.status"
local summary = require "streamctl.cli.bulk.summary"
local system = require "streamctl.system"
local text = require "streamctl.cli.output.text"
local words = require "streamctl.cli.report.words"

local command = {
  summary = "Show what a run was: who began it, what failed and why, how fast it went",
  examples = { "report", "report resume.jsonl --html resume.html" },
  takes = flags.output, formats = { "table", "json" },
}

function command.define(at)
  at:argument("REPORT", "The report; without it the command lists the reports in this folder.")
    :args "?":target "report"
  at:option("--html", "Write a page to look at instead: one file (mode 0600), which needs no "
    .. "network; - is stdout."):argname "FILE"
end

-- ---- text and JSON ----

local function show_rows(out, columns, list)
  local rows = out:rows(columns)
  for _, row in ipairs(list) do rows:add(row) end
  rows:close()
end

local function show(invocation, found)
  local out, report = invocation.out, found.report
  show_rows(out, { { "name", "REPORT" }, { "value", report.path } }, words.overview(found))
  for _, list in ipairs { words.tables(found) } do
    if list[1] then out:write "\n" end
    show_rows(out, list.columns, list)
  end
  for _, line in ipairs(summary.advice(report)) do invocation.say:note("%s", line) end
end

local FIRST = { "report", "plan", "total", "succeeded", "failed", "unknown", "superseded",
  "unsent", "status", "elapsed", "requests", "rate", "documented_rate", "runs", "groups",
  "unknown_items" }

local function show_json(out, found)
  local report, list, unknown = found.report, json_line.list {}, json_line.list {}
  for place, group in ipairs(found.groups) do
    local items = {}
    for k, i in ipairs(group.numbers) do items[k] = report:item(i) end
    list[place] = { state = group.state, count = #items, items = items }
    for name, value in pairs(group.cause) do list[place][name] = value end
  end
  for place, i in ipairs(report:numbers { unknown = true }) do
    unknown[place] = { item = report:item(i), settle = report.queries[i],
      query = words.query(report, i) }
  end
  local counts = report.counts
  out:object({ report = report.path, plan = report.plan, total = report.total,
    succeeded = counts.ok, failed = counts.failed, unknown = counts.unknown,
    superseded = counts.superseded, unsent = counts.unsent, status = found.status,
    elapsed = found.elapsed, requests = found.requests, rate = found.rate,
    documented_rate = found.documented_rate, runs = found.runs, groups = list,
    unknown_items = unknown }, FIRST)
end

-- ---- the page ----

-- Writes the page into a new file, which takes the place of an old page at once.
local function write_page(invocation, found, path)
  local page = require "streamctl.cli.report.page" -- text and JSON need no page
  if path == "-" then
    return page.write(found, function(part) invocation.out:write(part) end)
  end
  local why = file.misuse(path, file.page)
  if why then fail.usage("%s", why) end
  local done, fault = file.replace(path, file.page, function(journal)
    local added, failure = true, nil
    page.write(found, function(part)
      if added then added, failure = journal:append(part) end
    end)
    return added, failure
  end)
  if not done then
    fail.raise(status.FAILED, ("cannot write the page %s: %s"):format(path, fault))
  end
  invocation.say:note("%s: a page of %s", path, text.count(found.report.total, "item"))
end

-- ---- the reports here ----

local REPORTS = { { "report", "REPORT" }, { "begun", "BEGUN" }, { "command", "COMMAND" },
  { "total", "ITEMS" }, { "became", "BECAME" }, id = "report" }

local function list_reports(out, say)
  local list, pipe, why = {}, io.popen "ls -A"
  if not pipe then fail.raise(status.FAILED, "this folder cannot be listed: " .. tostring(why)) end
  for name in pipe:lines() do
    local is_report, is_empty = file.begins(name, file.report)
    if is_report and not is_empty then
      local read, report = pcall(reports.read, name)
      if not read and not fail.is(report) then error(report, 0) end
      local plan = read and report and report.plan
      list[#list + 1] = not plan and { report = name, became = read and "not begun"
        or tostring(report) } or { report = name, begun = plans.begun(plan), command = plan.command,
        total = report.total, became = summary.counts(report.counts), counts = report.counts }
    end
  end
  pipe:close()
  if not list[1] then say:note "there is no report in this folder" end
  show_rows(out, REPORTS, list)
end

function command.run(invocation)
  local args = invocation.args
  if not args.report and args.html then
    fail.usage "--html needs the name of a report; `streamctl report` lists those in this folder"
  elseif not args.report then
    return list_reports(invocation.out, invocation.say)
  end
  if args.html and args.output ~= "table" then
    fail.usage "-o json and --html are two forms of the report; say one of them"
  end
  local found = facts.read(args.report)
  local journal, why = system.journal(args.report)
  if journal then
    journal:close()
  elseif why:find("another process", 1, true) then
    invocation.say:warn("a run is writing %s now: what was sent still waits for its answers",
      args.report)
  end
  if args.html then return write_page(invocation, found, args.html) end
  if args.output == "json" then return show_json(invocation.out, found) end
  show(invocation, found)
end

return command
