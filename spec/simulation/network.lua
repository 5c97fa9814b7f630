-- The network before the simulated vendors: the extension point `transport` of a client. Each
-- attempt is an entry of the world's log, which also has what the vendor really did.

local faults = require "spec.support.model.faults"
local json = require "spec.support.model.json"
local memory = require "spec.support.model.memory"
local requests = require "spec.support.model.request"

local vendors = { aliyun = require "spec.support.model.aliyun",
  zego = require "spec.support.model.zego" }

local network = {}

-- What may become of a request, by its name in the configuration, where each has a probability.
-- `code`: what the transport says without sending; `is_lost`: where the request is lost;
-- `fault`: of the model, and whether the request was executed before.
network.FATES = {
  { "dns", code = "dns" }, { "refused", code = "connect" }, { "tls", code = "tls" },
  { "lost_request" }, { "held_request" }, { "duplicate" }, { "reset_before" }, { "reset_after" },
  { "lost_answer" }, { "slow_answer" },
  { "status_before", fault = { kind = "status", status = 502 } },
  { "status_after", fault = { kind = "status", status = 504 }, is_executed = true },
  { "garbage_after", fault = { kind = "garbage_json" }, is_executed = true },
  { "empty_after", fault = { kind = "body", body = "" }, is_executed = true },
  { "throttle", fault = { kind = "throttle" } },
  { "passing", fault = { kind = "status", status = 503, code = "ServiceUnavailable" } },
}

local NONE = {} -- the fate of a request that arrives

local function fate_of(config, dice)
  for _, fate in ipairs(network.FATES) do
    dice = dice - (config.faults[fate[1]] or 0)
    if dice < 0 then return fate end
  end
  return NONE
end

-- What an attempt says: the request as the vendors' model reads it, and what it is about.
local function read(request, vendor)
  local headers = {}
  for name, value in pairs(request.headers) do headers[name:lower()] = value end
  local seen = requests.new(vendor, request.method, request.url:match "^%a+://[^/]*(.*)$", headers,
    request.body)
  local ids, params = {}, seen.params
  for _, pair in ipairs(seen.list) do
    if pair[1]:find "^StreamId" or pair[1]:find "^UserId" then ids[#ids + 1] = pair[2] end
  end
  if params.StreamName then
    ids[1] = params.DomainName .. "/" .. params.AppName .. "/" .. params.StreamName
  end
  return { request = seen, action = seen.action, ids = ids, sequence = tonumber(params.Sequence),
    url = params.DstUrl, key = (headers.authorization or ""):match "Credential=([^,]+)" }
end

-- ---- the vendor's side ----

local function throttle_of(attempt, fault)
  local wait = attempt.chance(10)
  if wait > 5 then return fault end
  attempt.asked = wait
  return { kind = "throttle", retry_after_ms = wait * 1000, retry_after = wait }
end

-- A key that was rotated is refused, as the model of the gateway cannot know.
local function is_old_key(world, attempt)
  local number = tonumber((attempt.seen.key or ""):match "^LTAI5tSimulated(%d+)$")
  return number ~= nil and world.keys and world.now >= world.keys:ends(number)
end

-- Has the vendor take a request; returns its answer, or nothing while it is down.
local function handle(world, attempt, vendor, fate)
  if world.down_until > world.now then return nil end
  local request, model = attempt.seen.request, vendors[vendor]

  if is_old_key(world, attempt) then
    local answer = model.error(request, 400, "InvalidSecurityToken.Expired", "it was rotated")
    answer.is_clear = true
    return answer
  end
  local fault, answer = fate.fault, nil
  if not fault or fate.is_executed then
    answer = model.handle(request)
    local is_done = answer.executed or request.violation and answer.code == 0 -- passed over
    attempt.executed = attempt.executed or is_done and world.now or nil
    attempt.is_refused = not attempt.executed
    if is_done and not answer.executed then
      attempt.is_passed_over, attempt.op.is_passed_over = true, true
    end
    for _, id in ipairs(answer.executed and attempt.seen.ids or {}) do world.last[id] = attempt end
  end
  if not fault then return answer end
  if fault.kind == "throttle" then fault = throttle_of(attempt, fault) end
  return faults.answer(fault, request, model, answer)
end

local function dated(headers)
  local copy = { Date = memory.date() }
  for name, value in pairs(headers or {}) do copy[name] = value end
  return copy
end

-- ---- the way there and back ----

-- Has a request arrive after a time; its answer wakes the task of a ticket. Without a ticket it is
-- a copy of a request; a copy of a refused one does not arrive: the clock may be right by then.
local function travel(world, attempt, vendor, fate, ticket, delay)
  world:at(world.now + delay, function()
    if not ticket and attempt.is_refused then return end
    local answer = handle(world, attempt, vendor, fate)
    if fate[1] == "reset_after" then answer = { reset = true } end
    if not answer or fate[1] == "lost_answer" then return end
    answer.is_clear = answer.is_clear or not fate.fault or fate.fault.kind == "throttle"
    local back = fate[1] == "slow_answer" and 12 * attempt.chance()
      or 0.002 + 0.03 * attempt.chance()
    if ticket then world:at(world.now + back, function() world:wake(ticket, answer) end) end
  end)
end

-- How long a request is under way: one that is held for the longest the vendors still take.
local function delay_of(world, attempt, vendor, fate)
  if fate[1] ~= "held_request" then return 0.002 + 0.03 * attempt.chance() end
  local longest = attempt.op.kind == "ensure" and 2 or world.config.held
  if vendor == "zego" then longest = math.min(longest, 9) end -- Sequences hold for ten seconds
  return longest * attempt.chance()
end

local function encode(answer)
  return answer.raw or json.encode(answer.body)
end

-- Makes the transport's result of an attempt.
local function result_of(world, attempt, vendor, fate, limit)
  local ticket = {}
  local code = world.down_until > world.now and "connect" or fate.code
  local delay = delay_of(world, attempt, vendor, fate)
  if code then
    world:wait(math.min(world.now + delay, limit))
    return { code = code, message = "simulated", maybe_sent = false }
  elseif fate[1] == "reset_before" then
    world:wait(math.min(world.now + delay, limit))
    return { code = "connect", message = "reset", maybe_sent = true }
  elseif fate[1] ~= "lost_request" then
    travel(world, attempt, vendor, fate, ticket, delay)
    if fate[1] == "duplicate" then
      travel(world, attempt, vendor, fate, nil, delay + 5 * attempt.chance())
    end
  end
  local answer = world:wait(limit, ticket)
  if not answer then
    return { code = "timeout", message = "no answer", maybe_sent = true }
  elseif answer.reset then
    return { code = "connect", message = "reset", maybe_sent = true }
  end
  attempt.said = answer.is_clear and answer.code or nil
  return { code = "ok", status = answer.status, body = encode(answer), maybe_sent = true,
    headers = dated(answer.headers) }
end

-- Makes the transport of a host's clients of a vendor.
function network.transport(world, vendor)
  local transport = {}
  function transport.send(_, request)
    local task = world.current
    local op = task.op
    local number = #op.attempts + 1
    local attempt = { op = op, number = number, began = world.now, host = task.host,
      seen = read(request, vendor), chance = op.net(number), stamp = task.stamp,
      left = request.timeout }
    task.stamp = nil
    world.log[#world.log + 1], op.attempts[number] = attempt, attempt
    local fate = fate_of(world.config, attempt.chance())
    world:note("send", op.index, attempt.seen.action, table.concat(attempt.seen.ids, ","),
      attempt.seen.sequence or "", fate[1] or "")
    local result = result_of(world, attempt, vendor, fate, world.now + request.timeout)
    attempt.ended, attempt.result = world.now, result
    world:note("answer", op.index, result.code, result.status or "", result.body or "")
    if result.code == "ok" then return result end
    return nil, result.code, result.message, result.maybe_sent
  end
  return transport
end

return network
