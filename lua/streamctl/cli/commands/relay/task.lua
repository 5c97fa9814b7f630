--- What the commands about pull-to-push tasks share: whose account, which region, a task as a row,
-- and waiting for one.
-- @module streamctl.cli.commands.relay.task

local failure = require "streamctl.cli.failure"
local label = require "streamctl.cli.bulk.label"
local status = require "streamctl.cli.status"

local task = {}

local STATES = {
  ["0"] = "waiting", ["1"] = "running", ["2"] = "retrying", ["3"] = "stopped", ["-1"] = "exited",
}

--- The columns of tasks.
task.columns = {
  { "task", "TASK" }, { "state", "STATE" }, { "name", "NAME" }, { "from", "FROM" }, { "to", "TO" },
  { "start", "START" }, { "ends", "END" }, { "reason", "REASON" }, id = "task",
}

--- The columns of what became of tasks.
task.outcome_columns = {
  { "task", "TASK" }, { "state", "STATE" }, { "to", "TO" }, { "message", "MESSAGE" }, id = "task",
}

--- The flag that says where tasks are.
function task.define_region(command)
  command:option("--region", "Where the task is, such as cn-shanghai; the profile's unless said.")
    :argname "REGION"
end

--- The tasks that a command is about.
function task.define_ids(command)
  command:argument("tasks", "Ids of tasks; - for stdin or @FILE, an id a line."):args("+")
    :argname "TASK"
end

--- The parameters of an item that was given as an id.
function task.of_id(id)
  return { TaskId = id }
end

--- The account, which is at Alibaba Cloud. See @{streamctl.cli.account}.
function task.account(invocation)
  return invocation:account { vendor = "aliyun", only = "relays are tasks of Alibaba Cloud" }
end

--- Where the tasks are.
function task.region(invocation, account)
  local setting = account.settings.region
  local region = invocation.args.region or setting and setting.value
  if region then return region end
  failure.usage "--region is missing; say where the task is, such as --region cn-shanghai"
end

--- An address without what keys may be in.
function task.shown(url)
  return type(url) == "string" and label.masked(url) or nil
end

local shown = task.shown

local function text(value)
  return value ~= "" and value or nil
end

--- A task as a row. `it`: as the vendor's lists and answers have it.
function task.row(it)
  local info = type(it.TaskInfo) == "table" and it.TaskInfo or {}
  local sources = type(info.SourceUrls) == "table" and info.SourceUrls or {}
  local more = #sources > 1 and (" and %d more"):format(#sources - 1) or ""
  return {
    task = it.TaskId or info.TaskId, state = STATES[tostring(it.TaskStatus)] or it.TaskStatus,
    name = text(info.TaskName), from = sources[1] and shown(sources[1]) .. more or nil,
    to = shown(info.DstUrl), start = info.StartTime, ends = info.EndTime,
    reason = text(it.TaskInvalidReason) or text(it.TaskExitReason),
  }
end

local NAMED = 5 -- ids in a message

-- The ids from `first` on, as many as can be read.
local function listed(ids, first)
  local last = math.min(#ids, first + NAMED - 1)
  local more = #ids - last
  return table.concat(ids, ", ", first, last) .. (more > 0 and " and " .. more .. " more" or "")
end

--- Waits until tasks run or have stopped. Nothing is changed any more, so a signal ends it soon.
-- The rows that tell their ids are written by then. `ids`: of tasks; `ended`: the status that the
-- command has without it.
function task.wait(invocation, account, waiter, ids, region, ended)
  if not invocation.args.wait then return ended end
  for i, id in ipairs(ids) do
    if not invocation:caught() then invocation.say:note("waiting for %s: %s", waiter, id) end
    local answer, message = account.client:wait_for(waiter, { Region = region, TaskId = id },
      { should_stop = function() return invocation:caught() end })
    local caught = not answer and invocation:caught()
    if caught then
      invocation.say:warn("interrupted (%s); not seen yet: %s", caught, listed(ids, i))
      return status.stopped[caught]
    elseif not answer then
      invocation.say:warn("%s: %s", id, message)
      ended = math.max(ended, status.FAILED)
    end
  end
  return ended
end

return task
