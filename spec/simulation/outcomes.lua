-- Judges what callers are told of their calls, by the vendor's log.

local errors = require "streamctl.base.errors"
local attempts = require "spec.simulation.attempts"
local batches = require "spec.simulation.batches"
local jobs = require "spec.simulation.jobs"
local order = require "spec.simulation.order"
local states = require "spec.simulation.states"

local executed, has = attempts.executed, order.has
local is_unsure, name_of = attempts.is_unsure, attempts.name_of

local outcomes = {}

-- ---- every call: the shape of what it returns ----

-- Several calls, which have no time of their own.
local COMPOUND = { ensure = true, job = true, wait = true, pages = true }

local function check_shape(world, op)
  local err, is_fine = op.err, type(op.answer) == "table"
  if op.answer == nil then
    is_fine = type(op.message) == "string" and type(err) == "table" and errors.codes[err.code]
      and op.message:sub(1, #err.code + 2) == err.code .. ": " and err.message == op.message
      and err.outcome == errors.outcome_of(err) and type(err.retryable) == "boolean"
  end
  if not is_fine then return world:fault("nil, message, err", tostring(op.message), op) end
  local told, took = (err or op.answer).elapsed, op.ended - (op.issued_again or op.issued)
  local is_told = (err or op.facts.is_batch) and not COMPOUND[op.kind] and not op.merged
  if is_told and math.abs((told or 1e9) - took) > 0.011 + world.config.jitter + op.listened then
    world:fault("elapsed is true", ("%s, and it took %.3f"):format(tostring(told), took), op)
  end
end

-- Whether an error is to be expected where nothing fails.
local function may_fail(op, err)
  return err.code == "superseded" or op.stops_at_failure
    -- the list grew in front of the walk, or the walk took its whole time
    or op.kind == "pages" and (err.code == "bad_response" or err.code == "timeout")
    or op.options.retry == false and err.message:find("sequence not increasing", 1, true)
end

local function check_calm(world, op)
  local results = op.facts.is_batch and (op.results or op.answer and op.answer.results) or {}
  if op.kind ~= "wait" and op.err and not may_fail(op, op.err) then
    world:fault("in calm weather all works", op.kind .. ": " .. op.message, op)
  end
  for _, result in ipairs(results) do
    if not result.ok and not may_fail(op, result.err) then
      return world:fault("in calm weather all works", op.kind .. ": " .. result.message, op)
    end
  end
end

local LAST_WORDS = { "too many calls fail", "not sent again", "next slot" }
local FINAL = { store = true }

-- What may go again does, while there are attempts and time.
local function check_goes_again(world, op)
  local err, policy, last = op.err, op.options.retry, op.attempts[#op.attempts]
  if not (err and err.retryable and last) or op.issued_again or err.attempts == 0 then return end
  for _, words in ipairs(LAST_WORDS) do
    if op.message:find(words, 1, true) then return end
  end
  local most = policy == false and 1 or policy and policy.attempts or 3
  local rate = tonumber(world.config.limit) or 10
  local needed = (policy and policy.cap or 5) + (last.asked or 0) + #op.attempts / rate
  local left = op.options.timeout - err.elapsed
  if err.attempts < most and left > needed + 0.1 and not FINAL[err.code] then
    world:fault("what may go again does", ("%d attempts, %.2f s left: %s"):format(err.attempts,
      left, op.message), op)
  end
end

-- ---- single calls ----

-- Refusals after which even what is billed may go again.
local PASSING = { ["Throttling.User"] = true, ["Throttling.Api"] = true,
  ["Rejected.Throttling"] = true, ["InvalidTimeStamp.Expired"] = true,
  ["InvalidSecurityToken.Expired"] = true }

local function check_unsafe(world, op, from, to)
  local may_run = false
  for i = from, to do
    local attempt = op.attempts[i]
    if may_run then world:fault("unsafe at most once", "sent again, though it may have run", op) end
    local result = attempt.result
    may_run = may_run or not (result and not result.maybe_sent or PASSING[attempt.said])
    local least = math.min(3, op.options.attempt_timeout, op.options.timeout / 2)
    if attempt.left < least - 0.02 then
      world:fault("no attempt that is cut off", ("%.2f s are left"):format(attempt.left), op)
    end
  end
end

local function check_err(world, op, err, from, to)
  attempts.check_outcome(world, op, err, from, to)
  if err.maybe_sent == false and executed(op.attempts, from, to) then
    world:fault("maybe_sent is honest", err.message .. ": but it was executed", op)
  end
  local begun = to - from + 1
  -- an attempt whose time or key has ended is counted, and the transport is not asked
  local is_unasked = err.code == "credentials" or world.keys and op.vendor == "aliyun"
    or err.code == "timeout" and err.elapsed >= op.options.timeout
  local unasked = is_unasked and 1 or 0
  if err.attempts ~= begun and err.attempts ~= begun + unasked then
    world:fault("attempts are counted", ("%d, but %d were begun"):format(err.attempts, begun), op)
  end
  local unsure = false
  for i = from, to do unsure = unsure or is_unsure(op.attempts[i]) end
  if err.outcome == "unknown" and not unsure then
    world:fault("unknown only where unknown", err.message, op)
  end
end

local function check_answer(world, op, answer)
  local dropped, info = 0, answer.info or {}
  for i = (op.first and op.first.stamps or 0) + 1, #op.stamps do
    dropped = dropped + #op.stamps[i].dropped
  end
  if dropped ~= #(info.superseded or {}) then
    world:fault("superseded is told", ("%d of %d"):format(#(info.superseded or {}), dropped), op)
  end
  for _, id in ipairs(op.ids or {}) do
    local is_passed = attempts.is_passed_over(world, id)
    if not is_passed and not has(info.superseded, id)
      and not executed(op.attempts, 1, #op.attempts, name_of(op, id)) then
      if info.already then world:fault("already means what was asked for", id, op) end
      world:fault("success is success", id .. " was not executed", op)
    end
  end
end

local function check_own_sequence(world, op)
  local first = op.attempts[1]
  if first and first.seen.sequence ~= op.sequence then
    world:fault("a Sequence of the caller's goes first", tostring(first.seen.sequence), op)
  end
end

local function check_call(world, op, run)
  local first_of, last_of = run.from, run.to
  if op.facts.is_unsafe then
    check_unsafe(world, op, first_of, last_of)
  end
  if run.answer and not op.merged then check_answer(world, op, run.answer) end
  if run.err and not op.merged then check_err(world, op, run.err, first_of, last_of) end
  local policy = op.options.retry
  local most = policy == false and 1 or type(policy) == "table" and policy.attempts or 3
  if world.keys and op.vendor == "aliyun" then most = most + 1 end -- a refused key is replaced once
  if last_of - first_of + 1 > most and not op.merged then
    world:fault("three attempts", tostring(last_of - first_of + 1), op)
  end
  attempts.check_time(world, op, op.kind, run.issued, run.ended)
end

-- A merged call: what it says of ids that no other call of its host has.
local function check_merged(world, op, counts)
  local joint, answer = attempts.joint(world, op), op.answer or {}
  local results = op.facts.is_batch and (op.results or answer.results) or {}
  for i, id in ipairs(op.ids or {}) do results[i] = { index = i, item = id, err = op.err } end
  for _, result in ipairs(results) do
    local id, err = result.item, result.err
    local was = executed(joint, 1, #joint, id)
    local is_unsent = attempts.is_passed_over(world, id) or has((answer.info or {}).superseded, id)
    if not err and not was and not is_unsent then
      world:fault("a merged success is success", id, op)
    elseif err and err.maybe_sent == false and was
      and counts[op.hosted.index .. op.verb .. id] == 1 then
      world:fault("a merged maybe_sent is honest", id .. ": " .. err.message, op)
    end
  end
end

-- ---- requests of one call: how many at once, about what, when ----

local function check_pair(world, op, attempt, other)
  if (other.ended or math.huge) > attempt.began then
    for _, id in ipairs(other.seen.ids) do
      if has(attempt.seen.ids, id) then world:fault("one resource, one request", id, op) end
    end
  end
  local has_come = other.result and other.result.code == "ok"
  local ends = other.asked and has_come and other.ended + other.asked
  local is_again = op.issued_again and attempt.began >= op.issued_again
  if ends and attempt.began >= other.ended and attempt.began < ends - 1e-6 and not is_again
    and attempt.seen.action == other.seen.action then
    world:fault("the vendor's wait wins", ("%.3f s too early"):format(ends - attempt.began), op)
  end
end

-- No request is about what a caller has put into its table since.
local function check_copies(world, op)
  for _, attempt in ipairs(op.attempts) do
    if has(attempt.seen.ids, "other") or (attempt.seen.url or ""):find "/other$" then
      world:fault("what is given is copied", attempt.seen.action, op)
    end
  end
end

local function check_flight(world, op)
  if COMPOUND[op.kind] or op.merged then return end
  local most = op.facts.is_batch and op.options.concurrency or 1
  for i, attempt in ipairs(op.attempts) do
    local count = 1
    for j = 1, i - 1 do
      local other = op.attempts[j]
      if (other.ended or math.huge) > attempt.began then count = count + 1 end
      check_pair(world, op, attempt, other)
    end
    if count > most then world:fault("no more at once", count .. " at once", op) end
  end
end

-- ---- requests and the time of their calls ----

-- When the time limit of a call is over that had begun by a time.
local function end_of(op, time)
  local issued = op.issued_again and time >= op.issued_again and op.issued_again or op.issued
  return issued + (op.options.timeout or math.huge)
end

-- Whether a request of a merged call may also be of another call, whose ids may have given way.
local function may_share(attempt, other)
  return other.merged and other.hosted == attempt.host and other.verb == attempt.op.verb
    and other.issued and other.issued <= attempt.began
end

-- A request has no more time than the last of its calls has.
local function check_ends(world, calls)
  for _, attempt in ipairs(world.log) do
    local op, began = attempt.op, attempt.began
    local ends = end_of(op, began)
    for _, other in ipairs(op.merged and calls or {}) do
      if may_share(attempt, other) then ends = math.max(ends, end_of(other, began)) end
    end
    local late = began + attempt.left - ends
    local is_own = not COMPOUND[op.kind] and not (op.answered and began >= op.answered)
    if is_own and late > 0.1 + op.listened and not attempts.is_stopped(op, op.issued, began) then
      world:fault("a request ends with its calls", ("%.3f s later"):format(late), op)
    end
  end
end

-- ---- the whole ----

-- The runs of a call: the first one, and the one by its age.
local function runs_of(op)
  local first, last = op.first, #op.attempts
  while op.facts.is_unsafe and last > 0 and op.attempts[last].seen.action:find "^Describe" do
    last = last - 1 -- of settle
  end
  local runs = { { answer = op.answer, err = op.err, from = 1, to = last, ended = op.ended,
    issued = op.issued_again or op.issued } }
  if first then
    first.from, first.to, runs[1].from = 1, first.attempts, first.attempts + 1
    table.insert(runs, 1, first)
  end
  return runs
end

local function check_done(world, op, made)
  check_shape(world, op)
  check_flight(world, op)
  check_copies(world, op)
  if world.config.is_calm then check_calm(world, op) end
  if op.url then states.check_task(world, op, made) end
  if op.kind == "show" then
    local trace = op.attempts[1] or op.stamps[1]
    if trace then world:fault("a shown request leaves no trace", "", op) end
  elseif op.facts.is_job then
    jobs.check(world, op)
  elseif op.facts.is_batch then
    batches.check(world, op)
  elseif op.facts.is_single then
    for _, run in ipairs(runs_of(op)) do check_call(world, op, run) end
    if not op.merged then check_goes_again(world, op) end
    if op.own then check_own_sequence(world, op) end
  elseif op.kind == "wait" then
    states.check_wait(world, op)
  elseif op.kind == "pages" then
    states.check_pages(world, op)
  end
end

function outcomes.check(world, calls)
  local counts, made = {}, states.tasks_by_url(world)
  for _, op in ipairs(calls) do
    for _, id in ipairs(op.vendor == "zego" and (op.ids or op.items) or {}) do
      local key = op.hosted.index .. op.verb .. id
      counts[key] = (counts[key] or 0) + 1
    end
  end
  check_ends(world, calls)
  for _, op in ipairs(calls) do
    if op.thrown then
      world:fault("no error is thrown", op.thrown, op)
    elseif op.is_done then
      check_done(world, op, made)
      if op.merged then check_merged(world, op, counts) end
    elseif op.issued and not op.hosted.is_dead then
      world:fault("every call ends", op.kind, op)
    end
  end
end

return outcomes
