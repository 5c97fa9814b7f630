--- One operation for many items: within the vendor's rate, several requests in flight.
--
-- An item is a table of parameters, or a text for the one required parameter that `params` leaves
-- out: an id. Where that parameter is a list of ids (ResumeRTCStreams and its kin, KickoutUser with
-- its RoomId in `params`), each item is an id, and ids fill requests up to the documented limit.
-- Calls for the same stream or task (see `streamctl.call.check`) go out one after the other, in the
-- order of their items.
--
-- A bad item fails alone. The vendor may refuse a request for one of its ids. Where it has
-- certainly executed nothing, or a repeat is harmless, the request goes again in halves until the
-- refused id stands alone. One bad id of 20 takes at most 9 more requests; the option `retry` may
-- repeat each of them. A half that is not sent any more is unsent.
--
-- Items come from a list or from an iterator: a function that returns the next item, nil at the
-- end, and nil and a message when it fails, as `function() return pager:next() end` does (see
-- `streamctl.pages`). One worker at a time asks the iterator, which may wait. Ids go out when their
-- request is full, or at the end. The batch does not end before the iterator has answered.
--
-- Repeated ids of a list are sent once. An id that an iterator gives again is newer than requests
-- that have begun, so it joins no such request.
-- @public streamctl.batch

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local failures = require "streamctl.call.failure"
local halves = require "streamctl.many.halves"
local options = require "streamctl.base.options"
local pipeline = require "streamctl.call"
local plan = require "streamctl.many.plan"
local poll = require "streamctl.loop.poll"
local protected = require "streamctl.loop.protected"
local results = require "streamctl.many.results"

local merged = options.merged

local batch = {}

local PAUSES = { shortest = 0.001, longest = 0.02, share = 1 } -- of a worker without a request

local BATCH_OPTIONS = {
  concurrency = checks.whole(1, 1000),
  on_progress = checks.callback,
  on_result = checks.callback,
  on_send = checks.callback,
  params = checks.parameters,
  should_stop = checks.callback,
  urgent = checks.boolean,
}

--- Options beside those of a call; `timeout` is that of the batch, which has none by itself. The
-- client's time limit counts from each slot that a call gets.
-- @table options
-- @tfield[opt=8] integer concurrency requests in flight at a time
-- @tfield function on_progress is called after requests, with the counts so far, see
-- `streamctl.report`
-- @tfield function on_result called with each result, which is in no report then
-- @tfield function on_send as in a call; when it returns false, nothing more is sent at all. A
-- repeated id of a list may join a request that is out already
-- @tfield table params parameters that all requests have; an item's parameters win
-- @tfield function should_stop gets the same counts. When it returns true or a reason (a text),
-- nothing more is sent. It is called before each request, and at least each 0.5 s while calls wait.
-- Requests that were never sent are `cancelled` then; calls that wait to go again end with the
-- failure that they had, and calls that are under way end as they do
-- @tfield[opt=false] boolean urgent its calls do not wait behind those of other batches
batch.checks = options.merged(options.call, BATCH_OPTIONS)

local Run = {}
Run.__index = Run

-- The options of a call whose on_send gets items, or which is a half and as old as its request.
function Run:options_of(request)
  local all = self.results
  local function on_send(call)
    if all.stopped then return false, all.stopped end
    call.items = all:of(request)
    local ok, go_on, reason = all:ask("on_send", call)
    if ok and go_on == false then all:stop(reason or "on_send said so") end
    if all.stopped then return false, all.stopped end
    return go_on
  end
  return merged(self.call_options,
    { stamp = request.stamp, on_send = all.options.on_send and on_send or nil })
end

-- Has `call` make the call of a request, which is under way until the request has ended.
function Run:send(request, call)
  local all, call_options, params = self.results, self.call_options, request.params
  local client, operation = self.client, self.operation
  local why = all.stopped or (all.group.should_stop or all.group.finish_by) and all:ends()
  if why then
    return failures.refuse(client, operation, "cancelled", "never sent, because " .. why)
  end
  if request.stamp or all.options.on_send then call_options = self:options_of(request) end
  self.under_way[request], request.since = true, request.since or core.monotonic()
  local answer, message, err, attempts = all:attempt(request.since, params, call, client, operation,
    params, call_options, all.group, request.built, request.once)
  request.attempts = attempts
  return answer, message, err
end

-- Sends requests until the plan has none. Returns whether any was sent.
function Run:send_all()
  local planned, all = self.plan, self.results
  local request = planned:next()
  local any = request ~= nil
  while request do
    local answer, message, err = self:send(request, self.call)
    if answer or not planned.ids or not halves.send(self, request, message, err) then
      all:finish(request, answer, message, err)
    end
    planned:done(request)
    self.under_way[request] = nil
    request = not self.broken and planned:next()
  end
  return any
end

-- A worker. Of an iterator, a worker also waits for the items that others hear of.
function Run:work()
  if self.plan.list then return self:send_all() end
  poll(self.client.loop().sleep, math.huge, function()
    local any = self:send_all()
    return self.broken or self.plan:is_over(), any
  end, PAUSES)
end

-- Ends what an error has left, as Ctrl-C does, which is thrown on. Any other error of the loop is
-- the report's failure, and nothing more is sent.
function Run:clear_up(why)
  local client, operation, all = self.client, self.operation, self.results
  local is_interrupt = errors.is_interrupt(why)
  if not is_interrupt then all:fail("the batch", why) end
  for request in pairs(self.under_way) do
    if request.refusal then
      all:finish(request, failures.unsent(client, operation, failures.new("cancelled",
        "never sent, because the batch was ended by an error",
        { maybe_sent = request.maybe_sent })))
    elseif not (request.ended or request.is_divided) then
      all:finish(request, failures.thrown(client, operation, request.params, why, request.since))
    end
    self.plan:done(request)
  end
  if is_interrupt then error(why, 0) end
  self.plan.asking, self.broken = false, false
  self:send_all() -- all others end unsent
end

-- Sends all requests. No more workers do than there are requests, if their number is known.
function Run:run()
  local workers, count, total = {}, self.results.options.concurrency or 8, self.results.total
  local max = self.plan.ids and self.plan.ids.max or 1
  if total then count = math.min(count, math.ceil(total / max)) end
  for i = 1, count do
    workers[i] = function()
      local fine, thrown = protected.call(self.work, self)
      if fine then return end
      self.broken = true -- the other workers end
      error(thrown, 0)
    end
  end
  -- an error in a call fails that call alone, so the loop raises what interrupts all
  local ok, why = protected.call(protected.together, self.client.loop(), workers)
  if not ok then self:clear_up(why) end
end

-- Runs a batch and returns its report. `call` makes each call; the default is pipeline.run.
function batch.run(self, operation, all_items, batch_options, call)
  local call_options, list = pipeline.NONE, nil
  for name, value in pairs(batch_options) do
    if name ~= "timeout" and not BATCH_OPTIONS[name] then
      call_options = merged(call_options, { [name] = value })
    end
  end
  if type(all_items) == "table" then
    list = core.new_table(#all_items, 0) -- the caller may change its list meanwhile
    for i = 1, #all_items do list[i] = all_items[i] end
  end
  local all = results.new(self, operation, batch_options, list)
  local run = setmetatable({
    client = self, operation = operation, call_options = call_options,
    call = call or pipeline.run, under_way = {}, broken = false, results = all,
    plan = plan.new(self, operation, list or all_items, all, batch_options.params or {},
      call_options),
  }, Run)
  run:run()
  return all:complete(run.plan.taken)
end

return batch
