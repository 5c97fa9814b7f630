-- Pull-to-push tasks. State: "tasks" maps TaskId to a task; a task belongs to its Region and is
-- unknown elsewhere.

local json = require "spec.support.model.json"
local memory = require "spec.support.model.memory"
local shapes = require "spec.support.model.shapes"

local M = {}

local EXITED = -1
local NOT_STARTED, RUNNING, STOPPED = 0, 1, 3
local INTEGERS = { "FileIndex", "Offset", "RepeatNumber", "RetryCount", "RetryInterval" }

local now = memory.now

-- Whether a guess has this value (see guesses.lua).
local function guess(name, value) return memory.config()[name] == value end

local function illegal_duration()
  return nil, "InvalidParam.CodeIllegalDuration", "The specified duration is invalid."
end

-- Fills info from the parameters that both Create and Update take, and keeps the task. Returns the
-- answer's body; or nil, code, message.
local function save(task, params)
  local info, times = task.info, {}
  for _, name in ipairs { "StartTime", "EndTime" } do
    times[name] = memory.parse_time(params[name] or info[name])
    if not times[name] then
      return nil, "InvalidParameter",
        "The parameter " .. name .. " is invalid: not of the form yyyy-MM-ddTHH:mm:ssZ."
    end
  end
  if times.StartTime >= times.EndTime or times.EndTime <= now() then return illegal_duration() end
  for name in pairs(times) do info[name] = params[name] or info[name] end
  for _, name in ipairs(INTEGERS) do info[name] = tonumber(params[name]) or info[name] end
  info.SourceUrls = params.SourceUrls and json.decode(params.SourceUrls) or info.SourceUrls
  info.CallbackURL = params.CallbackUrl or info.CallbackURL
  memory.set("tasks", info.TaskId, task)
  return { RetCode = 0, Description = "OK" }
end

local function status_of(task)
  if task.status then -- as a test has set it
    return task.status, task.exit_reason, task.exit_time
  end
  if task.exit_reason then
    return guess("stopped_task", "stopped") and STOPPED or EXITED, task.exit_reason, task.exit_time
  end
  local last = memory.parse_time(task.info.EndTime)
  if last <= now() then return EXITED, "OverEndTime", last end
  return memory.parse_time(task.info.StartTime) > now() and NOT_STARTED or RUNNING
end

local function has_ended(task)
  local status = status_of(task)
  return status == EXITED or status == STOPPED
end

-- The page of CreateLivePullToPush: a task is deleted after it stops. Guess ended_task: when.
local function is_gone(task)
  return status_of(task) == EXITED and not task.exit_reason and guess("ended_task", "deleted")
end

-- An operation on a task: `run` gets it. Guess unknown_task: only Stop's page names a code for a
-- task that is not there.
local function on_task(run, code)
  return function(params)
    local task = memory.get("tasks", params.TaskId)
    if task and task.region == params.Region and not is_gone(task) then return run(task, params) end
    local refused, text = code or memory.config().unknown_task, "The specified task does not exist."
    if refused == "RetCode" then return { RetCode = 404, Description = text } end
    return nil, refused, text
  end
end

local function describe(task)
  local status, reason, time = status_of(task)
  local info = {}
  for name, value in pairs(task.info) do info[name] = value end
  info.SourceUrls = json.array(info.SourceUrls)
  return {
    TaskId = task.info.TaskId, TaskInfo = info, TaskStatus = status, TaskExitReason = reason or "",
    TaskExitTime = time and math.floor(time) or 0, TaskInvalidReason = task.invalid_reason or "",
    CurrentFileIndex = 0, CurrentOffset = 0,
  }
end

-- Guess second_task: the page says that two tasks with one DstUrl fail to push, not that the second
-- one is refused, and it does not say when CodeConfigAlreadyExists comes. Guess stopped_url: how
-- long.
function M.CreateLivePullToPush(params)
  for _, task in pairs(guess("second_task", "refused") and memory.all("tasks") or {}) do
    local ended = has_ended(task) and (guess("stopped_url", "free") or not task.exit_reason)
    if task.info.DstUrl == params.DstUrl and not ended then
      return nil, "CodeConfigAlreadyExists", "A task with this DstUrl already exists."
    end
  end
  local info = {
    TaskId = memory.uuid(), TaskName = params.TaskName or "", DstUrl = params.DstUrl,
    CallbackURL = "", SourceType = params.SourceType, SourceProtocol = params.SourceProtocol or "",
    FileIndex = 0, Offset = 0, RepeatNumber = 0, RetryCount = 3, RetryInterval = 60,
  }
  local task = { order = memory.increment("tasks"), region = params.Region, info = info,
    listed_at = memory.clock() + memory.config().list_lag }
  local body, code, message = save(task, params)
  if body then body.TaskId = info.TaskId end
  return body, code, message
end

-- Guess second_stop: the page says that a task which does not run is not affected, and lists
-- CodeTaskHasStopped.
M.StopLivePullToPush = on_task(function(task, params)
  if not has_ended(task) then
    task.exit_reason, task.exit_time = "TriggerByUser", math.floor(now())
    task.status = nil
    memory.set("tasks", params.TaskId, task)
  elseif guess("second_stop", "refused") then
    return nil, "CodeTaskHasStopped", "The specified task has stopped."
  end
  return { TaskId = params.TaskId }
end, "CodeTaskNotExist")

-- The page: before its StartTime a restart is invalid (guess restart_early: refused, or without
-- effect), and the answer's TaskId is "the ID of the new task" (guess restart_id: whether it
-- differs).
M.RestartLivePullToPush = on_task(function(task, params)
  if memory.parse_time(task.info.EndTime) <= now() then
    return illegal_duration()
  elseif memory.parse_time(task.info.StartTime) > now() then
    if guess("restart_early", "refused") then return illegal_duration() end
    return { TaskId = params.TaskId }
  end
  task.exit_reason, task.exit_time, task.status, task.invalid_reason = nil, nil, nil, nil
  task.restarts = (task.restarts or 0) + 1
  if guess("restart_id", "new") then
    memory.delete("tasks", params.TaskId)
    task.info.TaskId = memory.uuid()
  end
  memory.set("tasks", task.info.TaskId, task)
  return { TaskId = task.info.TaskId }
end)

M.UpdateLivePullToPush = on_task(save)

M.DeleteLivePullToPush = on_task(function(_, params)
  memory.delete("tasks", params.TaskId)
  return { RetCode = 0, Description = "OK" }
end)

M.DescribeLivePullToPush = on_task(function(task)
  local body = describe(task)
  body.RetCode, body.Description = 0, "OK"
  return body
end)

-- The three filters are fuzzy, the page says. Guess task_filter: what that means.
local function fits(task, params)
  local is_listed = (task.listed_at or 0) <= memory.clock()
  if task.region ~= params.Region or is_gone(task) or not is_listed then return false end
  local how = memory.config().task_filter
  for _, name in ipairs(how == "ignored" and {} or { "DstUrl", "TaskName", "TaskId" }) do
    local wanted, value = params[name], task.info[name]
    local fine = (wanted or "") == "" or value == wanted
      or (how == "contains" and value:find(wanted, 1, true))
    if not fine then return false end
  end
  return true
end

function M.DescribeLivePullToPushList(params)
  local found = {}
  for _, task in pairs(memory.all("tasks")) do
    if fits(task, params) then found[#found + 1] = task end
  end
  table.sort(found, function(a, b) return a.order < b.order end)
  for i, task in ipairs(found) do found[i] = describe(task) end
  local body, code, message = shapes.list("DescribeLivePullToPushList", params, found)
  if not body then return nil, code, message end
  -- Guesses: whether Total is always there, and a list without items.
  if guess("task_total", "absent") then body.Total = nil end
  if #body.TaskList == 0 and guess("empty_list", "absent") then body.TaskList = nil end
  return body
end

return M
