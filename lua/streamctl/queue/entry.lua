-- Carries out an entry of a job as a batch of one request, and writes what became of it.

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local is_harmless = require("streamctl.call.retry").is_harmless
local json = require "streamctl.json"
local options = require "streamctl.options"
local protected = require "streamctl.loop.protected"

local entries = {}

local VERSION = "1" -- of entries
local MAX_DELIVERIES = 5
local MAX_REFUSED = 3 -- in a row

-- Failures of calls that were never sent, which do not count.
local UNCOUNTED = { throttled = true, store = true, cancelled = true, credentials = true,
  signature = true }
local REFUSED = { credentials = true, signature = true }

-- Fields of an `err` that a record of a result has.
local KEPT = { "code", "message", "vendor_code", "http_status", "request_id", "maybe_sent",
  "settle" }

-- The entry of an answer of the script `take`.
function entries.read(reply)
  return {
    lane = reply[2], id = reply[3], job = reply[4], first = reply[5], text = reply[6],
    deliveries = tonumber(reply[7]), mark = reply[8], age = tonumber(reply[9]),
    operation = reply[10], params = reply[11], version = reply[12], method = reply[13],
    attempt = core.nonce(),
  }
end

-- Asks the queue, and tells the listener of failures.
local function ask(worker, account, name, values, replicas)
  local reply, message, err = worker.queue:ask(name, account.key, values, true, replicas)
  if not reply then worker:tell(account.key, message, err) end
  return reply
end

-- Writes what became of an entry: counts, and failures as records of results have them.
local function finish(worker, account, entry, counts, failures)
  local reply = ask(worker, account, "finish", { entry.lane, entry.id, entry.attempt, entry.job,
    entry.first, entry.text, ("%d"):format(counts.ok or 0), ("%d"):format(counts.failed or 0),
    ("%d"):format(counts.unknown or 0), ("%d"):format(counts.superseded or 0),
    failures[1] and json.encode(failures) or "[]" })
  if not (reply and reply[3]) then return end
  for _, name in ipairs(json.decode_list(reply[2] or "[]") or {}) do
    worker.queue.store:close(name, tonumber(reply[3]))
  end
end

-- Gives an entry back, whose request was certainly not executed. It comes again when its lease is
-- over, or at once where the worker stops.
local function give_back(worker, account, entry, counts)
  ask(worker, account, "give_back", { entry.lane, entry.id, worker.consumer, entry.attempt,
    counts and "" or ("%d"):format(entry.deliveries), worker.over and "1" or "0",
    ("%.0f"):format(worker.lease * 1000) })
end

-- Ends an entry without a request.
local function end_with(worker, account, entry, state, failure)
  local items = json.decode_list(entry.text)
  finish(worker, account, entry, { [state] = items and #items or 1 }, { failure })
end

-- Notes that a request goes out which must not go out twice. Returns false and why not.
local function mark(worker, account, entry, settle)
  local reply = ask(worker, account, "mark", { entry.lane, entry.id, worker.consumer, entry.attempt,
    settle and json.encode(settle) or "" }, worker.has_replicas)
  if not reply then return false, "the queue cannot note that it is sent" end
  if reply[1] ~= "1" then return false, "another worker has it" end
end

-- ---- results ----

-- Sums up the results of an entry's items: how many have which outcome, failures for the record,
-- whether any may go again, whether none was sent, and a refusal of the account.
local function sum_up(results, row)
  local counts, failures, by_err = { ok = 0, failed = 0, unknown = 0, superseded = 0 }, {}, {}
  local again, unsent, refused = false, true, nil
  for i, result in ipairs(results) do
    local err = result.err
    local state = not err and "ok" or err.code == "superseded" and "superseded"
      or err.code == "outcome_unknown" and "unknown" or "failed"
    counts[state] = counts[state] + 1
    if err then
      local failure = by_err[err]
      if not failure then
        failure = { items = {} }
        for _, name in ipairs(KEPT) do failure[name] = err[name] end
        by_err[err], failures[#failures + 1] = failure, failure
      end
      failure.items[#failure.items + 1] = i
      again = again or err.retryable or UNCOUNTED[err.code] and not err.maybe_sent
      refused = REFUSED[err.code] and result.message or refused
    elseif row.safe ~= true and type(result.item) == "table" then
      failures[#failures + 1] = { items = { i }, ok = true, answer = result.response }
    end
    unsent = unsent and err ~= nil and UNCOUNTED[err.code] and not err.maybe_sent or false
  end
  return counts, failures, again, unsent, refused
end

-- Has an account pause when its credentials were refused several times in a row.
local function count_refusal(worker, account, message)
  account.refused = message and account.refused + 1 or 0
  if account.refused < MAX_REFUSED then return end
  account.refused = 0
  worker.queue:pause(account.key, message)
  worker:tell(account.key, message, { code = "credentials" })
end

-- ---- the request ----

-- Runs the batch of one request. Returns the results by item; or nil and what was thrown.
local function send(worker, account, entry, row, items, params, is_safe, is_urgent)
  local client, results = account.client, {}
  local ok, ended = protected.call(client.batch, client, entry.method or entry.operation, items, {
    params = params, concurrency = 1, timeout = worker.lease / 2, urgent = is_urgent,
    age = row.resource and not entry.method and entry.age or nil,
    again = is_safe and entry.deliveries > 0 or nil,
    should_stop = function() return worker:is_over() and "the worker stops" or nil end,
    on_send = function(call)
      local go_on, why
      if not call.safe then go_on, why = mark(worker, account, entry, call.settle) end
      if not is_urgent then account.is_taking = false end
      return go_on, why
    end,
    on_result = function(result) results[result.index] = result end,
  })
  if not ok then return nil, ended end
  return results
end

-- Carries out an entry.
function entries.carry_out(worker, account, entry, is_urgent)
  if entry.version ~= VERSION then
    return worker:tell(account.key, ("a job of version %s waits for a newer worker"):format(
      errors.tidy(entry.version, 20)), { code = "store" })
  elseif entry.mark ~= "" then -- by a worker that died, or is late
    local settle = entry.mark:match "\n(.+)$"
    return end_with(worker, account, entry, "unknown", { code = "outcome_unknown",
      maybe_sent = true, settle = settle and json.decode(settle), message = "outcome_unknown: "
      .. entry.operation .. ": the worker that sent it has not told what became of it" })
  elseif entry.deliveries >= MAX_DELIVERIES then
    return end_with(worker, account, entry, "failed", { code = "gave_up",
      message = "gave_up: " .. MAX_DELIVERIES .. " workers have begun and not ended it" })
  end
  local row = account.client.vendor.operations:find(entry.operation)
  local items, params = json.decode_list(entry.text), json.decode(entry.params)
  local results, why, is_safe
  if row and items and params then
    local of_item = type(items[1]) == "table" and items[1] or {}
    is_safe = is_harmless(row, options.merged(params, of_item))
    results, why = send(worker, account, entry, row, items, params, is_safe, is_urgent)
    if not results and errors.is_interrupt(why) then error(why, 0) end
  end
  if not results then
    return end_with(worker, account, entry, "failed", { code = "gave_up", message = "gave_up: "
      .. errors.quote(tostring(why or "this version does not know the operation"), 500) })
  end
  local counts, failures, again, unsent, refused = sum_up(results, row)
  count_refusal(worker, account, refused)
  if unsent then return give_back(worker, account, entry, false) end
  if again and is_safe and counts.unknown == 0
    and entry.deliveries + 1 < MAX_DELIVERIES then
    return give_back(worker, account, entry, true)
  end
  finish(worker, account, entry, counts, failures)
end

return entries
