-- Carries out an entry of a job as a batch of one request, and writes the outcome.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local is_harmless = require("streamctl.call.retry").is_harmless
local json = require "streamctl.base.json"
local options = require "streamctl.base.options"
local orders = require "streamctl.queue.orders"
local protected = require "streamctl.loop.protected"

local entries = {}

local VERSION = "1" -- of jobs
local MAX_DELIVERIES = 5
local MAX_REFUSED = 3 -- in a row
local PAUSE = 1 -- seconds

-- Fields of an `err` that a record of a result has.
local KEPT = { "code", "message", "vendor_code", "http_status", "request_id", "maybe_sent",
  "outcome", "settle" }

-- What became of an entry: counts, and failures as records of results have them.
local function result_of(entry, counts, failures)
  return { entry.lane, entry.id, entry.attempt, entry.job, entry.first, entry.text,
    counts.succeeded or 0, counts.failed or 0, counts.unknown or 0, counts.superseded or 0,
    failures[1] and json.encode(failures) or "[]" }
end

-- Writes what became of an entry, and closes the orders of a job that ends. `take`: the values of
-- this script, where it takes the next entry. Returns the answer.
function entries.finish(worker, account, result, take)
  local values = take or { "", "", "", "", "" }
  for _, value in ipairs(result) do values[#values + 1] = value end
  local reply = worker:ask(account, "finish", values)
  if not reply and take then return entries.finish(worker, account, result) end
  local stamp = reply and tonumber(reply[3])
  if stamp then orders.close(worker.queue.store, json.decode_list(reply[2]) or {}, stamp) end
  return reply
end

local function end_with(entry, state, failure)
  local items = json.decode_list(entry.text)
  failure.outcome = errors.outcome_of(failure)
  failure.message = failure.code .. ": " .. entry.operation .. ": " .. failure.message
  return result_of(entry, { [state] = items and #items or 1 }, { failure })
end

-- Gives an entry back whose request was certainly not executed. The entry comes again at the end of
-- its lease, or at once where the worker stops.
local function give_back(worker, account, entry, counts)
  account.due = core.monotonic() + PAUSE -- the same failure keeps other entries back
  worker:ask(account, "give_back", { entry.lane, entry.id, entry.attempt,
    counts and "" or entry.deliveries, worker.over and "1" or "0", worker.lease * 1000 })
end

-- Notes that a request goes out which must not go out twice. Returns false and why not.
local function mark(worker, account, entry, settle)
  local server = worker.queue:server()
  local reply = server and worker:ask(account, "mark", { entry.lane, entry.id, entry.attempt,
    settle and json.encode(settle) or "" }, server.replicas > 0)
  if not reply then return false, "the queue cannot note that it is sent" end
  if reply[1] ~= "1" then return false, "another worker has it" end
end

-- Runs the batch of one request. Returns its report; or nil and what was thrown.
local function send(worker, account, entry, row, items, params, is_safe)
  local client = account.client
  local ok, report = protected.call(client.batch, client, entry.method or row.action, items, {
    params = params, concurrency = 1, timeout = worker.lease / 2, urgent = entry.lane == "urgent",
    stamp = row.resource and not entry.method and tonumber(entry.stamp) or nil,
    redelivered = is_safe and entry.deliveries > 0 or nil,
    should_stop = function() return worker:is_over() and "the worker stops" or nil end,
    on_send = function(call)
      entry.let_go()
      local now, wall = core.clocks()
      if math.max(now - entry.asked, math.abs(wall - entry.wall)) > worker.lease / 2 then
        return false, "the worker stood still, so others may have done it meanwhile"
      end
      if call.safe then return true end
      return mark(worker, account, entry, call.settle)
    end,
  })
  if ok then return report end
  return nil, report
end

-- Sums up a report: `counts` by outcome; `failures` for the records; `again`: a repeat may succeed;
-- `harmless`: a repeat does no harm; `uncounted`: nor does that say anything about the entry;
-- `refused`: the message, where the account's credentials were.
local function sum_up(report, row, is_safe)
  local by_err, counts = {}, { succeeded = report.succeeded, unknown = report.unknown,
    failed = report.failed + report.unsent, superseded = report.superseded }
  local sum = { counts = counts, failures = {}, again = false, harmless = true, uncounted = true }
  local function add(i, failure)
    table.insert(sum.failures, failure)
    failure.items = { i }
    return failure
  end
  for i, result in ipairs(report.results) do
    local err = result.err
    local row_of = err and errors.codes[err.code] or {}
    local harmless = is_safe or err and not err.maybe_sent or false
    local uncounted = err and harmless and row_of.kept or false
    if err and by_err[err] then
      table.insert(by_err[err].items, i)
    elseif err then
      by_err[err] = add(i, {})
      for _, name in ipairs(KEPT) do by_err[err][name] = err[name] end
      local is_refused = row_of.kept and row_of.status and (err.http_status or err.vendor_code)
      sum.refused = is_refused and result.message or sum.refused
    elseif row.safe ~= true and (type(result.item) == "table" or not row.list) then
      add(i, { ok = true, answer = result.answer }) -- such as the id of a new task
    end
    sum.again = sum.again or uncounted or err and err.retryable or false
    sum.harmless, sum.uncounted = sum.harmless and harmless, sum.uncounted and uncounted
  end
  return sum
end

-- Has an account pause when its credentials were refused several times in a row.
local function count_refusal(worker, account, message)
  account.refused = message and account.refused + 1 or 0
  if account.refused < MAX_REFUSED then return end
  account.refused = 0
  worker.queue:ask("pause", account.key, { message }, true)
  worker:tell(account.key, message, "credentials")
end

-- Carries out an entry. Returns what `finish` writes; or nil for an entry that was given back.
function entries.carry_out(worker, account, entry)
  if entry.version ~= VERSION then
    worker:tell(account.key, ("store: a job of version %s waits for a newer worker"):format(
      errors.tidy(entry.version, 20)), "store")
    return give_back(worker, account, entry, false)
  elseif entry.mark then -- by a worker that died, or is late
    return end_with(entry, "unknown", { code = "outcome_unknown",
      maybe_sent = true, settle = json.decode(entry.mark:match "\n(.*)$"),
      message = "the worker that sent it has not told what became of it" })
  elseif entry.deliveries >= MAX_DELIVERIES then
    return end_with(entry, "failed", { code = "gave_up",
      message = MAX_DELIVERIES .. " workers have begun and not ended it" })
  end
  local facts = account.client.vendor
  local row = facts.operations:find(entry.operation)
  local items, params = json.decode_list(entry.text), json.decode(entry.params or "{}")
  local is_safe, report, why = false, nil, "this version does not know the operation"
  local name = entry.method or entry.operation
  if worker.only and not worker.only[(facts.batched or {})[name] or name] then
    row, why = nil, "this worker carries out other operations alone (only)"
  end
  if row and items and items[1] ~= nil and params then
    is_safe = is_harmless(row, options.merged(params, type(items[1]) == "table" and items[1] or {}))
    report, why = send(worker, account, entry, row, items, params, is_safe)
    if errors.is_interrupt(why) then error(why, 0) end
  end
  if not report then
    return end_with(entry, "failed",
      { code = "gave_up", message = errors.quote(tostring(why), 500) })
  end
  local sum = sum_up(report, row, is_safe)
  count_refusal(worker, account, sum.refused)
  local counted = sum.again and sum.harmless and sum.counts.unknown == 0
    and entry.deliveries + 1 < MAX_DELIVERIES
  if sum.uncounted or counted then return give_back(worker, account, entry, not sum.uncounted) end
  return result_of(entry, sum.counts, sum.failures)
end

return entries
