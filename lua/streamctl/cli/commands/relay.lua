-- `streamctl relay`: tasks of Alibaba Cloud that pull a stream from one address and push it to
-- another. Tasks are made by flags, or by lines of JSON.

local fail = require "streamctl.cli.fail"
local bulk = require "streamctl.cli.bulk"
local flags = require "streamctl.cli.flags"
local input = require "streamctl.cli.bulk.input"
local json = require "streamctl.base.json"
local lines = require "streamctl.cli.bulk.lines"
local list = require "streamctl.cli.commands.list"
local parameters = require "streamctl.cli.parameters"
local reports = require "streamctl.cli.bulk.report"
local status = require "streamctl.cli.status"
local times = require "streamctl.cli.times"

local CREATE = "CreateLivePullToPush"
local RUNNING = "pull_to_push_running"

-- ---- what the commands share ----

local function define_region(command)
  command:option("--region", "Such as cn-shanghai; the profile's unless said."):argname "REGION"
end

local function define_ids(command)
  command:argument("TASK", "Ids of tasks; - for stdin or @FILE, an id a line.")
    :args "+":target "tasks"
  define_region(command)
end

-- Reads ids of tasks. Returns the items, and the parameters of all items.
local function read_ids(invocation, _, region)
  local function make(id) return { TaskId = id } end
  return input.read(invocation, invocation.args.tasks, { make = make }), { Region = region }
end

local function account_of(invocation)
  local account =
    invocation:account { vendor = "aliyun", only = "relays are tasks of Alibaba Cloud" }
  local region = account.settings:value "region"
  if region then return account, region end
  fail.usage "--region is missing; say where the task is, such as --region cn-shanghai"
end

-- Returns an address without its keys.
local function address(url) return type(url) == "string" and lines.masked(url) or nil end

-- ---- list ----

local STATES = {
  ["0"] = "waiting", ["1"] = "running", ["2"] = "retrying", ["3"] = "stopped", ["-1"] = "exited",
}

local COLUMNS = { { "task", "TASK" }, { "state", "STATE" }, { "name", "NAME" },
  { "from", "FROM" }, { "to", "TO" }, { "start", "START" }, { "ends", "END" },
  { "reason", "REASON" }, id = "task" }

local function text(value) return value ~= "" and value or nil end

-- Returns the row of a task of the vendor's list.
local function row_of(answer)
  local info = type(answer.TaskInfo) == "table" and answer.TaskInfo or {}
  local sources = type(info.SourceUrls) == "table" and info.SourceUrls or {}
  local more = #sources > 1 and (" and %d more"):format(#sources - 1) or ""
  return {
    task = answer.TaskId or info.TaskId,
    state = STATES[tostring(answer.TaskStatus)] or answer.TaskStatus,
    name = text(info.TaskName), from = sources[1] and address(sources[1]) .. more or nil,
    to = address(info.DstUrl), start = info.StartTime, ends = info.EndTime,
    reason = text(answer.TaskInvalidReason) or text(answer.TaskExitReason), details = answer,
  }
end

local list_tasks = { name = "list", summary = "List the tasks of a region", takes = flags.calls,
  examples = { "relay list --region cn-shanghai --to rtmp://push.example.com/app/s1" } }

function list_tasks.define(command)
  define_region(command)
  command:option("--to", "Only the task with exactly this destination."):argname "URL"
  command:option("--name", "Only tasks with exactly this name."):argname "NAME"
end

function list_tasks.run(invocation)
  local args, account, region = invocation.args, account_of(invocation)
  local pager = account.client:pages("DescribeLivePullToPushList",
    { Region = region, DstUrl = args.to, TaskName = args.name })
  local rows = invocation.out:rows(COLUMNS)
  list.walk(invocation, pager, function(item) rows:add(row_of(item)) end)
  rows:close()
end

-- ---- the parameters of new tasks ----

local function define_task(command)
  local time = times.converter
  command:argument("NAME=VALUE", "Other parameters of CreateLivePullToPush, such as TaskName; or "
    .. "-, or @FILE: a JSON object of parameters a line, many tasks at once.")
    :args "*":target "lines"
  define_region(command)
  command:option("--from", "Where to pull from; may come again."):argname("URL"):count "*"
  command:option("--to", "Where to push to."):argname "URL"
  command:option("--start", "When it begins: UTC, Unix seconds, or from now (+10m); now "
    .. "unless said."):argname("TIME"):convert(time("--start", times.checked))
  command:option("--end", "When it ends."):target "ends":argname "TIME"
    :convert(time("--end", times.checked))
end

local PROTOCOLS = { rtmp = "rtmp", rtmps = "rtmp", srt = "srt", rtsp = "rtsp" }

local function protocol_of(url)
  local scheme, path = tostring(url):lower():match "^(%a[%w+.-]*)://([^?#]*)"
  return PROTOCOLS[scheme] or path and (path:find "%.m3u8$" and "hls"
    or path:find "%.flv$" and "http-flv") or nil
end

-- Returns a function that fills in the type and protocol of a source by its address.
local function filler(params)
  return function(item)
    local urls = type(item.SourceUrls) == "table" and item.SourceUrls or {}
    local kind = item.SourceType or params.SourceType or urls[2] and "url" or urls[1] and "live"
    if kind ~= params.SourceType then item.SourceType = kind end
    if kind ~= "live" or item.SourceProtocol or params.SourceProtocol then return item end
    item.SourceProtocol = protocol_of(urls[1])
    if item.SourceProtocol then return item end
    return nil, "SourceProtocol is missing, and the address does not tell whether it is rtmp, srt, "
      .. "rtsp, hls or http-flv"
  end
end

-- Returns the parameters of words and flags. A report that was begun keeps its times.
local function params_of(args, operation, region, words)
  local before = reports.params(args.report)
  local params = parameters.read(words, operation)
  for name, value in pairs { Region = region, DstUrl = args.to,
    SourceUrls = args.from[1] and args.from, StartTime = (args.start or not params.StartTime)
      and times.moment(args.start, before.StartTime),
    EndTime = args.ends and times.moment(args.ends, before.EndTime) } do
    params[name] = value or params[name]
  end
  return params
end

-- Takes the task of the flags out of the parameters. Returns a line.
local function line_of(params)
  local item = { DstUrl = params.DstUrl, SourceUrls = params.SourceUrls }
  params.DstUrl, params.SourceUrls = nil, nil
  if not item.DstUrl then fail.usage "--to is missing; say where to push to" end
  if not item.SourceUrls then fail.usage "--from is missing; say where to pull from" end
  if not params.EndTime then fail.usage "--end is missing; say when it ends, such as +2h" end
  return json.encode(item)
end

-- Reads new tasks. Returns the items, and the parameters of all items.
local function read_tasks(invocation, account, region)
  local args, tasks, words = invocation.args, {}, {}
  for _, word in ipairs(args.lines) do
    local kind = (word == "-" or word:find "^[@{]") and tasks or words
    kind[#kind + 1] = word
  end
  if tasks[1] and (args.to or args.from[1]) then
    fail.usage "--from and --to are for one task; each line names its SourceUrls and DstUrl"
  end
  local row = account:operation(CREATE)
  local params = params_of(args, row, region, words)
  return input.read(invocation, tasks[1] and tasks or { line_of(params) }, {
    object = filler(params), params = params, account = account, operation = row }), params
end

-- ---- changes ----

-- Waits until tasks run or have stopped, or until a signal. The rows with their ids are written
-- before. Returns the exit status, which is `ended` where all is well.
local function wait(invocation, account, waiter, ids, region, ended)
  local all, left = {}, {}
  for i, id in ipairs(ids) do all[i] = { Region = region, TaskId = id } end
  if not invocation:caught() then invocation.say:note("waiting for %s; tasks: %d", waiter, #ids) end
  local report = account.client:wait_for(waiter, all,
    { should_stop = function() return invocation:caught() end })
  for _, failure in ipairs(report.failures) do
    if failure.err.code == "cancelled" then
      left[#left + 1] = failure.item.TaskId
    else
      invocation.say:warn("%s: %s", failure.item.TaskId, failure.message)
      ended = math.max(ended, status.FAILED)
    end
  end
  if not left[1] then return ended end
  invocation.say:warn("interrupted (%s); not seen yet: %s", invocation:caught(),
    table.concat(left, ", "))
  return status.stopped[invocation:caught()]
end

-- Makes a command that changes tasks. `facts`: `operation`, and perhaps `method`; `waiter`;
-- `ask`, why the user is asked, for `always` or for more than one task; `creates`; `may_queue`.
local function command_of(name, summary, facts)
  local command = { name = name, summary = summary, examples = facts.examples,
    takes = facts.may_queue and flags.queue or flags.bulk }

  function command.define(parser)
    local define = facts.creates and define_task or define_ids
    define(parser)
    if facts.waiter then
      parser:flag("--wait", facts.waiter == RUNNING and "Wait until the tasks run."
        or "Wait until the tasks have stopped.")
    end
  end

  function command.run(invocation)
    local account, region = account_of(invocation)
    local items, params = (facts.creates and read_tasks or read_ids)(invocation, account, region)
    local ended, report = bulk.run(invocation, {
      account = account, operation = account:operation(facts.operation), items = items,
      params = params, method = facts.method,
      ask = (facts.always or items.total > 1) and facts.ask or nil,
      columns = { { "task", "TASK" }, { "state", "STATE" }, { "to", "TO" },
        { "message", "MESSAGE" }, id = "task" },
      row_of = function(result)
        local answer = type(result.answer) == "table" and result.answer or {}
        local before, id = result.item.TaskId, answer.TaskId
        local warning = answer.info and answer.info.warning
        return { task = before or id, new_task = before and id ~= before and id or nil,
          to = address(result.item.DstUrl), created = answer.created,
          message = answer.created == false and "was there before"
            .. (warning and ": " .. warning or ", with these sources and times") or warning }
      end,
    })
    if facts.creates and ended == status.UNKNOWN and not invocation.args.report then
      invocation.say:warn("whether a task was made shows `streamctl relay list --region %s "
        .. "--to URL`; with --report FILE, `streamctl settle FILE` would find out", region)
    end
    local ids = report and invocation.args.wait and report:tasks_done() or {}
    return ids[1] and wait(invocation, account, facts.waiter, ids, region, ended) or ended
  end

  return command
end

local BILLED = "each task is billed while it runs"

return {
  summary = "Pull streams from one address and push them to another (Alibaba Cloud)",
  commands = {
    command_of("create", "Make tasks, each of which is billed", {
      operation = CREATE, creates = true, waiter = RUNNING, ask = BILLED, always = true,
      may_queue = true, examples = {
        "relay create @tasks.jsonl --region cn-shanghai --report r.jsonl",
        "relay create --region cn-shanghai --end +2h --wait --yes \\\n"
        .. "  --from rtmp://pull.example.com/app/s1 --to rtmp://push.example.com/app/s1" } }),
    command_of("ensure", "Make tasks whose destination has none yet", { operation = CREATE,
      method = "ensure_live_pull_to_push", creates = true, waiter = RUNNING, ask = BILLED,
      always = true, may_queue = true, examples = {
        "relay ensure --region cn-shanghai --end +2h \\\n"
        .. "  --from rtmp://pull.example.com/app/s1 --to rtmp://push.example.com/app/s1" } }),
    list_tasks,
    command_of("stop", "Stop tasks", { operation = "StopLivePullToPush",
      waiter = "pull_to_push_stopped", ask = "their streams are cut off", may_queue = true }),
    command_of("delete", "Delete tasks", { operation = "DeleteLivePullToPush",
      ask = "what is deleted is gone", always = true }),
    command_of("restart", "Start tasks again", { operation = "RestartLivePullToPush",
      waiter = RUNNING }),
  },
}
