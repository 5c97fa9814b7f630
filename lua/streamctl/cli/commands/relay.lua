-- `streamctl relay`: tasks of Alibaba Cloud that pull a stream from one address and push it to
-- another.

local bulk = require "streamctl.cli.bulk"
local flags = require "streamctl.cli.flags"
local make = require "streamctl.cli.commands.relay.make"
local task = require "streamctl.cli.commands.relay.task"

-- Makes a command that changes tasks. `facts`: `operation`; `waiter`, if any; `ask(count)`, if any,
-- returns the reason to ask the user first.
local function command_of(name, summary, facts)
  local command = { name = name, summary = summary, takes = flags.bulk }

  function command.define(parser)
    task.define_ids(parser)
    if facts.waiter then parser:flag("--wait", "Wait until it is so.") end
  end

  function command.run(invocation)
    local account, region = task.account(invocation)
    local items, done = task.items(invocation), {}
    local ended = bulk.run(invocation, {
      account = account, operation = account:operation(facts.operation), items = items,
      params = { Region = region },
      ask = facts.ask and facts.ask(items.total), columns = task.outcome_columns,
      row_of = function(result)
        local id = type(result.response) == "table" and result.response.TaskId
        if result.ok then done[#done + 1] = id or result.item.TaskId end
        return { task = result.item.TaskId, new_task = id ~= result.item.TaskId and id or nil }
      end,
    })
    return task.wait(invocation, account, facts.waiter, done, region, ended)
  end

  return command
end

local stop = command_of("stop", "Stop tasks", {
  operation = "StopLivePullToPush", waiter = "pull_to_push_stopped",
  ask = function(count) return count > 1 and "their streams are cut off" or nil end,
})

local restart = command_of("restart", "Start tasks again", {
  operation = "RestartLivePullToPush", waiter = "pull_to_push_running",
})

local delete = command_of("delete", "Delete tasks", {
  operation = "DeleteLivePullToPush",
  ask = function() return "what is deleted is gone" end,
})

return {
  name = "relay",
  summary = "Pull streams from one address and push them to another (Alibaba Cloud)",
  commands = { make.create, make.ensure, task.list, task.show, stop, delete, restart },
}
