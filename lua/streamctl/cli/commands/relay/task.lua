-- Functions shared by the relay commands, and `streamctl relay list` and `streamctl relay show`.

local abort = require "streamctl.cli.abort"
local flags = require "streamctl.cli.flags"
local input = require "streamctl.cli.bulk.input"
local label = require "streamctl.cli.bulk.label"
local list = require "streamctl.cli.commands.list"
local status = require "streamctl.cli.status"

local task = {}

local STATES = {
  ["0"] = "waiting", ["1"] = "running", ["2"] = "retrying", ["3"] = "stopped", ["-1"] = "exited",
}

local COLUMNS = {
  { "task", "TASK" }, { "state", "STATE" }, { "name", "NAME" }, { "from", "FROM" }, { "to", "TO" },
  { "start", "START" }, { "ends", "END" }, { "reason", "REASON" }, id = "task",
}

-- The columns of commands that change tasks.
task.outcome_columns = {
  { "task", "TASK" }, { "state", "STATE" }, { "to", "TO" }, { "message", "MESSAGE" }, id = "task",
}

-- Adds the flag --region.
function task.define_region(command)
  command:option("--region", "Where the task is, such as cn-shanghai; the profile's unless said.")
    :argname "REGION"
end

-- Adds the ids of tasks, and --region.
function task.define_ids(command)
  command:argument("TASK", "Ids of tasks; - for stdin or @FILE, an id a line.")
    :args "+":target "tasks"
  task.define_region(command)
end

-- Reads the ids of tasks as items.
function task.items(invocation)
  return input.read(invocation, invocation.args.tasks, { ids = true, make = function(id)
    return { TaskId = id }
  end })
end

-- Returns the account at Alibaba Cloud, and the region of the tasks.
function task.account(invocation)
  local account =
    invocation:account { vendor = "aliyun", only = "relays are tasks of Alibaba Cloud" }
  local region = invocation.args.region or (account.settings.region or {}).value
  if region then return account, region end
  abort.usage "--region is missing; say where the task is, such as --region cn-shanghai"
end

-- Returns an address without its keys.
function task.shown(url)
  return type(url) == "string" and label.masked(url) or nil
end

local function text(value)
  return value ~= "" and value or nil
end

-- Returns the row of a task of the vendor's lists and answers.
local function row_of(answer)
  local info = type(answer.TaskInfo) == "table" and answer.TaskInfo or {}
  local sources = type(info.SourceUrls) == "table" and info.SourceUrls or {}
  local more = #sources > 1 and (" and %d more"):format(#sources - 1) or ""
  return {
    task = answer.TaskId or info.TaskId,
    state = STATES[tostring(answer.TaskStatus)] or answer.TaskStatus,
    name = text(info.TaskName), from = sources[1] and task.shown(sources[1]) .. more or nil,
    to = task.shown(info.DstUrl), start = info.StartTime, ends = info.EndTime,
    reason = text(answer.TaskInvalidReason) or text(answer.TaskExitReason), details = answer,
  }
end

task.list = { name = "list", summary = "List the tasks of a region", takes = flags.calls }

function task.list.define(command)
  task.define_region(command)
  command:option("--to", "Only the task with exactly this destination."):argname "URL"
  command:option("--name", "Only tasks with exactly this name."):argname "NAME"
end

function task.list.run(invocation)
  local args, account, region = invocation.args, task.account(invocation)
  local pager = account.client:pages("DescribeLivePullToPushList",
    { Region = region, DstUrl = args.to, TaskName = args.name })
  local rows = invocation.out:rows(COLUMNS)
  list.walk(invocation, pager, function(item) rows:add(row_of(item)) end)
  rows:close()
  return status.OK
end

task.show = { name = "show", summary = "Show tasks", takes = flags.calls,
  define = task.define_ids }

function task.show.run(invocation)
  local account, region = task.account(invocation)
  local items, columns = task.items(invocation), { { "message", "MESSAGE" }, id = "task" }
  for i = #COLUMNS, 1, -1 do table.insert(columns, 1, COLUMNS[i]) end
  local rows, worst = invocation.out:rows(columns), status.OK
  abort.pass_on(account.client:batch("DescribeLivePullToPush", items:iterator(), {
    params = { Region = region },
    on_result = function(result)
      if result.ok then return rows:add(row_of(result.response)) end
      worst = math.max(worst, math.min(status.of(result.err), status.REFUSED))
      rows:add { task = result.item.TaskId, message = result.message, code = result.err.code }
    end,
  }))
  rows:close()
  return worst
end

local NAMED = 5 -- ids in a message

-- Returns some ids from `first` on, for a message.
local function listed(ids, first)
  local last = math.min(#ids, first + NAMED - 1)
  local more = #ids - last
  return table.concat(ids, ", ", first, last) .. (more > 0 and " and " .. more .. " more" or "")
end

-- Waits until tasks run or have stopped, or until a signal. The rows with their ids are written
-- before. Returns the exit status, which is `ended` without waiting.
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
