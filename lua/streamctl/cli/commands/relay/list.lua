--- `streamctl relay list`: the pull-to-push tasks of a region.
-- @module streamctl.cli.commands.relay.list

local failure = require "streamctl.cli.failure"
local flags = require "streamctl.cli.flags"
local status = require "streamctl.cli.status"
local task = require "streamctl.cli.commands.relay.task"

local list = { name = "list", summary = "List the tasks of a region", takes = flags.calls }

function list.define(command)
  task.define_region(command)
  command:option("--to", "Only the task with exactly this destination."):argname "URL"
  command:option("--name", "Only tasks with exactly this name."):argname "NAME"
end

function list.run(invocation)
  local args, account = invocation.args, task.account(invocation)
  local pager = account.client:pages("DescribeLivePullToPushList", {
    Region = task.region(invocation, account), DstUrl = args.to, TaskName = args.name,
  })
  local rows = invocation.out:rows(task.columns)
  while true do
    local it, message, err = pager:next()
    if err then
      failure.raise(status.of(err), "this list is not whole: " .. message, err)
    end
    if not it then break end
    local row = task.row(it)
    row.details = it
    rows:add(row)
    if invocation:caught() then break end
  end
  rows:close()
  return status.OK
end

return list
