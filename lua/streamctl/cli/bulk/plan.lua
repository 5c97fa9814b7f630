-- Makes the plan, the first record of a report, and checks whose account and run a report is of.

local config = require "streamctl.cli.config"
local json_line = require "streamctl.cli.output.json_line"
local errors = require "streamctl.errors"
local abort = require "streamctl.cli.abort"
local reader = require "streamctl.cli.reader"
local label = require "streamctl.cli.bulk.label"

local plan = {}

local MAX_WORD = 1000 -- bytes of a word of the command line
local MAX_LINE = 4096 -- bytes of all words

-- Returns the words of the command line without keys; a long line ends with "...".
local function command_line(words)
  local shown, bytes = {}, 0
  for i, word in ipairs(words) do
    if bytes > MAX_LINE then
      shown[i] = "..."
      break
    end
    shown[i] = errors.quote(label.masked(errors.mask_url(word)), MAX_WORD)
    bytes = bytes + #shown[i]
  end
  return json_line.list(shown)
end

local function region_of(account)
  return (account.settings.region or {}).value
end

-- Makes the plan of `work`, see `streamctl.cli.bulk.run`.
function plan.new(invocation, work)
  local account = work.account
  local host = (reader.read("/proc/sys/kernel/hostname", MAX_WORD) or ""):match "^%S+"
  return { command = work.command, vendor = account.vendor, account = account.key,
    mode = account.mode, endpoint = account.client.endpoint, region = region_of(account),
    profile = (account.settings.chosen or {}).name, operation = work.operation.action,
    method = work.method, params = work.params or {}, options = work.options or {},
    total = work.items.total, time = os.time(), ask = work.ask,
    user = invocation:environment "SUDO_USER" or invocation:environment "USER"
      or invocation:environment "LOGNAME",
    host = host or invocation:environment "HOSTNAME", argv = command_line(invocation.words) }
end

-- Returns the time and the user of a record, for people: "2026-11-16 10:31 UTC by jane@host".
function plan.begun(record)
  local time, user, host = os.date("!%Y-%m-%d %H:%M UTC", record.time), record.user, record.host
  if type(user) ~= "string" then return time end
  return time .. " by " .. user .. (type(host) == "string" and "@" .. host or "")
end

-- Refuses the report of another account, endpoint or region. `same`: --same-account was given.
function plan.check_account(report, account, same)
  local before = report.plan
  if before.account ~= account.key or before.mode ~= account.mode then
    -- an AppId is the account itself; an account of Alibaba Cloud may get another key
    local may_be_same = before.vendor == "aliyun" and account.vendor == "aliyun"
      and before.mode == account.mode
    if not (same and may_be_same) then
      abort.usage("the report %s is of the account %s (%s), and this is %s (%s); say --profile, "
        .. "or name another file%s", report.path, before.account, before.mode, account.key,
        account.mode, may_be_same
        and "; if that is the same account with a new key, say --same-account" or "")
    end
  end
  local now = { endpoint = account.client.endpoint, region = region_of(account) }
  for _, name in ipairs { "endpoint", "region" } do
    if before[name] ~= now[name] then
      abort.usage("the report %s is of the %s %s, and this run's is %s; have the same one in the "
        .. "environment or the profile, or name another file", report.path, name,
        before[name] or "of the vendor's choice", now[name] or "the vendor's choice")
    end
  end
end

-- Refuses the report of another run than that of the plan `now` and its items `list`.
function plan.check_run(report, now, list)
  local function same(name, had, has)
    if had == has then return end
    abort.usage("the report %s is of another run: its %s is %s, and this one's is %s; name "
      .. "another file, or run `streamctl retry %s`", report.path, name, label.masked(had),
      label.masked(has), report.path)
  end
  for _, name in ipairs { "command", "operation", "total", "params", "options" } do
    same(name, json_line.value(report.plan[name]), json_line.value(now[name]))
  end
  for i = 1, list.total do
    local item = list:item(i)
    same("item " .. i, report.items[i], type(item) == "table" and json_line.value(item) or item)
  end
end

-- Opens the account of a report, by its vendor, its region and, without --profile, its profile.
function plan.account_of(invocation, report)
  local before, args = report.plan, invocation.args
  if args.vendor and args.vendor ~= before.vendor then
    abort.usage("the report %s is of %s, and --vendor says %s; leave that out", report.path,
      before.vendor, args.vendor)
  end
  if not args.profile and before.profile and config.load(invocation).profile[before.profile] then
    args.profile = before.profile
  end
  args.region = before.region
  local account = invocation:account { vendor = before.vendor, report = report.path }
  plan.check_account(report, account, args.same_account)
  return account
end

return plan
