-- The commands about streams share this module: it finds the streams, the account, the operation.

local bulk = require "streamctl.cli.bulk"
local fail = require "streamctl.cli.fail"
local input = require "streamctl.cli.bulk.input"
local suggest = require "streamctl.base.suggest"
local text = require "streamctl.cli.output.text"

local targets = {}

function targets.define(command)
  command:argument("STREAM", "Streams: ids, - for stdin, @FILE; a line is an id or a JSON object.")
    :args("+"):target "streams"
  command:flag("--cdn", "ZEGOCLOUD: streams that are pushed to a CDN, instead of RTC streams.")
  command:option("--domain", "Alibaba Cloud: the ingest domain, unless the profile has it.")
    :argname "DOMAIN"
  command:option("--app", "Alibaba Cloud: the app, unless the profile has it."):argname "APP"
end

-- The parameters of an object; the first is the name of the stream.
local NAMES = {
  rtc = { "StreamId" }, cdn = { "StreamId" }, aliyun = { "StreamName", "DomainName", "AppName" },
}

local OF_ALIYUN = { StreamName = true, DomainName = true, AppName = true }

local function reader(kind, is_list)
  local known = {}
  for _, name in ipairs(NAMES[kind]) do known[name] = true end
  return function(object)
    for name in pairs(object) do
      if not known[name] then
        return nil, ("'%s' is none of %s%s%s"):format(name, table.concat(NAMES[kind], ", "),
          suggest.hint(name, known), OF_ALIYUN[name] and "; --vendor aliyun takes them" or "")
      end
    end
    if not is_list then return object end
    if object.StreamId == nil then return nil, "StreamId is missing" end
    return object.StreamId
  end
end

local function kind_of(account, args)
  if account.vendor == "aliyun" then
    if args.cdn then fail.usage "--cdn is for ZEGOCLOUD, and the account is of Alibaba Cloud" end
    return "aliyun"
  end
  local flag = args.domain and "--domain" or args.app and "--app"
  if flag then
    fail.usage("%s is for Alibaba Cloud; the account is of ZEGOCLOUD, "
      .. "which knows a stream by its id alone; see --vendor and --profile", flag)
  end
  return args.cdn and "cdn" or "rtc"
end

-- Returns the target of a command: `kind`, `account`, `operation` (a row), `params`; `read()` reads
-- the streams as `items`, and has the library check them. `actions`: operations by kind, `rtc`,
-- `cdn` and `aliyun`.
function targets.target(invocation, actions)
  local args = invocation.args
  local hint = { if_both = "zego" } -- an id alone names a stream of ZEGOCLOUD
  if args.cdn then hint = { vendor = "zego" } end
  if args.domain or args.app or args.kick or args.blocked then hint = { vendor = "aliyun" } end
  local account = invocation:account(hint)
  local kind, params, missing = kind_of(account, args), {}, nil
  local operation, name = account:operation(actions[kind]), NAMES[kind][1]
  if kind == "aliyun" then -- objects may have their own
    local settings = account.settings
    params.DomainName, params.AppName = settings:value "domain", settings:value "app"
    missing = not params.DomainName and "domain" or not params.AppName and "app"
  end

  local function make(id)
    if missing then
      fail.usage("--%s is missing: say it, or have %s in the profile", missing, missing)
    end
    return operation.list and id or { [name] = id }
  end

  local target = { kind = kind, account = account, operation = operation, params = params }
  function target:read()
    self.items = input.read(invocation, args.streams, { make = make, params = params,
      object = reader(kind, operation.list), account = account, operation = operation })
    return self.items
  end

  return target
end

-- Returns the `run` of a command that calls operations for its streams. `prepare(invocation,
-- target, work)`, if any, completes the params and the work, see `streamctl.cli.bulk.run`, whose
-- `verb` asks the user about more than one stream.
function targets.runner(actions, prepare)
  return function(invocation)
    local target = targets.target(invocation, actions)
    local work = { account = target.account, operation = target.operation, params = target.params }
    if prepare then prepare(invocation, target, work) end
    work.items = target:read()
    local total = work.items.total
    work.ask = work.verb and total > 1
      and ("this %s %s streams"):format(work.verb, text.thousands(total)) or nil
    return bulk.run(invocation, work)
  end
end

return targets
