--- The ids of a batch: which requests they go out in.
--
-- An operation whose row has a `list` takes several ids at once. They fill requests up to the
-- limit of the list, and a repeated id shares the request of the first.
-- @module streamctl.jobs.ids

local core = require "streamctl.core"
local encode = require "streamctl.call.encode"
local merged = require("streamctl.options").merged
local parameters = require "streamctl.call.parameters"

local MOST = 100 -- ids in one request, where the vendor names no limit

local Ids = {}
Ids.__index = Ids

local ids = {}

-- Whether a call has a parameter before it gets its ids.
local function is_given(spec, params, context)
  return params[spec.name] ~= nil or spec.value or context[spec.option]
end

--- For items that are ids: those of an operation with a list that wants nothing more.
-- @tparam table client
-- @tparam table operation a row, or a makeshift one
-- @tparam table params what all requests share
-- @tparam boolean unchecked ids are taken as they are
-- @tparam integer|nil total how many there are
-- @treturn Ids|nil nil when items have to be tables of parameters
function ids.new(client, operation, params, unchecked, total)
  local spec = operation.list and operation.by_name[operation.list]
  if not spec then return nil end
  for _, other in ipairs(operation.params) do
    local misses = other.required and not is_given(other, params, client.context)
    if misses and other ~= spec then return nil end
  end
  local probe = merged(parameters.fill_in(operation, params, client.context))
  return setmetatable({
    client = client, operation = operation, spec = spec, shared = params, probe = probe,
    unchecked = unchecked, jobs = core.new_table(0, total or 0), most = spec.max_items or MOST,
  }, Ids)
end

-- The ids of a list of items as they are sent; or nil and what is wrong with one of them. A request
-- has room for all of them.
function Ids:read(items)
  local spec, count, sent = self.spec, #items, 0
  local read = core.new_table(count, 0)
  if not self.unchecked then
    self.probe[spec.name] = items
    local wire, at_fault, why = parameters.run(self.operation, self.probe, self.client.context)
    if not wire then return nil, at_fault .. " " .. why:gsub("^item 1 ", "") end
    for i = 1, #wire, 2 do
      if wire[i] == spec.wire then
        sent = sent + 1
        read[sent] = wire[i + 1]
      end
    end
  end
  for i = 1, sent == count and 0 or count do -- unchecked, or in a body
    read[i] = encode.text(items[i])
    if not read[i] then
      return nil, spec.name .. " must be text, got a " .. type(items[i])
    end
  end
  return read
end

-- The request in which an id went, goes or will go.
function Ids:find(id)
  return self.jobs[id]
end

-- Divides a request: the two halves, and a request of the ids that are left out. nil when fewer
-- than two ids would remain.
function Ids:divide(job, left_out)
  local name, out, order, items = self.spec.name, {}, {}, {}
  for _, id in ipairs(left_out or {}) do out[id] = true end
  for i, id in ipairs(job.ids) do
    if not items[id] and not out[id] then order[#order + 1] = id end
    items[id] = items[id] or job.results[i].item
  end
  if #order < 2 then return nil end
  local first, second, rest, part_of = self:job(), self:job(), self:job(), {}
  for i, id in ipairs(order) do part_of[id] = i <= #order / 2 and first or second end
  for i, id in ipairs(job.ids) do
    local part = part_of[id] or rest
    if items[id] ~= nil then
      table.insert(part.params[name], items[id])
      items[id] = nil
      if self.jobs[id] == job then self.jobs[id] = part end
    end
    part.results[#part.results + 1], part.ids[#part.ids + 1] = job.results[i], id
  end
  return first, second, rest
end

-- A request has begun, and its ids may come again.
function Ids:forget(job)
  for _, id in ipairs(job.ids) do self.jobs[id] = nil end
end

-- Starts a request.
function Ids:job()
  local new, most = core.new_table, self.most
  local params = merged(self.shared, { [self.spec.name] = new(most, 0) })
  return { params = params, results = new(most, 0), ids = new(most, 0) }
end

-- How many more ids a request takes.
function Ids:room_of(job)
  return self.most - (job and #job.params[self.spec.name] or 0)
end

-- Puts a new id into a request.
function Ids:add(job, id, item)
  local list = job.params[self.spec.name]
  list[#list + 1] = item
  self.jobs[id] = job
end

return ids
