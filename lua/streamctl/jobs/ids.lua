--- The ids of a batch: which requests they go out in.
--
-- An operation whose row has a `list` takes several ids at once. They fill requests up to the
-- limit of the list, and a repeated one shares the request of the first.
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
-- @tparam table options `unchecked`: ids are taken as they are; `most_kept`: how many are
-- recognised when they come again, and at most twice as many
-- @treturn Ids|nil nil when items have to be tables of parameters
function ids.new(client, operation, params, options)
  local spec = operation.list and operation.by_name[operation.list]
  if not spec then return nil end
  for _, other in ipairs(operation.params) do
    local misses = other.required and not is_given(other, params, client.context)
    if misses and other ~= spec then return nil end
  end
  local probe = merged(parameters.fill_in(operation, params, client.context))
  probe[spec.name] = {}
  return setmetatable({
    client = client, operation = operation, spec = spec, shared = params, probe = probe,
    unchecked = options.unchecked, most_kept = options.most_kept,
    jobs = {}, old_jobs = {}, kept = 0, most = spec.max_items or MOST,
  }, Ids)
end

-- An id as it is sent; or nil and what is wrong with it.
function Ids:read(item)
  local spec = self.spec
  if self.unchecked then
    local id = encode.text(item)
    return id, not id and spec.name .. " must be text, got a " .. type(item)
  end
  self.probe[spec.name][1] = item
  local wire, at_fault, why = parameters.run(self.operation, self.probe, self.client.context)
  if not wire then return nil, at_fault .. " " .. why:gsub("^item 1 ", "") end
  return parameters.sent(wire, spec.wire) or encode.text(item)
end

-- The request in which an id went, goes or will go.
function Ids:find(id)
  return self.jobs[id] or self.old_jobs[id]
end

-- Starts a request.
function Ids:job()
  local new, most = core.new_table, self.most
  local params = merged(self.shared, { [self.spec.name] = new(most, 0) })
  return { params = params, results = new(most, 0), ids = new(most, 0) }
end

-- Puts a new id into a request; whether that is full now.
function Ids:add(job, id, item)
  local list = job.params[self.spec.name]
  list[#list + 1] = item
  if self.kept >= self.most_kept then
    self.jobs, self.old_jobs, self.kept = {}, self.jobs, 0
  end
  self.jobs[id], self.kept = job, self.kept + 1
  return #list == self.most
end

return ids
