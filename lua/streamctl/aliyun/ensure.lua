--- A pull-to-push task that exists once, however often it is asked for.
--
-- CreateLivePullToPush is billed and has no token against repetition, so a create whose outcome is
-- unknown is never repeated. The destination URL of a task is unique, so it tells whether the
-- task is there.
-- @public streamctl.aliyun.ensure

local deadlines = require "streamctl.deadline"

local PAGE_SIZE = 100
local EXITED, STOPPED = -1, 3

local function still_there(task, dst_url)
  return type(task) == "table" and type(task.TaskInfo) == "table" and task.TaskInfo.DstUrl == dst_url
    and task.TaskStatus ~= EXITED and task.TaskStatus ~= STOPPED
end

-- The search is fuzzy, so every page is looked through for the exact URL.
local function find(client, params, rest)
  local page, seen = 1, 0
  while true do
    local answer, message, err = client:describe_live_pull_to_push_list({
      Region = params.Region, RegionId = params.RegionId, DstUrl = params.DstUrl,
      PageNumber = page, PageSize = PAGE_SIZE,
    }, rest())
    if not answer then return nil, message, err end
    for _, task in ipairs(answer.TaskList) do
      if still_there(task, params.DstUrl) then return task end
    end
    seen = seen + #answer.TaskList
    if #answer.TaskList < PAGE_SIZE or seen >= (tonumber(answer.Total) or 0) then return nil end
    page = page + 1
  end
end

--- Creates a pull-to-push task unless there is one with the same DstUrl.
-- @function Client:ensure_live_pull_to_push
-- @tparam table params of CreateLivePullToPush
-- @tparam[opt] table options of a call; `timeout` covers create and search
-- @treturn[1] table the create's answer, or `{ TaskId =, Task =, existing = true }` with the task
-- as DescribeLivePullToPushList shows it
-- @treturn[2] nil
-- @treturn[2] string message; `outcome_unknown` when the create's outcome is unknown and the
-- search finds nothing (yet) or fails
-- @treturn[2] table err, see streamctl.errors
return function(client, params, call_options)
  local deadline = deadlines.after(call_options.timeout or client.options.timeout)
  local function rest()
    local copy = {}
    for name, value in pairs(call_options) do copy[name] = value end
    copy.timeout = math.max(deadline:left(), 0.001)
    return copy
  end
  local answer, message, err = client:create_live_pull_to_push(params, rest())
  if answer or (err.code ~= "outcome_unknown" and err.code ~= "conflict") then return answer, message, err end
  local task, why = find(client, params, rest)
  if task then return { TaskId = task.TaskId, Task = task, existing = true } end
  err.message = message .. " A search for the DstUrl " .. (why and "failed: " .. why or "found no such task.")
  return nil, err.message, err
end
