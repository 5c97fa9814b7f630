-- Tells people the plan, the expected time and the end of a run.

local describe = require "streamctl.cli.describe"
local errors = require "streamctl.base.errors"
local plans = require "streamctl.cli.bulk.plan"
local size_of = require("streamctl.cli.bulk.requests").size
local text = require "streamctl.cli.output.text"
local times = require "streamctl.cli.times"

local summary = {}

-- Estimates work (see `streamctl.cli.bulk.run`) on a number of items. Returns `requests`;
-- `seconds`; `rate`, items a second; `text`, such as "; about 5 s (100 requests at 20/s)", which is
-- empty without a known rate.
function summary.estimate(work, count)
  local row, account = work.operation, work.account
  local rate, chosen = describe.rate_in(row, account.mode), account.settings:value "rate"
  if chosen then rate = math.min(chosen, rate or chosen) end
  if work.method then return { text = "" } end -- not a call for each item
  local each = size_of(row)
  local requests = math.ceil(count / each)
  if not rate then return { requests = requests, text = "" } end
  local seconds = math.max(requests - 1, 0) / rate
  return { requests = requests, seconds = seconds, rate = rate * each,
    text = ("; about %s (%s at %g/s)"):format(times.took(seconds),
      text.count(requests, "request"), rate) }
end

-- Returns the counts of a report in words: "57 ok, 2 failed, 1 unknown".
function summary.counts(counts)
  local parts = { text.thousands(counts.ok) .. " ok" }
  for _, name in ipairs(errors.outcomes) do
    if counts[name] > 0 then parts[#parts + 1] = text.thousands(counts[name]) .. " " .. name end
  end
  return table.concat(parts, ", ")
end

-- Tells the progress of an earlier run; a complete run is told even with --quiet.
local function tell_before(run)
  local say, report, count = run.invocation.say, run.report, #run.order
  local total, begun = report.total, plans.begun(report.plan)
  if count > 0 then
    say:note("%s: %s of %s items were sent before, since %s%s", run.work.command,
      text.thousands(total - count), text.thousands(total), begun,
      run.left_failed > 0 and ("; %s of these failed, and are neither sent nor shown now"):format(
        text.thousands(run.left_failed)) or "")
  else
    local is_ok = report.counts.ok == total
    say:warn("nothing is left to send: %s was begun %s%s", report.path, begun, is_ok
      and " and is complete; name another file for a new run"
      or ": " .. summary.counts(report.counts))
  end
end

function summary.plan(run)
  local work, read, total, count = run.work, run.items.line_count, run.report.total, #run.order
  if count > 0 then -- two lines fit a terminal of 80 columns
    run.invocation.say:note("%s: %s%s by %s%s", work.command,
      read and read > total and text.count(read, "line") .. ", " or "",
      text.count(count, "item"), work.operation.action, run.estimate.text)
    run.invocation.say:note("%s: %s", work.command, work.account.title)
  end
  if count < total and not work.report then tell_before(run) end
end

local function way_on(run)
  local report = run.report
  if run.work.operation.read then return "nothing was changed" end
  if not report.path then
    return "with --report FILE, the same command would go on where it stopped"
  end
  if report.lost then return nil end
  if report.counts.unsent == 0 then
    return "what was not sent again is as " .. (report.counts.unknown > 0 and "unknown" or "failed")
      .. " as before"
  end
  return (run.work.report and "`streamctl retry " .. text.word(report.path) .. "` "
    or "the same command ") .. "goes on with what is unsent"
end

-- Returns what to do about outcomes, a line each: those of `told`, a set, or all.
function summary.advice(report, told)
  local lines = {}
  for _, name in ipairs(errors.outcomes) do
    local advice = errors.outcomes[name].advice
    if advice and report.counts[name] > 0 and (not told or told[name]) then
      lines[#lines + 1] = advice:format(text.word(report.path))
    end
  end
  return lines
end

local AFTER_RUN = { failed = true, unknown = true } -- `way_on` tells of what is unsent

-- Tells the end of a run, its reason, and what to do next. `pause`: seconds until items go again.
function summary.tell(run, elapsed, pause)
  local say, report, left_out = run.invocation.say, run.report, run.items.left_out
  local counts, caught = report.counts, run.caught and run.done < #run.order
  if run.order[1] or run.work.report then
    say:note("%s: %s%s, in %s", run.work.command, summary.counts(counts),
      left_out and ", " .. text.count(left_out, "line") .. " left out" or "",
      times.took(elapsed, true))
  end
  if report.broken then
    say:warn("stopped: %s; what became of items that are not in it is told here alone",
      report.broken)
  end
  if report.lost then
    say:warn("do not repeat the command: that would send again what was sent; have what is unsent "
      .. "here in a file of its own, and another report")
  end
  if run.stopped then
    say:warn("stopped, since %s: %s; see `streamctl doctor`", run.stopped, run.example)
  elseif run.refused then
    say:warn("the account is refused: %s; see `streamctl doctor`", run.example)
  end
  if pause then
    return say:note("%s: the rest goes again in %s", run.work.command, times.took(pause))
  end
  local way = (caught or report.path and counts.unsent > 0) and way_on(run)
  if way then say:note("%s%s", caught and ("interrupted (%s); "):format(run.caught) or "", way) end
  if not report.path or report.lost then return end
  for _, line in ipairs(summary.advice(report, AFTER_RUN)) do say:note("%s", line) end
end

return summary
