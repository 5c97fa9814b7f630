--- The items of a batch, and the requests that they go out in. Those about the same resource go one
-- after the other.
-- @module streamctl.many.items

local core = require "streamctl.core"
local ids = require "streamctl.many.ids"
local merged = require("streamctl.options").merged
local failures = require "streamctl.call.failure"
local pipeline = require "streamctl.call"
local protected = require "streamctl.loop.protected"

local MOST_BEHIND = 5000 -- requests from an iterator that wait for others about the same thing
local SLOW = 0.05 -- seconds; ids go out when the iterator takes longer for the next one

local items = {}

-- Asks the iterator for the next item. nil at the end, and when the iterator fails.
local function ask(self)
  self.asked_at = core.monotonic()
  local ok, item, why, err = protected.call(self.iterator)
  if ok and item ~= nil then return item end
  if not ok then why, err = item, nil end
  if why ~= nil or not ok then self.results:fail("the iterator", why, err) end
end

-- Whether the iterator takes, or took, long for an answer.
local function is_slow(self)
  return core.monotonic() - self.asked_at > SLOW
end

-- The next item, whose index is `taken`; nil at the end.
local function take(self)
  local item
  if self.list then
    item = self.list[self.taken + 1]
  elseif not self.results:is_over() then
    item = ask(self)
  end
  if item == nil then
    self.over = true
    return nil
  end
  self.taken = self.taken + 1
  return item
end

-- Puts ids of a list into the request that is being filled. Returns whether these are the last.
local function fill_from_list(self)
  self.filling = self.filling or self.ids:job()
  self.taken, self.over = self.ids:fill(self.filling, self.list, self.taken)
  return self.over
end

-- Does so with ids of an iterator. Other workers may send the request while the iterator waits;
-- where that stops everything, ids are held back for one answer.
local function fill_in_turn(self)
  local job, was_held = self.filling, false
  while not self.over and not was_held and not (job and #job.list == self.ids.most) do
    local item, index = take(self), self.taken
    local slow = is_slow(self)
    job = self.filling or self.ids:job()
    if item ~= nil then
      self.filling = nil -- on_result may wait when it gets an ill-formed id
      self.ids:put(job, item, index)
      self.filling = job
      was_held = slow and #job.items > 1
    end
  end
  return self.over or was_held
end

-- The request of the ids that were taken so far. nil when there is none; then others may take the
-- room of ids that were at fault, unless these are the last.
local function filled(self, is_last)
  local job = self.filling
  self.filling = nil
  while job and job.items[1] do
    local request, once, err =
      pipeline.build(self.client, self.operation, job.params, self.call_options)
    if request then
      job.request, job.once = request, once
      job.keys = self.in_turn and self.ids:keys_of(job) or nil
      return job
    end
    job = self.ids:sift(job, once, err)
    if not is_last then
      self.filling = job
      return nil
    end
  end
end

-- What is wrong with an item that is no table, and how to write it.
local function no_table(operation, shared, item)
  local names, value = {}, "..."
  shared = shared or {}
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

-- A request of the next item; nil when that is none.
local function next_table(self)
  local client, operation, shared = self.client, self.operation, self.shared
  local item = take(self)
  local index = self.taken
  if item == nil then return nil end
  if type(item) ~= "table" then
    return self.results:finish({ index = index, item = item },
      failures.refuse(client, operation, "invalid_parameter", no_table(operation, shared, item)))
  end
  local params = shared and merged(shared, item) or item
  local request, once, err
  if not self.results.stopped then
    request, once, err = pipeline.build(client, operation, params, self.call_options)
    if not request then
      return self.results:finish({ index = index, item = item }, nil, once, err)
    end
  end
  return { index = index, item = item, params = params, request = request, once = once }
end

-- Notes a request as the last one about each of its resources. Returns how many others it follows.
local function follow(self, job)
  local last_of, ahead = self.last, 0
  job.keys = job.keys or job.request:resources()
  for _, key in ipairs(job.keys) do
    local last = last_of[key]
    if last and last ~= job then
      last.followers = last.followers or {}
      table.insert(last.followers, job)
      ahead = ahead + 1
    end
    last_of[key] = job
  end
  return ahead
end

-- Lines a request up behind earlier ones about the same resource; whether it has to wait for any.
-- Then it is made again later, since it takes more room than its parameters.
local function line_up(self, job)
  if not job.request then return false end
  if self.alone then follow(self, self.alone) end
  self.alone = false
  local ahead = follow(self, job)
  if ahead == 0 then return false end
  job.ahead, self.behind = ahead, self.behind + 1
  job.request, job.once = nil, nil
  return true
end

-- Puts a request behind those that are ready.
local function put_back(self, job)
  self.ready[self.first + self.count], self.count = job, self.count + 1
end

-- The request that has been ready for longest.
local function next_ready(self)
  local job = self.ready[self.first]
  self.ready[self.first] = nil
  self.first, self.count = self.first + 1, self.count - 1
  return job
end

-- A request that need not wait; nil when there is none.
local function next_made(self)
  local in_order, job = self.in_order, nil
  if self.asking then
    job = self.filling and is_slow(self) and filled(self, true) or nil
    return job and not (self.out > 0 and line_up(self, job)) and job or nil
  end
  self.asking = true -- for good when this throws: then no worker goes on
  while not job and not self.over and self.behind < self.most_behind do
    job = self:make(self.ids and self:fill())
    if job and in_order and self.out > 0 and line_up(self, job) then job = nil end
  end
  self.asking = false
  return job
end

--- The next request, which is under way from now on: `params`; `item` and `index`, or of ids
-- `items`; and unless it waited in line `request` and `once` of `pipeline.build`. nil when there is
-- none at the moment, as while another worker takes items.
function items.next(self)
  local in_turn = self.in_turn
  if in_turn and self.out >= self.most_out then return nil end
  local job
  if self.count > 0 then job = next_ready(self) else job = next_made(self) end
  if not job then return nil end
  if in_turn then
    if self.out >= self.most_out then -- other workers began requests meanwhile
      put_back(self, job)
      return nil
    end
    self.ids:forget(job)
  end
  if self.out == 0 and job.request then self.alone = job end -- lined up when another one comes
  self.out = self.out + 1
  return job
end

--- A request has ended: those that waited for no other one are ready.
function items.release(self, job)
  self.out, self.alone = self.out - 1, false
  if not job.keys then return end
  for _, key in ipairs(job.keys) do
    if self.last[key] == job then self.last[key] = nil end
  end
  for _, follower in ipairs(job.followers or {}) do
    follower.ahead = follower.ahead - 1
    if follower.ahead == 0 then
      self.behind = self.behind - 1
      put_back(self, follower)
    end
  end
end

--- Items of which none is taken yet, of a list or an iterator. `taken` is how many were, `over`
-- whether these are all, `out` how many requests are under way, at most `most_out`. Ids of an
-- iterator are `in_turn`: they go out while it waits for more.
function items.new(client, operation, given, results, params, call_options, most_out)
  local list = type(given) == "table" and given or nil
  local of_ids = ids.new(client, operation, params, call_options, results, list and #list)
  local in_turn = of_ids and not list or false
  results.ids = of_ids
  return {
    client = client, operation = operation, call_options = call_options, results = results,
    shared = next(params) ~= nil and params or nil, list = list, iterator = given, ids = of_ids,
    make = of_ids and filled or next_table, fill = list and fill_from_list or fill_in_turn,
    in_turn = in_turn, taken = 0, over = false, out = 0, most_out = most_out,
    in_order = in_turn or not of_ids and operation.resource and not operation.read,
    asked_at = math.huge, -- a list answers at once
    -- the last request about each resource; how many wait for earlier ones; those that are ready,
    -- from `first` on
    last = {}, behind = 0, ready = {}, first = 1, count = 0,
    most_behind = list and math.huge or MOST_BEHIND,
  }
end

return items
