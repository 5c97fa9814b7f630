--- Whether a report is of an account and of a run; and whose it is.
-- @module streamctl.cli.bulk.compare

local config = require "streamctl.cli.config"
local encode = require "streamctl.cli.output.encode"
local failure = require "streamctl.cli.failure"
local label = require "streamctl.cli.bulk.label"
local plans = require "streamctl.cli.bulk.plan"

local compare = {}

-- An AppId is the account itself; keys of an account of Alibaba Cloud come and go.
local function may_have_another_key(plan, account)
  return plan.vendor == "aliyun" and account.vendor == "aliyun" and plan.mode == account.mode
end

--- Ends by `failure.usage` unless a report is of this account at this place. `account`: see
-- @{streamctl.cli.account}; `same`, if any: somebody says that the account has another key by now.
function compare.account(book, account, same)
  local plan = book.plan
  if plan.account ~= account.key or plan.mode ~= account.mode then
    local renewed = may_have_another_key(plan, account)
    if not (same and renewed) then
      failure.usage("the report %s is of the account %s (%s), and this is %s (%s); say --profile, "
        .. "or name another file%s", book.path, plan.account, plan.mode, account.key, account.mode,
        renewed and "; if that is the same account with a new key, say --same-account" or "")
    end
  end
  local own = {}
  own.endpoint, own.region = plans.place_of(account)
  for _, name in ipairs { "endpoint", "region" } do
    if plan[name] ~= own[name] then
      failure.usage("the report %s is of the %s %s, and this run's is %s; have the same one in the "
        .. "environment or the profile, or name another file", book.path, name,
        plan[name] or "of the vendor's choice", own[name] or "the vendor's choice")
    end
  end
end

--- Ends by `failure.usage` unless a report is of this very command. `list`: its items.
function compare.run(book, plan, list)
  local before = book.plan
  local function differ(what, had, has)
    failure.usage("the report %s is of another run: its %s is %s, and this one's is %s; name "
      .. "another file, or run `streamctl retry %s`", book.path, what, label.masked(had),
      label.masked(has), book.path)
  end
  for _, name in ipairs { "command", "operation", "total", "params", "options" } do
    local had, has = encode.value(before[name]), encode.value(plan[name])
    if had ~= has then differ(name, had, has) end
  end
  for i = 1, list.total do
    local item = list:item(i)
    local has = type(item) == "table" and encode.value(item) or item
    if book.items[i] ~= has then differ(("item %d"):format(i), book.items[i], has) end
  end
end

--- The account of a report: its vendor, its region and, unless --profile names another one, its
-- profile.
function compare.account_of(invocation, book)
  local plan, args = book.plan, invocation.args
  if args.vendor and args.vendor ~= plan.vendor then
    failure.usage("the report %s is of %s, and --vendor says %s; leave that out", book.path,
      plan.vendor, args.vendor)
  end
  if not args.profile and plan.profile and config.load(invocation)[plan.profile] then
    args.profile = plan.profile
  end
  args.region = plan.region
  local account = invocation:account { vendor = plan.vendor, report = book.path }
  compare.account(book, account, args.same_account)
  return account
end

return compare
