-- `streamctl settle REPORT`: asks the vendor about the unknown items of a report.

local abort = require "streamctl.cli.abort"
local flags = require "streamctl.cli.flags"
local label = require "streamctl.cli.bulk.label"
local plans = require "streamctl.cli.bulk.plan"
local progress = require "streamctl.cli.output.progress"
local reports = require "streamctl.cli.bulk.report"
local status = require "streamctl.cli.status"

local settle = {
  name = "settle",
  summary = "Find out what became of items whose outcome is unknown",
  takes = flags.settle,
  description = "Ask the vendor what became of each item of a report whose outcome is unknown, and "
    .. "write that down. What was executed is ok from then on; what was not is unsent, and goes "
    .. "again with the same command or `streamctl retry`. The status is 0 when nothing is unknown "
    .. "any more, else 4.",
}

function settle.define(command)
  command:argument("REPORT", "The report."):target "report"
end

local BECAME = {
  executed = { ok = true, settled = true },
  not_executed = { ok = false, settled = true, code = "cancelled",
    message = "cancelled: it was not executed, and may go again" },
}

-- Returns why an item stays unknown.
local function why_unknown(report, rule)
  if not rule then return "no query tells it" end
  if rule.executed or rule.not_executed then return "the vendor does not tell (yet)" end
  return ("%s shows what is, not what was done; `streamctl retry %s --only unknown` does it, "
    .. "perhaps for the second time"):format(rule[1], report.path)
end

-- Asks about an item. Returns its outcome, a reason where unknown, and the entry of the answer.
local function ask(account, report, i)
  local client, rule = account.client, account:operation(report.plan.operation).settle
  local became, answer, entry = abort.checked(client.settle, client, {
    code = "outcome_unknown", operation = report.plan.operation, vendor = report.plan.vendor,
    settle = report.queries[i],
  })
  if not became then return "unknown", answer end
  return became, became == "unknown" and why_unknown(report, rule) or nil, entry
end

local function note(report, i, became, task)
  local record = { record = "result", index = i, item = report:item(i), task = task }
  for name, value in pairs(BECAME[became]) do record[name] = value end
  report:append(record) -- once that has failed, all that follows does
end

function settle.run(invocation)
  local report = reports.begun(invocation.args.report, invocation.say)
  local account = plans.account_of(invocation, report)
  report:go_on(account.key)
  local rows = invocation.out:rows {
    { "item", "ITEM" }, { "became", "BECAME" }, { "task", "TASK" }, { "message", "MESSAGE" },
    id = "item",
  }
  local unknown = report:numbers { unknown = true }
  local shown = progress.new(invocation, { total = #unknown, name = "settle" })
  local left, format = 0, invocation.out.format
  local name = format == "table" and label.shown or format == "ids" and label.of
  for done, i in ipairs(unknown) do
    shown:update { done = done - 1, unknown = left }
    local became, message, entry = ask(account, report, i)
    local item, task = report:item(i), type(entry) == "table" and entry.TaskId or nil
    if became == "unknown" then left = left + 1 else note(report, i, became, task) end
    rows:add { item = name and name(item) or item, became = became, message = message, task = task }
  end
  shown:finish()
  rows:close()
  local code = left == 0 and status.OK or status.UNKNOWN
  report:finish(code)
  if report.broken then abort.raise(status.FAILED, report.broken) end
  return code
end

return settle
