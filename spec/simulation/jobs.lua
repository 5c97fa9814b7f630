-- Judges jobs by the vendor's log and by the promises of docs/explanation/jobs.md.

local attempts = require "spec.simulation.attempts"
local work = require "spec.simulation.work"

local jobs = {}

-- The results of a job by its records, one for each item.
local function results_of(op)
  local results, sent = {}, {}
  for _, record in ipairs(op.records) do
    if record.record == "result" then results[record.index] = record end
    for _, index in ipairs(record.record == "sent" and record.items or {}) do sent[index] = true end
  end
  return results, sent
end

-- The attempts of workers that had an item.
local function attempts_of(world, op, item)
  local list = {}
  for _, attempt in ipairs(world.log) do
    local is_same = attempt.began >= op.issued
      and attempt.seen.action:lower():find(op.verb, 1, true)
    for _, id in ipairs(is_same and attempt.seen.ids or {}) do
      if id == item then list[#list + 1] = attempt end
    end
  end
  return list
end

local function check_item(world, op, item, result)
  local list = attempts_of(world, op, item)
  local was, may_have_run = attempts.executed(list, 1, #list), 0
  for _, attempt in ipairs(list) do
    local may_run = attempt.executed or attempts.is_unsure(attempt)
    may_have_run = may_have_run + (may_run and 1 or 0)
    op.is_passed_over = op.is_passed_over or attempt.is_passed_over
  end
  if op.is_unsafe and may_have_run > 1 then
    world:fault("a job sends at most once", item .. " went out " .. may_have_run .. " times", op)
  elseif result and result.ok and not was then
    world:fault("a job's success is success", item, op)
  elseif result and not result.ok and op.is_unsafe and was
    and result.outcome ~= "unknown" and not result.maybe_sent then
    world:fault("a job's failure is failure", item .. ": " .. tostring(result.message), op)
  end
end

local ENDED = { done = true, cancelled = true, expired = true }

-- Judges a job that was added and watched to its end. A Redis that loses data promises nothing.
function jobs.check(world, op)
  local status = op.answer
  if world.losses[1] or not status then return end
  if not ENDED[status.state] then
    return world:fault("a job ends", ("%s after %d s"):format(tostring(status), work.JOB_ENDS), op)
  end
  local results, sent = results_of(op)
  op.results = {}
  for i, item in ipairs(op.items) do
    local result = results[i]
    if result then op.results[#op.results + 1] = { item = item, ok = result.ok } end
    check_item(world, op, item, result)
    if not result and not sent[i] and status.state == "done" then
      world:fault("a job has each result", item .. " of " .. tostring(status), op)
    end
  end
  local count = { succeeded = 0, superseded = 0, others = 0 }
  for _, result in pairs(results) do
    local kind = result.ok and "succeeded" or result.outcome == "superseded" and "superseded"
      or "others"
    count[kind] = count[kind] + 1
  end
  if count.succeeded ~= status.succeeded or count.superseded ~= status.superseded
    or count.others ~= status.failed + status.unknown or status.total ~= #op.items then
    world:fault("a job counts its results", tostring(status), op)
  end
end

return jobs
