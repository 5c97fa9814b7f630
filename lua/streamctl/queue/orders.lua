-- The stamp of a job, in each order of its items: newer than all calls made before the job was
-- added, and older than all later calls. The store keeps later calls in mind while it is open.

local orders = {}

local MAX_ROUNDS = 20 -- while other calls take numbers of several orders

-- Ends what `open` began, see `streamctl.store.redis`.
function orders.close(store, names, stamp)
  for _, name in ipairs(names) do store:close(name, stamp) end
end

-- Returns a stamp that is open in all orders of a list for some seconds, above `floor`; or nil and
-- why not.
function orders.open(store, names, floor, seconds)
  local stamp, opened = floor, {}
  for round = 1, MAX_ROUNDS do
    local is_done = true
    for _, name in ipairs(names) do
      local before = opened[name]
      if before ~= stamp then
        -- later rounds ask for the same number in all orders
        local number, last = store:open(name, stamp, seconds, round > 1)
        if number == nil then return nil, last end
        if before then store:close(name, before) end
        opened[name] = number
        is_done = is_done and number == stamp
        stamp = math.max(stamp, number or last + 1)
      end
    end
    if is_done then return stamp end
  end
  return nil, "other calls take numbers all the time"
end

return orders
