-- The items of a batch, and the requests in which they go out. Requests about the same resource go
-- one after the other.

local core = require "streamctl.core"
local ids = require "streamctl.many.ids"
local failures = require "streamctl.call.failure"
local pipeline = require "streamctl.call"
local protected = require "streamctl.loop.protected"

local MAX_BEHIND = 5000 -- requests of an iterator that wait for earlier requests
local SLOW = 0.05 -- seconds; ids go out when the iterator takes longer for the next item

local items = {}

-- Whether the iterator takes, or took, long for an answer.
local function is_slow(self)
  return core.monotonic() - self.asked_at > SLOW
end

-- The next item and its index; nil at the end, and when the iterator fails.
local function take(self)
  local index, list = self.taken + 1, self.list
  local item, ok, why, err
  if list then
    item = list[index]
  elseif not self.results:is_over() then
    self.asked_at = core.monotonic()
    ok, item, why, err = protected.call(self.iterator)
    if not ok then item, why, err = nil, item, nil end
    if type(item) == "table" and rawget(item, protected.WAITS) then
      item, why, err = nil, protected.GENERATOR, nil
    end
    if not ok or item == nil and why ~= nil then self.results:fail("the iterator", why, err) end
  end
  if item == nil then
    self.over = true
    return nil
  end
  self.taken = index
  return item, index
end

-- Puts ids of a list into the request that is being filled. Returns whether the list has ended.
local function fill_from_list(self)
  self.filling = self.filling or self.ids:request()
  self.taken, self.over = self.ids:fill(self.filling, self.list, self.taken)
  return self.over
end

-- Fills with ids of an iterator. Other workers may send the request while the iterator waits; where
-- waiting stops every worker, ids are held back for one answer.
local function fill_in_turn(self)
  local request, was_held = self.filling, false
  while not self.over and not was_held and not (request and #request.list == self.ids.max) do
    local item, index = take(self)
    local slow = is_slow(self)
    request = self.filling or self.ids:request()
    if item ~= nil then
      self.filling = nil -- on_result may wait when it gets an ill-formed id
      self.ids:put(request, item, index)
      self.filling = request
      was_held = slow and #request.items > 1
    end
  end
  return self.over or was_held
end

-- The request of the ids that were taken so far, or nil. Unless the list has ended, later ids may
-- take the room of ids that were at fault.
local function filled(self, is_last)
  local request = self.filling
  self.filling = nil
  while request and request.items[1] do
    local built, once, err =
      pipeline.build(self.client, self.operation, request.params, self.call_options)
    if built then
      request.built, request.once = built, once
      request.keys = self.in_turn and self.ids:keys_of(request) or nil
      return request
    end
    request = self.ids:sift(request, once, err)
    if not is_last then
      self.filling = request
      return nil
    end
  end
end

-- The message for an item that says too little. It does not quote the item: texts may be secrets.
local function no_table(self, item)
  local names = self.missing
  return "the item must be " .. (self.name and "a text for " .. self.name .. ", or " or "")
    .. "a table of parameters, got a " .. type(item) .. (names[2] and ": write { "
    .. table.concat(names, " = ..., ") .. " = ... }, or give all but one as `params`" or "")
end

-- A request of the next item; nil at the end, and for an item that is at fault.
local function next_table(self)
  local client, operation, shared = self.client, self.operation, self.shared
  local item, index = take(self)
  if item == nil then return nil end
  if type(item) ~= "table" and not (self.name and type(item) == "string") then
    return self.results:finish({ index = index, item = item },
      failures.refuse(client, operation, "invalid_parameter", no_table(self, item)))
  end
  local built, once, err
  local params = ids.params_of(shared, self.name, item) -- an iterator may fill its table again
  if not self.results.stopped then
    built, once, err = pipeline.build(client, operation, params, self.call_options)
    if not built then
      return self.results:finish({ index = index, item = item }, nil, once, err)
    end
  end
  return { index = index, item = item, params = params, built = built, once = once }
end

-- Notes a request as the last one about each of its resources. Returns how many others it follows.
local function follow(self, request)
  local last_of, ahead = self.last, 0
  request.keys = request.keys or request.built:resources()
  for _, key in ipairs(request.keys) do
    local last = last_of[key]
    if last and last ~= request then
      last.followers = last.followers or {}
      table.insert(last.followers, request)
      ahead = ahead + 1
    end
    last_of[key] = request
  end
  return ahead
end

-- Lines a request up behind earlier ones about the same resource. Returns whether the request has
-- to wait. A waiting request is built again later, since its parameters take less room.
local function line_up(self, request)
  if not request.built then return false end
  if self.alone and not self.alone.ended then follow(self, self.alone) end
  self.alone = false
  local ahead = follow(self, request)
  if ahead == 0 then return false end
  request.ahead, self.behind = ahead, self.behind + 1
  request.built, request.once = nil, nil
  return true
end

local function put_back(self, request)
  self.ready[self.first + self.count], self.count = request, self.count + 1
end

-- A request that need not wait; nil when there is none.
local function make(self)
  local request
  if self.asking then
    request = self.filling and is_slow(self) and filled(self, true) or nil
    return request and not (self.out > 0 and line_up(self, request)) and request or nil
  end
  -- `asking` stays true when the code below throws, so no other worker asks the iterator again
  self.asking = true
  while not request and not self.over and self.behind < self.max_behind do
    request = self:next_made(self.ids and self:fill())
    if request and self.in_order and self.out > 0 and line_up(self, request) then request = nil end
  end
  self.asking = false
  return request
end

-- The next request, which is under way from now on; nil when there is none at the moment. It has
-- `params`; `item` and `index`, or of ids `items`; and, unless it had to wait, `built` and `once`.
function items.next(self)
  local request
  local in_turn = self.in_turn
  if in_turn and self.out >= self.max_out then return nil end
  if self.count > 0 then
    request, self.ready[self.first] = self.ready[self.first], nil
    self.first, self.count = self.first + 1, self.count - 1
  else
    request = make(self)
  end
  if not request then return nil end
  if in_turn then
    if self.out >= self.max_out then -- other workers began requests meanwhile
      put_back(self, request)
      return nil
    end
    self.ids:forget(request)
  end
  -- a lone request notes its resources (`follow`) only when a second request lines up
  if self.out == 0 and request.built then self.alone = request end
  self.out = self.out + 1
  return request
end

-- Ends a request. Followers that wait for no other request are ready then.
function items.release(self, request)
  self.out, self.alone = self.out - 1, false
  if not request.keys then return end
  for _, key in ipairs(request.keys) do
    if self.last[key] == request then self.last[key] = nil end
  end
  for _, follower in ipairs(request.followers or {}) do
    follower.ahead = follower.ahead - 1
    if follower.ahead == 0 then
      self.behind = self.behind - 1
      put_back(self, follower)
    end
  end
end

-- Items of which none is taken yet, of a list or an iterator. `taken` is how many were, `over`
-- whether no more come, `out` how many requests are under way, at most `max_out`. Ids of an
-- iterator are `in_turn`: they go out while the iterator waits for more.
function items.new(client, operation, list_or_iterator, results, params, call_options, max_out)
  local list = type(list_or_iterator) == "table" and list_or_iterator or nil
  local name, missing = ids.parameter(client, operation, params)
  local of_ids = ids.new(client, operation, name, params, call_options, results, list and #list)
  local in_turn = of_ids and not list or false
  results.ids = of_ids
  return {
    client = client, operation = operation, call_options = call_options, results = results,
    shared = params, name = name, missing = missing, list = list, iterator = list_or_iterator,
    ids = of_ids, next_made = of_ids and filled or next_table,
    fill = list and fill_from_list or fill_in_turn,
    in_turn = in_turn, taken = 0, over = false, out = 0, max_out = max_out,
    in_order = in_turn or not of_ids and operation.resource and not operation.read,
    asked_at = math.huge, -- `is_slow` is false until an iterator is asked
    -- the last request about each resource; how many wait for earlier requests; the ready
    -- requests, from `first` on
    last = {}, behind = 0, ready = {}, first = 1, count = 0,
    max_behind = list and math.huge or MAX_BEHIND,
  }
end

return items
