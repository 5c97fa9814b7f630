-- The ids of a batch: which requests they go out in.
--
-- An operation whose row has a `list` takes several ids at once. They fill requests up to the limit
-- of the list, and a repeated id shares the request of the first. Only the check of a request
-- checks its ids.
--
-- A request of ids has `params` with the `list` that is sent.

local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local failures = require "streamctl.call.failure"
local merged = require("streamctl.base.options").merged
local pipeline = require "streamctl.call"

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
  return { params = merged(self.shared, { [self.name] = list }), list = list,
    indexes = core.new_table(self.max, 0) }
end

-- Puts an item into a request. `is_new`: no other item of the request has the same id.
local function append(request, item, index, is_new)
  if is_new then request.list[#request.list + 1] = item end
  request.indexes[#request.indexes + 1] = index
end

-- Puts an item into the earlier request of the same id, or else into `request`. An item without an
-- id fails alone: on_result may wait here.
function Ids:put(request, item, index)
  local key = self:key(item)
  local known = key and self.requests[key]
  if key and not (known and known.ended) then
    self.requests[key] = known or request
    return append(known or request, item, index, not known)
  end
  local result = self.results:of({ indexes = { index } })[1]
  if key then return self.results:add(known, result) end
  self.results:enter(result, failures.refuse(self.client, self.operation, "invalid_parameter",
    self.name .. " must be text, got a " .. type(item)))
end

-- Puts the next ids of a list into a request, as `put` does, until the request is full or an id is
-- none or known. `at.taken` of the list are taken.
function Ids:fill(request, list, at)
  local sent, indexes, requests, prefix = request.list, request.indexes, self.requests, self.prefix
  local count, taken = #sent, at.taken
  for i = taken + 1, taken + self.max - count do
    local item = list[i]
    if type(item) ~= "string" then break end
    local key = prefix and self:key(item) or item
    if requests[key] then break end
    count, taken = count + 1, i
    requests[key], sent[count] = request, item
    indexes[#indexes + 1] = i -- repeated ids have indexes as well
  end
  at.taken = taken
end

-- Moves the items of a request into others: `part_of` gives the request for a key, or nil.
function Ids:split(request, part_of)
  local had, items = {}, self.results.items
  for i, index in ipairs(request.indexes) do
    local result = request.results and request.results[i] -- as on_send was told
    local item = result and result.item or items[index]
    local key = self:key(item)
    local part = part_of(key)
    if part then
      append(part, item, index, not had[key])
      if result then
        part.results = part.results or {}
        part.results[#part.indexes] = result
      end
      had[key] = true
    end
    if self.requests[key] == request then self.requests[key] = part end
  end
end

-- Has the ids of a refused request that are at fault fail alone, or all where none is. Returns a
-- request of the others.
function Ids:sift(request, message, err)
  local rest, has_fault = self:request(), false
  for _, index in ipairs(request.indexes) do
    local item = self.results.items[index]
    local params = merged(self.shared, { [self.name] = { item } })
    local built, text, fault =
      pipeline.build(self.client, self.operation, params, self.call_options)
    local key = self:key(item)
    if self.requests[key] == request then self.requests[key] = nil end
    if built then
      self:put(rest, item, index)
    else
      has_fault = true
      fault.message = text:gsub("^([%w_]+: %w+: [%w_]+) item 1 ", "%1 ")
      self.results:enter(self.results:of({ indexes = { index } })[1], nil, fault.message, fault)
    end
  end
  if has_fault then return rest end
  self.results:finish(rest, nil, message, err)
end

function Ids:keys_of(request)
  local keys = {}
  for i, item in ipairs(request.list) do keys[i] = self:key(item) end
  return keys
end

-- For items that are ids, which fill the list of an operation; nil where `name`, of `parameter`, is
-- another one.
function ids.new(client, operation, name, params, call_options, all)
  if not name or name ~= operation.list then return nil end
  local is_checked = pipeline.validates(client, call_options)
  return setmetatable({
    client = client, operation = operation, name = name, shared = params, results = all,
    call_options = call_options, max = operation.max_ids, is_checked = is_checked,
    requests = core.new_table(0, all.total or 0), -- by key, the request that carries the id
    prefix = is_checked and operation.by_name[name].prefixed and client.context.stream_prefix
      or nil,
  }, Ids)
end

return ids
