-- Sends a request of ids again in halves after the vendor has refused the request for one id, until
-- that id stands alone. A half has the `refusal` of its request, an err, until it is sent.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local failures = require "streamctl.call.failure"
local is_harmless = require("streamctl.call.retry").is_harmless
local options = require "streamctl.base.options"
local pipeline = require "streamctl.call"

local halves = {}

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
  of_ids:split(request, function(key) return part_of[key] or rest end)
  for _, half in ipairs { first, second } do
    half.stamp, half.maybe_sent = err.stamp, err.maybe_sent
  end
  return first, second, rest
end

-- Whether a request may have been refused for some of its ids only, and can go again.
function halves.may_divide(client, operation, params, err)
  return client.vendor.is_about_one(operation, err)
    and (not err.maybe_sent or is_harmless(operation, params))
end

-- Sends a half, and returns whether it succeeded.
local function send(run, half, refusal)
  local answer, message, err
  local looked = failures.stamps[refusal]
  local gap = math.max(core.monotonic() - looked[1], math.abs(core.now() - looked[2]))
  half.refusal = nil
  if refusal.stamp and gap > failures.SURE then
    answer, message, err = failures.refuse(run.client, run.operation, "cancelled",
      "never sent, because after so long nobody knows whether a newer call was made")
  else
    answer, message, err = run:send(half, pipeline.run)
  end
  if err then
    err.maybe_sent = err.maybe_sent or half.maybe_sent
    err.outcome = errors.outcome_of(err)
    if halves.send(run, half, message, err) then return false end
  end
  run.results:finish(half, answer, message, err)
  run.under_way[half] = nil
  return answer ~= nil
end

-- Sends a refused request again in halves where that is allowed, and returns whether it is. When
-- the first half succeeds, the refused id is in the second, which is divided at once.
function halves.send(run, request, message, err)
  if not halves.may_divide(run.client, run.operation, request.params, err) then return false end
  local first, second, superseded = halves_of(run.plan.ids, request, err)
  if not first then return false end
  request.is_divided, request.refusal = true, nil
  for _, half in ipairs { first, second } do run.under_way[half], half.refusal = true, err end
  run.results:finish(superseded, nil, message, err)
  local succeeded = send(run, first, err)
  if not succeeded or not second.list[2] or not halves.send(run, second, message, err) then
    send(run, second, err)
  end
  run.under_way[request] = nil
  return true
end

return halves
