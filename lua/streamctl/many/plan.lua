-- The requests of a batch: which items go out together, and which go out after others.
--
-- Ids fill requests (ids.lua); other requests are of one item. A request about a resource follows
-- earlier ones about it. Whoever ends the last of these has the request from `next` then, so nobody
-- waits for it.
--
-- A request has `params`; `index` of its item, or `indexes` of those that share it; `built` and
-- `once` of its check, unless it had to wait; `keys`, the resources that it changes.

local failures = require "streamctl.call.failure"
local ids = require "streamctl.many.ids"
local pipeline = require "streamctl.call"
local protected = require "streamctl.loop.protected"

local MAX_WAITING = 5000 -- requests of an iterator that wait for earlier requests
local NONE = {} -- constant

local Plan = {}
Plan.__index = Plan

local plan = {}

-- The next item and its index; nil at the end, when the iterator fails, and when the batch is over.
local function take(self)
  local index, list = self.taken + 1, self.list
  local item, ok, why, err
  if list then
    item = list[index]
  elseif not self.results:is_over() then
    ok, item, why, err = protected.call(self.iterator)
    if not ok then item, why, err = nil, item, nil end
    if type(item) == "table" and rawget(item, protected.WAITS) then
      item, why, err = nil, protected.GENERATOR, nil
    end
    if not ok or item == nil and why ~= nil then self.results:fail("the iterator", why, err) end
  else
    self.results.is_cut = true
  end
  if item == nil then
    self.over = true
    return nil
  end
  self.taken = index
  if not list then self.results.items[index] = item end
  return item, index
end

-- Makes a request of the next ids. Later ids take the room of ids that were at fault.
local function fill(self)
  local request = self.ids:request()
  while request do
    if self.list then self.ids:fill(request, self.list, self) end
    while not self.over and #request.list < self.ids.max do
      local item, index = take(self)
      if item ~= nil then self.ids:put(request, item, index) end
    end
    if not request.list[1] then return nil end
    local built, once, err =
      pipeline.build(self.client, self.operation, request.params, self.call_options)
    if built then
      request.built, request.once = built, once
      request.keys = self.in_turn and self.ids:keys_of(request) or nil
      return request
    end
    request = self.ids:sift(request, once, err)
  end
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
  local built, once
  if type(item) ~= "table" and not (self.name and type(item) == "string") then
    return self.results:finish({ index = index },
      failures.refuse(self.client, self.operation, "invalid_parameter", no_table(self, item)))
  end
  local params = self.is_whole and type(item) == "table" and item
    or ids.params_of(self.shared, self.name, item) -- iterators may fill a table again
  if not self.results.stopped then
    local err
    built, once, err = pipeline.build(self.client, self.operation, params, self.call_options)
    if not built then return self.results:finish({ index = index }, nil, once, err) end
  end
  -- eight fields in all, which is the room of a table with five
  return { index = index, params = params, built = built, once = once, since = false }
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

-- The next request that was made and need not wait, or nil. A single worker at a time asks an
-- iterator. `asking` stays true when the iterator throws, so no other worker asks again.
local function make(self)
  local request
  if self.asking then return nil end
  self.asking = not self.list
  while not request and not self.over and self.waiting < self.max_waiting do
    request = self:make()
    if request and line_up(self, request) then request = nil end
  end
  self.asking = false
  return request
end

-- The next request, which is under way from now on. nil: none is left of a list, but those that
-- follow others under way; or of an iterator, there is none at the moment.
function Plan:next()
  local request = self.ready[1] and table.remove(self.ready, 1) or make(self)
  if not request then return nil end
  -- an id that comes now is newer than the request
  if self.in_turn then
    for _, key in ipairs(request.keys) do self.ids.requests[key] = nil end
  end
  if self.out == 0 and request.built then self.alone = request end
  self.out = self.out + 1
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
-- `over` whether no more come. Ids of an iterator go out `in_turn`, since a repeated id is newer.
function plan.new(client, operation, list_or_iterator, all, params, call_options)
  local list = type(list_or_iterator) == "table" and list_or_iterator or nil
  local name, missing = ids.parameter(client, operation, params)
  local of_ids = ids.new(client, operation, name, params, call_options, all)
  local in_turn = of_ids and not list or false
  all.ids = of_ids
  return setmetatable({
    client = client, operation = operation, call_options = call_options, results = all,
    shared = params, name = name, missing = missing, list = list, iterator = list_or_iterator,
    is_whole = list and next(params) == nil, -- tables of the list have all parameters
    ids = of_ids, make = of_ids and fill or of_item, in_turn = in_turn,
    in_order = in_turn or not of_ids and operation.resource and not operation.read,
    taken = 0, over = false, asking = false, out = 0, -- requests under way
    -- the last request about each resource; how many wait for earlier ones; those that need not now
    last = {}, waiting = 0, ready = {},
    max_waiting = list and math.huge or MAX_WAITING,
  }, Plan)
end

return plan
