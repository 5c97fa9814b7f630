-- The requests of a batch: which items go out together, and which go out after others.
--
-- Ids fill requests (ids.lua); other requests are of one item. A request about a resource follows
-- earlier ones about it. Whoever ends the last of these has the request from `next` then, so nobody
-- waits for it.
--
-- A request has `params`; `item` and `index`, or the fields of `ids.lua`; `built` and `once` of its
-- check, unless it had to wait; `keys`, the resources that it changes.

local core = require "streamctl.core"
local failures = require "streamctl.call.failure"
local ids = require "streamctl.many.ids"
local pipeline = require "streamctl.call"
local protected = require "streamctl.loop.protected"

local MAX_WAITING = 5000 -- requests of an iterator that wait for earlier requests
local SLOW = 0.05 -- seconds; ids go out when the iterator takes longer for the next item
local NONE = {} -- constant

local Plan = {}
Plan.__index = Plan

local plan = {}

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

-- Checks a request of ids. Returns it, and true; or a request of the ids that are not at fault, or
-- nil where no ids are left.
local function check(self, request)
  if not (request and request.items[1]) then return nil end
  local built, once, err =
    pipeline.build(self.client, self.operation, request.params, self.call_options)
  if not built then return self.ids:sift(request, once, err) end
  request.built, request.once = built, once
  request.keys = self.in_turn and self.ids:keys_of(request) or nil
  return request, true
end

-- Makes a request of the next ids of a list.
local function fill_from_list(self)
  local request = self.ids:request()
  local is_built
  repeat -- later ids take the room of ids that were at fault
    self.ids:fill(request, self.list, self)
    request, is_built = check(self, request)
  until is_built or not request
  return request
end

-- The request of the ids that an iterator gave so far, or nil. Unless the ids are to go out, later
-- ones may take the room of ids that were at fault.
local function filled(self, is_last)
  local request, is_built = self.filling
  self.filling = nil
  repeat
    request, is_built = check(self, request)
  until is_built or not (is_last and request)
  if is_built then return request end
  self.filling = request
end

-- Makes a request of ids of an iterator. Other workers may send the request while the iterator
-- waits; where waiting stops every worker, ids are held back for one answer.
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
  return filled(self, self.over or was_held)
end

-- The message for an item that says too little. It does not quote the item: texts may be secrets.
local function no_table(self, item)
  local names = self.missing
  return "the item must be " .. (self.name and "a text for " .. self.name .. ", or " or "")
    .. "a table of parameters, got a " .. type(item) .. (names[2] and ": write { "
    .. table.concat(names, " = ..., ") .. " = ... }, or give all but one as `params`" or "")
end

-- Makes a request of the next item; nil at the end, and for an item that is at fault.
local function of_item(self)
  local item, index = take(self)
  if item == nil then return nil end
  local built, once, err
  if type(item) ~= "table" and not (self.name and type(item) == "string") then
    return self.results:finish({ index = index, item = item },
      failures.refuse(self.client, self.operation, "invalid_parameter", no_table(self, item)))
  end
  local params = self.is_whole and type(item) == "table" and item
    or ids.params_of(self.shared, self.name, item) -- iterators may fill a table again
  if not self.results.stopped then
    built, once, err = pipeline.build(self.client, self.operation, params, self.call_options)
    if not built then
      return self.results:finish({ index = index, item = item }, nil, once, err)
    end
  end
  return { index = index, item = item, params = params, built = built, once = once, since = false }
end

-- ---- order ----

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
-- to wait. A waiting request is built again later, since its parameters take less room. A request
-- that is under way alone is noted only now.
local function line_up(self, request)
  if not self.in_order or self.out == 0 or not request.built then return false end
  if self.alone and not self.alone.ended then follow(self, self.alone) end
  self.alone = false
  local ahead = follow(self, request)
  if ahead == 0 then return false end
  request.ahead, self.waiting = ahead, self.waiting + 1
  request.params = ids.params_of(request.params) -- the caller may change its table
  request.built, request.once = nil, nil
  return true
end

-- The next request that was made and need not wait, or nil.
local function make(self)
  local request
  while not request and not self.over and self.waiting < self.max_waiting do
    request = self:make()
    if request and line_up(self, request) then request = nil end
  end
  return request
end

-- The same of an iterator, which a single worker asks at a time. Another one sends ids for which
-- the iterator takes long.
local function make_in_turn(self)
  if self.asking then
    local request = self.filling and is_slow(self) and filled(self, true) or nil
    return request and not line_up(self, request) and request or nil
  end
  -- `asking` stays true when the code below throws, so no other worker asks the iterator again
  self.asking = true
  local request = make(self)
  self.asking = false
  return request
end

-- The next request, which is under way from now on. nil: none is left of a list, but those that
-- follow others under way; or of an iterator, there is none at the moment.
function Plan:next()
  if self.in_turn and self.out >= self.max_out then return nil end
  local request = self.ready[1] and table.remove(self.ready, 1)
    or (self.list and make or make_in_turn)(self)
  if request and self.in_turn then
    if self.out >= self.max_out then -- other workers began requests meanwhile
      table.insert(self.ready, request)
      return nil
    end
    -- an id that comes now is newer than the request
    for _, key in ipairs(request.keys) do self.ids.requests[key] = nil end
  end
  if request then
    if self.out == 0 and request.built then self.alone = request end
    self.out = self.out + 1
  end
  return request
end

-- Ends a request. Followers that wait for no other request are ready then.
function Plan:done(request)
  self.out, self.alone = self.out - 1, false
  if not request.keys then return end
  for _, key in ipairs(request.keys) do
    if self.last[key] == request then self.last[key] = nil end
  end
  for _, follower in ipairs(request.followers or NONE) do
    follower.ahead = follower.ahead - 1
    if follower.ahead == 0 then
      self.waiting = self.waiting - 1
      table.insert(self.ready, follower)
    end
  end
end

-- Whether no request comes any more.
function Plan:is_over()
  return self.over and self.waiting == 0 and not self.ready[1]
end

-- A plan for items of which none is taken yet, of a list or an iterator. `taken` is how many were,
-- `over` whether no more come, `out` how many requests are under way, at most `max_out`. Ids of an
-- iterator are `in_turn`: they go out while the iterator waits for more.
function plan.new(client, operation, list_or_iterator, all, params, call_options, max_out)
  local list = type(list_or_iterator) == "table" and list_or_iterator or nil
  local name, missing = ids.parameter(client, operation, params)
  local of_ids = ids.new(client, operation, name, params, call_options, all, list and #list)
  local in_turn = of_ids and not list or false
  all.ids = of_ids
  return setmetatable({
    client = client, operation = operation, call_options = call_options, results = all,
    shared = params, name = name, missing = missing, list = list, iterator = list_or_iterator,
    is_whole = list and next(params) == nil, -- tables of the list have all parameters
    ids = of_ids, make = not of_ids and of_item or list and fill_from_list or fill_in_turn,
    in_turn = in_turn,
    in_order = in_turn or not of_ids and operation.resource and not operation.read,
    taken = 0, over = false, out = 0, max_out = max_out,
    asked_at = math.huge, -- `is_slow` is false until an iterator is asked
    -- the last request about each resource; how many wait for earlier ones; those that need not now
    last = {}, waiting = 0, ready = {},
    max_waiting = list and math.huge or MAX_WAITING,
  }, Plan)
end

return plan
