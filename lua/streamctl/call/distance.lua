-- How far away a store is, which its answers tell.

local core = require "streamctl.core"

local distance = {}

local NEAR = 0.1 -- seconds

-- Store -> how many seconds away it is, as of when.
local known = setmetatable({}, { __mode = "k" })

-- Seconds; 0 of a store that has not answered yet.
function distance.of(store)
  return known[store] and known[store].seconds or 0
end

-- Notes an answer to a question that was `asked` then. Slow answers that come at once count little,
-- since the process may have stood still.
function distance.learn(store, asked)
  local entry, now = known[store] or { seconds = 0, at = 0 }, core.monotonic()
  if asked < entry.at then return end
  local before = entry.seconds
  entry.seconds = math.min(math.max(now - asked, 0.95 * before), 2 * before + NEAR)
  known[store], entry.at = entry, now
end

return distance
