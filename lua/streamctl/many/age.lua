-- The age of work for many items: newer than all calls made before, in each order of its items.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local ids = require "streamctl.many.ids"
local order = require "streamctl.call.order"

local age = {}

-- Returns the names of the orders of items. A text among them is for the parameter `of_text`.
function age.orders(client, row, params, of_text, items)
  local names, seen = {}, {}
  for _, item in ipairs(items) do
    local name = order.of(client, row, ids.params_of(params, of_text, item))
    if name and not seen[name] then
      seen[name] = true
      names[#names + 1] = name
    end
  end
  return names
end

-- Milliseconds of a client's clock, as the vendor's clock shows them.
function age.floor(client)
  return math.floor((core.now() + client.clock_offset) * 1000)
end

-- Does as `Client:stamp`. Orders are asked twice where there are several, since the last one may be
-- ahead of the first.
function age.of(client, row, items, params)
  if row.read or not row.resource then return false end
  local names = age.orders(client, row, params, row.list, row.list and { "" } or items)
  local stamp = age.floor(client)
  for i = 1, names[2] and 2 * #names or #names do
    local number, why = client.options.store:stamp(names[(i - 1) % #names + 1], stamp)
    if not number then return errors.new("store", "the store gives no stamp: " .. why) end
    stamp = math.max(stamp, number)
  end
  return names[1] and stamp or false
end

return age
