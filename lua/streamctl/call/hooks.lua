--- What the caller has to say before a request goes out, and while one waits.
-- @module streamctl.call.hooks

local core = require "streamctl.core"
local order = require "streamctl.call.order"
local unknown = require "streamctl.call.unknown"

local hooks = {}

local PART = 0.5 -- seconds; no loop can be woken, so waits that may end early are made of parts

--- Waits, and asks meanwhile whether the batch goes on.
-- @tparam table call of a batch with `should_stop`
-- @tparam number delay seconds
-- @treturn table|nil failure, when it does not
function hooks.sleep(call, delay)
  local due = core.monotonic() + delay
  while true do
    local why = call.batch.should_stop()
    if why then return order.ended(call, why) end
    local left = due - core.monotonic()
    if left <= 0 then return nil end
    call.loop.sleep(math.min(left, PART))
  end
end

--- Asks whether a request goes out.
-- @tparam table self a client
-- @tparam table call that has its slot
-- @tparam[opt] function on_send
-- @treturn table|nil failure
function hooks.before(self, call, on_send)
  local batch = call.batch
  local why = batch and batch.should_stop and batch.should_stop()
  if why then return order.ended(call, why) end
  if not on_send or call.attempt > 0 then return nil end
  local settle = unknown.settle(self, call.operation, call.params, 0)
  -- who reads that later cannot know when the call ended, but it is over by then
  if settle then settle.ended = settle.ended + math.max(call.deadline - core.monotonic(), 0) end
  local go_on, reason = on_send {
    operation = call.operation.action, params = call.params, settle = settle,
    safe = call.request.safe,
  }
  if go_on == false then return order.ended(call, tostring(reason or "on_send said so")) end
  -- it may have waited, and newer calls are made meanwhile
  return call.account and order.stamp(self.options.store, call, false)
end

return hooks
