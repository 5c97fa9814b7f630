-- A call's turn. Before each attempt a call needs valid credentials, a slot, its place in the order
-- of intents, and the consent of the option `on_send`.

local core = require "streamctl.core"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"
local limit = require "streamctl.call.limit"
local order = require "streamctl.call.order"
local refresh = require "streamctl.call.refresh"

local turn = {}

-- Takes the call's place in the order before a source of credentials has the call wait; or returns
-- a failure.
function turn.before_wait(self, call)
  local failure = order.stamp(self, call)
  call.stale = true
  return failure
end

-- Seconds. Stores forget an intent after 60 s, so a longer wait takes the place again.
local RENEW = 30
-- Seconds. No loop can be woken, so waits that may end early are made of parts.
local PART = 0.5

-- Tells the listener and waits; or returns a failure, when a batch ends or the call gives way
-- meanwhile. `reason`: "pace" or "retry"; `code`: the last failure's.
function turn.wait(self, call, reason, delay, code)
  if self.options.on_event then
    events.tell(self, { event = "wait", reason = reason, operation = call.operation.action,
      attempt = call.attempt + 1, delay = delay, code = code })
  end
  local should_stop, left, now = call.batch and call.batch.should_stop, delay, core.monotonic()
  local sleep, due = self.loop().sleep, now + delay
  while left > 0 do
    local why = should_stop and should_stop()
    if why then return order.ended(call, why) end
    local fresh = call.account and (call.stamped_at or call.started) + RENEW - now or math.huge
    if fresh <= 0 then
      local failure = order.stamp(self, call)
      if failure then return failure end
      fresh = RENEW
    end
    local part = math.min(left, fresh, should_stop and PART or left)
    sleep(part)
    call.stale, now = true, core.monotonic()
    left = part < left and due - now or 0
  end
end

-- Asks the batch and the option `on_send` whether the request goes out; returns a failure if not.
local function ask(self, call)
  local should_stop, on_send = call.batch and call.batch.should_stop, call.on_send
  local why = should_stop and should_stop()
  if why then return order.ended(call, why) end
  if not on_send or call.attempt > 0 then return nil end
  local settle = failures.settle(self, call.operation, call.params, 0)
  -- a later reader cannot know when the call ended; the deadline is the latest time
  if settle then settle.ended = settle.ended + math.max(call.deadline - core.monotonic(), 0) end
  local go_on, reason = on_send {
    operation = call.operation.action, params = call.params, settle = settle,
    safe = call.request.safe,
  }
  if go_on == false then return order.ended(call, tostring(reason or "on_send said so")) end
  call.stale = true -- on_send may have waited
end

-- Waits for everything that an attempt needs; or returns a failure.
--
-- An intent is as old as its call, so the call takes its place in the order before it waits, and
-- again afterwards, since calls made meanwhile are newer. A call that gives way takes no slot, and
-- a call without a slot leaves no intent.
function turn.take(self, call)
  local source, failure, delay = self.source, nil, nil
  -- before the slot, since a source may take longer than slots last; and after a wait for the slot
  if source then failure = refresh.ready(self, call, turn.before_wait) end
  if call.stale then failure = failure or order.stamp(self, call) end
  if not failure then delay, failure = limit.next(self, call) end
  if failure then return failure end
  if not call.number then failure = order.stamp(self, call) end
  if delay > 0 then
    while not failure and delay > 0 do
      failure = turn.wait(self, call, "pace", delay)
      if not failure then delay, failure = limit.next(self, call) end
    end
    if source and not failure then failure = refresh.ready(self, call, turn.before_wait) end
  end
  if failure then
    limit.leave(call)
    return failure
  end
  if call.stale then failure = order.stamp(self, call) end
  if call.on_send or call.batch then
    failure = failure or ask(self, call)
    if call.stale then failure = failure or order.stamp(self, call) end
  end
  if failure or not call.min_left then return failure end
  return call.deadline - core.monotonic() < call.min_left and failures.too_late(call) or nil
end

return turn
