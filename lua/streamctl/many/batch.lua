--- One operation for many items: paced, some in flight at a time.
--
-- Operations that take a list of ids and want nothing else (ResumeRTCStreams and its kin), or what
-- else they want from the option `params` (KickoutUser and its RoomId), get ids as items: these
-- fill requests up to the documented limit. For every other operation an item is a table of
-- parameters. Calls that are about the same stream or task (see `streamctl.call.check`) go out one
-- after the other, in the order of their items.
--
-- One bad item fails alone. The vendor may refuse a whole request for one of its ids. Where it has
-- certainly executed nothing, or a repeat is harmless, the request goes again in halves until the
-- refused id stands alone. One bad id of 20 takes at most 9 more requests; the option `retry` may
-- repeat each of them. A half that is not sent any more fails as the whole request did. With the
-- option `check` halves are looked after once all of them were sent.
--
-- Items come from a list or from an iterator: a function that returns the next item, nil at the
-- end, and nil and a message when it fails, as `function() return pager:next() end` does (see
-- `streamctl.pages`). One worker at a time asks it, a little ahead of what is sent. It may wait:
-- after 50 ms the ids that are there go out. The batch does not end before it has answered.
--
-- Repeated ids of a list are sent once. An id that an iterator gives again is newer than requests
-- that have begun, so it joins no such request.
-- @public streamctl.batch

local core = require "streamctl.core"
local failures = require "streamctl.call.failure"
local halves = require "streamctl.many.halves"
local items = require "streamctl.many.items"
local options = require "streamctl.options"
local pipeline = require "streamctl.call"
local poll = require "streamctl.loop.poll"
local protected = require "streamctl.loop.protected"
local results = require "streamctl.many.results"

local merged = options.merged

local batch = {}

local PAUSES = { shortest = 0.001, longest = 0.02, share = 1 } -- of a worker without a request

local OWN = {
  concurrency = options.checks.whole(1, 1000),
  on_progress = options.checks.callback,
  on_result = options.checks.callback,
  on_send = options.checks.callback,
  params = options.checks.parameters,
  should_stop = options.checks.callback,
  stop_on_error = options.checks.boolean,
}

--- Options beside those of a call; `timeout` is that of the whole batch, which has none by itself.
-- The client's own time limit counts from each slot that a call gets.
-- @table options
-- @tfield integer concurrency requests in flight at a time, 8
-- @tfield function on_progress called after requests; returning false cancels the rest
-- @tfield function on_result called with each result, which is in no report then
-- @tfield function on_send see `streamctl.options.call`; when it returns false nothing more is sent
-- at all. A repeated id of a list may join a request that is out already
-- @tfield table params parameters that all requests have; an item's own win
-- @tfield function should_stop asked before each request, and at least each 0.5 s while calls wait
-- for their turn or to go again. Once it returns a reason (a text), nothing more is sent: what was
-- never sent is `cancelled`, calls that wait to go again end with the failure that they had, and
-- what is under way ends as it does
-- @tfield boolean stop_on_error after a failure nothing more is sent
batch.checks = options.merged(options.call, options.generic, OWN)

-- The caller may change a list meanwhile.
local function copy_of(list)
  local copy = core.new_table(#list, 0)
  for i = 1, #list do copy[i] = list[i] end
  return copy
end

local Run = {}
Run.__index = Run

-- The options of a request's call: its on_send gets the request's items, and may end the batch. A
-- half is an intent of the same age as the whole request.
function Run:options_of(job)
  local all, on_send = self.results, self.options.on_send
  return merged(self.call_options, { age = job.age, on_send = on_send and function(what)
    if all.stopped then return false, all.stopped end
    what.items = results.of(job)
    local ok, go_on, reason = protected.call(on_send, what)
    if not ok then
      all:fail("on_send", go_on)
    elseif go_on == false then
      all:stop(reason or "on_send said so")
    end
    return not all.stopped, all.stopped
  end or nil })
end

-- Makes the call of a request. What it throws is a failure. `place`: of the request among those
-- under way.
function Run:call_of(job, place, run)
  local all, call_options, params = self.results, self.call_options, job.params
  local why = all.stopped or all.may_end and all:ends()
  if why then
    return failures.refuse(self.client, self.operation, "cancelled", "never sent, because " .. why)
  end
  if job.age or self.options.on_send then call_options = self:options_of(job) end
  self.under_way[place] = job
  local ok, response, message, err, attempts = protected.call(run, self.client, self.operation,
    params, call_options, all.shared, job.request, job.once)
  self.under_way[place] = nil
  if not ok then return failures.thrown(self.client, self.operation, params, response) end
  job.attempts = attempts
  if response and job.age and not self.call_options.age then response.age = nil end
  return response, message, err
end

-- Makes calls as long as there are requests. Whether nothing is to come; and whether it made any.
function Run:make_calls(place)
  local source, all = self.items, self.results
  local job = items.next(source)
  local made = job ~= nil
  while job do
    local response, message, err = self:call_of(job, place, self.call)
    if response or not source.ids or not halves.send(self, job, message, err) then
      all:finish(job, response, message, err)
    end
    items.release(source, job)
    job = not self.broken and items.next(source)
  end
  return self.broken or source.over and source.behind == 0 and source.count == 0, made
end

-- Works until there is nothing to come. Other workers wait for nothing of one that throws.
function Run:work(place)
  local ok, why = protected.call(function()
    if self:make_calls(place) then return end
    local sleep = self.client.loop().sleep -- of the task that it is by now
    poll(sleep, math.huge, function() return self:make_calls(place) end, PAUSES)
  end)
  if ok then return end
  self.broken = true
  error(why, 0)
end

-- Has workers work, and raises what interrupts them, as Ctrl-C does.
function Run:run()
  local loop, source, workers = self.client.loop(), self.items, {}
  local most, total = source.most_out, self.results.total
  if source.in_turn then
    most = math.max(most, 2) -- one may wait for an id
  elseif total then -- no more than requests
    most = math.min(most, math.ceil(total / (source.ids and source.ids.most or 1)))
  end
  for i = 1, math.max(most, 1) do
    workers[i] = function() self:work(i) end
  end
  local ok, why
  if loop.refusal and loop.refusal() then -- each call says so, one after the other
    ok, why = protected.call(workers[1])
  else -- an error in a call fails that call alone, so the loop raises what interrupts all
    ok, why = protected.call(protected.together, loop, workers)
  end
  if ok then return end
  for _, job in pairs(self.under_way) do
    local refusal = job.refusal
    if refusal then
      self.results:finish(job, nil, refusal.message, refusal.err)
    else
      self.results:finish(job, failures.thrown(self.client, self.operation, job.params, why))
    end
  end
  error(why, 0)
end

--- What a batch returns. When the iterator or a callback fails, nothing more is sent (on_progress
-- is only not called again), and all that was sent is reported. What failed inside a success (see
-- `streamctl.call.partial`) is no success: the item that the vendor names, or all items of a
-- request when it names none of them.
-- @table report
-- @tfield integer total
-- @tfield integer succeeded
-- @tfield integer failed
-- @tfield integer requests how many went out
-- @tfield number elapsed seconds
-- @tfield table results by index, made when they are first read: loops over the report's fields
-- and encoders of JSON come to them only after that. With on_result, the one that it threw for and
-- those after it
-- @tfield table failures those of the results that are not ok, by index
-- @tfield table failure of the iterator or of a callback: an `err` with the code `callback` and
-- `thrown`, what it threw or its message; or the iterator's own third result, when that is an `err`

--- What came of an item.
-- @table result
-- @tfield integer index
-- @tfield any item
-- @tfield boolean ok
-- @tfield table response the answer, where there is one
-- @tfield string message where it is not ok
-- @tfield table err

--- What on_progress gets.
-- @table progress
-- @tfield integer total nil with an iterator
-- @tfield integer done
-- @tfield integer succeeded
-- @tfield integer failed
-- @tfield integer requests how many went out
-- @tfield number elapsed seconds

--- Runs a batch of items, a list or an iterator, and returns its report. `call` makes each call,
-- `streamctl.call.run` does without it.
function batch.run(self, operation, given_items, given, call)
  local run = setmetatable({
    client = self, operation = operation, options = given, call_options = pipeline.NONE,
    call = call or pipeline.run, under_way = {}, broken = false,
  }, Run)
  for name, value in pairs(given) do
    if name ~= "timeout" and not OWN[name] then
      run.call_options = merged(run.call_options, { [name] = value })
    end
  end
  local list = type(given_items) == "table" and copy_of(given_items) or nil
  run.results = results.new(self, operation, given, list)
  run.items = items.new(self, operation, list or given_items, run.results, given.params or {},
    run.call_options, given.concurrency or 8)
  run:run()
  return run.results:complete(run.items.taken)
end

return batch
