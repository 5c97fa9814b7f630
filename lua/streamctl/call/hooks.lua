--- What the caller has to say before a request goes out, and while one waits. Loaded by the first
-- call that is asked about.
-- @module streamctl.call.hooks

local core = require "streamctl.core"
local order = require "streamctl.call.order"

local hooks = {}

local PART = 0.5 -- seconds; no loop can be woken, so waits that may end early are made of parts

-- What a call ends with that is not sent: the failure that it had, when it had one.
local function stopped(call, why)
  local last = call.last
  if not last then return { code = "cancelled", text = "never sent, because " .. why } end
  call.result, call.body, call.stopped = last.result, last.body, "; not sent again, because " .. why
  return last.failure
end

--- Waits, and asks meanwhile whether the batch goes on.
-- @tparam table call of a batch with `should_stop`
-- @tparam number delay seconds
-- @treturn table|nil failure, when it does not
function hooks.sleep(call, delay)
  local due = core.monotonic() + delay
  while true do
    local why = call.batch.should_stop()
    if why then return stopped(call, why) end
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
  if why then return stopped(call, why) end
  if not on_send or call.attempt > 0 then return nil end
  local settle = require("streamctl.call.unknown").settle(self, call.operation, call.params, 0)
  -- who reads that later cannot know when the call ended, but it is over by then
  if settle then settle.ended = settle.ended + math.max(call.deadline:left(), 0) end
  local go_on, reason = on_send {
    operation = call.operation.action, params = call.params, settle = settle,
    safe = call.request.safe,
  }
  if go_on == false then return stopped(call, tostring(reason or "on_send said so")) end
  -- it may have waited, and newer calls are made meanwhile
  return call.account and order.stamp(self.options.store, call, false)
end

return hooks
