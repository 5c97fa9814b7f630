--- The items of a batch, and the requests that they go out in.
-- @module streamctl.jobs.items

local about = require "streamctl.call.about"
local chains = require "streamctl.jobs.chains"
local core = require "streamctl.core"
local ids = require "streamctl.jobs.ids"
local merged = require("streamctl.options").merged
local parameters = require "streamctl.call.parameters"
local protected = require "streamctl.loop.protected"

local MOST_BEHIND = 5000 -- requests from an iterator that wait for others about the same thing
local SLOW = 0.05 -- seconds; ids go out when the iterator takes longer for the next one

local Items = {}
Items.__index = Items

local items = {}

--- Items of which none is taken yet.
-- @tparam table client
-- @tparam table operation a row, or a makeshift one
-- @param given a list or an iterator
-- @tparam Results results hears of items that cannot be sent, and of an iterator that fails
-- @tparam table params what all requests share
-- @tparam boolean unchecked ids are taken as they are
-- @treturn Items `taken`: how many were; `over`: whether that is all; `in_turn`: whether they are
-- ids of an iterator, which go out while it waits for more
function items.new(client, operation, given, results, params, unchecked)
  local list = type(given) == "table" and given or nil
  local of_ids = ids.new(client, operation, params, unchecked, list and #list)
  return setmetatable({
    client = client, operation = operation, results = results, kept = results.report.results,
    params = params, list = list, iterator = given, ids = of_ids, in_turn = of_ids and not list,
    taken = 0, over = false, chains = chains.new(), most_behind = list and math.huge or MOST_BEHIND,
    taken_results = {}, taken_items = {}, asked_at = math.huge, -- a list answers at once
  }, Items)
end

-- Asks the iterator for the next item. nil at the end, and when the iterator fails.
function Items:ask()
  self.asked_at = core.monotonic()
  local ok, item, why, err = protected.call(self.iterator)
  if ok and item ~= nil then return item end
  if not ok then why, err = item, nil end
  if why ~= nil or not ok then self.results:fail("the iterator", why, err) end
end

-- Whether the iterator takes, or took, long for an answer.
function Items:is_slow()
  return core.monotonic() - self.asked_at > SLOW
end

-- The next item, as its result; nil at the end.
function Items:take()
  local all, list, at, item = self.results, self.list, self.taken + 1, nil
  if list then
    if at <= all.total then item = list[at] end -- it may have grown since
  elseif not all:is_over() then
    item = self:ask()
  end
  if item == nil then
    self.over = true
    return nil
  end
  self.taken = at
  local result = { index = at, item = item, ok = false }
  if self.kept then self.kept[at] = result end
  return result
end

-- Puts an item into the earlier request of the same id, or the given request, or else a new one. An
-- ill-formed item comes without an id, and fails by itself. Returns the request that takes further
-- ids.
function Items:put(job, result, id)
  if not id then
    local read, why = self.ids:read { result.item }
    if not read then
      self.results:refuse(result, "invalid_parameter", why)
      return job
    end
    id = read[1]
  end
  local known = self.ids:find(id)
  if known and not known.results then -- it has ended
    self.results:enter_of(known, result, id)
    return job
  end
  if not known then
    job = job or self.ids:job()
    known = job
    self.ids:add(job, id, result.item)
  end
  local at = #known.ids + 1
  known.results[at], known.ids[at] = result, id
  return job
end

-- The request of the ids that were taken so far; nil when there are none. Other workers add nothing
-- to it from here on, since on_result may wait when it gets an ill-formed id.
function Items:filled()
  local job, taken, found = self.filling, self.taken_results, self.taken_items
  local new, most = core.new_table, self.ids.most
  self.filling, self.taken_results, self.taken_items = nil, new(most, 0), new(most, 0)
  local read = found[1] ~= nil and self.ids:read(found)
  for i, result in ipairs(taken) do job = self:put(job, result, read and read[i]) end
  if job and self.in_turn then job.keys = job.ids end
  return job
end

-- A full request of ids. As many items as it has room for are taken and checked at a time.
function Items:next_ids()
  local was_held -- ids waited for the last answer, where nobody could send them meanwhile
  local in_turn = self.in_turn
  while true do
    local room = self.ids:room_of(self.filling)
    repeat
      local result = self:take()
      local at = #self.taken_items + 1 -- others may have taken the ids meanwhile
      if result then self.taken_results[at], self.taken_items[at] = result, result.item end
      was_held = in_turn and (at > 1 or self.filling) and self:is_slow()
      if in_turn then room = self.ids:room_of(self.filling) end
    until not result or was_held or at >= room
    local job = self:filled()
    if self.over or was_held or self.ids:room_of(job) == 0 then return job end
    self.filling = job
  end
end

-- What is wrong with an item that is no table, and how to write it.
local function no_table(operation, shared, item)
  local names, value = {}, "..."
  for _, spec in ipairs(operation.params or {}) do
    local is_wanted = spec.required and not spec.value and shared[spec.name] == nil
    if is_wanted then names[#names + 1] = spec.name end
  end
  -- texts of other parameters may be secrets
  local is_id = #names == 1 and names[1]:find "Id$" and type(item) == "string"
  if is_id and item:find "^[%w_-]+$" then value = '"' .. item .. '"' end
  return "the item must be a table of parameters, got a " .. type(item) .. (names[1]
    and ": write { " .. table.concat(names, " = ..., ") .. " = " .. value .. " }" or "")
end

-- A request of the next item; nil when it is no table.
function Items:next_table()
  local operation, context = self.operation, self.client.context
  local result = self:take()
  if not result then return nil end
  if type(result.item) ~= "table" then
    return self.results:refuse(result, "invalid_parameter",
      no_table(operation, self.params, result.item))
  end
  local params = next(self.params) and merged(self.params, result.item) or result.item
  local filled = parameters.fill_in(operation, params, context)
  return { params = params, result = result, keys = about.keys(operation, filled, context) }
end

-- A request, or nil when it has to wait for earlier ones about the same things.
function Items:in_line(job)
  if job and job.keys and self.chains:add(job) then return nil end
  return job
end

--- The next request.
-- @treturn table|nil `params`; `keys`: what `streamctl.call.about` gives for it, or the ids of an
-- iterator; `result`, or of ids what @{streamctl.jobs.results} says. nil when there is none at the
-- moment, as while another worker takes items
function Items:next()
  local job = self.chains:next()
  if job then return job end
  if self.asking then
    local waits = (self.filling or self.taken_items[1]) and self:is_slow()
    return waits and self:in_line(self:filled()) or nil
  end
  self.asking = true -- for good when this throws: then no worker goes on
  while not job and not self.over and self.chains.behind < self.most_behind do
    if self.ids then job = self:next_ids() else job = self:next_table() end
    job = self:in_line(job)
  end
  self.asking = false
  return job
end

--- Takes a request back, which @{next} gives again.
-- @tparam table job
function Items:put_back(job)
  self.chains:put(job)
end

--- A request begins. Ids that an iterator gives from now on are newer than it.
-- @tparam table job
function Items:begin(job)
  if self.in_turn then self.ids:forget(job) end
end

--- A request has ended: those about the same things may go.
-- @tparam table job
function Items:release(job)
  if job.keys then self.chains:release(job) end
end

--- Whether all requests were given.
-- @treturn boolean
function Items:is_empty()
  return self.over and self.chains:is_empty()
end

return items
