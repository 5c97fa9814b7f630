-- Runs one operation for many items: tells the plan, asks, sends at the documented rate, writes a
-- report of each item, and stops in good order.

local core = require "streamctl.core"
local enqueue = require "streamctl.cli.bulk.enqueue"
local fail = require "streamctl.cli.fail"
local lines = require "streamctl.cli.bulk.lines"
local plans = require "streamctl.cli.bulk.plan"
local progress = require "streamctl.cli.output.progress"
local requests = require "streamctl.cli.bulk.requests"
local reports = require "streamctl.cli.bulk.report"
local shown = require "streamctl.cli.bulk.shown"
local status = require "streamctl.cli.status"
local summary = require "streamctl.cli.bulk.summary"

local bulk = {}

-- Bad ends of requests: after `max` of these in a row a run stops.
local REFUSED = { max = 3, why = "the account is refused" }
local UNREACHED = { max = 20, why = "requests do not leave this machine" }

-- Seconds before items go again with --keep-trying: at first, and at most. A store remembers newer
-- calls for longer.
local PAUSE = { 2, core.STORE_MEMORY / 2 }

-- ---- requests ----

local function pending(run)
  run.taken = 0
  return function()
    run.taken = run.taken + 1
    local index = run.order[run.taken]
    return index and run.items:item(index)
  end
end

-- Returns why a run must stop; nil while all is well.
local function reason(run)
  run.caught = run.caught or run.invocation:caught()
  if run.caught then
    return run.caught == "closed" and "the reader of the output went away"
      or run.caught .. " was caught"
  end
  return run.stopped or run.report.broken
    or run.invocation.out.fault and "stdout cannot be written"
end

-- Widens a query for `settle` to the first request of an item that may have been sent before.
local function since_first(run, index, settle)
  local first, wide = run.report.doubts[index] and run.report.queries[index], {}
  if not settle or not first or type(first.began) ~= "number" then return settle end
  for name, value in pairs(settle) do wide[name] = value end
  wide.began = math.min(first.began, settle.began)
  return wide
end

-- Writes down a request before it is sent; one that must not be sent twice is on the disk then.
local function on_send(run, request)
  if request.operation ~= run.work.operation.action then return end -- `ensure` looks first
  local indexes = {}
  for i, result in ipairs(request.items) do indexes[i] = run.order[result.index] end
  local done, why = run.report:append { record = "sent", items = indexes,
    safe = request.safe, settle = since_first(run, indexes[1], request.settle), time = os.time() }
  if done and not request.safe then done, why = run.report:sync() end
  if not done then return false, why end
end

-- ---- results ----

-- Counts bad ends in a row, `bad` is REFUSED, UNREACHED or nil. Items of a request share `err`. A
-- run whose answers all refuse the account is refused, too.
local function count(run, bad, result)
  if bad ~= UNREACHED then run.refused = run.refused ~= false and bad == REFUSED end
  if bad ~= run.bad then run.bad, run.streak, run.last = bad, 0, nil end
  if not bad or run.stopped or result.err == run.last then return end
  run.streak, run.last, run.example = run.streak + 1, result.err, result.message
  if run.streak == bad.max then run.stopped = bad.why end
end

-- Names the command of the shell where a message of the library names a function of Lua.
local function advice(run, message)
  local path = run.report.path
  return (fail.message(message):gsub("client:settle%(err%) asks that", path
    and "`streamctl settle " .. path:gsub("%%", "%%%%") .. "` asks that"
    or "with --report FILE, `streamctl settle FILE` would ask that"))
end

-- Returns the record of a result; and whether tables and ids leave out the item.
local function record_of(run, result, index)
  local record, err = { record = "result", index = index, item = result.item, ok = result.ok },
    result.err
  local fields, hidden
  if run.work.row_of then fields, hidden = run.work.row_of(result) end
  for name, value in pairs(fields or {}) do record[name] = value end
  if not result.ok then
    record.message, record.settle = advice(run, result.message), since_first(run, index, err.settle)
    record.code, record.vendor_code, record.http_status = err.code, err.vendor_code, err.http_status
    record.request_id, record.maybe_sent = err.request_id, err.maybe_sent
    record.outcome = err.outcome
  end
  return record, hidden
end

local function on_result(run, result)
  local index, report = run.order[result.index], run.report
  local record, hidden = record_of(run, result, index)
  local is_unsent, is_cancelled = record.outcome == "unsent", record.code == "cancelled"
  if not is_cancelled then
    count(run, status.refuses(record.code) and REFUSED or is_unsent and UNREACHED or nil, result)
  end
  -- items without a record are unsent anyway
  if not is_cancelled or report:is_begun(index) then report:append(record) end
  if not is_unsent then run.done = run.done + 1 end
  run.shown:add(record, report:state(index), hidden) -- a doubt keeps an item unknown
  run.progress:update { done = run.done, failed = report.counts.failed,
    unknown = report.counts.unknown }
end

-- ---- the run ----

-- Sends all requests. Returns the report of the library's batch.
local function send(run)
  local work, client = run.work, run.work.account.client
  local options = { params = work.params,
    concurrency = work.account.settings:value "concurrency",
    stamp = not work.is_newer and run.report.plan.stamp or nil,
    on_send = function(request) return on_send(run, request) end,
    on_result = function(result) on_result(run, result) end,
    should_stop = function() return reason(run) end }
  run.progress = progress.new(run.invocation,
    { total = #run.order, name = work.command, rate = run.estimate.rate })
  run.invocation:catch()
  local ended = client:batch(work.method or work.operation.action, pending(run), options)
  run.progress:finish()
  for k = run.taken + 1, #run.order do -- the batch ended before these items
    local index = run.order[k]
    run.shown:add({ index = index, item = run.items:item(index), ok = false, code = "cancelled",
      message = "cancelled: never sent, because " .. (reason(run) or ended.err.message) },
      run.report:state(index))
  end
  return ended
end

-- Returns what may go again, of what the run sends.
local function rest_of(run)
  local rest = {}
  for _, index in ipairs(run.order) do
    rest[#rest + 1] = reports.AGAIN[run.report:state(index)] and index or nil
  end
  return rest
end

-- Ends a round: writes its end down, and tells it. Returns the exit status; and, unless the run is
-- over, the seconds until items go again.
local function finish(run, ended)
  local report = run.report
  local ending = report:finish(status.of_run(run), ended.elapsed or 0, ended.requests or 0)
  ending.status = status.of_run(run) -- the report itself may have failed by now
  ending.left_out, ending.record = run.items.left_out, nil
  run.shown.further = ending
  local is_over = core.monotonic() >= run.ends or run.caught or run.refused or report.broken
    or run.invocation.out.fault or not rest_of(run)[1]
  run.pause = math.min(run.pause and run.pause * 2 or PAUSE[1], PAUSE[2])
  local pause = not is_over and math.min(run.pause, run.ends - core.monotonic()) or nil
  if is_over then run.shown:close() end
  report:close() -- in a pause other commands may use it
  summary.tell(run, ending.elapsed, pause)
  fail.pass_on(ended) -- after all results are written down
  return ending.status, pause
end

-- Opens the report after a pause, with what other commands wrote into it. While one of them uses
-- the report, the pause goes on.
local function open_again(run)
  local before, path = run.report, run.report.path
  local opened, report
  repeat
    if report then run.caught = run.invocation:pause(PAUSE[1]) end
    opened, report = pcall(reports.open, path, run.invocation.say)
    if not opened and not fail.is(report) then error(report, 0) end
  until opened or run.caught or core.monotonic() >= run.ends
  if not opened then
    before.broken = tostring(report)
  elseif not report.plan or report.plan.time ~= before.plan.time then
    before.broken, before.lost = path .. " is another report by now", true
    report:close()
  else
    run.report = report
  end
end

-- Sends the items, again and again with --keep-trying. Returns the exit status.
local function send_all(run)
  while true do
    run.report:go_on(run.work.account.client.account, run.order)
    local ended = run.order[1] and send(run) or {}
    run.refused = run.refused or run.stopped == REFUSED.why
    local code, pause = finish(run, ended)
    if not pause then return code end
    run.caught = run.invocation:pause(pause)
    if run.report.path then open_again(run) end
    run.order = rest_of(run)
    run.done, run.stopped, run.refused, run.bad = 0, nil, nil, nil
    if run.caught or run.report.broken then return (finish(run, ended)) end
  end
end

-- ---- before the first request ----

-- Has the library check all items, and shows the plan with the first request.
local function dry_run(run)
  local work, plan, bad = run.work, run.plan, 0
  local function item_of(i) return run.items:item(run.order[i]) end
  plan.first_request = requests.check(work, #run.order, item_of, function(i, message)
    bad = bad + 1
    run.invocation.say:warn("%s: %s", lines.label(item_of(i), "table"), message)
  end)
  if bad > 0 then fail.usage("%s of %s cannot be right; nothing was sent", bad, plan.total) end
  plan.to_send, plan.time = #run.order, nil
  plan.requests, plan.seconds = run.estimate.requests, run.estimate.seconds
  run.invocation.out:object(plan, { "command", "operation", "vendor", "account", "mode", "total",
    "to_send", "requests", "seconds" })
  return status.OK
end

local function prepare(run, report)
  run.report = report
  local states = { unsent = true, begun = true, failed = run.invocation.args.keep_trying }
  run.order = run.work.only or report:numbers(states)
  run.left_failed = #report:numbers { failed = true, unsent = true } - #run.order
  run.estimate = summary.estimate(run.work, #run.order)
end

-- Notes in the plan how old the run is: what goes again gives way to calls that others made since.
local function note_age(run)
  local work, items = run.work, {}
  if work.method then return end
  for i = 1, work.items.total do items[i] = work.items:item(i) end
  local stamp, _, err = fail.checked(work.account.client.stamp, work.account.client,
    work.operation.action, items, work.params)
  -- without the store nothing is sent, and the clock tells how old the run is
  run.plan.stamp = stamp or err and math.floor(core.now() * 1000) or nil
end

-- Runs `work`. Returns the exit status; and the report, unless nothing is sent here. `work` has
-- `account`; `operation`, a row; `items` (`total`, `item(i)`); `params` of all items; and perhaps
--
-- * `method` of the client to call for each item instead of the operation
-- * `ask`: why the user is asked first
-- * `columns` of the output, with `id`; `row_of(result)`: further fields of a row, and whether a
--   table and ids leave out the row
-- * `report`, open, and `only`, the numbers of its items to send again; `is_newer`: as
--   new calls
function bulk.run(invocation, work)
  local args, account = invocation.args, work.account
  enqueue.check_flags(args)
  local path = not work.report and args.report
  if path then reports.check_path(path) end
  work.command = work.report and work.report.plan.command or args.path
  local run = { invocation = invocation, work = work, items = work.items, done = 0,
    plan = plans.new(invocation, work), ends = core.monotonic() + (args.keep_trying or 0) }
  local function check(report)
    plans.check_run(report, account, args, run.plan, run.items)
  end
  local before = path and reports.read(path)
  if before then check(before) end
  prepare(run, work.report or before or reports.new(nil, run.plan))
  if args.dry_run then return dry_run(run) end
  summary.plan(run)
  if work.ask and run.order[1] then invocation:ask(work.ask .. ". Go on?") end
  if args.queue then return enqueue.add(run) end
  if not (work.report or before) then note_age(run) end
  if path then -- another process may have begun the report meanwhile
    local report = reports.open(path, invocation.say)
    if report.plan then check(report) else report:begin(run.plan, run.items) end
    prepare(run, report)
  end
  run.shown = shown.new(run)
  return send_all(run), run.report
end

return bulk
