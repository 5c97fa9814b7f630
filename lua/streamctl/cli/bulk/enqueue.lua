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
local OF_SENDING = { "report", "watch", "wait", "only", "concurrency", "timeout",
  "attempts", "rate" }

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

-- Adds a job for the items of a run, at a Unix time or soon. `opened`, if any, is called before
-- the job has entries. Returns a row; or nil, message, err.
local function add(queue, run, operation, not_before, opened)
  local work, plan = run.work, {}
  for name, value in pairs(run.plan) do plan[name] = value end
  plan.ask = operation == work.operation.action and plan.ask or nil
  local job, message, err = queue:add(work.account.client, work.method or operation,
    work.items:iterator(), { params = work.params, plan = plan, not_before = not_before,
      opened = opened, urgent = run.invocation.args.urgent, note = plans.begun(plan) })
  if not job then return nil, message, err end
  return { job = job, operation = operation, items = plan.total,
    not_before = not_before and times.text(not_before) }
end

-- Adds the job of a run, see `streamctl.cli.bulk.run`, and shows its name. A later job that undoes
-- the first one is younger, and is there before the first one can run.
function enqueue.add(run)
  local invocation, work, undo = run.invocation, run.work, nil
  local queue = enqueue.open(work.account.settings, work.account.options.store)
  local function add_later()
    local message, err
    undo, message, err = add(queue, run, work.later.operation, work.later.not_before)
    return undo, message, err
  end
  local added, message, err = fail.checked(add, queue, run, work.operation.action,
    invocation.args.not_before and times.read(invocation.args.not_before), work.later and add_later)
  if not added then
    if undo then queue:cancel(undo.job) end
    fail.call(message, err)
  end
  local rows = invocation.out:rows { { "job", "JOB" }, { "operation", "OPERATION" },
    { "items", "ITEMS" }, { "not_before", "NOT BEFORE" }, id = "job" }
  for _, row in ipairs { added, undo } do rows:add(row) end
  rows:close()
  invocation.say:note("%s: left to workers; `streamctl queue status %s` tells how it goes",
    work.command, added.job)
end

return enqueue
