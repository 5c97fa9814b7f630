-- The last decision about each stream: forbidden, or resumed. Decisions are in a store, so that
-- they outlast nginx and the machine, and hosts that share a Redis know each other's.
--
-- A decision counts by the call's number, its place in the order of intents. So the decision that
-- stands is the one that the vendor was told last, however answers cross.

local clients = require "streamctl.edge.clients"
local core = require "streamctl.core"

local decisions = {}

-- Seconds for which decisions are kept. "Resumed" has to outlast an older "forbidden" that is on
-- its way here; after that, an unknown stream means the same.
local KEEP = { forbid = 30 * 86400, resume = 600 }

-- Notes what was decided about the stream of a key (streamctl.edge.vendors): "forbid" or "resume".
-- A call without a number took no place in the order, so nothing was decided. Nothing is noted
-- after the deadline (monotonic), since a store that hangs takes seconds for each stream.
function decisions.note(key, intent, number, deadline)
  if not number then return end
  local noted, why = nil, "the time limit is over"
  if not deadline or core.monotonic() < deadline then
    -- the last bit tells the intent; a newer call has a higher number
    noted, why = clients.decisions:note(key, 2 * number + (intent == "forbid" and 1 or 0),
      KEEP[intent])
  end
  if not noted then
    ngx.log(ngx.WARN, "streamctl-edge: a decision was not noted, webhooks go by an older one: ",
      why)
  end
end

-- Returns the number of the last decision if it is "forbidden"; false if not; nil and why when the
-- store fails.
function decisions.forbidden(key)
  local noted, why = clients.decisions:note(key)
  if not noted then return nil, why end
  return noted % 2 == 1 and (noted - 1) / 2
end

return decisions
