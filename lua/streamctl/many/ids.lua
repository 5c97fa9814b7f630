--- The ids of a batch: which requests they go out in.
--
-- An operation whose row has a `list` takes several ids at once. They fill requests up to the
-- limit of the list, and a repeated id shares the request of the first. The check of a request is
-- the only check of its ids.
-- @module streamctl.many.ids

local core = require "streamctl.core"
local encode = require "streamctl.encode"
local failures = require "streamctl.call.failure"
local merged = require("streamctl.options").merged
local pipeline = require "streamctl.call"
local results = require "streamctl.many.results"

local MOST = 100 -- ids in one request, where the vendor names no limit

local Ids = {}
Ids.__index = Ids

local ids = {}

--- For items that are ids: those of an operation with a list that wants nothing more. nil when
-- items have to be tables of parameters. `total` is how many items a list has.
function ids.new(client, operation, params, call_options, report, total)
  local spec = operation.list and operation.by_name[operation.list]
  if not spec then return nil end
  for _, other in ipairs(operation.params) do
    local is_given = other == spec or not other.required or params[other.name] ~= nil
      or other.value or client.context[other.option]
    if not is_given then return nil end
  end
  local is_checked = pipeline.option(client, call_options, "validate") ~= false
  return setmetatable({
    client = client, operation = operation, name = spec.name, shared = params, results = report,
    call_options = call_options, most = spec.max_items or MOST,
    jobs = core.new_table(0, total or 0), -- by id, the request that carries it
    is_checked = is_checked,
    prefix = is_checked and spec.prefixed and client.context.stream_prefix or nil,
  }, Ids)
end

--- The text by which an id is known: as it is sent. What is no text is known by itself where the
-- check of its request will refuse it. nil for NaN, and for what is no text and not checked.
function Ids:key(id)
  if self.is_checked and type(id) ~= "string" then return id == id and id or nil end
  local text, prefix = type(id) == "string" and id or encode.text(id), self.prefix
  if prefix and text and text:sub(1, #prefix) ~= prefix then return prefix .. text end
  return text
end

--- A request without ids: `list` is sent, `items` are all that share it, at `indexes`. While the
-- items are the list and follow each other, it has only the `first` index.
function Ids:job()
  local list = core.new_table(self.most, 0)
  return { params = merged(self.shared, { [self.name] = list }), list = list, items = list }
end

-- Whether an item of the index would follow the others of a request, none of which is repeated.
local function is_in_a_row(job, index)
  local count = #job.items
  if count == 0 then job.first = index end
  return not job.indexes and job.first + count == index
end

--- Puts an item into a request. `is_new`: none of the request has the same id.
function ids.append(job, item, index, is_new)
  local list = job.list
  if not job.indexes and not (is_in_a_row(job, index) and is_new) then
    local items, indexes = {}, {}
    for i, sent in ipairs(list) do items[i], indexes[i] = sent, job.first + i - 1 end
    job.items, job.indexes = items, indexes
  end
  if is_new then list[#list + 1] = item end
  if job.indexes then
    job.items[#job.items + 1], job.indexes[#job.indexes + 1] = item, index
  end
end

-- Has an id fail alone. on_result may wait here.
function Ids:refuse(item, index, err)
  self.results:enter({ index = index, item = item, ok = false }, nil, err.message, err)
end

--- Puts an item into the earlier request of the same id, or else the given request.
function Ids:put(job, item, index)
  local key = self:key(item)
  local known = key and self.jobs[key]
  if not key then
    local text = self.name .. " must be text, got a " .. type(item)
    local _, _, err = failures.refuse(self.client, self.operation, "invalid_parameter", text)
    self:refuse(item, index, err)
  elseif known and known.ended then
    self.results:add(known, item, index)
  else
    self.jobs[key] = known or job
    ids.append(known or job, item, index, not known)
  end
end

--- Puts ids of a list into a request until it is full. `taken` of the list were taken before.
-- Returns how many are taken now, and whether these are all.
function Ids:fill(job, list, taken)
  local sent, jobs, prefix, most = job.list, self.jobs, self.prefix, self.most
  local count, is_plain = #sent, self.is_checked and is_in_a_row(job, taken + 1)
  while count < most do
    local item = list[taken + 1]
    if item == nil then return taken, true end
    local key = prefix and self:key(item) or item
    taken = taken + 1
    if is_plain and item and item == item and not jobs[key] then
      count = count + 1
      sent[count], jobs[key] = item, job
    else
      self:put(job, item, taken)
      count, is_plain = #sent, self.is_checked and is_in_a_row(job, taken + 1)
    end
  end
  return taken, false
end

--- Has the ids of a refused request that are at fault fail alone, or all where none is. Returns a
-- request of the others.
function Ids:sift(job, message, err)
  local faults, rest, had = {}, self:job(), {}
  for _, item in ipairs(job.list) do
    local params = merged(self.shared, { [self.name] = { item } })
    local request, text, fault =
      pipeline.build(self.client, self.operation, params, self.call_options)
    if not request then
      fault.message = text:gsub("^([%w_]+: %w+: [%w_]+) item 1 ", "%1 ")
      faults[self:key(item)] = fault
    end
  end
  if next(faults) == nil then
    self.results:finish(job, nil, message, err)
    return nil
  end
  for i, item in ipairs(job.items) do
    local key = self:key(item)
    if not faults[key] then
      ids.append(rest, item, results.index_of(job, i), not had[key])
      had[key] = true
    end
    self.jobs[key] = not faults[key] and rest or nil
  end
  for i, item in ipairs(job.items) do
    local fault = faults[self:key(item)]
    if fault then self:refuse(item, results.index_of(job, i), fault) end
  end
  return rest
end

--- The ids of a request as they are sent.
function Ids:keys_of(job)
  local keys = {}
  for i, item in ipairs(job.list) do keys[i] = self:key(item) end
  return keys
end

--- Forgets the ids of a request that has begun: those that come now are newer than it.
function Ids:forget(job)
  for _, key in ipairs(job.keys) do self.jobs[key] = nil end
end

return ids
