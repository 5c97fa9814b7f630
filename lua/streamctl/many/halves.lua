-- Sends a request of ids again in halves after the vendor has refused the request for one id, until
-- that id stands alone.
--
-- A refusal is a table: `message` and `err` of the request; `stamped` and `wall`: the clocks before
-- the store last knew of no newer call; `executed`: halves to check once all are sent.

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local failures = require "streamctl.call.failure"
local is_harmless = require("streamctl.call.retry").is_harmless
local options = require "streamctl.options"
local pipeline = require "streamctl.call"
local protected = require "streamctl.loop.protected"

local halves = {}

local SURE = 50 -- seconds; stores forget a request's stamp after 60 s of the wall clock
local LONG_AGO = { 0, 0 }

-- `outer`: the refusal of the request of which this one is a half.
local function refusal_of(message, err, outer)
  local looked = failures.stamps[err] or LONG_AGO
  return { message = message, err = err, executed = outer and outer.executed or {},
    stamped = looked[1], wall = looked[2] }
end

-- Divides a request into halves, as old as the request, and a request of the ids that gave way to
-- newer calls. nil when fewer than two ids would remain.
local function halves_of(of_ids, request, err)
  local out, order, part_of = options.set_of(err.superseded or {}), {}, {}
  for _, key in ipairs(of_ids:keys_of(request)) do
    if not out[key] then order[#order + 1] = key end
  end
  if #order < 2 then return nil end
  local first, second, rest = of_ids:request(), of_ids:request(), of_ids:request()
  for i, key in ipairs(order) do part_of[key] = i <= #order / 2 and first or second end
  of_ids:move(request, function(key) return part_of[key] or rest end)
  for _, half in ipairs { first, second } do
    half.stamp, half.maybe_sent = err.stamp, err.maybe_sent
  end
  return first, second, rest
end

local divide

-- Sends a half, and returns whether it succeeded. A half that is not sent fails as its request did.
local function send(run, half, refusal)
  local response, message, err, why
  local began = core.monotonic()
  half.refusal = nil
  local gap = math.max(began - refusal.stamped, math.abs(core.now() - refusal.wall))
  if refusal.err.stamp and gap > SURE then
    why = "after so long nobody knows whether a newer call was made"
  else
    response, message, err = run:send(half, half, pipeline.run)
    local was_sent = response or err.attempts > 0 or err.maybe_sent or err.code == "superseded"
    why = not was_sent and err.message
  end
  if why then
    err = refusal.err
    local text = errors.text_of(refusal.message) .. "; not sent again in halves: " .. why
    message, err = select(2, errors.new(err.code, text, err))
  elseif err then
    err.maybe_sent = err.maybe_sent or half.maybe_sent
    if divide(run, half, refusal_of(message, err, refusal)) then return false end
  elseif run.call_options.check then
    table.insert(refusal.executed, half)
    half.response, half.began = response, began
    return true
  end
  run.results:finish(half, response, message, err)
  run.under_way[half] = nil
  return response ~= nil
end

-- Sends a refused request again in halves where that is allowed, and returns whether it is. When
-- the first half succeeds, the refused id is in the second, which is divided at once.
function divide(run, request, refusal)
  local client, operation, err = run.client, run.operation, refusal.err
  if run.options.stop_on_error or not client.vendor.in_list(operation, err)
    or err.maybe_sent and not is_harmless(operation, request.params) then
    return false
  end
  local first, second, superseded = halves_of(run.items.ids, request, err)
  if not first then return false end
  request.is_divided = true
  for _, half in ipairs { first, second } do run.under_way[half], half.refusal = half, refusal end
  run.results:finish(superseded, nil, refusal.message, err)
  local succeeded = send(run, first, refusal)
  if not succeeded or not second.list[2] or not divide(run, second, refusal) then
    send(run, second, refusal)
  end
  return true
end

-- Checks halves that were executed, all at the same time: a check may take long.
local function check_all(run, executed)
  local confirm = require("streamctl.many.verify").confirm -- few batches check
  local checks = {}
  for i, half in ipairs(executed) do
    checks[i] = function()
      local function call(client, operation, params, call_options, shared)
        return confirm(client, operation, params, call_options, shared, half.response,
          half.attempts, half.began)
      end
      run.results:finish(half, run:send(half, half, call))
    end
  end
  protected.together(run.client.loop(), checks)
end

-- Sends a request that failed again in halves where that is allowed, and returns whether it is.
function halves.send(run, request, message, err)
  local refusal = refusal_of(message, err)
  if not divide(run, request, refusal) then return false end
  if refusal.executed[1] then check_all(run, refusal.executed) end
  return true
end

return halves
