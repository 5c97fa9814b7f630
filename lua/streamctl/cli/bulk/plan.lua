-- Makes the plan, the first record of a report, and checks whose account and run a report is of.

local fail = require "streamctl.cli.fail"
local config = require "streamctl.cli.config"
local errors = require "streamctl.base.errors"
local json_line = require "streamctl.cli.output.json_line"
local lines = require "streamctl.cli.bulk.lines"
local reader = require "streamctl.cli.reader"
local reports = require "streamctl.cli.bulk.report"
local times = require "streamctl.cli.times"
local word_of = require("streamctl.cli.output.text").word

local plan = {}

local MAX_WORD = 1000 -- bytes of a word of the command line
local MAX_LINE = 4096 -- bytes of all words

-- Returns the words of the command line without keys; a long line ends with "...".
local function command_line(words)
  local shown, bytes = json_line.list {}, 0
  for i, word in ipairs(words) do
    shown[i] = bytes > MAX_LINE and "..."
      or errors.quote(lines.masked(errors.mask_url(word)), MAX_WORD)
    if bytes > MAX_LINE then break end
    bytes = bytes + #shown[i]
  end
  return shown
end

-- Makes the plan of `work`, see `streamctl.cli.bulk.run`.
function plan.new(invocation, work)
  local account = work.account
  local host = (reader.read("/proc/sys/kernel/hostname", MAX_WORD) or ""):match "^%S+"
  return { command = work.command, vendor = account.vendor, account = account.client.account,
    mode = account.mode, endpoint = account.client.endpoint, profile = account.profile,
    region = account.settings:value "region", operation = work.operation.action,
    method = work.method, params = work.params or {}, total = work.items.total, time = os.time(),
    user = invocation:environment "SUDO_USER" or invocation:environment "USER"
      or invocation:environment "LOGNAME",
    host = host or invocation:environment "HOSTNAME", argv = command_line(invocation.words) }
end

-- Returns the time and the user of a record, for people: "2026-11-16 10:31 UTC by jane@host".
function plan.begun(record)
  local time, user, host = times.shown(record.time), record.user, record.host
  if type(user) ~= "string" then return time end
  return time .. " by " .. user .. (type(host) == "string" and "@" .. host or "")
end

local function check_account(report, account, args)
  local before, now = report.plan, { account = account.client.account, mode = account.mode,
    endpoint = account.client.endpoint, region = account.settings:value "region" }
  -- At Alibaba Cloud an account's name is that of its key, which may have been replaced.
  local may_have_new_key = before.vendor == "aliyun" and account.vendor == "aliyun"
  for _, name in ipairs { "mode", "account", "endpoint", "region" } do
    local is_key = name == "account" and may_have_new_key
    if before[name] ~= now[name] and not (is_key and args.same_account) then
      fail.usage("the report %s is of the %s %s, and this run's is %s; have the same one in the "
        .. "environment or the profile, or name another file%s", report.path, name,
        before[name] or "of the vendor's choice", now[name] or "the vendor's choice",
        is_key and "; if that is the same account with a new key, say --same-account" or "")
    end
  end
end

-- Refuses the report of another run than that of the plan `now` and its items `list`.
function plan.check_run(report, account, args, now, list)
  check_account(report, account, args)
  local function same(name, had, has)
    if had == has then return end
    fail.usage("the report %s is of another run: its %s is %s, and this one's is %s; name "
      .. "another file, or run `streamctl retry %s`", report.path, name, lines.masked(had),
      lines.masked(has), word_of(report.path))
  end
  for _, name in ipairs { "command", "operation", "total", "params" } do
    same(name, json_line.value(report.plan[name]), json_line.value(now[name]))
  end
  for i = 1, list.total do
    local item = list:item(i)
    same("item " .. i, report.items[i], type(item) == "table" and json_line.value(item) or item)
  end
end

function plan.define(command)
  command:argument("REPORT", "The report."):target "report"
end

-- Opens the report of such a command, for writing where `say` is there, and its account: by the
-- vendor and the region of the report and, without --profile, its profile.
function plan.open(invocation, say)
  local args = invocation.args
  local report = reports.read(args.report)
  if not report then
    fail.usage("there is no report %s, or one in which nothing was begun", args.report)
  end
  if say then report = reports.open(args.report, say) end
  local before = report.plan
  if args.vendor and args.vendor ~= before.vendor then
    fail.usage("the report %s is of %s, and --vendor says %s; leave that out", report.path,
      before.vendor, args.vendor)
  end
  if not args.profile and before.profile and config.load(invocation).profile[before.profile] then
    args.profile = before.profile
  end
  args.region = before.region
  local account = invocation:account { vendor = before.vendor, report = report.path }
  check_account(report, account, args)
  return report, account
end

return plan
