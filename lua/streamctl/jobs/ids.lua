--- The ids of a batch: which requests they go out in.
--
-- An operation whose row has a `list` takes several ids at once. They fill requests up to the
-- limit of the list, and a repeated id shares the request of the first. The check of a request is
-- the only check of its ids. Requests that the vendor refuses for one of them go again in halves,
-- until the refused id stands alone.
-- @module streamctl.jobs.ids

local core = require "streamctl.core"
local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local failures = require "streamctl.call.failure"
local is_harmless = require("streamctl.call.check").is_harmless
local options = require "streamctl.options"
local pipeline = require "streamctl.call"

local merged, set_of = options.merged, options.set_of

local MOST = 100 -- ids in one request, where the vendor names no limit

local Ids = {}
Ids.__index = Ids

local ids = {}

-- Whether a call has a parameter before it gets its ids.
local function is_given(spec, params, context)
  return params[spec.name] ~= nil or spec.value or context[spec.option]
end

--- For items that are ids: those of an operation with a list that wants nothing more. nil when
-- items have to be tables of parameters. `total` is how many items a list has.
function ids.new(client, operation, params, call_options, results, total)
  local spec = operation.list and operation.by_name[operation.list]
  if not spec then return nil end
  for _, other in ipairs(operation.params) do
    local misses = other.required and not is_given(other, params, client.context)
    if misses and other ~= spec then return nil end
  end
  local is_checked = pipeline.option(client, call_options, "validate") ~= false
  return setmetatable({
    client = client, operation = operation, name = spec.name, shared = params, results = results,
    call_options = call_options, jobs = core.new_table(0, total or 0),
    prefix = is_checked and spec.prefixed and client.context.stream_prefix or nil,
    most = spec.max_items or MOST,
  }, Ids)
end

-- The text by which an id is known: as it is sent.
function Ids:key(id)
  local text, prefix = type(id) == "string" and id or encode.text(id), self.prefix
  if prefix and text and text:sub(1, #prefix) ~= prefix then return prefix .. text end
  return text
end

-- A request without ids. `items` and `indexes` are of all that share it: while no id is repeated,
-- `items` is the list that is sent.
function Ids:job()
  local list = core.new_table(self.most, 0)
  return {
    params = merged(self.shared, { [self.name] = list }),
    items = list, indexes = core.new_table(self.most, 0),
  }
end

-- How many more ids a request takes.
function Ids:room_of(job)
  return self.most - (job and #job.params[self.name] or 0)
end

function Ids:append(job, item, index, is_new)
  local list = job.params[self.name]
  if not is_new and job.items == list then
    job.items = {}
    for i = 1, #list do job.items[i] = list[i] end
  end
  job.items[#job.items + 1], job.indexes[#job.indexes + 1] = item, index
  if is_new and job.items ~= list then list[#list + 1] = item end
end

-- Puts ids of a list into a request until it is full, or until one comes that needs a closer look:
-- a repeated one, or no text. Returns the index of that.
function Ids:fill(job, list, index)
  local items, indexes, jobs, prefix = job.items, job.indexes, self.jobs, self.prefix
  local count = items == job.params[self.name] and #items or self.most
  for i = index, index + self.most - count - 1 do
    local item = list[i]
    local key = prefix and self:key(item) or item
    if type(item) ~= "string" or jobs[key] then return i end
    count = count + 1
    items[count], indexes[count], jobs[key] = item, i, job
    index = i + 1
  end
  return index
end

-- Why a request of one id is refused; nil when it is fine.
function Ids:fault_of(item)
  local params = merged(self.shared, { [self.name] = { item } })
  local request, message, err =
    pipeline.build(self.client, self.operation, params, self.call_options)
  if request then return nil end
  err.message = message:gsub("^([%w_]+: %w+: [%w_]+) item 1 ", "%1 ")
  return err
end

-- Has an id fail alone. on_result may wait here.
function Ids:refuse(item, index, err)
  self.results:enter({ index = index, item = item, ok = false }, nil, err.message, err)
end

-- Puts an item into the earlier request of the same id, or the given request, or else a new one.
-- Returns the request that takes further ids.
function Ids:put(job, item, index)
  local key = self:key(item)
  local known = key and self.jobs[key]
  if not key then
    local text = self.name .. " must be text, got a " .. type(item)
    local _, _, err = failures.refuse(self.client, self.operation, "invalid_parameter", text)
    self:refuse(item, index, err)
  elseif known and known.ended then
    self.results:add(known, item, index)
  elseif known then
    self:append(known, item, index, false)
  else
    job = job or self:job()
    self.jobs[key] = job
    self:append(job, item, index, true)
  end
  return job
end

-- Has the ids of a refused request that are at fault fail alone. Returns whether any is; and a
-- request of the others, if there are any.
function Ids:sift(job)
  local faults, rest, any = {}, self:job(), false
  for _, item in ipairs(job.params[self.name]) do
    local err = self:fault_of(item)
    faults[self:key(item)], any = err, any or err ~= nil
  end
  if not any then return false end
  local had = {}
  for i, item in ipairs(job.items) do
    local key = self:key(item)
    if not faults[key] then
      self:append(rest, item, job.indexes[i], not had[key])
      had[key] = true
    end
    self.jobs[key] = not faults[key] and rest or nil
  end
  for i, item in ipairs(job.items) do
    local err = faults[self:key(item)]
    if err then self:refuse(item, job.indexes[i], err) end
  end
  return true, rest.items[1] and rest
end

-- Makes the request: true; or false and a request of the ids that are not at fault, if there are
-- any.
function Ids:make(job)
  local request, message, err =
    pipeline.build(self.client, self.operation, job.params, self.call_options)
  if request then
    job.request, job.once = request, message
    return true
  end
  local is_sifted, rest = self:sift(job)
  if not is_sifted then self.results:finish(job, nil, message, err) end
  return false, rest
end

-- The ids of a request as they are sent.
function Ids:keys_of(job)
  local keys = {}
  for i, item in ipairs(job.params[self.name]) do keys[i] = self:key(item) end
  return keys
end

-- A request has begun, and its ids may come again.
function Ids:forget(job)
  for _, key in ipairs(job.keys) do self.jobs[key] = nil end
end

-- Divides a request: the two halves, and a request of the ids that are left out. nil when fewer
-- than two ids would remain.
function Ids:divide(job, left_out)
  local out, order, part_of, had = set_of(left_out or {}), {}, {}, {}
  for _, key in ipairs(self:keys_of(job)) do
    if not out[key] then order[#order + 1] = key end
  end
  if #order < 2 then return nil end
  local first, second, rest = self:job(), self:job(), self:job()
  for i, key in ipairs(order) do part_of[key] = i <= #order / 2 and first or second end
  for i, item in ipairs(job.items) do
    local key = self:key(item)
    local part = part_of[key] or rest
    self:append(part, item, job.indexes[i], not had[key])
    had[key] = true
    if self.jobs[key] == job then self.jobs[key] = part end
  end
  return first, second, rest
end

--- Divides a refused request, if it may go again after this `err`: two halves, which are intents as
-- old as the whole; and a request of the ids that gave way to newer calls, which is not sent.
function Ids:halve(job, err)
  local may_go = not err.maybe_sent or is_harmless(self.operation, job.params)
  if not may_go or not self.client.vendor.in_list(self.operation, err) then return nil end
  local first, second, gone = self:divide(job, err.superseded)
  if first then first.intent, second.intent = err.intent, err.intent end
  return first, second, gone
end

--- Notes a refusal for the halves of its request. `longest` is how many seconds an attempt may
-- take, `outer` the refusal of the whole, if the request is a half itself. `stamped` and `wall`:
-- when the store last knew of no newer call; `executed`: halves that are to be looked after.
function ids.refusal(message, err, longest, outer)
  return {
    message = message, err = err, wall = core.now(), executed = outer and outer.executed or {},
    stamped = core.monotonic() - math.min(err.elapsed, longest),
  }
end

-- Stores forget an intent after 60 s of the wall clock.
local SURE = 50

--- Why a half must not be sent any more; nil when it may.
function ids.too_late(refusal)
  local gap = math.max(core.monotonic() - refusal.stamped, math.abs(core.now() - refusal.wall))
  return refusal.err.intent and gap > SURE
    and "after so long nobody knows whether a newer call was made" or nil
end

--- The failure of a half that was never sent: the one of the whole request.
function ids.unsent(refusal, why)
  local text = errors.text_of(refusal.message) .. "; not sent again in halves: " .. why
  return select(2, errors.new(refusal.err.code, text, refusal.err))
end

return ids
