-- What was decided last about each stream: forbidden, or resumed. All workers share it, and a
-- reload leaves it; a restart of nginx forgets it.
--
-- A decision counts by its number, the call's place in the order of intents, which the store gives
-- out: so the decision that stands is the one that the vendor was told last, however answers cross.

local decisions = {}

local dict = ngx.shared.edge_decisions

local FORBID, RESUME = 1, 2

-- Seconds for which "resumed" is kept: longer than an older "forbidden" can be on its way here.
-- After that nothing known means the same.
local KEEP_RESUMED = 600

-- Workers are processes, and a dict cannot compare and set. It is held for microseconds; a worker
-- that is killed meanwhile holds it for a second.
local function lock()
  while not dict:add("lock", true, 1) do ngx.sleep(0.001) end
end

-- Notes what was decided about the stream of a key (streamctl.edge.vendors): "forbid" or "resume".
-- A call without a number took no place in the order, so nothing was decided.
function decisions.note(key, intent, number)
  if not number then return end
  lock()
  local known = dict:get(key)
  local fine, why, forgot = true, nil, nil
  if not known or number > known then
    fine, why, forgot = dict:set(key, number, intent == "resume" and KEEP_RESUMED or 0,
      intent == "resume" and RESUME or FORBID)
  end
  dict:delete "lock"
  if not fine or forgot then
    ngx.log(ngx.WARN, "streamctl-edge: lua_shared_dict edge_decisions is too small, ",
      fine and "it forgets what was decided long ago" or why)
  end
end

-- The number of the decision that the stream is forbidden; nil when that is not the newest one.
function decisions.forbidden(key)
  local number, kind = dict:get(key)
  return kind == FORBID and number or nil
end

return decisions
