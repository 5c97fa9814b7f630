--- What became of a call whose outcome is unknown.
--
--     local task, message, err = live:create_live_pull_to_push(params)
--     if not task and err.outcome == "unknown" then
--       local became, answer, entry = live:settle(err)   -- "executed", "not_executed", "unknown"
--     end
--
-- The row of the call names a query, and what its answer means (see `streamctl.many.condition`):
--
-- * `executed`: states that show the effect; each resource of the call needs one of them
-- * `not_executed`: states that no resource has after the call was executed
-- * `ends`: a parameter of the call, a time after which the effect may be gone by itself; then no
--   state is one of `not_executed`
--
-- With any other state, and for rows whose query cannot tell, the outcome stays unknown. Vendors do
-- not say how soon their queries show an effect, nor how long a request may be on its way. So
-- "not_executed" is said no sooner than a minute after the call has ended; until then the query is
-- asked again as long as there is time.
-- @public streamctl.settle

local condition = require "streamctl.many.condition"
local core = require "streamctl.core"
local failures = require "streamctl.call.failure"
local options = require "streamctl.base.options"
local poll = require "streamctl.loop.poll"
local query = require "streamctl.many.query"

local settle = {}

local SURE = core.STORE_MEMORY -- seconds
local PAUSES = { shortest = 2, longest = 10, share = 0.5 } -- of the query

local function judge(rule, params, states, now)
  local _, _, each = condition.compare(states, rule.executed)
  if each then return "executed" end
  local _, all = condition.compare(states, rule.not_executed)
  local is_over = rule.ends and condition.is_before(params[rule.ends], now)
  return all and not is_over and "not_executed" or "unknown"
end

-- The entry that shows the effect, or else the first.
local function entry_of(entries, executed)
  local wanted = options.set_of(executed or {})
  for i, entry in ipairs(entries) do
    if wanted[entries.states[i]] then return entry end
  end
  return entries[1]
end

-- Why a client of this vendor cannot settle the error; nil when it can.
function settle.misuse(err, vendor)
  if type(err) ~= "table" or err.code ~= "outcome_unknown" or type(err.operation) ~= "string" then
    return "settle takes the err of a call that failed with outcome_unknown"
  end
  if err.vendor ~= nil and err.vendor ~= vendor then
    return "this err is of a call to " .. tostring(err.vendor)
  end
  local call = err.settle
  if call == nil then return nil end
  if type(call) ~= "table" or type(call.params) ~= "table" or type(call.given) ~= "table"
    or type(call.began) ~= "number" or type(call.ended) ~= "number"
    or type(call.ahead or 0) ~= "number" then
    return "err.settle is not what the call put there"
  end
end

--- Asks what became of a call.
-- @function Client:settle
-- @tparam table err of a call that failed with `outcome_unknown`; it may have been written down as
-- JSON, by another process. Of a call whose process ended before it had an err: `code`
-- ("outcome_unknown"), `operation`, `vendor`, and as `settle` what `on_send` was told (see
-- `streamctl.options.call`)
-- @tparam[opt] table options the limits, see `streamctl.options.limits`
-- @treturn[1] string "executed": what the call asked for is so, and it need not go again;
-- "not_executed"; or "unknown": the query cannot tell, or there is none
-- @treturn[1] table|nil the answer of the query
-- @treturn[1] any the entry of it that is meant, such as a task
-- @failure of the query, see `streamctl.errors`
function settle.run(self, row, operation, err, settle_options)
  local rule, call, loop = row.settle, err.settle, self.loop()
  if not rule or not call then return "unknown" end
  local refusal = loop.refusal and loop.refusal()
  if refusal then return failures.refuse(self, operation, "cannot_wait", refusal) end
  local deadline = core.monotonic() + (settle_options.timeout or self.options.timeout)
  local asking = query.new(self, operation, call.params, settle_options, PAUSES.shortest, deadline)
  local result, became, entry
  -- the last call has as much time as the shortest pause
  poll(loop.sleep, deadline - PAUSES.shortest, function()
    result = asking:ask()
    -- `here` is the present time by the clock that noted the call, where that clock is known
    local monotonic, here = core.clocks()
    local epoch, now = failures.epochs[call], query.vendor_now(self, result)
    if epoch then here = monotonic + epoch end
    local ahead = call.ahead or now - here -- times in answers are of the vendor's clock
    local states, entries =
      condition.read(rule, call.given, result, self.context.stream_prefix, now, call.began + ahead)
    if result.err and #states == 0 then return true end
    became = judge(rule, call.given, states, now)
    entry = entry_of(entries, rule.executed)
    local age = (epoch and here or now - ahead) - (monotonic - result.began) - call.ended
    if became ~= "not_executed" or age >= SURE then return true end
    became = "too early"
  end, PAUSES)
  if not became then return nil, result.err.message, result.err end
  if became == "too early" then return "unknown", query.answer(result) end
  return became, query.answer(result), query.copy(entry)
end

return settle
