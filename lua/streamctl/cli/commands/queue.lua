-- `streamctl queue`: the worker of the queue, and commands about its jobs. Other commands add jobs
-- with --queue, see `streamctl.cli.jobs`.

local accounts = require "streamctl.cli.account"
local config = require "streamctl.cli.config"
local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local jobs = require "streamctl.cli.jobs"
local json_line = require "streamctl.cli.output.json_line"
local progress = require "streamctl.cli.output.progress"
local reports = require "streamctl.cli.bulk.report"
local settings_of = require "streamctl.cli.config.settings"
local status = require "streamctl.cli.status"
local stores = require "streamctl.cli.config.stores"
local streamctl = require "streamctl"
local system = require "streamctl.system"
local text = require "streamctl.cli.output.text"

local EACH = 0.5 -- seconds between two questions of --watch

-- Opens the queue in the store of flag, environment or profile. Returns the queue and the store.
local function open(invocation)
  local settings = settings_of.new(invocation, config.profile(invocation))
  stores.find(settings)
  local store, why = stores.open((settings.store or {}).value)
  if not store then fail.usage("%s", why) end
  return jobs.open(settings, store), store
end

-- Calls a method of the queue. Returns the result, or ends the command.
local function ask(queue, method, ...)
  local result, message, err = fail.checked(queue[method], queue, ...)
  if result == nil then fail.call(message, err) end
  return result
end

-- ---- work ----

local work = {
  name = "work", summary = "Carry out jobs until SIGTERM or Ctrl-C", takes = flags.work,
  description = "Carry out the jobs of all profiles of the configuration file, or of --profile; "
    .. "without profiles, of the accounts of the environment. Any number of workers may run, on "
    .. "any hosts. SIGTERM and Ctrl-C give back what was not sent; the status is 0 then.",
}

function work.define(command)
  command:option("--lease", "Seconds after which the requests of a dead worker go to others, 60 "
    .. "unless said; the same for all workers."):argname "SECONDS"
    :convert(flags.number("--lease", "a number of seconds above 0", flags.positive))
end

-- Returns the names of profiles to serve; without profiles those of vendors, and true.
local function served_by(invocation)
  local names, vendors = {}, accounts.vendors(invocation)
  for name in pairs(config.load(invocation).profile) do
    if name == (invocation.args.profile or name) then names[#names + 1] = name end
  end
  table.sort(names)
  if names[1] then return names end
  if vendors[1] then return vendors, true end
  fail.usage "there is no account to work for: neither a profile nor a key in the environment"
end

-- Returns a function that makes the client of an account, when the account has work.
local function maker_of(invocation, store)
  local names, are_vendors = served_by(invocation)
  local clients = {}
  return function(key)
    while not clients[key] and names[1] do
      local name = table.remove(names, 1)
      invocation.args.profile = not are_vendors and name or nil
      local made, account = pcall(accounts.new, invocation,
        { vendor = are_vendors and name or nil, store = store })
      if made then
        clients[account.client.scope] = account.client
      elseif not fail.is(account) then
        error(account, 0)
      else
        invocation.say:warn("an account is not served: %s", tostring(account))
      end
    end
    return clients[key]
  end
end

function work.run(invocation)
  local args, queue, store = invocation.args, open(invocation)
  local told = {}
  local function on_event(event)
    local name = event.account or "all accounts"
    if event.message ~= told[name] then invocation.say:warn("%s: %s", name, event.message) end
    told[name] = event.message -- a failure that goes on is told once
  end
  local clients = maker_of(invocation, store)
  invocation:catch()
  local counts = ask(queue, "work", { clients = clients, on_event = on_event,
    lease = args.lease, concurrency = args.concurrency,
    stop = function() return invocation:caught() end })
  invocation.say:note("queue work: %s", text.count(counts.requests, "request"))
end

-- ---- status ----

local JOBS = { { "job", "JOB" }, { "state", "STATE" }, { "operation", "OPERATION" },
  { "total", "ITEMS" }, { "ok", "OK" }, { "failed", "FAILED" }, { "unknown", "UNKNOWN" },
  { "superseded", "SUPERSEDED" }, { "at", "AT" }, { "note", "NOTE" }, id = "job" }
local ACCOUNTS = { { "account", "ACCOUNT" }, { "jobs", "JOBS" }, { "waiting", "WAITING" },
  { "workers", "WORKERS" }, { "paused", "PAUSED" }, id = "account" }

local show = {
  name = "status", summary = "Show a job, or the open jobs, workers and pauses", takes = flags.jobs,
  description = "Show a job; the status is 3 while its account is paused, 4 where items are "
    .. "unknown, 1 where items failed or were not sent. Without JOB: open jobs, and their accounts "
    .. "with the number of workers and why an account is paused.",
}

function show.define(command)
  jobs.define(command):args "?"
  command:flag("--watch", "Wait for the end of JOB, or for a pause.")
end

-- Shows open jobs and their accounts.
local function show_all(invocation, queue)
  local out, list = invocation.out, json_line.list {}
  local rows = out:rows(JOBS)
  for i, key in ipairs(ask(queue, "accounts")) do
    local found = ask(queue, "jobs", key)
    for _, job in ipairs(found) do rows:add(jobs.row(job)) end
    list[i] = { account = key, jobs = #found, waiting = found.waiting, workers = found.workers,
      paused = found.paused }
  end
  rows:close { accounts = list }
  if out.format ~= "table" then return end
  rows = out:rows(ACCOUNTS)
  for _, account in ipairs(list) do rows:add(account) end
  rows:close()
end

function show.run(invocation)
  local queue, name, watches = open(invocation), invocation.args.job, invocation.args.watch
  if not name and watches then fail.usage "--watch waits for a job; say which" end
  if not name then return show_all(invocation, queue) end
  local job = ask(queue, "status", name)
  local shown = progress.new(invocation, { total = job.total or 1, name = name })
  while watches and select(2, status.of_job(job)) do
    shown:update { done = job.ok + job.superseded + job.failed + job.unknown, failed = job.failed,
      unknown = job.unknown }
    streamctl.sleep(EACH)
    job = ask(queue, "status", name)
  end
  shown:finish()
  invocation.out:object(jobs.row(job), { "job", "state", "operation", "total", "ok", "failed",
    "unknown", "superseded", "cancelled" })
  return (status.of_job(job))
end

-- ---- report ----

local report = {
  name = "report", summary = "Write the report of a job that has ended", takes = flags.jobs,
  description = "Write what became of each item of a job into a new file, for `streamctl retry` "
    .. "and `streamctl settle`.",
}

function report.define(command)
  jobs.define(command)
  command:argument("REPORT", "The new file."):target "report"
end

function report.run(invocation)
  local queue, path, name = open(invocation), invocation.args.report, invocation.args.job
  local job, began = ask(queue, "status", name), path .. ".new"
  local code, goes_on = status.of_job(job)
  if goes_on or job.state == "paused" then
    fail.usage("%s is %s, and a retry of its report would send what workers send, too; wait for it "
      .. "(streamctl queue status %s --watch) or end it (streamctl queue cancel %s)", name,
      job.state, name, name)
  elseif system.file_mode(path) then
    fail.usage("%s is there already; name a new file", path)
  end
  os.remove(began) -- of a run that was killed
  local file = reports.open(began, invocation.say)
  for record in ask(queue, "records", name) do
    if record.code == "superseded" then -- a retry would undo the newer call
      record.ok, record.superseded, record.code, record.message = true, true, nil, nil
    end
    if record.record ~= "end" then file:append(record) end
  end
  file:finish(code)
  local done, why = not file.broken, file.broken
  if done then done, why = os.rename(began, path) end
  if not done then fail.raise(status.FAILED, why) end
  local counts = file.counts
  invocation.say:note("%s: %s, %d failed, %d unknown, %d unsent", path,
    text.count(file.total, "item"), counts.failed, counts.unknown, counts.unsent)
end

-- ---- cancel, pause, resume ----

local cancel = { name = "cancel", summary = "End a job; what is under way ends as it does",
  takes = flags.jobs, define = jobs.define }

function cancel.run(invocation)
  local name = invocation.args.job
  if not ask(open(invocation), "cancel", name) then
    invocation.say:note("%s had ended before", name)
  end
end

-- Makes a command that calls a method of the queue for an account.
local function command_of(name, summary, why)
  local command = { name = name, summary = summary, takes = flags.calls }
  function command.run(invocation)
    local account = invocation:account()
    local queue = jobs.open(account.settings, account.options.store)
    ask(queue, name, account.client.scope, why)
  end
  return command
end

return {
  summary = "Carry out jobs that other commands add with --queue, and show them",
  commands = { work, show, report, cancel,
    command_of("pause", "Send nothing of an account's jobs for now", "paused by `queue pause`"),
    command_of("resume", "Let an account's jobs go on") },
}
