-- The ids of a batch: which requests they go out in.
--
-- An operation whose row has a `list` takes several ids at once. They fill requests up to the limit
-- of the list, and a repeated id shares the request of the first. Only the check of a request
-- checks its ids.
--
-- A request of ids has `params` with the `list` that is sent.

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
  local list = {}
  return { params = merged(self.shared, { [self.name] = list }), list = list, results = {} }
end

-- Puts an item into a request. `is_new`: no other item of the request has the same id.
local function append(request, result, is_new)
  if is_new then table.insert(request.list, result.item) end
  table.insert(request.results, result)
end

-- Puts an item into the earlier request of the same id, or else into `request`. An item without an
-- id fails alone: on_result may wait here.
function Ids:put(request, item, index)
  local key, result = self:key(item), { index = index, item = item, ok = false }
  local known = key and self.requests[key]
  if not key then
    self.results:enter(result, failures.refuse(self.client, self.operation, "invalid_parameter",
      self.name .. " must be text, got a " .. type(item)))
  elseif known and known.ended then
    self.results:add(known, result)
  else
    self.requests[key] = known or request
    append(known or request, result, not known)
  end
end

-- Moves the items of a request into others: `part_of` gives the request for a key, or nil.
function Ids:split(request, part_of)
  local had = {}
  for _, result in ipairs(request.results) do
    local key = self:key(result.item)
    local part = part_of(key)
    if part then
      append(part, result, not had[key])
      had[key] = true
    end
    if self.requests[key] == request then self.requests[key] = part end
  end
end

-- Has the ids of a refused request that are at fault fail alone, or all where none is. Returns a
-- request of the others.
function Ids:sift(request, message, err)
  local rest = self:request()
  for _, result in ipairs(request.results) do
    local params = merged(self.shared, { [self.name] = { result.item } })
    local built, text, fault =
      pipeline.build(self.client, self.operation, params, self.call_options)
    local key = self:key(result.item)
    if self.requests[key] == request then self.requests[key] = nil end
    if built then
      self:put(rest, result.item, result.index)
    else
      fault.message = text:gsub("^([%w_]+: %w+: [%w_]+) item 1 ", "%1 ")
      self.results:enter(result, nil, fault.message, fault)
    end
  end
  if #rest.results < #request.results then return rest end
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
    requests = {}, -- by key, the request that carries the id
    prefix = is_checked and operation.by_name[name].prefixed and client.context.stream_prefix
      or nil,
  }, Ids)
end

return ids
