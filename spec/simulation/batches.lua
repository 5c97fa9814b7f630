-- Judges the reports of batches.

local attempts = require "spec.simulation.attempts"

local batches = {}

local function check_results(world, op, results)
  local counts, count = { succeeded = 0, superseded = 0, others = 0 }, {}
  local list = op.merged and attempts.joint(world, op) or op.attempts
  for _, item in ipairs(op.items) do count[item] = (count[item] or 0) + 1 end
  for i, result in ipairs(results) do
    local item = op.vendor == "zego" and result.item or result.item.StreamName
    local is_one_table = op.iterates and op.vendor == "aliyun" -- which is filled anew
    if result.index ~= i or item ~= op.items[i] and not is_one_table then
      world:fault("every item once", "at " .. i, op)
    end
    item = op.items[i]
    local name = attempts.name_of(op, item)
    local was = attempts.executed(list, 1, #list, name)
    local is_bad = op.vendor == "zego" and item:find "^bad" ~= nil
    local is_passed = is_bad and attempts.is_passed_over(world, item)
    local is_alone = count[item] == 1 and not op.merged
    if result.ok then
      counts.succeeded = counts.succeeded + 1
      if (not was or is_bad) and not is_passed then
        world:fault("a batch's success is success", item, op)
      end
    else
      local kind = result.err.outcome == "superseded" and "superseded" or "others"
      counts[kind] = counts[kind] + 1
      if is_alone then
        attempts.check_outcome(world, op, result.err, 1, #op.attempts, name)
      end
      if is_alone and result.err.maybe_sent == false and was then
        world:fault("a batch's maybe_sent is honest", item .. ": " .. result.message, op)
      end
    end
  end
  return counts
end

local function check_sending(world, op)
  local sent = 0
  for _, attempt in ipairs(op.attempts) do
    local result = attempt.result
    if result and result.maybe_sent then sent = sent + 1 end
    for _, id in ipairs(attempt.seen.ids) do
      if op.told and not op.told[id] then world:fault("on_send comes first", id, op) end
    end
    local ends = op.issued + (op.options.timeout or math.huge) + 1.1
    if attempt.began > ends and not attempts.is_stopped(op, op.issued, op.ended) then
      world:fault("a batch's time limit", ("%.2f s late"):format(attempt.began - ends), op)
    end
    if op.stops_at and attempt.number > 1 and attempt.began > op.issued + op.stops_at + 3
      and not attempts.is_stopped(op, op.issued, op.ended) then
      world:fault("a stopped batch sends nothing", ("at %.2f"):format(attempt.began), op)
    end
  end
  if op.answer.requests ~= sent then
    world:fault("requests are counted", op.answer.requests .. ", but it was " .. sent, op)
  end
end

-- Whether something has ended a batch before its items did.
local function is_ended_early(op)
  return op.refused_at or op.options.timeout or op.stops_at_failure or op.stops_at
    or op.has_thrown
end

function batches.check(world, op)
  local report = op.answer
  if not report then return world:fault("a batch ends with a report", tostring(op.message), op) end
  local results = report.results or {}
  if op.streams_out then
    for _, result in ipairs(op.results) do results[#results + 1] = result end
    table.sort(results, function(a, b) return a.index < b.index end)
  end
  local counts = check_results(world, op, results)
  local failures = report.failed + report.unknown + report.unsent
  local total = op.iterates and (op.given or 0) or #op.items
  if counts.succeeded ~= report.succeeded or counts.superseded ~= report.superseded
    or counts.others ~= failures or report.total ~= total or #results ~= total
    or not op.streams_out and #report.failures ~= failures
    or report.ok ~= (failures == 0 and not report.err)
    or op.iterates and total ~= #op.items and (report.ok or not is_ended_early(op)) then
    world:fault("every item is counted", tostring(report), op)
  end
  if op.has_thrown and (report.err or {}).code ~= "caller_error" then
    world:fault("a caller's error is told", tostring(report.err), op)
  end
  if not op.merged then check_sending(world, op) end
end

return batches
