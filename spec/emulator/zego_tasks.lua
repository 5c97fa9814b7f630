-- luacheck: std luajit+ngx_lua

-- ZEGO tasks: mixing, recording, players, uploads and files. State: "mixes", "records", "players",
-- "uploads" and "media" map an id to its task. Guess without a switch, since nothing depends on it:
-- that stopping or deleting what is not there succeeds where no code for it is listed.

local codec = require "emulator.codec"
local json = require "emulator.json"
local later = require "emulator.later"
local lists = require "emulator.lists"
local settings = require "emulator.settings"
local state = require "emulator.state"

local M = {}

local BEGINNING, RECORDING, ENDED, PAUSED = 1, 2, 3, 5
local FILE_RECORDING, FILE_UPLOADING, FILE_UPLOADED = 1, 2, 3
local PLAYER_BEING_MADE, PLAYER_PLAYING, PLAYER_DESTROYED = 1, 4, 8
local UPLOAD_WAITING, UPLOADED, UPLOAD_CANCELLED = 1, 4, 6

local function now()
  return math.floor(settings.vendors_now())
end

local function copy(task, changes)
  local other = {}
  for name, value in pairs(task) do
    other[name] = value
  end
  for name, value in pairs(changes) do
    other[name] = value
  end
  return other
end

-- A page of what a map shows, of those entries that the parameters fit.
local function page(action, map, values, names, wanted)
  local found = {}
  for _, task in pairs(later.all(map)) do
    local fits = not wanted or wanted(task)
    for _, name in ipairs(names) do
      fits = fits and (values[name] == nil or values[name] == task[name])
    end
    if fits then
      found[#found + 1] = task
    end
  end
  table.sort(found, function(a, b)
    return a.order < b.order
  end)
  for _, task in ipairs(found) do
    task.order = nil
  end
  local body, message = lists.page(action, values, found)
  return body, message
end

-- ---- mixing ----

function M.StartMix(request)
  local values = request.values
  later.set("mixes", values.TaskId, { TaskId = values.TaskId, started = now() })
  return 0, "success", {
    UserId = values.UserId, RoomId = values.RoomId or "", Sequence = values.Sequence or 0,
    PlayInfo = json.array {},
  }
end

function M.StopMix(request)
  later.set("mixes", request.values.TaskId, nil)
  return 0, "success"
end

function M.GetMixTaskInfo(request)
  local task = later.get("mixes", request.params.TaskId)
  if not task then
    return 110209001, "task not exist"
  end
  return 0, "success", { TaskInfo = { TaskId = task.TaskId, MixDuration = now() - task.started } }
end

-- ---- recording ----

-- A ClientTaskId that has a task answers that one's id.
function M.StartRecord(request)
  local values = request.values
  local input = values.RecordInputParams
  for id, task in pairs(input.ClientTaskId and state.all("records") or {}) do
    if task.ClientTaskId == input.ClientTaskId then
      return 0, "success", { TaskId = id }
    end
  end
  local id = codec.random_digits(17)
  local task = {
    order = id, TaskId = id, ClientTaskId = input.ClientTaskId, RoomId = values.RoomId,
    RecordMode = input.RecordMode, StreamType = input.StreamType or 3,
    RecordBeginTimestamp = now() * 1000, RecordEndTimestamp = 0, Status = RECORDING,
    RecordFiles = json.array { { FileId = codec.uuid(), Status = FILE_RECORDING } },
  }
  later.set("records", id, task, copy(task, { Status = BEGINNING, RecordFiles = json.array {} }))
  return 0, "success", { TaskId = id }
end

-- A change of a task by its state: { [Status] = code that refuses it }, and what it does.
local function change(refused, apply)
  return function(request)
    local id = request.values.TaskId
    local task = state.get("records", id)
    if not task then
      return 300001000, "task not exist"
    elseif refused[task.Status] then
      return refused[task.Status], "task is in another state"
    end
    later.set("records", id, apply(task))
    return 0, "success"
  end
end

M.PauseRecord = change({ [ENDED] = 300001001 }, function(task)
  return copy(task, { Status = PAUSED })
end)

M.ResumeRecord = change({ [ENDED] = 300001001, [RECORDING] = 300001004 }, function(task)
  return copy(task, { Status = RECORDING })
end)

local function with_files(status)
  return json.array { { FileId = codec.uuid(), Status = status } }
end

-- It ends at once and its file is uploaded after the looks.
M.StopRecord = change({ [ENDED] = 300001001 }, function(task)
  local changes = { Status = ENDED, RecordEndTimestamp = now() * 1000 }
  return copy(copy(task, changes), { RecordFiles = with_files(FILE_UPLOADED) }),
    copy(copy(task, changes), { RecordFiles = with_files(FILE_UPLOADING) })
end)

function M.DescribeRecordStatus(request)
  local task = later.get("records", request.values.TaskId)
  if not task then
    return 300001000, "task not exist"
  end
  json.array(task.RecordFiles)
  task.order, task.TaskId, task.ClientTaskId = nil, nil, nil
  return 0, "success", task
end

function M.DescribeTasks(request)
  local body, message = page("DescribeTasks", "records",
    { PageOffset = request.values.PageOffset, PageSize = request.values.PageSize }, {},
    function(task)
      return task.Status == request.values.Status
        and (request.values.RoomId or task.RoomId) == task.RoomId
    end)
  if not body then
    return 300000004, message
  end
  for i, task in ipairs(body.Data.TaskidList) do
    body.Data.TaskidList[i] = {
      RecordBeginTimestamp = task.RecordBeginTimestamp, TaskId = task.TaskId, RoomId = task.RoomId,
      Status = task.Status,
    }
  end
  return 0, "success", body.Data
end

-- ---- players ----

function M.CreatePlayer(request)
  local values, name = request.values, request.values.PlayerName or ""
  for _, player in pairs(name ~= "" and state.all("players") or {}) do
    if player.PlayerName == name and player.Status ~= PLAYER_DESTROYED then
      return 350006008, "a player with this name is running"
    end
  end
  local id = codec.uuid()
  local player = {
    order = id, PlayerId = id, RoomId = values.RoomId, StreamId = values.StreamId or id,
    CreateTime = now(), PlayTime = values.PlayTime or now(), PlayerName = name,
    StreamUrl = values.StreamUrl, Status = PLAYER_PLAYING, StreamUrlList = json.array {},
    PlayIndex = 0,
  }
  later.set("players", id, player, copy(player, { Status = PLAYER_BEING_MADE }))
  return 0, "success", { PlayerId = id, RoomId = player.RoomId, StreamId = player.StreamId,
    CreateTime = player.CreateTime }
end

function M.DeletePlayer(request)
  local player = state.get("players", request.values.PlayerId)
  if player then
    later.set("players", player.PlayerId,
      copy(player, { Status = PLAYER_DESTROYED, DestroyReason = 1 }))
  end
  return 0, "success"
end

function M.DescribePlayers(request)
  local body, message = page("DescribePlayers", "players", request.values,
    { "RoomId", "PlayerId", "Status" })
  for _, player in ipairs(body and body.Data.Players or {}) do
    json.array(player.StreamUrlList)
  end
  return body and 0 or 350006003, message or "success", body and body.Data
end

-- ---- uploads ----

function M.CreateUploadTask(request)
  local id = codec.uuid()
  local task = {
    order = id, UploadTaskId = id, StreamUrl = request.values.StreamUrl,
    Title = request.values.Title, Status = UPLOADED, RetryCount = 0, ExpiresAt = now() + 86400,
    CreateTime = now(), UploadStreamUrl = "", InternalUploadStreamUrl = "",
  }
  later.set("uploads", id, task, copy(task, { Status = UPLOAD_WAITING }))
  return 0, "success", { UploadTaskId = id, CreateTime = task.CreateTime }
end

function M.CancelUploadTask(request)
  local task = state.get("uploads", request.values.UploadTaskId)
  if task then
    later.set("uploads", task.UploadTaskId, copy(task, { Status = UPLOAD_CANCELLED }))
  end
  return 0, "success"
end

function M.DescribeUploadTasks(request)
  local values = copy({ UploadTaskId = request.values.UploadTaskId }, {
    PageSize = request.values.PageSize, PageToken = request.values.PageToken,
    -- 0 has no meaning
    Status = request.values.Status ~= 0 and request.values.Status or nil,
  })
  local body, message = page("DescribeUploadTasks", "uploads", values, { "UploadTaskId", "Status" })
  return body and 0 or 350006003, message or "success", body and body.Data
end

-- ---- files ----

local DONE = { Tencent = "FINISH", Huawei = "SUCCEEDED" }
local WAITING = { Tencent = "WAITING", Huawei = "NO_TASK" }

local function start_media(request)
  local vendor, id = request.params.Vendor, codec.uuid()
  local task = { TaskId = id, Status = DONE[vendor] }
  later.set("media", id, task, copy(task, { Status = WAITING[vendor] }))
  return 0, "success", { [vendor] = { TaskId = id, RequestId = codec.uuid() } }
end

M.MergeMedia, M.TranscodeMedia, M.MediaThumbnails = start_media, start_media, start_media

function M.DescribeMediaTask(request)
  local task = later.get("media", request.params.TaskId)
  if not task then
    return 41003, "task not exist"
  end
  return 0, "success", { [request.params.Vendor] = task }
end

return M
