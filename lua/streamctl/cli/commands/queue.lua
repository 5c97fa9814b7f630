-- `streamctl queue`: the worker of the queue, and commands about its jobs. Other commands add jobs
-- with --queue, see `streamctl.cli.bulk.enqueue`.

local accounts = require "streamctl.cli.account"
local config = require "streamctl.cli.config"
local enqueue = require "streamctl.cli.bulk.enqueue"
local fail = require "streamctl.cli.fail"
local files = require "streamctl.cli.output.file"
local flags = require "streamctl.cli.flags"
local json_line = require "streamctl.cli.output.json_line"
local progress = require "streamctl.cli.output.progress"
local reports = require "streamctl.cli.bulk.report"
local settings_of = require "streamctl.cli.config.settings"
local status = require "streamctl.cli.status"
local stores = require "streamctl.cli.config.stores"
local system = require "streamctl.system"
local summary = require "streamctl.cli.bulk.summary"
local text = require "streamctl.cli.output.text"
local textfile = require "streamctl.cli.textfile"
local times = require "streamctl.cli.times"

-- Opens the queue in the store of flag, environment or profile. Returns the queue and the store.
local function open(invocation)
  local settings = settings_of.new(invocation, config.profile(invocation))
  stores.find(settings)
  local store = stores.open(settings:value "store")
  return enqueue.open(settings, store), store
end

local function ask(queue, method, ...)
  local result, message, err = fail.checked(queue[method], queue, ...)
  if result == nil then fail.call(message, err) end
  return result
end

local function define_job(command)
  return command:argument("JOB", "The job, by the name that --queue shows."):target "job"
end

-- ---- work ----

local work = {
  name = "work", summary = "Carry out jobs until SIGTERM or Ctrl-C", takes = flags.work,
  examples = { "queue work --store redis://10.0.0.5" },
}

local function words_of(names)
  local list = {}
  for word in names:gmatch "[^,]+" do list[#list + 1] = word end
  return list
end

function work.define(command)
  command:option("--only", "What may be carried out; jobs of other operations fail. Whoever may "
    .. "write the Redis can add jobs."):argname "OPERATIONS":convert(words_of)
  command:option("--lease", "Seconds after which the requests of a dead worker go to others, 60 "
    .. "unless said; the same for all workers."):argname "SECONDS"
    :convert(flags.number("--lease", { unit = "seconds" }))
  command:option("--metrics", "Write numbers for node_exporter's textfile collector, at the end "
    .. "and each 15 s."):argname "FILE"
end

-- Returns the clients of all profiles, or of the account that flags and environment name.
-- `on_event` hears of all that clients do.
local function clients_of(invocation, store, on_event)
  local args, names, clients = invocation.args, config.load(invocation).names, {}
  if args.profile or not names[1] then names = { args.profile or false } end
  for _, name in ipairs(names) do
    args.profile = name or nil
    local made, account = pcall(accounts.new, invocation, { store = store, on_event = on_event })
    if made then
      clients[#clients + 1] = account.client
    elseif names[2] and fail.is(account) then
      invocation.say:warn("profile %s is not served: %s", name, tostring(account))
    else
      error(account, 0)
    end
  end
  return clients
end

local QUIET = 60 -- seconds without a failure after which the same failure is another one

-- Returns a function that tells of what keeps the worker from its work. A failure that goes on is
-- told once: an outage of Redis has other words from one moment to the next.
local function teller_of(invocation)
  local told = {}
  return function(event)
    local name = event.account or "all accounts"
    local kind, last = event.message:match "^store: Redis: " or event.message, told[name] or {}
    if kind ~= last.kind or event.time - last.time > QUIET then
      invocation.say:warn("%s: %s", name, event.message)
    end
    told[name] = { kind = kind, time = event.time }
  end
end

function work.run(invocation)
  local args, tell, queue, store = invocation.args, teller_of(invocation), open(invocation)
  local numbers = args.metrics and textfile.open(args.metrics, invocation.say)
  local function count(event)
    if numbers then numbers:on_event(event) end
  end
  local clients = clients_of(invocation, store, count)
  invocation:catch()
  local counts, message, err = fail.checked(queue.work, queue, { clients = clients,
    lease = args.lease, only = args.only, concurrency = args.concurrency,
    should_stop = function() return invocation:caught() end,
    on_lengths = numbers and count,
    on_event = function(event)
      count(event)
      tell(event)
    end })
  if numbers then numbers:write() end
  if not counts then fail.call(message, err) end
  invocation.say:note("queue work: %s", text.count(counts.requests, "request"))
end

-- ---- status ----

local JOBS = { { "job", "JOB" }, { "state", "STATE" }, { "operation", "OPERATION" },
  { "total", "ITEMS" }, { "succeeded", "OK" }, { "failed", "FAILED" }, { "unknown", "UNKNOWN" },
  { "superseded", "SUPERSEDED" }, { "not_before", "NOT BEFORE" }, { "note", "NOTE" }, id = "job" }
local FIRST = { "job", "state", "operation", "total", "succeeded", "failed", "unknown",
  "superseded", "unsent" }
local ACCOUNTS = { { "account", "ACCOUNT" }, { "jobs", "JOBS" }, { "waiting", "WAITING" },
  { "workers", "WORKERS" }, { "paused", "PAUSED" } }

local show = {
  name = "status", summary = "Show a job, or the open jobs, workers and pauses", takes = flags.jobs,
  examples = { "queue status", "queue status JOB --watch" },
}

function show.define(command)
  define_job(command):args "?"
  command:flag("--watch", "Wait until JOB ends or pauses, or until Ctrl-C.")
end

local function row_of(job)
  for _, name in ipairs { "added", "not_before", "expires" } do
    job[name] = job[name] > 0 and times.text(job[name]) or nil
  end
  return job
end

local EVERY = 0.5 -- seconds between two questions

-- Asks until a job ends or pauses, also where the store fails for a while. Returns the job; and why
-- to stop, if at all.
local function follow(invocation, queue, job)
  local shown, told, caught = progress.new(invocation, { name = job.job }), nil, nil
  invocation:catch ""
  while not caught and select(2, status.of_job(job)) do
    shown.total = math.max(job.total or 1, 1)
    shown:update { done = job.succeeded + job.superseded + job.failed + job.unknown,
      failed = job.failed, unknown = job.unknown }
    caught = invocation:pause(EVERY)
    local now, message, err = queue:status(job.job)
    if err and err.code ~= "store" then fail.call(message, err) end
    if message and not told then invocation.say:warn("%s", message) end
    job, told = now or job, message
  end
  shown:finish()
  return job, caught
end

local function show_all(invocation, queue)
  local list, rows = json_line.list {}, invocation.out:rows(JOBS)
  for i, key in ipairs(ask(queue, "accounts")) do
    local found = ask(queue, "jobs", key)
    for _, job in ipairs(found) do rows:add(row_of(job)) end
    list[i] = { account = key, jobs = #found, waiting = found.waiting, workers = found.workers,
      paused = found.paused }
  end
  rows:close { accounts = list }
  if not list[1] then invocation.say:note "no jobs" end
  if invocation.out.format ~= "table" then return end
  rows = invocation.out:rows(ACCOUNTS)
  for _, account in ipairs(list) do rows:add(account) end
  rows:close()
end

function show.run(invocation)
  local queue, name = open(invocation), invocation.args.job
  if invocation.args.watch and not name then fail.usage "--watch needs the name of a job" end
  if not name then return show_all(invocation, queue) end
  local job, caught = ask(queue, "status", name), nil
  if invocation.args.watch then job, caught = follow(invocation, queue, job) end
  invocation.out:object(row_of(job), FIRST)
  return caught and status.stopped[caught] or (status.of_job(job))
end

-- ---- report ----

local report = {
  name = "report", summary = "Write the report of a job that has ended, for retry and settle",
  takes = flags.jobs,
}

function report.define(command)
  define_job(command)
  command:argument("REPORT", "A new file."):target "report"
end

function report.run(invocation)
  local queue, path, name = open(invocation), invocation.args.report, invocation.args.job
  local job = ask(queue, "status", name)
  local code, goes_on = status.of_job(job)
  if goes_on or job.state == "paused" then
    fail.usage("%s is %s, and a retry of its report would send what workers send, too; wait for it "
      .. "(streamctl queue status %s --watch) or end it (streamctl queue cancel %s)", name,
      job.state, name, name)
  elseif system.file_mode(path) then
    fail.usage("%s is there already; name a new file", path)
  end
  local counts
  local done, why = files.replace(path, files.report, function(journal)
    local file, elapsed = reports.new(path), nil
    file.journal, file.offset = journal, 0
    for record in ask(queue, "records", name) do
      if record.record == "end" then elapsed = record.elapsed else file:append(record) end
    end
    file:finish(code, elapsed)
    counts = file.counts
    return not file.broken, file.broken
  end)
  if not done then fail.raise(status.FAILED, why) end
  invocation.say:note("%s: %s", path, summary.counts(counts))
end

-- ---- cancel, pause, resume ----

local cancel = { name = "cancel", summary = "End a job; what is under way ends as it does",
  takes = flags.jobs, define = define_job }

function cancel.run(invocation)
  local is_open = ask(open(invocation), "cancel", invocation.args.job)
  if not is_open then invocation.say:note("%s had ended before", invocation.args.job) end
end

local function command_of(name, purpose, why)
  local function run(invocation)
    local account = invocation:account()
    ask(enqueue.open(account.settings, account.options.store), name, account.client, why)
  end
  return { name = name, summary = purpose, takes = flags.calls, run = run }
end

return {
  summary = "Carry out jobs that other commands add with --queue, and show them",
  commands = { work, show, report, cancel,
    command_of("pause", "Send nothing of an account's jobs for now", "paused by `queue pause`"),
    command_of("resume", "Let an account's jobs go on") },
}
