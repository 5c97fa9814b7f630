--- What a report says first: what is to be done, whose, where, and who wants it. And whether a
-- report is of an account and of a run.
-- @module streamctl.cli.bulk.plan

local config = require "streamctl.cli.config"
local encode = require "streamctl.cli.output.encode"
local errors = require "streamctl.errors"
local failure = require "streamctl.cli.failure"
local files = require "streamctl.cli.files"
local label = require "streamctl.cli.bulk.label"

local plan = {}

local LONGEST = 1000 -- bytes of a word of the command line
local MOST = 4096    -- bytes of all of them

-- The command line without what keys may be in; a very long one ends with "...".
local function command_line(words)
  local shown, bytes = {}, 0
  for i, word in ipairs(words) do
    if bytes > MOST then
      shown[i] = "..."
      break
    end
    shown[i] = errors.quote(label.masked(errors.mask_url(word)), LONGEST)
    bytes = bytes + #shown[i]
  end
  return encode.list(shown)
end

local function host_name(invocation)
  local text = files.read("/proc/sys/kernel/hostname", LONGEST)
  return text and text:match "^%S+" or invocation:environment "HOSTNAME"
end

local function user_name(invocation)
  return invocation:environment "SUDO_USER" or invocation:environment "USER"
    or invocation:environment "LOGNAME"
end

local function region_of(account)
  return (account.settings.region or {}).value
end

--- Makes it. `job`: see `streamctl.cli.bulk.run`.
function plan.new(invocation, job)
  local account = job.account
  return { command = job.command, vendor = account.vendor, account = account.key,
    mode = account.mode, endpoint = account.client.endpoint, region = region_of(account),
    profile = (account.settings.chosen or {}).name, operation = job.operation.action,
    method = job.method,
    params = job.params or {}, options = job.options or {}, total = job.items.total,
    time = os.time(), ask = job.ask, user = user_name(invocation), host = host_name(invocation),
    argv = command_line(invocation.words) }
end

--- When and by whom a plan was begun, for people: "2026-11-16 10:31 UTC by jane@host".
function plan.begun(it)
  local time = os.date("!%Y-%m-%d %H:%M UTC", it.time)
  if type(it.user) ~= "string" then return time end
  return time .. " by " .. it.user .. (type(it.host) == "string" and "@" .. it.host or "")
end

--- Ends by `failure.usage` unless a report is of this account at this place. `same`, if any:
-- somebody says that the account has another key by now.
function plan.check_account(report, account, same)
  local it = report.plan
  if it.account ~= account.key or it.mode ~= account.mode then
    -- an AppId is the account itself; keys of an account of Alibaba Cloud come and go
    local renewed = it.vendor == "aliyun" and account.vendor == "aliyun"
      and it.mode == account.mode
    if not (same and renewed) then
      failure.usage("the report %s is of the account %s (%s), and this is %s (%s); say --profile, "
        .. "or name another file%s", report.path, it.account, it.mode, account.key, account.mode,
        renewed and "; if that is the same account with a new key, say --same-account" or "")
    end
  end
  local own = { endpoint = account.client.endpoint, region = region_of(account) }
  for _, name in ipairs { "endpoint", "region" } do
    if it[name] ~= own[name] then
      failure.usage("the report %s is of the %s %s, and this run's is %s; have the same one in the "
        .. "environment or the profile, or name another file", report.path, name,
        it[name] or "of the vendor's choice", own[name] or "the vendor's choice")
    end
  end
end

--- Ends by `failure.usage` unless a report is of the run of this plan. `list`: its items.
function plan.check_run(report, it, list)
  local function same(what, had, has)
    if had == has then return end
    failure.usage("the report %s is of another run: its %s is %s, and this one's is %s; name "
      .. "another file, or run `streamctl retry %s`", report.path, what, label.masked(had),
      label.masked(has), report.path)
  end
  for _, name in ipairs { "command", "operation", "total", "params", "options" } do
    same(name, encode.value(report.plan[name]), encode.value(it[name]))
  end
  for i = 1, list.total do
    local item = list:item(i)
    same("item " .. i, report.items[i], type(item) == "table" and encode.value(item) or item)
  end
end

--- The account of a report: its vendor, its region and, unless --profile names another one, its
-- profile.
function plan.account_of(invocation, report)
  local it, args = report.plan, invocation.args
  if args.vendor and args.vendor ~= it.vendor then
    failure.usage("the report %s is of %s, and --vendor says %s; leave that out", report.path,
      it.vendor, args.vendor)
  end
  if not args.profile and it.profile and config.load(invocation)[it.profile] then
    args.profile = it.profile
  end
  args.region = it.region
  local account = invocation:account { vendor = it.vendor, report = report.path }
  plan.check_account(report, account, args.same_account)
  return account
end

return plan
