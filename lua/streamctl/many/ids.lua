-- The ids of a batch: which requests they go out in.
--
-- An operation whose row has a `list` takes several ids at once. They fill requests up to the limit
-- of the list, and a repeated id shares the request of the first. Only the check of a request
-- checks its ids.
--
-- A request of ids has `params` with the `list` that is sent, and `items`, all that share it, at
-- `indexes`; nil while the items are the list and follow each other from `first` on.

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
  if missing[2] then
    table.sort(missing)
    return nil, missing
  end
  return missing[1] or operation.list, missing
end

-- The parameters of an item, which is a table of them, or a text for the parameter `name`.
function ids.params_of(params, name, item)
  return merged(params, type(item) == "table" and item or name and { [name] = item })
end

-- The text by which an id is known, as it is sent: with the `prefix` of the test environment, if
-- any. A checked id that is no text is its key. nil for NaN, and an unchecked id without a text.
function ids.key(id, prefix, is_checked)
  local text = type(id) == "string" and id or not is_checked and encode.text(id)
  if not text then return is_checked and id == id and id or nil end
  return prefix and text:sub(1, #prefix) ~= prefix and prefix .. text or text
end

function Ids:key(id)
  return ids.key(id, self.prefix, self.is_checked)
end

-- A request without ids.
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
local function refuse(self, item, index, err)
  self.results:enter({ index = index, item = item, ok = false }, nil, err.message, err)
end

-- Puts an item into the earlier request of the same id, or else into `request`.
function Ids:put(request, item, index)
  local key = self:key(item)
  local known = key and self.requests[key]
  if not key then
    local text = self.name .. " must be text, got a " .. type(item)
    refuse(self, item, index,
      select(3, failures.refuse(self.client, self.operation, "invalid_parameter", text)))
  elseif known and known.ended then
    self.results:add(known, item, index)
  else
    self.requests[key] = known or request
    append(known or request, item, index, not known)
  end
end

-- Moves the items of a request into others: `part_of` gives the request for a key, or nil.
function Ids:split(request, part_of)
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
  self:split(request, function(key) return not faults[key] and rest or nil end)
  for i, item in ipairs(request.items) do
    local fault = faults[self:key(item)]
    if fault then refuse(self, item, results.index_of(request, i), fault) end
  end
  return rest
end

-- Puts the next ids of a list into a request until the request is full. `at.taken` of the list are
-- taken, `at.over` tells the end. While on_result waits here, others may fill other requests.
function Ids:fill(request, list, at)
  local sent, requests, prefix, max = request.list, self.requests, self.prefix, self.max
  local count, is_plain = #sent, self.is_checked and is_in_a_row(request, at.taken + 1)
  while count < max do
    local taken = at.taken + 1
    local item = list[taken]
    at.over = item == nil
    if at.over then return end
    local key = prefix and self:key(item) or item
    at.taken = taken
    if is_plain and item and item == item and not requests[key] then
      count = count + 1
      sent[count], requests[key] = item, request
    else
      self:put(request, item, taken)
      count, is_plain = #sent, self.is_checked and is_in_a_row(request, at.taken + 1)
    end
  end
end

function Ids:keys_of(request)
  local keys = {}
  for i, item in ipairs(request.list) do keys[i] = self:key(item) end
  return keys
end

-- For items that are ids, which fill the list of an operation; nil where `name`, of `parameter`, is
-- another one. `total` is the number of items of a list.
function ids.new(client, operation, name, params, call_options, all, total)
  if not name or name ~= operation.list then return nil end
  local is_checked = pipeline.validates(client, call_options)
  return setmetatable({
    client = client, operation = operation, name = name, shared = params, results = all,
    call_options = call_options, max = operation.max_ids, is_checked = is_checked,
    requests = core.new_table(0, total or 0), -- by key, the request that carries the id
    prefix = is_checked and operation.by_name[name].prefixed and client.context.stream_prefix
      or nil,
  }, Ids)
end

return ids
