-- The ids of a batch: which requests they go out in.
--
-- An operation whose row has a `list` takes several ids at once. They fill requests up to the limit
-- of the list, and a repeated id shares the request of the first. Only the check of a request
-- checks its ids.

local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local failures = require "streamctl.call.failure"
local merged = require("streamctl.base.options").merged
local pipeline = require "streamctl.call"
local results = require "streamctl.many.results"

local Ids = {}
Ids.__index = Ids

local ids = {}

-- The name of the parameter that an item fills in which is a text: the operation's list of ids, or
-- the one that is required and not given. nil where more are missing; then these, sorted.
function ids.parameter(client, operation, params)
  local missing = {}
  for _, parameter in ipairs(operation.params) do
    local is_given = not parameter.required or params[parameter.name] ~= nil
      or parameter.value or client.context[parameter.option]
    if not is_given then missing[#missing + 1] = parameter.name end
  end
  table.sort(missing)
  if missing[2] then return nil, missing end
  return missing[1] or operation.list, missing
end

-- The parameters of an item, which is a table of them, or a text for the parameter `name`.
function ids.params_of(params, name, item)
  return merged(params, type(item) == "table" and item or name and { [name] = item })
end

-- An id as it is sent, with the prefix of the test environment, if there is one.
function ids.with_prefix(prefix, id)
  return prefix and id:sub(1, #prefix) ~= prefix and prefix .. id or id
end

-- For items that are ids, which fill the list of an operation; nil where `name`, of `parameter`, is
-- another one. `total` is the number of items of a list.
function ids.new(client, operation, name, params, call_options, results_of, total)
  if not name or name ~= operation.list then return nil end
  local list = operation.by_name[name]
  local is_checked = pipeline.option(client, call_options, "validate") ~= false
  return setmetatable({
    client = client, operation = operation, name = list.name, shared = params,
    results = results_of, call_options = call_options, max = operation.max_ids,
    requests = core.new_table(0, total or 0), -- by id, the request that carries it
    is_checked = is_checked,
    prefix = is_checked and list.prefixed and client.context.stream_prefix or nil,
  }, Ids)
end

-- The text by which an id is known, as it is sent. A checked id that is no text is its key. nil for
-- NaN, and for an unchecked id without a text.
function Ids:key(id)
  if self.is_checked and type(id) ~= "string" then return id == id and id or nil end
  local text, prefix = type(id) == "string" and id or encode.text(id), self.prefix
  return text and ids.with_prefix(prefix, text)
end

-- A request without ids: `list` is sent, `items` are all that share it, at `indexes`. While the
-- items are the list and follow each other, it has only the `first` index.
function Ids:request()
  local list = core.new_table(self.max, 0)
  return { params = merged(self.shared, { [self.name] = list }), list = list, items = list }
end

-- Whether an item of the index would follow the others of a request, none of which is repeated.
local function is_in_a_row(request, index)
  local count = #request.items
  if count == 0 then request.first = index end
  return not request.indexes and request.first + count == index
end

-- Puts an item into a request. `is_new`: no other item of the request has the same id.
local function append(request, item, index, is_new)
  local list = request.list
  if not request.indexes and not (is_in_a_row(request, index) and is_new) then
    local items, indexes = {}, {}
    for i, sent in ipairs(list) do items[i], indexes[i] = sent, request.first + i - 1 end
    request.items, request.indexes = items, indexes
  end
  if is_new then list[#list + 1] = item end
  if request.indexes then
    request.items[#request.items + 1], request.indexes[#request.indexes + 1] = item, index
  end
end

-- Has an id fail alone. on_result may wait here.
function Ids:refuse(item, index, err)
  self.results:enter({ index = index, item = item, ok = false }, nil, err.message, err)
end

-- Puts an item into the earlier request of the same id, or else into `request`.
function Ids:put(request, item, index)
  local key = self:key(item)
  local known = key and self.requests[key]
  if not key then
    local text = self.name .. " must be text, got a " .. type(item)
    local _, _, err = failures.refuse(self.client, self.operation, "invalid_parameter", text)
    self:refuse(item, index, err)
  elseif known and known.ended then
    self.results:add(known, item, index)
  else
    self.requests[key] = known or request
    append(known or request, item, index, not known)
  end
end

-- Puts ids of a list into a request until it is full. `taken` of the list were taken before.
-- Returns how many are taken now, and whether the list has ended.
function Ids:fill(request, list, taken)
  local sent, requests, prefix, max = request.list, self.requests, self.prefix, self.max
  local count, is_plain = #sent, self.is_checked and is_in_a_row(request, taken + 1)
  while count < max do
    local item = list[taken + 1]
    if item == nil then return taken, true end
    local key = prefix and self:key(item) or item
    taken = taken + 1
    if is_plain and item and item == item and not requests[key] then
      count = count + 1
      sent[count], requests[key] = item, request
    else
      self:put(request, item, taken)
      count, is_plain = #sent, self.is_checked and is_in_a_row(request, taken + 1)
    end
  end
  return taken, false
end

-- Moves the items of a request into others: `part_of` gives the request for a key, or nil.
function Ids:move(request, part_of)
  local had = {}
  for i, item in ipairs(request.items) do
    local key = self:key(item)
    local part = part_of(key)
    if part then
      append(part, item, results.index_of(request, i), not had[key])
      had[key] = true
    end
    if self.requests[key] == request then self.requests[key] = part end
  end
end

-- Has the ids of a refused request that are at fault fail alone, or all where none is. Returns a
-- request of the others.
function Ids:sift(request, message, err)
  local faults, rest = {}, self:request()
  for _, item in ipairs(request.list) do
    local params = merged(self.shared, { [self.name] = { item } })
    local built, text, fault =
      pipeline.build(self.client, self.operation, params, self.call_options)
    if not built then
      fault.message = text:gsub("^([%w_]+: %w+: [%w_]+) item 1 ", "%1 ")
      faults[self:key(item)] = fault
    end
  end
  if next(faults) == nil then
    self.results:finish(request, nil, message, err)
    return nil
  end
  self:move(request, function(key) return not faults[key] and rest or nil end)
  for i, item in ipairs(request.items) do
    local fault = faults[self:key(item)]
    if fault then self:refuse(item, results.index_of(request, i), fault) end
  end
  return rest
end

function Ids:keys_of(request)
  local keys = {}
  for i, item in ipairs(request.list) do keys[i] = self:key(item) end
  return keys
end

-- Forgets the ids of a request that has begun: an id that comes now is newer than the request.
function Ids:forget(request)
  for _, key in ipairs(request.keys) do self.requests[key] = nil end
end

return ids
