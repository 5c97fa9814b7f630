-- luacheck: std luajit+ngx_lua

-- Streams' states, location blocks, preloading, monitors and dual streams. State: "location_blocks"
-- maps domain/app/stream to its block, "preloads" and "monitors" an id to a task, "dual_streams" a
-- domain to its switch. Guess without a switch, since nothing depends on it: what a change of
-- something unknown answers, which is a success.

local codec = require "emulator.codec"
local later = require "emulator.later"
local lists = require "emulator.lists"
local settings = require "emulator.settings"
local state = require "emulator.state"

local M = {}

local function now()
  return codec.format_utc(settings.vendors_now())
end

-- A page of what a map shows, of those entries that the given parameters fit.
local function page(action, map, params, names)
  local found = {}
  for _, entry in pairs(later.all(map)) do
    local fits = true
    for _, name in ipairs(names) do
      fits = fits and (params[name] or tostring(entry[name])) == tostring(entry[name])
    end
    if fits then
      found[#found + 1] = entry
    end
  end
  table.sort(found, function(a, b)
    return a.order < b.order
  end)
  for _, entry in ipairs(found) do
    entry.order = nil
  end
  local body, message = lists.page(action, params, found)
  return body, "InvalidParameter", message
end

function M.DescribeLiveStreamState(params)
  for _, stream in pairs(later.all("online")) do
    local domain = state.get("domains", params.DomainName) or params.DomainName
    if (stream.DomainName == params.DomainName or stream.PublishDomain == domain)
      and stream.AppName == params.AppName and stream.StreamName == params.StreamName then
      return { StreamState = "online", Type = "push" }
    end
  end
  return { StreamState = "offline", Type = "push" }
end

local function key_of(params)
  return params.DomainName .. "/" .. params.AppName .. "/" .. params.StreamName
end

local BLOCKING, BLOCKED, DELETING = 1, 2, 5

function M.SetLiveStreamBlock(params)
  local function block(status)
    return {
      order = params.StreamName, AppName = params.AppName, BlockType = params.BlockType,
      DomainName = params.DomainName, LocationList = params.LocationList,
      ReleaseTime = params.ReleaseTime or "", Status = status, StreamName = params.StreamName,
      UpdateTime = now(),
    }
  end
  later.set("location_blocks", key_of(params), block(BLOCKED), block(BLOCKING))
  return { Status = "ok", Description = "ok" }
end

function M.DeleteLiveStreamBlock(params)
  local block = state.get("location_blocks", key_of(params))
  if block then
    block.Status = DELETING
    later.set("location_blocks", key_of(params), nil, block)
  end
  return { Status = "ok", Description = "ok" }
end

function M.DescribeStreamLocationBlock(params)
  return page("DescribeStreamLocationBlock", "location_blocks", params,
    { "DomainName", "AppName", "StreamName", "BlockType" })
end

function M.SetLiveStreamPreloadTasks(params)
  local id = codec.uuid()
  local function task(status, process)
    return {
      order = id, TaskId = id, DomainName = params.DomainName, PlayUrl = params.PlayUrl,
      Area = params.Area or "", CreateTime = now(), Description = "",
      PreloadedStartTime = params.PreloadedStartTime or "",
      PreloadedEndTime = params.PreloadedEndTime or "", Status = status, Process = process,
    }
  end
  later.set("preloads", id, task("complete", "100%"), task("preloading", "50%"))
  return {
    Status = "ok", TotalURL = 1, SuccessURL = 1, FailedURL = 0, PreloadTasksMessages = {
      PreloadTasksMessage = { { TaskId = id, PlayUrl = params.PlayUrl, Description = "ok" } },
    },
  }
end

function M.DescribeLiveStreamPreloadTasks(params)
  return page("DescribeLiveStreamPreloadTasks", "preloads", params,
    { "DomainName", "TaskId", "PlayUrl", "Status" })
end

function M.CreateLiveStreamMonitor(params)
  local id = codec.uuid()
  state.set("monitors", id, {
    order = id, MonitorId = id, MonitorName = params.MonitorName, Domain = params.Domain,
    OutputTemplate = params.OutputTemplate, Status = 0,
  })
  return { MonitorId = id }
end

local function set_monitor(status)
  return function(params)
    local monitor = state.get("monitors", params.MonitorId)
    if monitor then
      monitor.Status = status
      later.set("monitors", params.MonitorId, monitor)
    end
    return {}
  end
end

M.StartLiveStreamMonitor, M.StopLiveStreamMonitor = set_monitor(1), set_monitor(0)

function M.DeleteLiveStreamMonitor(params)
  later.set("monitors", params.MonitorId, nil)
  return {}
end

function M.DescribeLiveStreamMonitorList(params)
  return page("DescribeLiveStreamMonitorList", "monitors", params, { "MonitorId", "Status" })
end

function M.SetLiveDomainMultiStreamConfig(params)
  later.set("dual_streams", params.Domain, { Switch = params.Switch })
  return {}
end

function M.DescribeLiveDomainMultiStreamConfig(params)
  return { Switch = (later.get("dual_streams", params.Domain) or { Switch = "off" }).Switch }
end

return M
