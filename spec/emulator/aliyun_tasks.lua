-- luacheck: std luajit+ngx_lua

-- Pull-to-push tasks. State: "tasks" maps TaskId to a task; a task belongs to its Region and is unknown elsewhere.

local codec = require "emulator.codec"
local json = require "emulator.json"
local settings = require "emulator.settings"
local state = require "emulator.state"

local M = {}

local EXITED = -1
local NOT_STARTED, RUNNING = 0, 1
local SOURCE_TYPES = { live = true, vod = true, url = true }
local INTEGERS = { "FileIndex", "Offset", "RepeatNumber", "RetryCount", "RetryInterval" }
local RANGES = { Offset = { 1 }, RepeatNumber = { -1 }, RetryInterval = { 60, 300 } }

local function now()
  return codec.now() + settings.get().clock_offset
end

local function invalid(name, why)
  return "InvalidParameter", "The parameter " .. name .. " is invalid: " .. why .. "."
end

-- SourceUrls is one JSON array of strings, not SourceUrls.1, SourceUrls.2.
local function parse_sources(text, source_type)
  local list = text and json.decode(text)
  if type(list) ~= "table" or not text:find("^%s*%[") then
    return nil, invalid("SourceUrls", "illegal parameter serialization format, a JSON array is required")
  elseif #list < 1 or #list > 30 or (source_type == "live" and #list ~= 1) then
    return nil, invalid("SourceUrls", "1 to 30 items, exactly 1 for a live source")
  end
  for _, url in ipairs(list) do
    if type(url) ~= "string" or url == "" then
      return nil, invalid("SourceUrls", "every item must be text")
    end
  end
  return list
end

local function parse_integers(params, info)
  for _, name in ipairs(INTEGERS) do
    local text = params[name]
    if text then
      local range = RANGES[name]
      local value = text:find("^%-?%d+$") and tonumber(text)
      if not value or (range and (value < range[1] or value > (range[2] or math.huge))) then
        return invalid(name, "'" .. text .. "' is no integer in its range")
      end
      info[name] = value
    end
  end
end

-- Fills info from the parameters that both Create and Update take; returns code, message on failure.
local function read_common(params, info)
  for _, name in ipairs { "StartTime", "EndTime" } do
    local text = params[name]
    if text then
      if not codec.parse_utc(text) then
        return invalid(name, "not of the form yyyy-MM-ddTHH:mm:ssZ")
      end
      info[name] = text
    end
  end
  local first, last = codec.parse_utc(info.StartTime), codec.parse_utc(info.EndTime)
  if first >= last or last <= now() then
    return "InvalidParam.CodeIllegalDuration", "The specified duration is invalid."
  end
  local code, message = parse_integers(params, info)
  if code then
    return code, message
  end
  if params.SourceUrls then
    info.SourceUrls, code, message = parse_sources(params.SourceUrls, info.SourceType)
    if code then
      return code, message
    end
  end
  if params.CallbackUrl then
    if #params.CallbackUrl > 2000 then
      return invalid("CallbackUrl", "longer than 2,000 characters")
    end
    info.CallbackURL = params.CallbackUrl
  end
end

local function status_of(task)
  if task.exit_reason then
    return EXITED, task.exit_reason, task.exit_time
  end
  local last = codec.parse_utc(task.info.EndTime)
  if last <= now() then
    return EXITED, "OverEndTime", last
  end
  return codec.parse_utc(task.info.StartTime) > now() and NOT_STARTED or RUNNING
end

local function find(params)
  local task = state.get("tasks", params.TaskId)
  if not task or task.region ~= params.Region then
    return nil, "CodeTaskNotExist", "The specified task does not exist."
  end
  return task
end

local function describe(task)
  local status, reason, time = status_of(task)
  local info = {}
  for name, value in pairs(task.info) do
    info[name] = value
  end
  info.SourceUrls = json.array(info.SourceUrls)
  return {
    TaskId = task.info.TaskId, TaskInfo = info, TaskStatus = status, TaskExitReason = reason or "",
    TaskExitTime = time and math.floor(time) or 0, TaskInvalidReason = "", CurrentFileIndex = 0, CurrentOffset = 0,
  }
end

local function check_new(params)
  if not SOURCE_TYPES[params.SourceType] then
    return invalid("SourceType", "live, vod or url")
  elseif params.SourceType == "live" and (params.SourceProtocol or "") == "" then
    return "MissingParameter", "The input parameter SourceProtocol that is mandatory for a live source is not supplied."
  elseif #params.DstUrl > 2000 or not params.DstUrl:find("^rtmps?://") then
    return invalid("DstUrl", "an rtmp URL of at most 2,000 characters is required")
  elseif not params.SourceUrls then
    -- The required parameter came as SourceUrls.1.
    return invalid("SourceUrls", "illegal parameter serialization format, a JSON array is required")
  end
  for _, task in pairs(state.all("tasks")) do
    if task.info.DstUrl == params.DstUrl and status_of(task) ~= EXITED then
      return "CodeConfigAlreadyExists", "A task with this DstUrl already exists."
    end
  end
end

function M.CreateLivePullToPush(params)
  local code, message = check_new(params)
  if code then
    return nil, code, message
  end
  local info = {
    TaskId = codec.uuid(), TaskName = params.TaskName or "", DstUrl = params.DstUrl, CallbackURL = "",
    SourceType = params.SourceType, SourceProtocol = params.SourceProtocol or "", StartTime = params.StartTime,
    EndTime = params.EndTime, FileIndex = 0, Offset = 0, RepeatNumber = 0, RetryCount = 3, RetryInterval = 60,
  }
  for _, name in ipairs { "StartTime", "EndTime" } do
    if not codec.parse_utc(params[name]) then
      return nil, invalid(name, "not of the form yyyy-MM-ddTHH:mm:ssZ")
    end
  end
  code, message = read_common(params, info)
  if code then
    return nil, code, message
  end
  state.set("tasks", info.TaskId, { order = state.increment("tasks"), region = params.Region, info = info })
  return { RetCode = 0, Description = "OK", TaskId = info.TaskId }
end

function M.StopLivePullToPush(params)
  local task, code, message = find(params)
  if not task then
    return nil, code, message
  elseif status_of(task) == EXITED then
    return nil, "CodeTaskHasStopped", "The specified task has stopped."
  end
  task.exit_reason, task.exit_time = "TriggerByUser", math.floor(now())
  state.set("tasks", params.TaskId, task)
  return { TaskId = params.TaskId }
end

function M.RestartLivePullToPush(params)
  local task, code, message = find(params)
  if not task then
    return nil, code, message
  elseif codec.parse_utc(task.info.EndTime) <= now() then
    return nil, "InvalidParam.CodeIllegalDuration", "The specified duration is invalid."
  end
  task.exit_reason, task.exit_time = nil, nil
  task.restarts = (task.restarts or 0) + 1
  state.set("tasks", params.TaskId, task)
  return { TaskId = params.TaskId }
end

function M.UpdateLivePullToPush(params)
  local task, code, message = find(params)
  if not task then
    return nil, code, message
  end
  code, message = read_common(params, task.info)
  if code then
    return nil, code, message
  end
  state.set("tasks", params.TaskId, task)
  return { RetCode = 0, Description = "OK" }
end

function M.DeleteLivePullToPush(params)
  local task, code, message = find(params)
  if not task then
    return nil, code, message
  end
  state.delete("tasks", params.TaskId)
  return { RetCode = 0, Description = "OK" }
end

function M.DescribeLivePullToPush(params)
  local task, code, message = find(params)
  if not task then
    return nil, code, message
  end
  local body = describe(task)
  body.RetCode, body.Description = 0, "OK"
  return body
end

-- The three filters match any part of the value.
local function fits(task, params)
  if task.region ~= params.Region then
    return false
  end
  for _, name in ipairs { "DstUrl", "TaskName", "TaskId" } do
    local wanted = params[name]
    if wanted and wanted ~= "" and not task.info[name]:find(wanted, 1, true) then
      return false
    end
  end
  return true
end

function M.DescribeLivePullToPushList(params)
  local number, size = params.PageNumber or "1", params.PageSize or "10"
  if not number:find("^%d+$") or tonumber(number) < 1 then
    return nil, invalid("PageNumber", "1 or more")
  elseif not size:find("^%d+$") or tonumber(size) < 1 or tonumber(size) > 100 then
    return nil, invalid("PageSize", "1 to 100")
  end
  number, size = tonumber(number), tonumber(size)
  local found = {}
  for _, task in pairs(state.all("tasks")) do
    if fits(task, params) then
      found[#found + 1] = task
    end
  end
  table.sort(found, function(a, b)
    return a.order < b.order
  end)
  local list = json.array {}
  for i = (number - 1) * size + 1, math.min(number * size, #found) do
    list[#list + 1] = describe(found[i])
  end
  return { PageNumber = number, PageSize = size, Total = #found, TaskList = list }
end

return M
