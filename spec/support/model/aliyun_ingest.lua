-- Ban, resume and list streams. State: "blocked" maps domain/app/stream to its ban, "online" a
-- running number to a live stream, "domains" a playback domain to the ingest domain that feeds it
-- (the lists ask by playback domain). Guess without a switch, since nothing depends on it: which
-- domains belong together, and the codes of ill-formed parameters.

local memory = require "spec.support.model.memory"
local shapes = require "spec.support.model.shapes"

local M = {}

local HALF_A_YEAR = 183 * 86400

local now = memory.now

local function key_of(params)
  return params.DomainName .. "/" .. params.AppName .. "/" .. params.StreamName
end

local function cut(params)
  for id, stream in pairs(memory.all("online")) do
    if stream.DomainName == params.DomainName and stream.StreamName == params.StreamName
      and (stream.AppName == params.AppName or params.AppName == "*") then
      memory.delete("online", id)
    end
  end
end

local function is_blocked(key)
  local ban = memory.get("blocked", key)
  return ban and ban.until_unix > now()
end

function M.ForbidLiveStream(params)
  local until_time = now() + HALF_A_YEAR
  if params.ResumeTime and params.ResumeTime ~= "" then
    until_time = memory.parse_time(params.ResumeTime)
    if not until_time then
      return nil, "InvalidResumeTime.Malformed", "Specified ResumeTime is malformed."
    end
  end
  if params.Oneshot == "yes" then
    cut(params)
    return {}
  end
  -- Guess second_ban: an old page lists ConfigAlreadyExists and does not say when it comes.
  local key = key_of(params)
  if is_blocked(key) and memory.config().second_ban == "refused" then
    return nil, "ConfigAlreadyExists", "Config has already existed."
  end
  cut(params)
  memory.set("blocked", key, {
    DomainName = params.DomainName, AppName = params.AppName, StreamName = params.StreamName,
    ResumeTime = memory.format_time(until_time), until_unix = until_time,
  })
  return {}
end

-- AppName "*" lifts the ban in every application.
function M.ResumeLiveStream(params)
  if params.AppName ~= "*" then
    local key = key_of(params)
    -- Guess unbanned: the page lists no code for a stream that nobody has banned.
    if memory.config().unbanned == "refused" and not is_blocked(key) then
      return nil, "CodeConfigNotFound", "The configuration does not exist."
    end
    memory.delete("blocked", key)
    return {}
  end
  for key, ban in pairs(memory.all("blocked")) do
    if ban.DomainName == params.DomainName and ban.StreamName == params.StreamName then
      memory.delete("blocked", key)
    end
  end
  return {}
end

local function belongs(domain, asked)
  return domain == asked or memory.get("domains", asked) == domain
end

function M.DescribeLiveStreamsBlockList(params)
  local urls = {}
  for _, ban in pairs(memory.all("blocked")) do
    if belongs(ban.DomainName, params.DomainName) and ban.until_unix > now() then
      urls[#urls + 1] = params.DomainName .. "/" .. ban.AppName .. "/" .. ban.StreamName
    end
  end
  table.sort(urls)
  local body, code, message = shapes.list("DescribeLiveStreamsBlockList", params, urls)
  if body then body.DomainName = params.DomainName end
  return body, code, message
end

local function matches(stream, params)
  if not belongs(stream.DomainName, params.DomainName)
    or (params.AppName and params.AppName ~= stream.AppName) then
    return false
  elseif not params.StreamName then
    return true
  elseif params.QueryType == "strict" then
    return stream.StreamName == params.StreamName
  end
  return stream.StreamName:find(params.StreamName, 1, true) ~= nil
end

function M.DescribeLiveStreamsOnlineList(params)
  local found = {}
  for _, stream in pairs(memory.all("online")) do
    if matches(stream, params) then found[#found + 1] = stream end
  end
  table.sort(found, function(a, b)
    return a.AppName .. "/" .. a.StreamName < b.AppName .. "/" .. b.StreamName
  end)
  return shapes.list("DescribeLiveStreamsOnlineList", params, found)
end

function M.DescribeLiveStreamState(params)
  for _, stream in pairs(memory.all("online")) do
    if stream.DomainName == params.DomainName and stream.AppName == params.AppName
      and stream.StreamName == params.StreamName then
      return { StreamState = "online", Type = "push" }
    end
  end
  return { StreamState = "offline", Type = "push" }
end

-- What a seeded stream looks like when the test gives only its names.
function M.online_defaults(stream)
  local row = {
    AppName = "live", StreamName = "stream", DomainName = "play.example.com",
    PublishTime = memory.format_time(now()),
  }
  for name, value in pairs(stream) do row[name] = value end
  row.PublishUrl = ("rtmp://%s/%s/%s"):format(row.DomainName, row.AppName, row.StreamName)
  return row
end

return M
