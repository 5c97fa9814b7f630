--- `streamctl relay show TASK...`: what the vendor says of tasks.
-- @module streamctl.cli.commands.relay.show

local failure = require "streamctl.cli.failure"
local flags = require "streamctl.cli.flags"
local input = require "streamctl.cli.bulk.input"
local status = require "streamctl.cli.status"
local task = require "streamctl.cli.commands.relay.task"

local show = { name = "show", summary = "Show tasks", takes = flags.calls }

function show.define(command)
  task.define_ids(command)
  task.define_region(command)
end

function show.run(invocation)
  local args, account = invocation.args, task.account(invocation)
  local list = input.read(invocation, args.tasks, { ids = true, make = task.of_id })
  local columns, worst = { id = "task" }, status.OK
  for i, column in ipairs(task.columns) do columns[i] = column end
  columns[#columns + 1] = { "message", "MESSAGE" }
  local rows = invocation.out:rows(columns)
  failure.pass_on(account.client:batch("DescribeLivePullToPush", list:iterator(), {
    params = { Region = task.region(invocation, account) },
    on_result = function(result)
      local row = result.ok and task.row(result.response)
        or { task = result.item.TaskId, message = result.message, code = result.err.code }
      if result.ok then row.details = result.response end
      if not result.ok then
        worst = math.max(worst, math.min(status.of(result.err), status.REFUSED))
      end
      rows:add(row)
    end,
  }))
  rows:close()
  return worst
end

return show
