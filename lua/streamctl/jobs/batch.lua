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
local ids = require "streamctl.jobs.ids"
local items = require "streamctl.jobs.items"
local options = require "streamctl.options"
local pipeline = require "streamctl.call"
local poll = require "streamctl.loop.poll"
local protected = require "streamctl.loop.protected"
local results = require "streamctl.jobs.results"

local merged = options.merged

local function check() return require "streamctl.jobs.check" end -- only who uses it loads it

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
  return merged(self.call_options, { intent = job.intent, on_send = on_send and function(what)
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

-- Runs a function that makes a request's call or looks after it. What it throws is a failure.
function Run:protect(job, run, call_options, one, two, three)
  self.under_way[job] = true
  local ok, response, message, err, attempts = protected.call(run, self.client, self.operation,
    job.params, call_options, self.results.shared, one, two, three)
  self.under_way[job] = nil
  if ok then
    if response and (response.partial or call_options.check) then job.attempts = attempts end
    return response, message, err
  end
  return failures.thrown(self.client, self.operation, job.params, response)
end

-- Makes the call of a request.
function Run:call_of(job, run)
  local all, call_options = self.results, self.call_options
  local why = all.stopped or all.may_end and all:ends()
  if why then
    return failures.refuse(self.client, self.operation, "cancelled", "never sent, because " .. why)
  end
  if job.intent or self.options.on_send then call_options = self:options_of(job) end
  local response, message, err =
    self:protect(job, run, call_options, job.request, job.once)
  if response and job.intent and not self.call_options.intent then response.intent = nil end
  return response, message, err
end

-- Looks after the halves that were executed. A look may take longer than a half may wait.
function Run:look_after(executed)
  local looks = {}
  for i, it in ipairs(executed) do
    looks[i] = function()
      self.results:finish(it.job, self:protect(it.job, check().look, self.call_options, it.response,
        it.job.attempts, it.began))
    end
  end
  if looks[1] then check().all(self.client.loop(), looks) end
end

-- Sends a refused request again in halves, if it may, and says whether it did. When the first half
-- goes through, the second one holds the refused id, and need not be sent whole.
function Run:divide(job, refusal)
  local of_ids = self.items.ids
  if not of_ids or self.options.stop_on_error then return false end
  local first, second, gone = of_ids:halve(job, refusal.err)
  if not first then return false end
  self.results:finish(gone, nil, refusal.message, refusal.err)
  self.under_way[second] = refusal
  local went_through = self:perform_half(first, refusal)
  self.under_way[second] = nil
  if not went_through or not second.params[self.operation.list][2]
    or not self:divide(second, refusal) then
    self:perform_half(second, refusal)
  end
  return true
end

-- Makes the call of a half of a refused request, and says whether it went through.
function Run:perform_half(job, refusal)
  local response, message, err
  local why, began = ids.too_late(refusal), core.monotonic()
  if not why then
    response, message, err = self:call_of(job, pipeline.run)
    local was_sent = response or err.attempts > 0 or err.maybe_sent or err.code == "superseded"
    why = not was_sent and err.message
  end
  if why then
    message, err = ids.unsent(refusal, why)
  elseif err then
    if self:divide(job, ids.refusal(message, err, self.longest, refusal)) then return false end
  elseif self.call_options.check then
    table.insert(refusal.executed, { job = job, response = response, began = began })
    self.under_way[job] = true
    return true
  end
  self.results:finish(job, response, message, err)
  return response ~= nil
end

-- Makes the call of a request.
function Run:perform(job)
  local response, message, err = self:call_of(job, self.call)
  if err and self.items.ids then
    local refusal = ids.refusal(message, err, self.longest)
    if self:divide(job, refusal) then return self:look_after(refusal.executed) end
  end
  self.results:finish(job, response, message, err)
end

-- Makes calls as long as there are requests. Whether nothing is to come; and whether it made any.
function Run:make_calls()
  local source, made = self.items, false
  while not self.broken and self.flying < self.most_flying do
    local job = source:next()
    if not job then break end
    if self.flying >= self.most_flying then -- other workers began requests meanwhile
      source:put_back(job)
      break
    end
    self.flying, made = self.flying + 1, true
    if source.in_turn then source:begin(job) end
    self:perform(job)
    if job.keys then source:release(job) end
    self.flying = self.flying - 1
  end
  return self.broken or source:is_empty(), made
end

-- Works until there is nothing to come.
function Run:work()
  local sleep = self.client.loop().sleep -- of the task that it is by now
  poll(sleep, math.huge, function() return self:make_calls() end, PAUSES)
end

-- How many workers there are: no more than requests of a list.
function Run:count_workers()
  local source, total = self.items, self.results.total
  if source.in_turn then return math.max(self.most_flying, 2) end -- one may wait for an id
  local requests = total and math.ceil(total / (source.ids and source.ids.most or 1)) or math.huge
  return math.max(math.min(self.most_flying, requests), 1)
end

-- Has workers work, and raises what one of them throws. An error in a call fails that call alone,
-- so that it is the loop which has to raise what interrupts all of them, as Ctrl-C does.
function Run:work_together(loop)
  local workers = {}
  for i = 1, self:count_workers() do
    workers[i] = function()
      local ok, why = protected.call(self.work, self)
      if ok then return end
      self.broken = true -- the others wait for nothing of this one
      error(why, 0)
    end
  end
  for _, ended in ipairs(loop.all(workers)) do
    if not ended[1] then error(ended[2], 0) end
  end
end

function Run:run()
  local loop, all, work = self.client.loop(), self.results, self.work_together
  -- where nobody can wait each call says so, one after the other
  if loop.refusal and loop.refusal() then work = self.work end
  local ok, why = protected.call(work, self, loop)
  if ok then return end
  for job, refusal in pairs(self.under_way) do -- interrupted, by Ctrl-C for one
    if refusal == true then
      all:finish(job, failures.thrown(self.client, self.operation, job.params, why))
    else
      all:finish(job, nil, refusal.message, refusal.err)
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
    client = self, operation = operation, options = given, call_options = {},
    call = call or pipeline.run, flying = 0, most_flying = given.concurrency or 8, under_way = {},
  }, Run)
  for name, value in pairs(given) do
    if name ~= "timeout" and not OWN[name] then run.call_options[name] = value end
  end
  local list = type(given_items) == "table" and copy_of(given_items) or nil
  run.results = results.new(self, operation, given, list)
  run.longest = pipeline.settings(self, run.call_options).limits.attempt_timeout
  run.items = items.new(self, operation, list or given_items, run.results, given.params or {},
    run.call_options)
  run:run()
  return run.results:complete(run.items.taken)
end

return batch
