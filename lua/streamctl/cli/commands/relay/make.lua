-- `streamctl relay create` and `streamctl relay ensure`: make tasks by flags, or by lines of JSON.

local bulk = require "streamctl.cli.bulk"
local abort = require "streamctl.cli.abort"
local flags = require "streamctl.cli.flags"
local input = require "streamctl.cli.bulk.input"
local json = require "streamctl.json"
local parameters = require "streamctl.cli.parameters"
local reports = require "streamctl.cli.bulk.report"
local status = require "streamctl.cli.status"
local task = require "streamctl.cli.commands.relay.task"
local times = require "streamctl.cli.times"

local OPERATION = "CreateLivePullToPush"

local function define(command)
  command:argument("NAME=VALUE", "Parameters of CreateLivePullToPush, for what has no flag; or -, "
    .. "or @FILE: a JSON object of its parameters a line, many tasks at once.")
    :args "*":target "lines"
  command:option("--json", "A JSON object of the parameters of one task: the text, - for stdin, or "
    .. "@FILE; words and flags win."):argname "JSON"
  task.define_region(command)
  command:option("--from", "Where to pull from; again for a list that is pulled one by one.")
    :argname("URL"):count "*"
  command:option("--to", "Where to push to."):argname "URL"
  command:option("--name", "A name for the task."):argname "NAME"
  command:option("--start", "When it begins, in UTC, Unix seconds or from now (+10m); now unless "
    .. "said."):argname("TIME"):convert(times.converter("--start", times.checked))
  command:option("--end", "When it ends."):target("ends"):argname("TIME")
    :convert(times.converter("--end", times.checked))
  command:option("--type", "What --from is: live, url (files), vod (media ids). live for one "
    .. "address, url for several, unless said."):argname "TYPE":choices { "live", "url", "vod" }
  command:option("--protocol", "Of a live source: rtmp, srt, rtsp, hls, http-flv, flv; by the "
    .. "address unless said."):argname "NAME"
  command:flag("--wait", "Wait until the tasks run.")
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
    return nil, "SourceProtocol (--protocol) is missing, and the address does not tell whether it "
      .. "is rtmp, srt, rtsp, hls or http-flv"
  end
end

-- Returns the parameters of all tasks. A report that was begun keeps its times.
local function shared(invocation, account, region, words)
  local args = invocation.args
  local begun = args.report and reports.read(args.report)
  local before = begun and begun.plan and begun.plan.params or {}
  local params = parameters.read(words, account:operation(OPERATION),
    args.json and parameters.object(args.json))
  params.Region, params.TaskName = region, args.name or params.TaskName
  params.SourceType = args.type or params.SourceType
  params.SourceProtocol = args.protocol or params.SourceProtocol
  if args.start or not params.StartTime then
    params.StartTime = times.moment(args.start, before.StartTime)
  end
  if args.ends then params.EndTime = times.moment(args.ends, before.EndTime) end
  return params
end

-- Returns the task of the flags as a line.
local function task_of_flags(args, params)
  local item = { DstUrl = args.to or params.DstUrl,
    SourceUrls = args.from[1] and args.from or params.SourceUrls }
  params.DstUrl, params.SourceUrls = nil, nil
  if not item.DstUrl then abort.usage "--to is missing; say where to push to" end
  if not item.SourceUrls then abort.usage "--from is missing; say where to pull from" end
  if not params.EndTime then abort.usage "--end is missing; say when it ends, such as +2h" end
  return json.encode(item)
end

-- Reads tasks, and the parameters of all tasks, from words and flags.
local function read(invocation, account, region)
  local args, lines, others = invocation.args, {}, {}
  for _, word in ipairs(args.lines) do
    local list = (word == "-" or word:find "^[@{]") and lines or others
    list[#list + 1] = word
  end
  local params = shared(invocation, account, region, others)
  if not lines[1] then
    lines = { task_of_flags(args, params) }
  elseif args.to or args.from[1] then
    abort.usage "--from and --to are for one task; each line names its SourceUrls and DstUrl"
  end
  return input.read(invocation, lines, { object = filler(params), params = params,
    validate = input.by_library(account.client, OPERATION, params) }), params
end

local function command_of(name, summary, method)
  local command = { name = name, summary = summary, takes = flags.bulk, define = define }

  function command.run(invocation)
    local account, region = task.account(invocation)
    local items, params = read(invocation, account, region)
    local made = {}
    local ended = bulk.run(invocation, {
      account = account, operation = account:operation(OPERATION), items = items, params = params,
      method = method, ask = "each task is billed while it runs", columns = task.outcome_columns,
      row_of = function(result)
        local answer = type(result.response) == "table" and result.response or {}
        if result.ok then made[#made + 1] = answer.TaskId end
        return { task = answer.TaskId, to = task.shown(result.item.DstUrl),
          existing = answer.existing }
      end,
    })
    if ended == status.UNKNOWN and not invocation.args.report then
      invocation.say:warn("whether a task was made shows `streamctl relay list --region %s "
        .. "--to URL`; with --report FILE, `streamctl settle FILE` would find out", region)
    end
    return task.wait(invocation, account, "pull_to_push_running", made, region, ended)
  end

  return command
end

return {
  create = command_of("create", "Make tasks, each of which is billed"),
  ensure = command_of("ensure", "Make tasks whose destination has none yet",
    "ensure_live_pull_to_push"),
}
