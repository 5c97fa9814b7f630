--- What became of a call whose outcome is unknown.
--
--     local task, message, err = live:create_live_pull_to_push(params)
--     if not task and err.code == "outcome_unknown" then
--       local became, answer, entry = live:settle(err)   -- "executed", "not_executed", "unknown"
--     end
--
-- The row of the call names a query, and what its answer means (see `streamctl.many.condition`):
--
-- * `executed`: states that what the call asked for has; each of its things needs one of them
-- * `not_executed`: states that nothing has for which the call was executed
-- * `ends`: a parameter of the call, a time after which what it made may be gone by itself; then
--   no state is one of `not_executed`
--
-- With any other state, and for rows whose query cannot tell, the outcome stays unknown. Vendors do
-- not say how soon their queries show what was done, nor how long a request may be on its way. So
-- "not_executed" is said no sooner than a minute after the call has ended; until then the query is
-- asked again as long as there is time.
-- @public streamctl.settle

local condition = require "streamctl.many.condition"
local core = require "streamctl.core"
local failures = require "streamctl.call.failure"
local look = require "streamctl.many.look"
local options = require "streamctl.options"
local poll = require "streamctl.loop.poll"

local settle = {}

local SURE = 60 -- seconds; stores, too, remember intents for that long
local PAUSES = { shortest = 2, longest = 10, share = 0.5 } -- between two looks

--- Options of `settle`.
-- @table options
-- @tfield number timeout seconds for all of it; the client's without one
-- @tfield number attempt_timeout seconds
-- @tfield number connect_timeout seconds
-- @tfield table|boolean retry
settle.checks = {
  timeout = options.call.timeout, attempt_timeout = options.call.attempt_timeout,
  connect_timeout = options.call.connect_timeout, retry = options.call.retry,
}

local function judge(rule, given, states)
  local executed = #states > 0
  for _, group in ipairs(states) do
    executed = executed and condition.any({ group }, rule.executed)
  end
  if executed then return "executed" end
  local is_over = rule.ends and condition.is_before(given[rule.ends], core.now())
  return not is_over and condition.all(states, rule.not_executed) and "not_executed" or "unknown"
end

--- Why this is no error that a client of this vendor can settle, or nil.
function settle.misuse(err, vendor)
  if type(err) ~= "table" or err.code ~= "outcome_unknown" or type(err.operation) ~= "string" then
    return "settle takes the err of a call that failed with outcome_unknown"
  end
  if err.vendor ~= nil and err.vendor ~= vendor then
    return "this err is of a call to " .. tostring(err.vendor)
  end
  local to_ask = err.settle
  if to_ask == nil then return nil end
  if type(to_ask) ~= "table" or type(to_ask.params) ~= "table" or type(to_ask.given) ~= "table"
    or type(to_ask.began) ~= "number" or type(to_ask.ended) ~= "number" then
    return "err.settle is not what the call put there"
  end
end

--- Asks what became of a call.
-- @function Client:settle
-- @tparam table err of a call that failed with `outcome_unknown`; it may have been written down as
-- JSON, by another process. Of a call whose process ended before it had an err: `code`
-- ("outcome_unknown"), `operation`, `vendor`, and as `settle` what `on_send` was told (see
-- `streamctl.options.call`)
-- @tparam[opt] table options see `streamctl.settle`
-- @treturn[1] string "executed": what the call asked for is so, and it need not go again;
-- "not_executed"; or "unknown": the query cannot tell, or there is none
-- @treturn[1] table|nil the answer of the query
-- @treturn[1] table|nil the entry of it that is meant, such as a task
-- @treturn[2] nil
-- @treturn[2] string message
-- @treturn[2] table err of the query, see `streamctl.errors`
function settle.run(self, row, query, err, given)
  local rule, to_ask = row.settle, err.settle
  if not rule or not to_ask then return "unknown" end
  local loop = self.loop()
  local refusal = loop.refusal and loop.refusal()
  if refusal then return failures.refuse(self, query, "phase", refusal) end
  local deadline = core.monotonic() + (given.timeout or self.options.timeout)
  local call_options = options.merged(given)
  call_options.timeout = nil -- a look has the client's
  local looking = look.new(self, query, to_ask.params, call_options, deadline, PAUSES.shortest)
  local found, became, entry
  -- the last look has as much time as the shortest pause
  poll(loop.sleep, deadline - PAUSES.shortest, function()
    found = looking:take()
    local states, entries =
      condition.read(rule, to_ask.given, found, self.context.stream_prefix, to_ask.began)
    if found.err and #states == 0 then return true end
    became, entry = judge(rule, to_ask.given, states), entries[1]
    local late = core.now() - (core.monotonic() - found.began) - to_ask.ended
    if became ~= "not_executed" or late >= SURE then return true end
    became = "too early"
  end, PAUSES)
  if not became then return nil, found.err.message, found.err end
  if became == "too early" then return "unknown", look.seen(found) end
  return became, look.seen(found), look.copy(entry)
end

return settle
