-- `streamctl settle REPORT`: asks the vendor about the unknown items of a report.

local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local lines = require "streamctl.cli.bulk.lines"
local plans = require "streamctl.cli.bulk.plan"
local progress = require "streamctl.cli.output.progress"
local status = require "streamctl.cli.status"
local text = require "streamctl.cli.output.text"

local settle = {
  summary = "Find out what became of items whose outcome is unknown",
  examples = { "settle resume.jsonl" },
  takes = flags.settle,
  define = plans.define,
}

local BECAME = {
  executed = { ok = true, settled = true },
  not_executed = { ok = false, settled = true, code = "cancelled",
    outcome = "unsent", message = "cancelled: it was not executed, and may go again" },
}

local function why_unknown(report, rule, entry)
  local task = type(entry) == "table" and entry.TaskId
  if not rule then return "no query tells it" end
  if task then return ("the task %s is there, and is not as asked"):format(task) end
  if rule.executed or rule.not_executed then
    return "the vendor does not tell yet; ask again in some minutes"
  end
  return ("%s shows what is, not what was done; `streamctl retry %s --only unknown` does it, "
    .. "perhaps for the second time"):format(rule[1], text.word(report.path))
end

-- Asks about an item, and writes its outcome down. Returns a row.
local function ask(account, report, i)
  local client, plan, item = account.client, report.plan, report:item(i)
  local became, answer, entry = fail.checked(client.settle, client, { code = "outcome_unknown",
    operation = plan.operation, vendor = plan.vendor, settle = report.queries[i] })
  if not became then return { item = item, became = "unknown", message = answer } end
  local task = became == "executed" and type(entry) == "table" and entry.TaskId or nil
  local record = { record = "result", index = i, item = item, task = task }
  for name, value in pairs(BECAME[became] or {}) do record[name] = value end
  if record.settled then report:append(record) end -- settle.run raises `broken` at its end
  return { item = item, became = became, task = task,
    message = not record.settled
      and why_unknown(report, account:operation(plan.operation).settle, entry) or nil }
end

function settle.run(invocation)
  local report, account = plans.open(invocation, invocation.say)
  report:go_on(account.client.account)
  local rows = invocation.out:rows {
    { "item", "ITEM" }, { "became", "BECAME" }, { "task", "TASK" }, { "message", "MESSAGE" },
    id = "item",
  }
  local unknown, counts = report:numbers { unknown = true }, report.counts
  if not unknown[1] then invocation.say:note("nothing of %s is unknown", report.path) end
  local shown = progress.new(invocation, { total = #unknown, name = "settle" })
  for done, i in ipairs(unknown) do
    shown:update { done = done - 1, unknown = counts.unknown }
    local row = ask(account, report, i)
    row.item, row.id = lines.label(row.item, invocation.out.format), lines.id(row.item)
    rows:add(row)
  end
  shown:finish()
  rows:close()
  local code = counts.unknown == 0 and status.OK or status.UNKNOWN
  report:finish(code)
  report:close()
  if report.broken then fail.raise(status.FAILED, report.broken) end
  return code
end

return settle
