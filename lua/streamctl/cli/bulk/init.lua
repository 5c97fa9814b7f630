--- Many calls of one kind: says what will be done, asks, sends at the vendor's rate, writes down
-- what becomes of each item, and stops in good order.
-- @module streamctl.cli.bulk

local estimate = require "streamctl.cli.bulk.estimate"
local failure = require "streamctl.cli.failure"
local label = require "streamctl.cli.bulk.label"
local plans = require "streamctl.cli.bulk.plan"
local progress = require "streamctl.cli.output.progress"
local records = require "streamctl.cli.bulk.records"
local reports = require "streamctl.cli.bulk.report"
local shown = require "streamctl.cli.bulk.shown"
local status = require "streamctl.cli.status"
local summary = require "streamctl.cli.bulk.summary"

local bulk = {}

-- How requests end; after so many of them in a row nothing more is sent, and why.
local REFUSED = { most = 3, why = "the account is refused" }
local UNREACHED = { most = 20, why = "requests do not leave this machine" }

-- ---- what is sent ----

-- The items that are to be sent, one after the other.
local function pending(run)
  run.taken = 0
  return function()
    run.taken = run.taken + 1
    local index = run.order[run.taken]
    return index and run.items:item(index)
  end
end

-- Why nothing more may be sent; nil while all is well.
local function reason(run)
  run.caught = run.caught or run.invocation:caught()
  if run.caught then
    return run.caught == "closed" and "the reader of the output went away"
      or run.caught .. " was caught"
  end
  return run.stopped or run.report.broken
    or run.invocation.out.fault and "stdout cannot be written"
end

-- The query for `settle`. It looks for an item's first request, too, where this may be the second.
local function since_first(run, index, settle)
  local first, wide = run.report.doubts[index] and run.report.queries[index], {}
  if not settle or not first or type(first.began) ~= "number" then return settle end
  for name, value in pairs(settle) do wide[name] = value end
  wide.began = math.min(first.began, settle.began)
  return wide
end

-- Before a request goes out. What must not be repeated is written down first.
local function on_send(run, about)
  if about.safe then return end
  local indexes = {}
  for i, result in ipairs(about.items) do indexes[i] = run.order[result.index] end
  local done, why = run.report:append { record = "sent", items = indexes,
    settle = since_first(run, indexes[1], about.settle), time = os.time() }
  if done then done, why = run.report:sync() end
  if not done then return false, why end
end

-- ---- what comes back ----

-- Counts requests in a row that end in one bad way, if they do: items of one share their error.
local function count(run, way, result)
  local streak = run.streak
  if way ~= streak.way then
    streak = { way = way, length = 0 }
    run.streak = streak
  end
  if not way or result.err == streak.last then return end
  streak.length, streak.last = streak.length + 1, result.err
  if streak.length == way.most and not run.stopped then
    run.stopped, run.example, run.refused = way.why, result.message, way == REFUSED
  end
end

-- The fields of an error that a report keeps.
local KEPT = { "code", "vendor_code", "http_status", "request_id", "maybe_sent" }

-- The library's messages name its function that asks; here it is a command.
local function advice(run, message)
  local path = run.report.path
  return (message:gsub("client:settle%(err%) asks that", function()
    return path and ("`streamctl settle %s` asks that"):format(path)
      or "with --report FILE, `streamctl settle FILE` would ask that"
  end))
end

-- The record of a result; and whether tables and ids leave it out.
local function record_of(run, result, index)
  local record, further, hidden = { record = "result", index = index, item = result.item,
    ok = result.ok }, nil, nil
  if run.job.row_of then further, hidden = run.job.row_of(result) end
  for name, value in pairs(further or {}) do record[name] = value end
  if not result.ok then
    record.message = advice(run, result.message)
    for _, name in ipairs(KEPT) do record[name] = result.err[name] end
    record.settle = since_first(run, index, result.err.settle)
  end
  return record, hidden
end

local function on_result(run, result)
  local index, report = run.order[result.index], run.report
  local record, hidden = record_of(run, result, index)
  local came = records.state_of(record)
  if record.code ~= "cancelled" then
    count(run, status.refuses(record.code) and REFUSED or came == "unsent" and UNREACHED or nil,
      result)
    report:append(record)
  elseif report:is_begun(index) then
    report:append(record) -- else what was never sent is so without being written down
  end
  local state = report:state(index) -- unknown still, when that is what was sent again
  if came ~= "unsent" then
    run.done = run.done + 1
    run.failed = run.failed + (state == "failed" and 1 or 0)
    run.unknown = run.unknown + (state == "unknown" and 1 or 0)
  end
  run.shown:add(record, state, hidden)
  run.progress:update(run)
end

-- ---- the run ----

local function options_of(run)
  local options = {}
  for name, value in pairs(run.job.options or {}) do options[name] = value end
  options.params = run.job.params
  options.concurrency = run.invocation.args.concurrency
    or (run.job.account.settings.concurrency or {}).value
  return options
end

-- Sends all that is to be sent. Returns the report of the batch.
local function send(run)
  local job, options, client = run.job, options_of(run), run.job.account.client
  options.on_send = function(about) return on_send(run, about) end
  options.on_result = function(result) on_result(run, result) end
  options.should_stop = function() return reason(run) end
  run.progress = progress.new(run.invocation,
    { total = #run.order, name = job.command, rate = run.estimate.rate })
  run.invocation:catch()
  local ended = client:batch(job.method or job.operation.action, pending(run), options)
  run.progress:finish()
  for k = run.taken + 1, #run.order do -- the batch ended before it came to these
    local index = run.order[k]
    run.shown:add({ index = index, item = run.items:item(index), ok = false, code = "cancelled",
      message = "cancelled: never sent, because " .. (reason(run) or ended.failure.message) },
      run.report:state(index))
  end
  return ended
end

-- Ends a run by what its batch reports. Returns the exit status.
local function finish(run, ended)
  local ending = run.report:finish(summary.status(run), ended.elapsed or 0)
  ending.status = summary.status(run) -- it knows of a report that cannot be written
  ending.left_out, ending.record = run.items.left_out, nil
  run.shown:close(ending)
  summary.tell(run, ending.elapsed)
  failure.pass_on(ended) -- once all that was sent is written down
  return ending.status
end

-- ---- before anything is sent ----

-- Has the library look at all items, and shows the plan with the first request.
local function dry_run(run)
  local job, plan, bad = run.job, run.plan, 0
  local function look(result)
    plan.first_request = plan.first_request or result.ok and result.response or nil
    if result.ok then return end
    bad = bad + 1
    run.invocation.say:warn("%s: %s", label.shown(result.item), result.message)
  end
  failure.pass_on(job.account.client:batch(job.operation.action, pending(run),
    { params = job.params, dry_run = true, on_result = look, concurrency = 1 }))
  if bad > 0 then failure.usage("%s of %s cannot be right; nothing was sent", bad, plan.total) end
  plan.to_send, plan.time = #run.order, nil
  plan.requests, plan.seconds = run.estimate.requests, run.estimate.seconds
  run.invocation.out:object(plan, { "command", "operation", "vendor", "account", "mode", "total",
    "to_send", "requests", "seconds" })
  return status.OK
end

-- From now on a report tells what is to be sent: `order` has the numbers of these items.
local function prepare(run, report)
  run.report = report
  run.order = run.job.only or report:numbers { unsent = true }
  run.estimate = estimate(run.job, #run.order)
end

-- Ends by `failure.usage` unless a report is of this very run.
local function check(run, report)
  plans.check_account(report, run.job.account, run.invocation.args.same_account)
  plans.check_run(report, run.plan, run.items)
end

-- Opens the file of --report. Another process may have begun it meanwhile.
local function open(run, path)
  local report = reports.open(path, run.invocation.say)
  if report.plan then check(run, report) else report:begin(run.plan, run.items) end
  prepare(run, report)
end

--- Does it.
-- @tparam Invocation invocation
-- @tparam table job `account`, see `streamctl.cli.account`; `operation`, a row; `items`: `total`
-- and `item(i)`, and perhaps what `streamctl.cli.bulk.input.read` tells of lines; and perhaps
--
-- * `params` that all items have, `options` of the batch (plain data)
-- * `method` of the client that is called for each item instead of the operation
-- * `ask`: why somebody is asked first
-- * `columns` of the output, with `id`; `row_of(result)`: further fields of a row, and whether a
--   table and ids leave it out
-- * `report`, which is open, and `only`, the numbers of its items that are sent again
-- @treturn integer exit status
function bulk.run(invocation, job)
  local args = invocation.args
  local path = not job.report and args.report
  job.command = job.report and job.report.plan.command or args.path
  local run = { invocation = invocation, job = job, items = job.items, streak = {}, done = 0,
    failed = 0, unknown = 0, plan = plans.new(invocation, job) }
  local client = job.account.client -- wrong options are told before anything else
  job.account:checked(client.batch, client, job.method or job.operation.action, {},
    options_of(run))
  local before = path and reports.read(path)
  if before then check(run, before) end
  prepare(run, job.report or before or reports.new(nil, run.plan))
  if args.dry_run then return dry_run(run) end
  summary.plan(run)
  if job.ask and run.order[1] then invocation:ask(job.ask .. ". Go on?") end
  if path then open(run, path) end
  run.report:go_on(job.account.key, job.only)
  run.shown = shown.new(run)
  return finish(run, run.order[1] and send(run) or {})
end

return bulk
