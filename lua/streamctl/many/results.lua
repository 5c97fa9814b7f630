--- What came of the items of a batch, and why it ends.
-- @module streamctl.many.results

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local options = require "streamctl.options"
local refuse = require("streamctl.call.failure").refuse
local partial = require "streamctl.call.partial"
local protected = require "streamctl.loop.protected"
local redact = require "streamctl.call.redact"

-- Seconds by which the clocks of loops are early at most. When no more are left nothing is begun.
local TICK = 0.01

local Results = {}
Results.__index = Results

local results = {}

--- No results yet. `stopped` is why nothing more is sent, `shared` what the batch's calls share,
-- see `streamctl.call`. `list` has the items, unless an iterator gives them.
function results.new(client, operation, given, list)
  local start = core.monotonic()
  local made = setmetatable({
    client = client, operation = operation, options = given, total = list and #list, list = list,
    report = { total = 0, succeeded = 0, failed = 0, requests = 0, elapsed = 0, failures = {} },
    start = start, told = 0,
    -- what went well: requests of ids, and by index tables and their answers; all other results
    jobs = {}, items = list or {}, responses = core.new_table(list and #list or 0, 0),
    entered = {}, is_quiet = not (given.on_result or given.on_send),
    may_end = given.timeout or given.should_stop or false, stopped = false,
    shared = { requests = 0, finish_by = given.timeout and start + given.timeout },
  }, Results)
  if given.should_stop then made.shared.should_stop = function() return made:ends() end end
  return made
end

-- What the caller's code gives or throws is any value, and may not even have a text.
local function text_of(why)
  local ok, text = pcall(tostring, why)
  return ok and type(text) == "string" and text or "a " .. type(why)
end

--- Nothing more is sent from now on.
function Results:stop(why)
  self.stopped = self.stopped or text_of(why)
end

--- Why nothing more is sent, by the time; nil when it is.
function Results:is_over()
  local finish_by = self.shared.finish_by
  if finish_by and core.monotonic() + TICK >= finish_by then
    self:stop "the time limit of the batch passed"
  end
  return self.stopped
end

--- Asks should_stop as well whether nothing more is sent.
function Results:ends()
  local should_stop = self.options.should_stop
  if should_stop and not self:is_over() then
    local ok, why = protected.call(should_stop)
    if not ok then self:fail("should_stop", why) elseif why then self:stop(why) end
  end
  return self:is_over()
end

--- Notes that a function of the caller's failed, why (what it threw, or its message), and the err
-- of a call that it made. The report has the first such failure. Returns a text that says so.
function Results:note(name, why, err)
  local text = redact.quote(self.client, name .. " failed: " .. text_of(why), 1000)
  if self.report.failure then return text end
  if type(err) ~= "table" or not errors.codes[rawget(err, "code")] then
    local _
    _, _, err = refuse(self.client, self.operation, "callback", text)
    err.thrown = why
  end
  self.report.failure = err
  return text
end

--- Notes such a failure, and ends the batch.
function Results:fail(...)
  self:stop(self:note(...))
end

-- Hands a result to on_result. A result that it fails to take is in the report.
local function hand_out(self, result)
  local report = self.report
  if not report.results then
    local fine, why = protected.call(self.options.on_result, result)
    if fine then return end
    self:fail("on_result", why)
    report.results = {}
  end
  table.insert(report.results, result)
  if not result.ok then table.insert(report.failures, result) end
end

--- Enters what came of an item; of one that failed inside a success the answer is kept.
function Results:enter(result, response, message, err)
  local report, given = self.report, self.options
  if response then
    result.ok, result.response = true, response
    report.succeeded = report.succeeded + 1
  else -- fields that stay nil are not named: some Luas make room for them
    result.response, result.message, result.err = err.answer, message, err
    report.failed = report.failed + 1
    if given.stop_on_error then self:stop "an earlier item failed" end
  end
  if given.on_result then
    hand_out(self, result)
  else
    self.entered[#self.entered + 1] = result
  end
end

local function pack(_, message, err)
  return { message = message, err = err }
end

-- Tells the ids of a request apart: those that gave way, or failed inside a success, get `outcomes`
-- of the job, by id. Returns the outcome of all other ids, whose failure is any that names no id.
local function tell_apart(self, job, response, message, err)
  local client, operation, params = self.client, self.operation, job.params
  local superseded, failures = (response or err).superseded, (response or err).partial
  local by_id, known, nobodys, fail = {}, {}, {}, partial.failed
  local fields = { attempts = err and err.attempts or job.attempts }
  if failures and not response then -- these ids were not seen, all others were
    response, message, err, fail = err.answer, nil, nil, partial.unconfirmed
  end
  for _, id in ipairs(superseded or {}) do
    by_id[id] = pack(refuse(client, operation, "superseded",
      "a newer call for " .. id .. " was made meanwhile"))
  end
  for _, item in ipairs(failures and job.items or {}) do
    known[item], known[self.ids:key(item)] = true, true
  end
  for _, failure in ipairs(failures or {}) do
    if known[failure.item or known] then
      by_id[failure.item] =
        pack(fail(client, operation, response, { failure }, params, options.merged(fields)))
    else
      nobodys[#nobodys + 1] = failure
    end
  end
  job.outcomes = by_id
  if nobodys[1] then
    return partial.failed(client, operation, response, nobodys, params, fields)
  end
  return response, message, err
end

--- The index of an item of a request of ids.
function results.index_of(job, i)
  return job.indexes and job.indexes[i] or job.first + i - 1
end

local index_of = results.index_of

--- The results of what a request carries so far, of which on_send may have been told.
function results.of(job)
  local list = job.results or {}
  job.results = list
  if job.index then
    list[1] = list[1] or { index = job.index, item = job.item, ok = false }
  else
    for i = #list + 1, #job.items do
      list[i] = { index = index_of(job, i), item = job.items[i], ok = false }
    end
  end
  return list
end

-- Enters what came of a request for one item of it.
local function enter_of(self, job, result)
  local by_id = job.outcomes
  local apart = by_id and (by_id[self.ids:key(result.item)] or by_id[result.item])
  if apart then return self:enter(result, nil, apart.message, apart.err) end
  self:enter(result, job.response, job.message, job.err)
end

-- Ends a request of ids. It keeps what came of it for ids that are repeated later.
local function finish_ids(self, job, response, message, err)
  local whole = response or err
  if whole.partial or whole.superseded then
    response, message, err = tell_apart(self, job, response, message, err)
  end
  job.response, job.message, job.err, job.ended = response, message, err, true
  job.params, job.list, job.request = nil, nil, nil
  if response and self.is_quiet and not job.outcomes then
    self.jobs[#self.jobs + 1] = job
    self.report.succeeded = self.report.succeeded + #job.items
    return
  end
  local list = results.of(job)
  job.items, job.indexes, job.results = nil, nil, nil
  for i = 1, #list do enter_of(self, job, list[i]) end
end

--- Ends a request. One of ids gets what came of it instead of its items: `ended`; `response`,
-- `message`, `err`; and `outcomes` by id where they differ.
function Results:finish(job, response, message, err)
  local index = job.index
  if not index then
    finish_ids(self, job, response, message, err)
  elseif response and self.is_quiet and not response.partial then
    if not self.list then self.items[index] = job.item end
    self.responses[index] = response
    self.report.succeeded = self.report.succeeded + 1
  else
    if response and response.partial then
      response, message, err = partial.failed(self.client, self.operation, response,
        response.partial, job.params, { attempts = job.attempts })
    end
    self:enter(results.of(job)[1], response, message, err)
  end
  if self.options.on_progress then self:progress() end
end

--- Enters what came of a request that has ended for one more item, a repeated id.
function Results:add(job, item, index)
  enter_of(self, job, { index = index, item = item, ok = false })
end

--- Tells on_progress, which there is, and which may cancel the batch.
function Results:progress()
  local callback, report = self.options.on_progress, self.report
  local done = report.succeeded + report.failed
  if self.mute or done == self.told then return end
  self.told = done
  local ok, go_on = protected.call(callback, {
    total = self.total, done = done, succeeded = report.succeeded, failed = report.failed,
    requests = self.shared.requests, elapsed = core.monotonic() - self.start,
  })
  if not ok then
    self.mute = true
    self:note("on_progress", go_on)
  elseif go_on == false then
    self:stop "on_progress cancelled the batch"
  end
end

local function by_index(one, other) return one.index < other.index end

-- The results by index.
local function spread(self)
  local list = core.new_table(self.report.total, 0)
  for index, response in pairs(self.responses) do
    list[index] = { index = index, item = self.items[index], ok = true, response = response }
  end
  for _, job in ipairs(self.jobs) do
    for i, item in ipairs(job.items) do
      local index = index_of(job, i)
      list[index] = { index = index, item = item, ok = true, response = job.response }
    end
  end
  for _, result in ipairs(self.entered) do list[result.index] = result end
  return list
end

--- Completes the report. `total` is how many items were taken.
function Results:complete(total)
  local report, failures = self.report, self.report.failures
  if self.options.on_progress then self:progress() end
  report.total, report.requests = total, self.shared.requests
  report.elapsed = core.monotonic() - self.start
  for _, result in ipairs(self.entered) do
    if not result.ok then failures[#failures + 1] = result end
  end
  table.sort(failures, by_index)
  if self.options.on_result then return report end
  return setmetatable(report, { __index = function(_, name)
    if name ~= "results" then return nil end
    report.results = spread(self)
    setmetatable(report, nil) -- and all that was kept for it is free
    return report.results
  end })
end

return results
