-- Forbids streams again that are live and must not be, after their webhooks were answered. The last
-- decision about a stream is looked up just before the call. The call carries the decision's
-- number, so that the call gives way to all later decisions.
--
-- These forbids repeat what a caller has sent once. They wait while the vendor's breaker is open;
-- a reaction may be the probe. At an open breaker, as when a worker ends, it is one attempt.

local clients = require "streamctl.edge.clients"
local core = require "streamctl.core"
local decisions = require "streamctl.edge.decisions"
local metrics = require "streamctl.edge.metrics"
local settings = require "streamctl.edge.settings"
local streamctl = require "streamctl"
local vendors = require "streamctl.edge.vendors"

local reactions = {}

local MAX_WAITING = 1000 -- of a worker; vendors send a webhook again that was not taken
local MAX_RUNNING = 8
local MAX_ATTEMPTS = 6   -- with pauses of 2, 4, 8, 16 and 32 seconds
local TICK = 0.1         -- seconds

local waiting, running = {}, 0
local thrown = {} -- lists of a reaction and a text, for the next tick

local function log(reaction, text)
  ngx.log(ngx.WARN, "streamctl-edge: request_id ", reaction.request_id, ": webhook of ",
    reaction.vendor, ": ", text)
end

-- Whether the webhook came for the first time; vendors may send the same again for some seconds.
local function is_first(reaction)
  local claim = streamctl[reaction.vendor].webhook.claim
  local token, message = claim(clients.webhooks, reaction.event)
  if token == nil then log(reaction, message) end -- twice does no harm
  return token ~= false
end

-- Counts a webhook, once: by the first outcome.
local function count(reaction, outcome, code)
  if not reaction.counted then metrics.webhook(reaction.vendor, outcome, code) end
  reaction.counted = true
end

-- Makes the call. Returns whether the call has to be tried again later.
local function forbid(reaction, number, retry)
  local vendor, client = vendors[reaction.vendor], clients[reaction.vendor]
  local answer, message, err = client:call(vendor.forbid, vendor.params(reaction.stream),
    { stamp = number, timeout = settings.edge.time_limit, retry = retry })
  decisions.note(reaction.key, "forbid", (answer and answer.info or err).stamp)
  local code = err and err.code or "ok"
  if code == "conflict" then code = "ok" end -- it is forbidden
  metrics.stream(reaction.vendor, vendor.forbid, code)
  count(reaction, "forbid")
  -- superseded: something newer was decided, or another worker forbids it
  if code == "ok" or err.outcome == "superseded" then return false end
  log(reaction, message)
  return err.retryable
end

local function react(reaction, retry, ending)
  reaction.attempts = ending and MAX_ATTEMPTS or reaction.attempts + 1
  local number, why = decisions.forbidden(reaction.key)
  if number == nil then
    log(reaction, why)
  elseif not number then
    return count(reaction, "late") -- it may be live by now
  elseif not reaction.counted and not is_first(reaction) then
    return count(reaction, "doubled")
  elseif not forbid(reaction, number, retry) then
    return
  end
  -- without a forbid until now, the store has failed each time
  if reaction.attempts >= MAX_ATTEMPTS then return count(reaction, "refused", "store") end
  reaction.due = core.monotonic() + 2 ^ reaction.attempts
  waiting[#waiting + 1] = reaction
end

-- Takes the next reaction that is due. When a worker ends, as after a reload, all are due.
local function take(ending)
  for i, reaction in ipairs(waiting) do
    if ending or reaction.due <= core.monotonic() then return table.remove(waiting, i) end
  end
end

local function carry_out(ending)
  running = running + 1
  for reaction in take, ending do
    local state, ticket = clients.breaker:enter(reaction.vendor)
    if state or ending then
      local fine, why = pcall(react, reaction, state ~= "closed" and 1 or nil, ending)
      if state == "probe" then clients.breaker:leave(reaction.vendor, ticket) end
      if not fine then
        log(reaction, tostring(why))
        count(reaction, "refused", "internal")
      end
    else
      -- another call may close the breaker meanwhile; asking at once would keep nginx busy
      reaction.due = core.monotonic() + math.max(math.min(ticket, 1), TICK)
      waiting[#waiting + 1] = reaction
    end
  end
  running = running - 1
end

local function work(ending)
  while thrown[1] do log(unpack(table.remove(thrown))) end
  if ending then
    for _ = 1, MAX_RUNNING do ngx.thread.spawn(carry_out, true) end
  elseif running < MAX_RUNNING then
    carry_out()
  end
end

-- In init_worker_by_lua. A timer that a webhook makes would be as silent as its location is.
function reactions.start() assert(ngx.timer.every(TICK, work)) end

-- Logs what a webhook's own request may not log, whose line would show its query.
function reactions.log(vendor, request_id, text)
  thrown[#thrown + 1] = { { vendor = vendor, request_id = request_id }, text }
end

-- Adds a reaction, with `vendor`, `request_id`, `stream`, `key` and `event`, and does not wait for
-- the call. Returns whether there is room.
function reactions.add(reaction)
  if #waiting >= MAX_WAITING then return false end
  reaction.attempts, reaction.due = 0, 0
  waiting[#waiting + 1] = reaction
  return true
end

return reactions
