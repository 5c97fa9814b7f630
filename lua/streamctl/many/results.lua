-- The results of the items of a batch, and the reason for its end.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local failures = require "streamctl.call.failure"
local protected = require "streamctl.loop.protected"
local redact = require "streamctl.call.redact"
local reports = require "streamctl.many.report"

local TICK = 0.01 -- seconds: loops may wake that early, so no call begins with less left

local NONE = {} -- constant

local Results = {}
Results.__index = Results

local results = {}

-- No results yet. `stopped` is why nothing more is sent, `group` what the batch's calls share, see
-- `streamctl.call`. `list` has the items, unless an iterator gives them.
function results.new(client, operation, batch_options, list)
  local start, timeout = core.monotonic(), batch_options.timeout
  local self = setmetatable({
    client = client, operation = operation, options = batch_options, start = start, told = 0,
    total = list and #list, report = reports.new(), stopped = false,
    -- by index: items, answers of successes, and all other results
    items = list or {}, answers = core.new_table(list and #list or 0, 0), entered = {},
    is_quiet = not (batch_options.on_result or batch_options.on_send),
    group = { requests = 0, urgent = batch_options.urgent,
      finish_by = timeout and start + timeout },
  }, Results)
  if batch_options.should_stop then self.group.should_stop = function() return self:ends() end end
  return self
end

-- Nothing more is sent from now on.
function Results:stop(why)
  self.stopped = self.stopped or errors.text_of_any(why)
end

-- Why nothing more is sent, also by the time; false while more is sent.
function Results:is_over()
  local finish_by = self.group.finish_by
  if finish_by and core.monotonic() + TICK >= finish_by then
    self:stop "the time limit of the batch passed"
  end
  return self.stopped
end

function Results:counts()
  return reports.progress(self.report, self.total, self.group.requests, self.start)
end

-- The same, but asks should_stop, too.
function Results:ends()
  local should_stop = self.options.should_stop
  if should_stop and not self:is_over() then
    local ok, why = self:ask("should_stop", self:counts())
    if ok and why then self:stop(reports.reason(why)) end
  end
  return self:is_over()
end

-- Throws Ctrl-C on. Calls that wait end unsent when they wake.
function Results:pass_on(why)
  if not errors.is_interrupt(why) then return end
  self:stop "the program was interrupted"
  self.group.should_stop = function() return self.stopped end
  error(why, 0)
end

-- Notes the failure of a function of the caller's, and ends the batch: `why` it threw or returned,
-- and the err of a call that it made. The report has the first failure.
function Results:fail(name, why, err)
  self:pass_on(why)
  local text = redact.quote(self.client, name .. " failed: " .. errors.text_of_any(why), 1000)
  self:stop(text)
  if self.report.err then return end
  if type(err) ~= "table" or not errors.codes[rawget(err, "code")] then
    local _
    _, _, err = failures.refuse(self.client, self.operation, "caller_error", text)
    err.thrown = why
  end
  self.report.err = err
end

-- Has `fn` make a call, with these `params`, which began at the monotonic time `since`. An error
-- fails the call, but Ctrl-C is thrown on. Returns what `fn` returns.
function Results:attempt(since, params, fn, ...)
  local ok, answer, message, err, attempts = protected.call(fn, ...)
  if ok then return answer, message, err, attempts end
  self:pass_on(answer)
  return failures.thrown(self.client, self.operation, params, answer, since)
end

-- Calls a function of the caller's. Returns whether it threw nothing, and what it returned.
function Results:ask(name, value)
  local ok, answer, reason = protected.call(self.options[name], value)
  if not ok then self:fail(name, answer) end
  return ok, answer, reason
end

-- Enters the result of an item. An item that failed inside a success keeps the answer. A result
-- that on_result fails to take is in the report, as all later results are.
function Results:enter(result, answer, message, err)
  local report = self.report
  local is_failure = reports.count(report, err)
  if answer then
    result.ok, result.answer = true, answer
  else
    result.answer, result.message, result.err = err.answer, message, err
  end
  if not self.options.on_result then
    self.entered[result.index] = result
  elseif report.results or not self:ask("on_result", result) then
    report.results = report.results or {}
    table.insert(report.results, result)
  else
    return
  end
  if is_failure then table.insert(report.failures, result) end
end

local function pack(_, message, err)
  return { message = message, err = err }
end

-- Tells the ids of a request apart: ids that gave way, or failed inside a success, get `outcomes`
-- of the request, by id. Returns the outcome of all other ids, a failure if any names no id.
local function tell_apart(self, request, answer, message, err)
  local client, operation, params = self.client, self.operation, request.params
  local said = err or answer.info
  local superseded, failed = said.superseded, said.partial
  local by_id, known, unnamed = {}, {}, {}
  -- an id gives way before the first attempt, or after an attempt that may have been executed
  local attempts = err and err.attempts or request.attempts or 0
  local maybe_sent = request.maybe_sent or err and err.maybe_sent or not err and attempts > 1
  for _, id in ipairs(superseded or {}) do
    by_id[id] = pack(failures.unsent(client, operation, failures.new("superseded",
      "a newer call for " .. id .. " was made meanwhile",
      { attempts = attempts, maybe_sent = maybe_sent })))
  end
  for _, item in ipairs(failed and request.list or {}) do
    known[item], known[self.ids:key(item)] = true, true
  end
  for _, item in ipairs(failed or {}) do
    if item.item and known[item.item] then
      by_id[item.item] = pack(failures.partial(client, operation, answer, { item }, params,
        { attempts = attempts }))
    else
      unnamed[#unnamed + 1] = item
    end
  end
  request.outcomes = by_id
  if not unnamed[1] then return answer, message, err end
  return failures.partial(client, operation, answer, unnamed, params, { attempts = attempts })
end

-- The results of the items of a request so far, before they are known. on_send may have them.
function Results:of(request)
  local list, indexes = request.results or {}, request.indexes or { request.index }
  request.results = list
  for i = 1, #indexes do
    local index = indexes[i]
    list[i] = list[i] or { index = index, item = self.items[index], ok = false }
    if not self.total then self.items[index] = nil end -- iterators have no end
  end
  return list
end

-- Enters the outcome of a request that has ended for an item.
function Results:add(request, result)
  local by_id, item = request.outcomes, result.item
  local apart = by_id and self.ids and (by_id[self.ids:key(item)] or by_id[item])
  if apart then return self:enter(result, nil, apart.message, apart.err) end
  self:enter(result, request.answer, request.message, request.err)
end

-- Ends a request, and tells on_progress. The request keeps its outcome, for ids that are repeated
-- later: `answer`, `message`, `err` and, by id where they differ, `outcomes`.
function Results:finish(request, answer, message, err)
  local said, index, indexes = err or answer.info or NONE, request.index, request.indexes
  local answers, report, list = self.answers, self.report, NONE
  if index and answer and self.is_quiet and not said.partial then
    request.ended, answers[index], report.succeeded = true, answer, report.succeeded + 1
    return self.options.on_progress and self:progress()
  end
  if said.partial or request.list and said.superseded then
    answer, message, err = tell_apart(self, request, answer, message, err)
  end
  request.ended, request.answer, request.message, request.err = true, answer, message, err
  if indexes and answer and self.is_quiet and not request.outcomes then
    for i = 1, #indexes do answers[indexes[i]] = answer end
    report.succeeded = report.succeeded + #indexes
  else
    list = self:of(request)
  end
  request.params, request.list, request.built = nil, nil, nil
  request.results, request.indexes = nil, nil
  for i = 1, #list do self:add(request, list[i]) end
  if self.options.on_progress then self:progress() end
end

function Results:progress()
  local counts = self:counts()
  if counts.done == self.told then return end
  self.told = counts.done
  self:ask("on_progress", counts)
end

-- Completes the report. `total` is how many items were taken. A batch `is_cut` that ended before
-- its iterator: nobody knows how many items are left.
function Results:complete(total)
  if self.options.on_progress then self:progress() end
  if self.is_cut and not self.report.err then
    self.report.err = select(3, failures.refuse(self.client, self.operation, "cancelled",
      "the batch ended before its iterator, because " .. self.stopped))
  end
  local report = reports.complete(self.report, total, self.group.requests, self.start)
  if self.options.on_result then return report end
  return reports.defer(report, function()
    local list = core.new_table(total, 0)
    for index = 1, total do
      local answer = self.answers[index]
      list[index] = self.entered[index]
        or answer and { index = index, item = self.items[index], ok = true, answer = answer } or nil
    end
    return list
  end)
end

return results
