-- ZEGO streams. State: "forbidden" maps a StreamId to its ban, "sequences" to its last Sequence,
-- "live" to an RTC stream that is or was published, "cdn_forbidden" to a ban at the CDNs,
-- "cdn_results" the outcomes to report. An operation gets the request and whether it is for the
-- test environment; it returns code, message, data.

local json = require "spec.support.model.json"
local memory = require "spec.support.model.memory"
local requests = require "spec.support.model.request"

local M = {}

local MAX_IDS = 20
local SEQUENCE_WINDOW = 10
local DAY = 86400

local now = memory.now

local function bad_id(id, is_test, app_id)
  if #id > 256 or not id:find("^[A-Za-z0-9_-]+$") then return true end
  -- In the test environment an id carries the prefix, and a client that adds it twice names
  -- another stream.
  local prefix = "zegotest-" .. app_id .. "-"
  local has = id:sub(1, #prefix) == prefix
  return is_test and (not has or #id == #prefix or id:sub(#prefix + 1, 2 * #prefix) == prefix)
end

-- What is left of ids of which the vendor refuses some: state "refused" has their codes. Guess
-- refused_id: such an id has the whole list refused, or is passed over without a word.
local function pass_over(ids, name)
  local left, is_list = {}, name ~= "StreamId"
  for _, id in ipairs(ids) do
    local refused = memory.get("refused", id)
    if refused and not (is_list and memory.config().refused_id == "passed over") then
      return nil, refused.code, "stream refused: " .. id
    elseif not refused then
      left[#left + 1] = id
    end
  end
  return left
end

-- The ids of a request, or nil, code, message.
local function read_ids(request, is_test, name)
  local ids = requests.values(request, name)
  local code = name == "StreamId" and 30009 or 30006
  if #ids > (name == "StreamId" and 1 or MAX_IDS) then return nil, code, "too many stream ids" end
  -- Guess repeated_id: no page says whether an id may stand twice in a list.
  local seen, unique = {}, memory.config().repeated_id == "refused"
  for _, id in ipairs(ids) do
    if bad_id(id, is_test, request.params.AppId) or (unique and seen[id]) then
      return nil, code, "stream id invalid: " .. id:sub(1, 300)
    end
    seen[id] = true
  end
  return pass_over(ids, name)
end

-- Digits of any length: without leading zeros the longer number is the greater one.
local function is_greater(a, b)
  a, b = a:gsub("^0+", ""), b:gsub("^0+", "")
  if #a ~= #b then return #a > #b end
  return a > b
end

-- The page has the rule: the Sequences for one StreamId rise within ten seconds. Guess
-- order_breach: what a Sequence that does not rise is answered, Code 1 or a success that does
-- nothing. Guess order_series: whether the actions have one series together. Breaches are
-- counted, so that a test can ask for none.
local function check_sequence(request, ids)
  local sequence = request.params.Sequence
  if not sequence:find("^%d+$") then return 2, "Sequence must be digits" end
  local config, time = memory.config(), memory.clock()
  local series = config.order_series == "shared" and "" or request.action
  local function key(id) return series .. id end
  for _, id in ipairs(ids) do
    local last = memory.get("sequences", key(id))
    if last and time - last.time < SEQUENCE_WINDOW and not is_greater(sequence, last.sequence) then
      memory.increment("violations")
      request.violation = { StreamId = id, Sequence = sequence, last = last.sequence }
      if config.order_breach == "ignored" then return 0, "success" end
      return 1, "sequence not increasing"
    end
  end
  for _, id in ipairs(ids) do
    memory.set("sequences", key(id), { sequence = sequence, time = time })
  end
end

local function begin(request, is_test, name)
  local ids, code, message = read_ids(request, is_test, name)
  if not ids then return nil, code, message end
  code, message = check_sequence(request, ids)
  if code then return nil, code, message end
  return ids
end

local function change(name, apply)
  return function(request, is_test)
    local ids, code, message = begin(request, is_test, name)
    if not ids then return code, message end
    for _, id in ipairs(ids) do apply(id, request, is_test) end
    return 0, "success"
  end
end

local function forbid(id, request, is_test)
  memory.set("forbidden", id, { sequence = request.params.Sequence, time = now(), test = is_test })
  local live = memory.get("live", id)
  if live and not live.close_time then
    live.close_time = string.format("%d", now())
    memory.set("live", id, live)
  end
end

local function resume(id) memory.delete("forbidden", id) end

M.ForbidRTCStream = change("StreamId", forbid)
M.ForbidRTCStreams = change("StreamId[]", forbid)
M.ResumeRTCStream = change("StreamId", resume)
M.ResumeRTCStreams = change("StreamId[]", resume)

function M.DescribeRTCStreamState(request, is_test)
  local ids, code, message = begin(request, is_test, "StreamId")
  if not ids then return code, message end
  local live = memory.get("live", ids[1])
  if not live then
    return 41004, "stream not exist"
  elseif live.close_time then
    return 41006, "stream closed", { create_time = live.create_time, close_time = live.close_time }
  end
  return 0, "success", { create_time = live.create_time }
end

-- One result for each CDN: a call can fail at one of them and still answer Code 0.
local function cdn_results(text)
  local seeded = memory.get("cdn_results", "all")
  return json.array(seeded or { { CdnType = "ws", CdnResult = text } })
end

local function cdn_id(request)
  local ids, code, message = read_ids(request, false, "StreamId")
  if not ids then return nil, code == 30009 and 2 or code, message end
  return ids[1]
end

function M.ForbidCDNLiveStream(request)
  local id, code, message = cdn_id(request)
  if not id then return code, message end
  local until_time = now() + DAY
  local text = request.params.ResumeTime
  if text and text ~= "" then
    until_time = memory.parse_time(text)
    if not until_time or until_time <= now() or until_time > now() + 30 * DAY then
      return 2, "ResumeTime must be UTC and at most 30 days ahead"
    end
  end
  memory.set("cdn_forbidden", id, {
    StartTime = memory.format_time(now()), EndTime = memory.format_time(until_time),
    until_unix = until_time,
  })
  return 0, "success", cdn_results "Forbid tasks added successfully."
end

function M.ResumeCDNLiveStream(request)
  local id, code, message = cdn_id(request)
  if not id then return code, message end
  memory.delete("cdn_forbidden", id)
  return 0, "success", cdn_results "Resume tasks added successfully."
end

function M.QueryForbidCDNLiveStream(request)
  if request.params.Vendor ~= "ws" then return 2, "Vendor must be ws" end
  local details = json.array {}
  for id, ban in pairs(memory.all("cdn_forbidden")) do
    if ban.until_unix > now() then
      details[#details + 1] = {
        Channel = "push.example.com", Url = "rtmp://push.example.com/live/" .. id,
        StartTime = ban.StartTime, EndTime = ban.EndTime, Ip = "",
      }
    end
  end
  table.sort(details, function(a, b) return a.Url < b.Url end)
  return 0, "success", { Ws = { ResultDetail = details } }
end

return M
