--- `streamctl settle REPORT`: what became of the items whose outcome is unknown.
-- @module streamctl.cli.commands.settle

local compare = require "streamctl.cli.bulk.compare"
local failure = require "streamctl.cli.failure"
local flags = require "streamctl.cli.flags"
local label = require "streamctl.cli.bulk.label"
local progress = require "streamctl.cli.output.progress"
local report = require "streamctl.cli.bulk.report"
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
  command:argument("report", "The report."):argname "REPORT"
end

local BECAME = {
  executed = { ok = true, settled = true },
  not_executed = { ok = false, settled = true, code = "cancelled",
    message = "cancelled: it was not executed, and may go again" },
}

-- Why an item stays unknown.
local function why_unknown(book, rule)
  if not rule then return "no query tells it" end
  if rule.executed or rule.not_executed then return "the vendor does not tell (yet)" end
  return ("%s shows what is, not what was done; `streamctl retry %s --only unknown` does it, "
    .. "perhaps for the second time"):format(rule[1], book.path)
end

-- What became of an item: a word, why not, and the entry of the answer that shows it.
local function ask(account, book, i)
  local client, rule = account.client, account:operation(book.plan.operation).settle
  local became, answer, entry = failure.checked(client.settle, client, {
    code = "outcome_unknown", operation = book.plan.operation, vendor = book.plan.vendor,
    settle = book:result(i).settle,
  })
  if not became then return "unknown", answer end
  return became, became == "unknown" and why_unknown(book, rule) or nil, entry
end

-- The id of what was made, where something was.
local function task_of(entry)
  return type(entry) == "table" and entry.TaskId or nil
end

local function note(book, i, became, entry)
  local record = { record = "result", index = i, item = book:item(i) }
  for name, value in pairs(BECAME[became]) do record[name] = value end
  record.task = task_of(entry)
  book:append(record) -- once that has failed, all that follows does
end

-- The last line of a report tells how all of it stands.
local function finish(book, code)
  local counts = book:counts()
  local done, why = book:append { record = "end", total = book.plan.total, succeeded = counts.ok,
    failed = counts.failed, unknown = counts.unknown, unsent = counts.unsent, status = code }
  if done then done, why = book:sync() end
  if not done then failure.raise(status.FAILED, why) end
  book:close()
end

function settle.run(invocation)
  local book = report.begun(invocation.args.report, invocation.say)
  local account = compare.account_of(invocation, book)
  local noted, why = book:adopt(account.key)
  if not noted then failure.raise(status.FAILED, why) end
  local rows = invocation.out:rows {
    { "item", "ITEM" }, { "became", "BECAME" }, { "task", "TASK" }, { "message", "MESSAGE" },
    id = "item",
  }
  local shown = progress.new(invocation, { total = book:counts().unknown, verb = "settling" })
  local left, done, format = 0, 0, invocation.out.format
  local name = format == "table" and label.shown or format == "ids" and label.of
  for i = 1, book.plan.total do
    if book:state(i) == "unknown" then
      shown:update { done = done, unknown = left }
      local became, message, entry = ask(account, book, i)
      done = done + 1
      if became == "unknown" then left = left + 1 else note(book, i, became, entry) end
      local item = book:item(i)
      rows:add { item = name and name(item) or item, became = became, message = message,
        task = task_of(entry) }
    end
  end
  shown:finish()
  rows:close()
  local code = left == 0 and status.OK or status.UNKNOWN
  finish(book, code)
  return code
end

return settle
