--- The store for one process: what its callers share lives in a table.
-- @module streamctl.store.memory

local Memory = { __name = "streamctl.store.memory" }
Memory.__index = Memory

local memory = {}

local function new()
  return setmetatable({ sequences = {} }, Memory)
end

--- The next number of a counter.
-- @tparam string key any text
-- @tparam integer floor the number is not below it
-- @treturn integer above every number the counter gave before
function Memory:sequence(key, floor)
  local last = self.sequences[key]
  local number = last and last >= floor and last + 1 or floor
  self.sequences[key] = number
  return number
end

--- A new, empty store.
-- @treturn Memory
memory.new = new

--- The store that clients without one of their own share.
memory.shared = new()

return memory
