-- `streamctl state`: tells whether streams are live, or blocked.

local bulk = require "streamctl.cli.bulk"
local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local lines = require "streamctl.cli.bulk.lines"
local status = require "streamctl.cli.status"
local targets = require "streamctl.cli.targets"
local text = require "streamctl.cli.output.text"
local times = require "streamctl.cli.times"

local state = {
  summary = "Tell whether streams are live, or blocked",
  takes = flags.items,
  description = "Tell of each stream whether it is live or offline: a question each. With --cdn or "
    .. "--blocked, whether it is blocked or allowed: one list tells it of all.",
}

-- The operations of the streams. Streams of a list are checked as those of these operations.
local ACTIONS = {
  rtc = "DescribeRTCStreamState", cdn = "ResumeCDNLiveStream", aliyun = "DescribeLiveStreamState",
}

local COLUMNS = {
  { "item", "STREAM" }, { "state", "STATE" }, { "message", "MESSAGE" }, id = "item",
}
local LIST_COLUMNS = { COLUMNS[1], COLUMNS[2], id = "item" }

local OF_LISTS = { blocked = true, allowed = true }

function state.define(command)
  targets.define(command)
  command:option("--blocked", "Alibaba Cloud: ask the block list of this main playback domain.")
    :argname "DOMAIN"
  command:option("--expect", "What all should be, else the status is 1: live, offline, blocked or "
    .. "allowed."):argname("STATE"):choices { "live", "offline", "blocked", "allowed" }
end

local readers = {}

function readers.DescribeRTCStreamState(answer)
  local data = answer.Data or {}
  local function time(name)
    local seconds = tonumber(data[name])
    return seconds and times.text(seconds)
  end
  return { state = answer.Code == 0 and "live" or "offline", created = time "create_time",
    closed = time "close_time" }
end

function readers.DescribeLiveStreamState(answer)
  return { state = answer.StreamState == "online" and "live" or "offline" }
end

-- Returns the set of ids that are forbidden at the CDN now.
local function forbidden_at_cdn(client)
  local answer, message, err = client:query_forbid_cdn_live_stream { Vendor = "ws" }
  if not answer then fail.call(message, err) end
  local ws, found, now = (answer.Data or {}).Ws or {}, {}, times.text(os.time())
  for _, ban in ipairs(ws.ResultDetail or {}) do
    local id = tostring(ban.Url):match "([^/]+)$"
    if id and not (type(ban.EndTime) == "string" and ban.EndTime < now) then found[id] = true end
  end
  return found
end

-- Returns the set of streams in the block list of a domain, as "domain/app/stream".
local function block_list(client, domain)
  local pager, found = client:pages("DescribeLiveStreamsBlockList", { DomainName = domain }), {}
  while true do
    local url, message, err = pager:next()
    if message then fail.call(message, err) end
    if url == nil then return found end
    found[url:gsub("^%a+://", "")] = true
  end
end

-- Writes a row for each stream by a list. Returns the status, and the count of unexpected states.
local function show_list(invocation, target)
  local client, domain, format = target.account.client, invocation.args.blocked,
    invocation.out.format
  local found = (domain and block_list or forbidden_at_cdn)(client, domain)
  local rows, others, expected = invocation.out:rows(LIST_COLUMNS), 0, invocation.args.expect
  for item in target.items:iterator() do
    local id = domain and ("%s/%s/%s"):format(domain, item.AppName or target.params.AppName,
      item.StreamName) or item.StreamId
    local now = found[id] and "blocked" or "allowed"
    if now ~= (expected or now) then others = others + 1 end
    if now ~= expected or format:find "^json" then
      rows:add { item = lines.label(item, format), state = now }
    end
  end
  rows:close()
  return status.OK, others
end

-- Asks about each stream. Returns the status, and the count of unexpected states.
local function ask_each(invocation, target)
  local args, read, total = invocation.args, readers[target.operation.action], target.items.total
  local known, others, why = 0, 0, nil
  local ended = bulk.run(invocation, {
    account = target.account, operation = target.operation, items = target.items,
    params = target.params, columns = COLUMNS,
    row_of = function(result)
      if not result.ok then
        why = why or result.message
        return {}
      end
      local row = read(result.response)
      known = known + 1
      if row.state ~= (args.expect or row.state) then others = others + 1 end
      return row, row.state == args.expect
    end,
  })
  if invocation.out.format == "ids" and known < total and not args.dry_run then
    invocation.say:warn("the state of %s of %s is not known, and they are not listed: %s",
      text.thousands(total - known), text.thousands(total), why or "they were not asked for")
  end
  return ended, others
end

local function check_flags(args, kind)
  if args.blocked and kind ~= "aliyun" then
    fail.usage "--blocked is for Alibaba Cloud; at ZEGOCLOUD --cdn tells what is forbidden there"
  end
  local expected, has_list = args.expect, kind == "cdn" or args.blocked ~= nil
  if has_list and args.dry_run then
    fail.usage "--dry-run is for what is asked a stream at a time; a list is one question"
  end
  if not expected or (OF_LISTS[expected] or false) == has_list then return has_list end
  if has_list then
    fail.usage("--expect %s: a list tells what is blocked or allowed, not what is live",
      expected)
  elseif kind == "rtc" then
    fail.usage("--expect %s: ZEGOCLOUD does not tell which RTC streams are forbidden", expected)
  end
  fail.usage("--expect %s needs the block list: --blocked and the main playback domain",
    expected)
end

function state.run(invocation)
  local args = invocation.args
  local target = targets.target(invocation, ACTIONS, args.blocked and { vendor = "aliyun" } or nil)
  local has_list = check_flags(args, target.kind)
  target:read()
  local ended, others = (has_list and show_list or ask_each)(invocation, target)
  if others == 0 then return ended end
  invocation.say:note("%s of %s are not %s", text.thousands(others),
    text.thousands(target.items.total), args.expect)
  return ended == status.OK and status.FAILED or ended
end

return state
