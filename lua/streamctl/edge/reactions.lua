-- What follows from a webhook, after it was answered: a stream that is live and must not be is
-- forbidden again. What was decided last about it is looked up here, just before the call; and the
-- call carries that decision's number, so that it gives way to whatever was decided since.
--
-- These forbids repeat what a caller has sent once. They wait while the vendor's breaker is open;
-- a reaction may be the probe.

local clients = require "streamctl.edge.clients"
local decisions = require "streamctl.edge.decisions"
local metrics = require "streamctl.edge.metrics"
local settings = require "streamctl.edge.settings"
local shared = require "streamctl.edge.shared"
local streamctl = require "streamctl"
local vendors = require "streamctl.edge.vendors"

local reactions = {}

local MOST = 1000 -- of a worker; vendors send a webhook again that was not taken
local AT_ONCE = 8
local TRIES = 6   -- with pauses of 2, 4, 8, 16 and 32 seconds
local TICK = 0.1  -- seconds

local waiting, running = {}, 0

local function log(it, text)
  ngx.log(ngx.WARN, "streamctl-edge: request_id ", it.request_id, ": webhook of ", it.vendor, ": ",
    text)
end

-- Whether it came for the first time; the same webhook may come again for some seconds.
local function is_first(it)
  if it.token == nil then
    local message
    it.token, message = streamctl[it.vendor].callback.once(clients.webhooks, it.event)
    if it.token == nil then log(it, message) end -- twice does no harm
  end
  return it.token ~= false
end

-- Whether it has to be tried again later.
local function forbid(it, number, retry)
  local vendor = vendors[it.vendor]
  local answer, message, err = clients[it.vendor]:call(vendor.forbid, vendor.params(it.stream),
    { age = number, timeout = settings.time_limit, retry = retry })
  decisions.note(it.key, "forbid", (answer or err).age)
  local code = err and err.code or "ok"
  if code == "conflict" then code = "ok" end -- it is forbidden
  metrics.stream(it.vendor, vendor.forbid, code)
  -- superseded: something newer was decided, or another worker forbids it
  if code == "ok" or code == "superseded" then return false end
  log(it, message)
  return err.retryable
end

local function try_later(it)
  if it.tries >= TRIES then -- if the vendor sends it once more, it is the first one
    return it.token and streamctl[it.vendor].callback.forget(clients.webhooks, it.event, it.token)
  end
  it.due = ngx.now() + 2 ^ it.tries
  waiting[#waiting + 1] = it
end

local function react(it, retry)
  local number, why = decisions.forbidden(it.key)
  if number == nil then
    log(it, why)
    it.tries = it.tries + 1
    return try_later(it)
  end
  if not number then return metrics.webhook(it.vendor, "late") end -- it may be live by now
  if not is_first(it) then return metrics.webhook(it.vendor, "doubled") end
  it.tries = it.tries + 1
  local again = forbid(it, number, retry)
  if it.tries == 1 then metrics.webhook(it.vendor, "forbid") end
  if again then try_later(it) end
end

-- The next one whose time has come. At the end of a worker, as after a reload, that is now.
local function take(ending)
  for i, it in ipairs(waiting) do
    if ending or it.due <= ngx.now() then
      if ending then it.tries = math.max(it.tries, TRIES - 1) end
      return table.remove(waiting, i)
    end
  end
end

local function carry_out(ending)
  running = running + 1
  for it in take, ending do
    local state, ticket = shared.breaker:enter(it.vendor)
    if state or ending then
      local fine, why = pcall(react, it, state ~= "closed" and false or nil)
      if state == "probe" then shared.breaker:leave(it.vendor, ticket) end
      if not fine then log(it, tostring(why)) end
    else
      it.due = ngx.now() + math.min(ticket, 1) -- another call may close the breaker meanwhile
      waiting[#waiting + 1] = it
    end
  end
  running = running - 1
end

local function work(ending)
  if ending then
    for _ = 1, AT_ONCE do ngx.thread.spawn(carry_out, true) end
  elseif running < AT_ONCE then
    carry_out()
  end
end

-- In init_worker_by_lua. A timer that a webhook makes would be as silent as its location is.
function reactions.start()
  assert(ngx.timer.every(TICK, work))
  assert(ngx.timer.every(1, function() shared.refusals:log_counts() end))
end

-- Has the stream forbidden if it must not be live; at once, and without waiting.
-- `it` has `vendor`, `request_id`, `stream`, `key` and `event`. Returns whether it was taken.
function reactions.add(it)
  if #waiting >= MOST then return false end
  it.tries, it.due = 0, 0
  waiting[#waiting + 1] = it
  return true
end

return reactions
