-- `streamctl state`: tells whether streams are live, or blocked.

local bulk = require "streamctl.cli.bulk"
local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local lines = require "streamctl.cli.bulk.lines"
local status = require "streamctl.cli.status"
local streams = require "streamctl.cli.streams"
local targets = require "streamctl.cli.targets"
local text = require "streamctl.cli.output.text"
local times = require "streamctl.cli.times"
local watch = require "streamctl.cli.watch"

local state = {
  summary = "Tell whether streams are live, or blocked",
  examples = { "state @ids.txt", "state @ids.txt --watch --until live" },
  takes = flags.items,
}

-- Operations by kind of stream. The library checks the streams as parameters of these operations.
local ACTIONS = {
  rtc = streams.ACTIONS.rtc, cdn = "ResumeCDNLiveStream", aliyun = streams.ACTIONS.aliyun,
}

local COLUMNS = {
  { "item", "STREAM" }, { "state", "STATE" }, { "message", "MESSAGE" }, id = "item",
}
local LIST_COLUMNS = { COLUMNS[1], COLUMNS[2], id = "item" }

local STATES = { "live", "offline", "blocked", "allowed" }
local OF_LISTS = { blocked = true, allowed = true }

function state.define(command)
  targets.define(command)
  command:option("--blocked", "Alibaba Cloud: ask the block list of this main playback domain.")
    :argname "DOMAIN"
  command:option("--expect", "What all should be, else the status is 1: live, offline, blocked or "
    .. "allowed."):argname("STATE"):choices(STATES)
  command:flag("--watch", "Ask again and again, and show what changes: a view on a terminal, else "
    .. "a line for each change. Ctrl-C ends it.")
  command:option("--every", "With --watch: how long from one look to the next, 5s unless said.")
    :argname "TIME":convert(times.converter("--every", times.duration))
  command:option("--until", "With --watch: end once all are live, offline, blocked or allowed.")
    :argname("STATE"):choices(STATES):target "until_state"
end

-- Writes a row for each stream by a list. Returns the status, and the count of unexpected states.
local function show_list(invocation, target)
  local format, is_blocked, message, err = invocation.out.format, streams.blocked(target,
    invocation.args.blocked)
  if not is_blocked then fail.call(message, err) end
  local rows, others, expected = invocation.out:rows(LIST_COLUMNS), 0, invocation.args.expect
  for item in target.items:iterator() do
    local now = is_blocked(item) and "blocked" or "allowed"
    if now ~= (expected or now) then others = others + 1 end
    if now ~= expected or format:find "^json" then
      rows:add { item = lines.label(item, format), id = lines.id(item), state = now }
    end
  end
  rows:close()
  return status.OK, others
end

-- Asks about each stream. Returns the status, and the count of unexpected states.
local function ask_each(invocation, target)
  local args, total = invocation.args, target.items.total
  local read = streams.readers[target.operation.action]
  local known, others, why = 0, 0, nil
  local ended = bulk.run(invocation, {
    account = target.account, operation = target.operation, items = target.items,
    params = target.params, columns = COLUMNS,
    row_of = function(result)
      if not result.ok then
        why = why or result.message
        return {}
      end
      local row = read(result.answer)
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

-- Refuses flags that do not go together. Returns whether a list tells the states.
local function check_flags(args, kind)
  for name, value in pairs { every = args.every, ["until"] = args.until_state } do
    if value and not args.watch then fail.usage("--%s is for --watch; say both, or none", name) end
  end
  if args.watch and args.dry_run then
    fail.usage "--watch sends requests, and --dry-run none; leave out one of them"
  elseif args.watch and (args.output == "json" or args.output == "ids") then
    fail.usage("--watch shows a view or lines; leave out -o %s, or say -o jsonl", args.output)
  end
  if args.blocked and kind ~= "aliyun" then
    fail.usage "--blocked is for Alibaba Cloud; at ZEGOCLOUD --cdn tells what is forbidden there"
  end
  local flag, expected = "expect", args.expect
  if args.until_state then flag, expected = "until", args.until_state end
  local has_list = kind == "cdn" or args.blocked ~= nil
  if has_list and args.dry_run then
    fail.usage "--dry-run is for what is asked a stream at a time; a list is one question"
  end
  if expected and (OF_LISTS[expected] or false) ~= has_list then
    fail.usage(has_list and "--%s %s: a list tells what is blocked or allowed, not what is live"
      or kind == "rtc" and "--%s %s: ZEGOCLOUD does not tell which RTC streams are forbidden"
      or "--%s %s needs the block list: --blocked and the main playback domain", flag, expected)
  end
  return has_list
end

function state.run(invocation)
  local args = invocation.args
  local target = targets.target(invocation, ACTIONS)
  local has_list = check_flags(args, target.kind)
  target:read()
  if args.watch then return watch.run(invocation, target, has_list, args.until_state) end
  local ended, others = (has_list and show_list or ask_each)(invocation, target)
  if others == 0 then return ended end
  invocation.say:note("%s of %s are not %s", text.thousands(others),
    text.thousands(target.items.total), args.expect)
  return ended == status.OK and status.FAILED or ended
end

return state
