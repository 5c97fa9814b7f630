--- What came of the items of a batch, and why it ends.
-- @module streamctl.jobs.results

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local refuse = require("streamctl.call.failure").refuse
local partial = require "streamctl.call.partial"
local protected = require "streamctl.loop.protected"
local redact = require "streamctl.call.redact"

-- Seconds by which the clocks of loops are early at most. When no more are left nothing is begun.
local TICK = 0.01

local Results = {}
Results.__index = Results

local results = {}

--- No results yet.
-- @tparam table client
-- @tparam table operation
-- @tparam table options of the batch
-- @tparam integer|nil total how many items there will be
-- @treturn Results `report`; `stopped`: why nothing more is sent; `shared`: what the batch's calls
-- share, see `streamctl.call`
function results.new(client, operation, options, total)
  local report = { total = 0, succeeded = 0, failed = 0, requests = 0, elapsed = 0 }
  if not options.on_result then report.results = core.new_table(total or 0, 0) end
  local start = core.monotonic()
  local made = setmetatable({
    client = client, operation = operation, options = options, total = total, report = report,
    start = start, told = 0,
    shared = { requests = 0, finish_by = options.timeout and start + options.timeout },
  }, Results)
  if options.should_stop then made.shared.should_stop = function() return made:ends() end end
  return made
end

-- What the caller's code gives or throws is any value, and may not even have a text.
local function text_of(why)
  local ok, text = pcall(tostring, why)
  return ok and type(text) == "string" and text or "a " .. type(why)
end

--- Nothing more is sent from now on.
-- @param why
function Results:stop(why)
  self.stopped = self.stopped or text_of(why)
end

--- Whether nothing more is sent, by the time.
-- @treturn string|nil why
function Results:is_over()
  local finish_by = self.shared.finish_by
  if finish_by and core.monotonic() + TICK >= finish_by then
    self:stop "the time limit of the batch passed"
  end
  return self.stopped
end

--- Asks should_stop as well whether nothing more is sent.
-- @treturn string|nil why
function Results:ends()
  local should_stop = self.options.should_stop
  if not self:is_over() and should_stop then
    local ok, why = protected.call(should_stop)
    if not ok then self:fail("should_stop", why) elseif why then self:stop(why) end
  end
  return self.stopped
end

--- Notes that a function of the caller's failed. The report has the first such failure.
-- @tparam string name of the function
-- @param why what it threw, or its message
-- @tparam[opt] table err what a call that the function made has failed with
-- @treturn string a text that says so
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
function Results:hand_out(result)
  local report = self.report
  if not report.results then
    local fine, why = protected.call(self.options.on_result, result)
    if fine then return end
    self:fail("on_result", why)
    report.results = report.results or {}
  end
  table.insert(report.results, result)
end

--- Enters what came of an item; of one that failed inside a success the answer is kept.
-- @tparam table result
-- @tparam table|nil response
-- @tparam string|nil message
-- @tparam table|nil err
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
  if given.on_result then self:hand_out(result) end
end

--- Enters a failure before anything was sent.
-- @tparam table result
-- @tparam string code
-- @tparam string text
function Results:refuse(result, code, text)
  self:enter(result, refuse(self.client, self.operation, code, text))
end

local function pack(_, message, err)
  return { message = message, err = err }
end

-- Tells the ids of a request apart: those that gave way, or failed inside a success, get `outcomes`
-- of the job, by id. Returns the outcome of all other ids, whose failure is any that names no id.
function Results:tell_apart(job, response, message, err)
  local client, operation, params, ids = self.client, self.operation, job.params, job.ids
  local superseded, failures = (response or err).superseded, (response or err).partial
  local by_id, known, nobodys, fail = {}, {}, {}, partial.failed
  local attempts = err and err.attempts or job.attempts
  if failures and not response then -- these ids were not seen, all others were
    response, message, err, fail = err.answer, nil, nil, partial.unconfirmed
  end
  for _, id in ipairs(superseded or {}) do
    by_id[id] = pack(refuse(client, operation, "superseded",
      "a newer call for " .. id .. " was made meanwhile"))
  end
  for i, id in ipairs(failures and ids or {}) do
    known[id], known[job.results[i].item] = true, true
  end
  for _, failure in ipairs(failures or {}) do
    if known[failure.item or known] then
      by_id[failure.item] = pack(fail(client, operation, response, { failure }, params,
        { attempts = attempts }))
    else
      nobodys[#nobodys + 1] = failure
    end
  end
  job.outcomes = by_id
  if nobodys[1] then
    return partial.failed(client, operation, response, nobodys, params, { attempts = attempts })
  end
  return response, message, err
end

--- Enters what came of a request for one item of it.
-- @tparam table job of ids that has ended
-- @tparam table result
-- @tparam string id as it was sent
function Results:enter_of(job, result, id)
  local by_id = job.outcomes
  local apart = by_id and (by_id[id] or by_id[result.item])
  if apart then return self:enter(result, nil, apart.message, apart.err) end
  self:enter(result, job.response, job.message, job.err)
end

--- Ends a request.
-- @tparam table job `params`; `result`; or, where items are ids, `results`, one for each item, and
-- `ids`, those of the results as they are sent. Loses these two and gets what came of it:
-- `response`, `message`, `err`, and `outcomes` by id where they differ
-- @tparam table|nil response
-- @tparam string|nil message
-- @tparam table|nil err
function Results:finish(job, response, message, err)
  local list, ids, failures = job.results, job.ids, (response or err).partial
  if job.result then
    if response and failures then
      response, message, err =
        partial.failed(self.client, self.operation, response, failures, job.params,
          { attempts = job.attempts })
    end
    return self:enter(job.result, response, message, err)
  end
  if failures or (response or err).superseded then
    response, message, err = self:tell_apart(job, response, message, err)
  end
  job.params, job.results, job.ids = nil, nil, nil
  job.response, job.message, job.err = response, message, err
  for i = 1, #list do self:enter_of(job, list[i], ids[i]) end
end

--- Tells on_progress, which there is, and which may cancel the batch.
function Results:progress()
  local callback, report = self.options.on_progress, self.report
  local done = report.succeeded + report.failed
  self.told = done
  if self.mute then return end
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

--- Completes the report.
-- @tparam integer total items that were taken
-- @treturn table report
function Results:complete(total)
  local report = self.report
  local done = report.succeeded + report.failed
  if self.options.on_progress and self.told ~= done then self:progress() end
  report.total, report.requests = total, self.shared.requests
  report.elapsed = core.monotonic() - self.start
  return report
end

return results
