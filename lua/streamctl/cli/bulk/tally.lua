--- What became of items.
-- @module streamctl.cli.bulk.tally

local tally = {}

local Tally = {}
Tally.__index = Tally

-- Failures that come before a request leaves the machine, unless `maybe_sent` says otherwise.
local BEFORE = { dns = true, connect = true, tls = true, timeout = true, store = true }

--- The state that a record of a result gives its item. `record`: `ok`, `code`, `maybe_sent`.
-- Returns "ok", "failed", "unknown" or "unsent".
function tally.state_of(record)
  if record.ok then return "ok" end
  if record.code == "outcome_unknown" then return "unknown" end
  local unsent = record.code == "cancelled" or (BEFORE[record.code] and record.maybe_sent == false)
  return unsent and "unsent" or "failed"
end

--- Nothing was sent yet.
function tally.new(total)
  return setmetatable({ total = total, states = {}, doubts = {} }, Tally)
end

--- Notes the state of an item.
function Tally:set(i, state)
  self.states[i] = state
end

--- Notes that an item goes again: what failed is unsent. What is unknown stays so until it succeeds
-- or is settled, since an earlier request may have been executed.
function Tally:reopen(i)
  if self:state(i) == "unknown" then self.doubts[i] = true else self.states[i] = "unsent" end
end

--- Whether an earlier request for an item has an unknown outcome, whatever comes of later ones.
function Tally:is_doubtful(i)
  return self.doubts[i] or false
end

--- Notes a result. `record`: see @{state_of}; `settled`: the vendor told it afterwards.
function Tally:take(i, record)
  if record.ok or record.settled then self.doubts[i] = nil end
  self.states[i] = self.doubts[i] and "unknown" or tally.state_of(record)
end

--- What is known of an item.
function Tally:state(i)
  return self.states[i] or "unsent"
end

--- How many items are in each state. Returns numbers by state.
function Tally:counts()
  local counts = { ok = 0, failed = 0, unknown = 0, unsent = 0 }
  for i = 1, self.total do
    local state = self:state(i)
    counts[state] = counts[state] + 1
  end
  return counts
end

return tally
