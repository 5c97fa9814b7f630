--- What became of items where no report says so.
-- @module streamctl.cli.bulk.tally

local tally = {}

local Tally = {}
Tally.__index = Tally

--- The state that a record of a result gives its item.
-- @tparam table record `ok`, `code`
-- @treturn string "ok", "failed", "unknown" or "unsent"
function tally.state_of(record)
  if record.ok then return "ok" end
  if record.code == "outcome_unknown" then return "unknown" end
  return record.code == "cancelled" and "unsent" or "failed"
end

--- Nothing was sent yet.
-- @tparam integer total
-- @treturn Tally
function tally.new(total)
  return setmetatable({ total = total, states = {} }, Tally)
end

--- Notes what became of an item.
-- @tparam integer i
-- @tparam string state
function Tally:set(i, state)
  self.states[i] = state
end

--- What is known of an item.
-- @tparam integer i
-- @treturn string
function Tally:state(i)
  return self.states[i] or "unsent"
end

--- How many items are in each state.
-- @treturn table by state
function Tally:counts()
  local counts = { ok = 0, failed = 0, unknown = 0, unsent = 0 }
  for i = 1, self.total do
    local state = self:state(i)
    counts[state] = counts[state] + 1
  end
  return counts
end

return tally
