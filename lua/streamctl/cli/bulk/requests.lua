-- Makes requests of items without sending them, so that the library checks the items.

local fail = require "streamctl.cli.fail"

local requests = {}

-- Returns how many ids a request of an operation takes.
function requests.size(row) return row.max_ids or 1 end

-- Returns the parameters of the request of a list of items.
local function params_of(work, items)
  local all, row = {}, work.operation
  for name, value in pairs(work.params or {}) do all[name] = value end
  if row.list then
    all[row.list] = items
  else
    for name, value in pairs(items[1]) do all[name] = value end
  end
  return all
end

-- Checks `total` items, `item(i)` each. `work` has `account`, `operation` (a row) and `params`.
-- Calls `refuse(i, message)` for each bad item, and returns the first request, masked.
function requests.check(work, total, item, refuse)
  local client, size, shown = work.account.client, requests.size(work.operation), nil
  local function sign(from, to)
    local items = {}
    for i = from, to do items[#items + 1] = item(i) end
    local signed, message, err = fail.checked(client.sign, client, work.operation.action,
      params_of(work, items), { masked = true })
    shown = shown or signed
    if signed then return end
    if err.code ~= "invalid_parameter" then fail.call(message, err) end
    if from == to then return refuse(from, (message:gsub(" item 1 must ", " must ", 1))) end
    for i = from, to do sign(i, i) end
  end
  for from = 1, total, size do sign(from, math.min(from + size - 1, total)) end
  return shown
end

return requests
