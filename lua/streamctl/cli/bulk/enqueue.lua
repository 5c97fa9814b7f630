-- Leaves the work of a bulk command to workers as a job (--queue), and opens the queue of a store.
-- `streamctl.cli.bulk` and the command `queue` call this module.

local fail = require "streamctl.cli.fail"
local plans = require "streamctl.cli.bulk.plan"
local streamctl = require "streamctl"
local times = require "streamctl.cli.times"

local enqueue = {}

function enqueue.open(settings, store)
  local made, queue = pcall(streamctl.queue.new, { store = store, durable = true })
  if made then return queue end
  fail.usage("a queue needs a Redis that its workers share, and the store is %s (%s); name one by "
    .. "--store redis://HOST, STREAMCTL_STORE or the field store of a profile",
    settings.store.shown, settings.store.from)
end

-- Flags of a command that sends the requests itself.
local OF_SENDING = { "report", "wait", "concurrency", "timeout", "attempts", "rate", "keep-trying" }

-- Refuses flags that do not go together with --queue, or without it.
function enqueue.check_flags(args)
  for _, name in ipairs(args.queue and OF_SENDING or { "urgent", "not-before" }) do
    if args[name:gsub("-", "_")] then
      fail.usage(args.queue and "--%s is not for --queue: workers send the requests; see streamctl "
        .. "queue --help" or "--%s is for --queue; say both, or none", name)
    end
  end
  if args.not_before and times.read(args.not_before) <= os.time() then
    fail.usage("--not-before must be later than now, which is %s; got %s", times.text(os.time()),
      args.not_before)
  end
end

-- Adds a job for the items of a run, see `streamctl.cli.bulk.run`, and shows its name.
function enqueue.add(run)
  local invocation, work, args = run.invocation, run.work, run.invocation.args
  local queue = enqueue.open(work.account.settings, work.account.options.store)
  local operation = work.method or work.operation.action
  local not_before = args.not_before and times.read(args.not_before)
  local job, message, err = fail.checked(queue.add, queue, work.account.client, operation,
    work.items:iterator(), { params = work.params, not_before = not_before, urgent = args.urgent,
      note = plans.begun(run.plan) })
  if not job then fail.call(message, err) end
  local rows = invocation.out:rows { { "job", "JOB" }, { "operation", "OPERATION" },
    { "items", "ITEMS" }, { "not_before", "NOT BEFORE" }, id = "job" }
  rows:add { job = job, operation = operation, items = run.plan.total,
    not_before = not_before and times.text(not_before) }
  rows:close()
  invocation.say:note("%s: left to workers; `streamctl queue status %s` tells how it goes",
    work.command, job)
  local now = queue:jobs(work.account.client)
  if now and now.paused then
    invocation.say:warn("the account is paused: %s; `streamctl queue resume` lets it go on",
      now.paused)
  elseif now and now.workers == 0 then
    invocation.say:warn "no worker serves the account now; `streamctl queue work` is one"
  end
end

return enqueue
