--- `streamctl retry REPORT`: send again what failed or was never sent.
-- @module streamctl.cli.commands.retry

local bulk = require "streamctl.cli.bulk"
local compare = require "streamctl.cli.bulk.compare"
local failure = require "streamctl.cli.failure"
local flags = require "streamctl.cli.flags"
local report = require "streamctl.cli.bulk.report"
local text = require "streamctl.cli.output.text"

local retry = {
  name = "retry",
  summary = "Send again what a report says has failed or was never sent",
  takes = flags.again,
  description = "Send items of a report again: those that failed or were never sent, or those that "
    .. "--only names. What becomes of them goes into the same report. Items whose outcome is "
    .. "unknown go again only when --only names them, since they may have been executed: "
    .. "`streamctl settle` finds out.",
}

function retry.define(command)
  command:argument("report", "The report."):argname "REPORT"
end

local DEFAULT = { failed = true, unsent = true }

local function chosen(book, only)
  local indexes, unknown = {}, 0
  for i = 1, book.plan.total do
    local is = book:state(i)
    if only[is] then
      indexes[#indexes + 1] = i
      if is == "unknown" then unknown = unknown + 1 end
    end
  end
  return indexes, unknown
end

local function job_of(book, account)
  local plan = book.plan
  return {
    command = plan.command, verb = "sending again", account = account,
    operation = account:operation(plan.operation), params = plan.params, options = plan.options,
    method = plan.method, book = book,
    items = { total = plan.total, item = function(_, i) return book:item(i) end },
    row_of = function(result)
      local answer = result.response
      return { task = type(answer) == "table" and answer.TaskId or nil }
    end,
  }
end

-- Why somebody is asked first.
local function why_ask(plan, count, unknown)
  if unknown > 0 then
    return ("the outcome of %s item%s is unknown, and where it was executed this does it twice")
      :format(text.thousands(unknown), unknown == 1 and "" or "s")
  end
  return plan.ask and ("%s item%s go%s again: %s"):format(text.thousands(count),
    count == 1 and "" or "s", count == 1 and "es" or "", plan.ask)
end

function retry.run(invocation)
  local args = invocation.args
  local book = report.begun(args.report, invocation.say, args.dry_run)
  local only = args.only or DEFAULT
  if only.ok then failure.usage "--only ok: what is done is not sent again" end
  args.only = nil
  local account = compare.account_of(invocation, book)
  local job = job_of(book, account)
  local indexes, unknown = chosen(book, only)
  job.ask = why_ask(book.plan, #indexes, unknown)
  if #indexes == 0 then
    invocation.say:note("nothing of %s is to be sent again", args.report)
  end
  job.only = indexes
  return bulk.run(invocation, job)
end

return retry
