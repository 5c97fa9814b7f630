--- Requests of ids that the vendor refuses for one of them: they go again in halves, until the
-- refused id stands alone.
--
-- A refusal is a table: `message` and `err` of the whole request; `stamped` and `wall`: when the
-- store last knew of no newer call; `executed`: halves that are to be looked after.
-- @module streamctl.many.halves

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local failures = require "streamctl.call.failure"
local ids = require "streamctl.many.ids"
local is_harmless = require("streamctl.call.check").is_harmless
local options = require "streamctl.options"
local pipeline = require "streamctl.call"
local protected = require "streamctl.loop.protected"
local results = require "streamctl.many.results"

local halves = {}

local SURE = 50 -- seconds; stores forget an intent after 60 s of the wall clock

-- `outer`: the refusal of the whole, if the request is a half itself.
local function refusal_of(run, message, err, outer)
  local longest = pipeline.option(run.client, run.call_options, "attempt_timeout")
  return {
    message = message, err = err, wall = core.now(), executed = outer and outer.executed or {},
    stamped = core.monotonic() - math.min(err.elapsed, longest),
  }
end

-- Why a half must not be sent any more; nil when it may.
local function doubt(refusal)
  local gap = math.max(core.monotonic() - refusal.stamped, math.abs(core.now() - refusal.wall))
  return refusal.err.age and gap > SURE
    and "after so long nobody knows whether a newer call was made" or nil
end

-- Divides a request: the two halves, which are intents as old as the whole; and a request of the
-- ids that gave way to newer calls. nil when fewer than two ids would remain.
local function halves_of(of_ids, job, err)
  local out, order, part_of, had = options.set_of(err.superseded or {}), {}, {}, {}
  for _, key in ipairs(of_ids:keys_of(job)) do
    if not out[key] then order[#order + 1] = key end
  end
  if #order < 2 then return nil end
  local first, second, rest = of_ids:job(), of_ids:job(), of_ids:job()
  for i, key in ipairs(order) do part_of[key] = i <= #order / 2 and first or second end
  for i, item in ipairs(job.items) do
    local key = of_ids:key(item)
    local part = part_of[key] or rest
    ids.append(part, item, results.index_of(job, i), not had[key])
    had[key] = true
    if of_ids.jobs[key] == job then of_ids.jobs[key] = part end
  end
  first.age, second.age = err.age, err.age
  return first, second, rest
end

local divide

-- Makes the call of a half, and says whether it went through.
local function send(run, job, refusal)
  local response, message, err
  local why, began = doubt(refusal), core.monotonic()
  if not why then
    response, message, err = run:call_of(job, job, pipeline.run)
    local was_sent = response or err.attempts > 0 or err.maybe_sent or err.code == "superseded"
    why = not was_sent and err.message
  end
  if why then -- it fails as the whole request did
    err = refusal.err
    local text = errors.text_of(refusal.message) .. "; not sent again in halves: " .. why
    message, err = select(2, errors.new(err.code, text, err))
  elseif err then
    if divide(run, job, refusal_of(run, message, err, refusal)) then return false end
  elseif run.call_options.check then
    table.insert(refusal.executed, { job = job, response = response, began = began })
    run.under_way[job] = job
    return true
  end
  run.results:finish(job, response, message, err)
  return response ~= nil
end

-- Sends a refused request again in halves, if it may, and says whether it did. When the first half
-- goes through, the second one holds the refused id, and need not be sent whole.
function divide(run, job, refusal)
  local client, operation, err = run.client, run.operation, refusal.err
  if run.options.stop_on_error or not client.vendor.in_list(operation, err)
    or err.maybe_sent and not is_harmless(operation, job.params) then
    return false
  end
  local first, second, gone = halves_of(run.items.ids, job, err)
  if not first then return false end
  run.results:finish(gone, nil, refusal.message, err)
  run.under_way[second], second.refusal = second, refusal
  local went_through = send(run, first, refusal)
  run.under_way[second], second.refusal = nil, nil
  if not went_through or not second.list[2] or not divide(run, second, refusal) then
    send(run, second, refusal)
  end
  return true
end

-- Looks after the halves that were executed. A look may take longer than a half may wait.
local function look_after(run, executed)
  local look = require("streamctl.many.check").look -- only who uses it loads it
  local looks = {}
  for i, it in ipairs(executed) do
    looks[i] = function()
      local job = it.job
      run.under_way[job] = job
      local ok, response, message, err = protected.call(look, run.client, run.operation, job.params,
        run.call_options, run.results.shared, it.response, job.attempts, it.began)
      run.under_way[job] = nil
      if not ok then
        response, message, err = failures.thrown(run.client, run.operation, job.params, response)
      end
      run.results:finish(job, response, message, err)
    end
  end
  protected.together(run.client.loop(), looks)
end

--- Sends a request that failed again in halves, if it may, and says whether it did.
function halves.send(run, job, message, err)
  local refusal = refusal_of(run, message, err)
  if not divide(run, job, refusal) then return false end
  if refusal.executed[1] then look_after(run, refusal.executed) end
  return true
end

return halves
