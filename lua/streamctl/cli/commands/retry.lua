-- `streamctl retry REPORT`: sends failed and unsent items of a report again.

local errors = require "streamctl.base.errors"
local bulk = require "streamctl.cli.bulk"
local describe = require "streamctl.cli.describe"
local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local plans = require "streamctl.cli.bulk.plan"
local reports = require "streamctl.cli.bulk.report"
local text = require "streamctl.cli.output.text"

local retry = {
  summary = "Send again what a report says has failed or was never sent",
  examples = { "retry resume.jsonl", "retry resume.jsonl --keep-trying 30m" },
  takes = flags.again,
}

-- Converts "failed,unknown" to { failed = true, unknown = true }.
local function states(list)
  local set = {}
  for word in (list .. ","):gmatch "([^,]*)," do
    if not errors.outcomes[word] then
      return nil, ("--only must be a list of %s; not '%s'"):format(
        table.concat(errors.outcomes, ", "), list)
    end
    set[word] = true
  end
  return set
end

function retry.define(command)
  plans.define(command)
  command:option("--only", "Which items: a list of " .. table.concat(errors.outcomes, ", ")
    .. "; failed,unsent unless said. An unknown one may have been executed, a superseded one would "
    .. "undo a newer call."):argname "STATES":convert(states)
end

-- Returns the reason to ask the user first, if any.
local function why_ask(report, row, only, numbers)
  local unknown, count = only.unknown and report.counts.unknown or 0, #numbers
  if unknown > 0 then
    return ("the outcome of %s is unknown, and where it was executed this does it twice"):format(
      text.count(unknown, "item"))
  end
  return describe.effect(row) == "changes" and (count > 1 or row.safe ~= true)
    and ("%s go%s again by %s"):format(text.count(count, "item"), count == 1 and "es" or "",
      row.action)
end

function retry.run(invocation)
  local args = invocation.args
  local only = args.only or reports.AGAIN
  local report, account = plans.open(invocation, not args.dry_run and invocation.say)
  local plan, numbers = report.plan, report:numbers(only)
  local row = account:operation(plan.operation)
  if plan.method and (account.client.vendor.batched or {})[plan.method] ~= row.action then
    fail.usage("the report %s names the method '%s', which %s has not; is it of a newer version?",
      args.report, errors.tidy(plan.method, 100), row.action)
  end
  if not numbers[1] then invocation.say:note("nothing of %s is to be sent again", args.report) end
  return bulk.run(invocation, {
    account = account, operation = row, items = report, params = plan.params, report = report,
    only = numbers, is_newer = only.superseded, method = plan.method,
    ask = why_ask(report, row, only, numbers),
    row_of = function(result)
      return { task = type(result.answer) == "table" and result.answer.TaskId or nil }
    end,
  })
end

return retry
