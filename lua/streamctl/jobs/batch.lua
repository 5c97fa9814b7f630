--- One operation for many items: paced, some in flight at a time.
--
-- Operations that take a list of ids (ResumeRTCStreams and its kin) get ids as items: they go out
-- in requests of up to 20, repeated ones once. For every other operation an item is a table of
-- parameters. Calls that are about the same stream or task (see `streamctl.call.about`) go out one
-- after the other, in the order of their items.
--
-- Items come from a list or from an iterator: a function that returns the next item, and nil at the
-- end. One worker at a time asks it, a little ahead of what is sent; it may wait. Repeated ids are
-- sent once in a whole list, and from an iterator as long as no 50,000 others came between them.
-- @public streamctl.batch

local about = require "streamctl.call.about"
local chains = require "streamctl.jobs.chains"
local core = require "streamctl.core"
local encode = require "streamctl.call.encode"
local options = require "streamctl.options"
local outcome = require "streamctl.call.outcome"
local parameters = require "streamctl.call.parameters"
local pipeline = require "streamctl.call"
local protected = require "streamctl.loop.protected"

local batch = {}

local KEPT_IDS = 50000 -- of an iterator: repeated ones among the last so many are recognised
local MOST_BEHIND = 5000 -- items of an iterator that wait for earlier calls about the same thing

local SHORTEST, LONGEST = 0.001, 0.02 -- seconds for which a worker without a job pauses

local OWN = {
  concurrency = options.checks.whole(1, 1000),
  on_progress = options.checks.callback,
  on_result = options.checks.callback,
  stop_on_error = options.checks.boolean,
}

--- Options beside those of a call; `timeout` is that of the whole batch, which has none by itself.
-- The client's own time limit counts from each slot that a call gets.
-- @table options
-- @tfield integer concurrency requests in flight at a time, 8
-- @tfield function on_progress called after requests; returning false cancels the rest
-- @tfield function on_result called with each result, which is not kept then
-- @tfield boolean stop_on_error after a failure nothing more is sent
batch.checks = options.merged(options.call, options.generic, OWN)

local Run = {}
Run.__index = Run

-- ---- results ----

function Run:stop(why)
  self.stopped = self.stopped or why
end

-- An error of the caller's own code that the batch ends with.
function Run:fail(why)
  self.failure = self.failure or { why }
  self:stop "the caller's code failed"
end

function Run:refuse(code, text)
  return outcome.refuse(self.client, self.operation, code, text)
end

function Run:thrown(job, why)
  return outcome.thrown(self.client, self.operation, job.params, why)
end

-- Enters what came of an item.
function Run:enter(result, response, message, err)
  local report, given, ok = self.report, self.options, response ~= nil
  result.ok, result.response, result.message, result.err = ok, response, message, err
  report.succeeded = report.succeeded + (ok and 1 or 0)
  report.failed = report.failed + (ok and 0 or 1)
  if not ok and given.stop_on_error then self:stop "an earlier item failed" end
  if given.on_result and not self.result_refused then
    local fine, why = protected.call(given.on_result, result)
    if not fine then
      self.result_refused = true
      self:fail(why)
    end
  end
end

-- A job is one request: `params`; `results`, one for each item; and for a list of ids `streams`,
-- those of the results. Once it has ended: `response`, `message`, `err`, and `gone`, the streams
-- that gave way.

function Run:enter_of(job, result, stream)
  if job.gone and job.gone[stream] then
    local text = "a newer call for " .. stream .. " was made meanwhile"
    self:enter(result, self:refuse("superseded", text))
  else
    self:enter(result, job.response, job.message, job.err)
  end
end

function Run:finish(job, response, message, err)
  local superseded, results, streams = (response or err).superseded, job.results, job.streams
  if superseded and streams then
    job.gone = {}
    for _, stream in ipairs(superseded) do job.gone[stream] = true end
  end
  job.response, job.message, job.err = response, message, err
  job.params, job.results, job.streams = nil, nil, nil
  for i, result in ipairs(results) do self:enter_of(job, result, streams and streams[i]) end
end

function Run:progress()
  local callback, report = self.options.on_progress, self.report
  local done = report.succeeded + report.failed
  self.told = done
  if not callback or report.callback_error then return end
  local ok, go_on = protected.call(callback, {
    total = self.total, done = done, succeeded = report.succeeded, failed = report.failed,
    requests = self.shared.requests, elapsed = core.monotonic() - self.start,
  })
  if not ok then
    report.callback_error = tostring(go_on)
  elseif go_on == false then
    self:stop "on_progress cancelled the batch"
  end
end

-- ---- items ----

-- The next item, as its result; nil at the end.
function Run:next_result()
  local report, at, item = self.report, self.taken + 1, nil
  if self.failure or (self.stopped and not self.list) or at > (self.total or math.huge) then
    self.over = true
  elseif self.list then
    item = self.list[at]
  else
    local ok
    ok, item = protected.call(self.iterator)
    if not ok then self:fail(item) end
    self.over = not ok or item == nil
  end
  if self.over then return nil end
  self.taken = at
  local result = { index = at, item = item, ok = false }
  if report.results then report.results[at] = result end
  return result
end

-- An id as it is sent; or nil and what is wrong with it.
function Run:id_of(item)
  if self.unchecked then
    local id = encode.text(item)
    return id, not id and "must be text, got a " .. type(item)
  end
  local context = self.client.context
  local wire, _, why = parameters.run(self.operation, { [self.ids.name] = { item } }, context)
  if not wire then return nil, (why:gsub("^item 1 ", "")) end
  return wire[2]
end

-- A request full of ids. Ill-formed ones fail by themselves, repeated ones share what comes of the
-- first.
function Run:next_ids()
  local spec, job = self.ids, nil
  repeat
    local result = self:next_result()
    if not result then break end
    local stream, why = self:id_of(result.item)
    local known = stream and (self.jobs[stream] or self.old_jobs[stream])
    if not stream then
      self:enter(result, self:refuse("invalid_parameter", spec.name .. " " .. why))
    elseif known and not known.results then
      self:enter_of(known, result, stream)
    else
      if not known then
        job = job or { params = { [spec.name] = {} }, results = {}, streams = {} }
        known = job
        table.insert(job.params[spec.name], result.item)
        if self.kept >= self.most_kept then
          self.jobs, self.old_jobs, self.kept = {}, self.jobs, 0
        end
        self.jobs[stream], self.kept = job, self.kept + 1
      end
      table.insert(known.results, result)
      table.insert(known.streams, stream)
    end
  until job and #job.params[spec.name] == spec.max_items
  return job
end

-- The next item about which nothing is under way.
function Run:next_table()
  local operation, context = self.operation, self.client.context
  while self.chains.behind < self.most_behind do
    local result = self:next_result()
    if not result then return nil end
    local item = result.item
    local job = { params = item, results = { result } }
    if type(item) ~= "table" then
      self:enter(result, self:refuse("invalid_parameter",
        "the item must be a table of parameters, got a " .. type(item)))
    else
      local params = parameters.fill_in(operation, item, context)
      if not self.chains:add(job, about.keys(operation, params, context)) then return job end
    end
  end
end

-- The next job; nil when there is none at the moment, as while another worker takes items.
function Run:next_job()
  local job = self.chains:next()
  if job or self.over or self.asking then return job end
  self.asking = true
  local ok, found = protected.call(self.ids and self.next_ids or self.next_table, self)
  self.asking = false
  if not ok then error(found, 0) end
  return found
end

-- ---- work ----

function Run:perform(job)
  local finish_by = self.shared.finish_by
  if finish_by and core.monotonic() >= finish_by then
    self:stop "the time limit of the batch passed"
  end
  if self.stopped then
    self:finish(job, self:refuse("cancelled", "never sent, because " .. self.stopped))
  else
    self.under_way[job] = true
    local ok, response, message, err = protected.call(pipeline.run, self.client, self.operation,
      job.params, self.call_options, self.shared)
    self.under_way[job] = nil
    if not ok then response, message, err = self:thrown(job, response) end
    self:finish(job, response, message, err)
    self:progress()
  end
  self.chains:release(job)
end

function Run:is_over()
  return self.broken or (self.over and self.chains:is_empty())
end

-- Works until there is nothing to come. A worker that finds no job looks again a little later.
function Run:work()
  local pause = SHORTEST
  while not self:is_over() do
    local job = self:next_job()
    if job then
      self:perform(job)
      pause = SHORTEST
    elseif not self:is_over() then
      self.client.loop().sleep(pause) -- of the task that it is by now
      pause = math.min(2 * pause, LONGEST)
    end
  end
end

function Run:run()
  local loop, workers = self.client.loop(), {}
  for i = 1, math.min(self.options.concurrency or 8, math.max(self.total or math.huge, 1)) do
    workers[i] = function()
      local ok, why = protected.call(self.work, self)
      if ok then return end
      self.broken = true -- the others wait for nothing of this one
      error(why, 0)
    end
  end
  -- where nobody can wait each call says so, one after the other
  local all = loop.all
  if loop.refusal and loop.refusal() then
    all = function()
      self:work()
      return {}
    end
  end
  local ok, outcomes = protected.call(all, workers)
  for _, ended in ipairs(ok and outcomes or {}) do
    if ok and not ended[1] then ok, outcomes = false, ended[2] end
  end
  if not ok then -- interrupted, by Ctrl-C for one
    for job in pairs(self.under_way) do self:finish(job, self:thrown(job, outcomes)) end
    error(outcomes, 0)
  end
  if self.failure then error(self.failure[1], 0) end
  if self.told ~= self.report.succeeded + self.report.failed then self:progress() end
end

--- Runs a batch. An error of the iterator or of on_result is raised once what was sent has ended;
-- after one of the iterator on_result still gets what comes of that.
-- @tparam table self a client
-- @tparam table operation a row
-- @param items a list or an iterator
-- @tparam table given checked options
-- @treturn table report: `total`, `succeeded`, `failed`, `elapsed` (seconds), `requests` (that went
-- out); `results[i]`: `{ index =, item =, ok = true, response = }` or `{ ..., ok = false,
-- message =, err = }`, unless on_result got them; `callback_error` when on_progress failed (it is
-- not called again then). on_progress gets the same counts and `done`; `total` is nil with an
-- iterator
function batch.run(self, operation, items, given)
  local list = type(items) == "table" and items or nil
  local report = { total = 0, succeeded = 0, failed = 0, requests = 0, elapsed = 0 }
  if not given.on_result then report.results = {} end
  local start = core.monotonic()
  local run = setmetatable({
    client = self, operation = operation, options = given, report = report, start = start, told = 0,
    shared = { requests = 0, finish_by = given.timeout and start + given.timeout },
    call_options = {},
    list = list, iterator = items, total = list and #list, taken = 0,
    jobs = {}, old_jobs = {}, kept = 0, most_kept = list and math.huge or KEPT_IDS,
    chains = chains.new(), most_behind = list and math.huge or MOST_BEHIND, under_way = {},
  }, Run)
  for name, value in pairs(given) do
    if name ~= "timeout" and not OWN[name] then run.call_options[name] = value end
  end
  run.unchecked = pipeline.option(self, run.call_options, "validate") == false
  for _, spec in ipairs(operation.params or {}) do
    if spec.type == "stream_ids" then run.ids = spec end
  end
  run:run()
  report.total, report.requests = run.taken, run.shared.requests
  report.elapsed = core.monotonic() - start
  return report
end

return batch
