--- Many calls of one kind: says what will be done, asks, sends at the vendor's rate, writes down
-- what becomes of each item, and stops in good order.
-- @module streamctl.cli.bulk

local confirm = require "streamctl.cli.confirm"
local estimate = require "streamctl.cli.bulk.estimate"
local failure = require "streamctl.cli.failure"
local label = require "streamctl.cli.bulk.label"
local progress = require "streamctl.cli.output.progress"
local report = require "streamctl.cli.bulk.report"
local status = require "streamctl.cli.status"
local summary = require "streamctl.cli.bulk.summary"
local tally = require "streamctl.cli.bulk.tally"
local text = require "streamctl.cli.output.text"

local bulk = {}

local REFUSALS = 3 -- in a row: then the account is refused, and nothing more is sent

local COLUMNS = {
  { "item", "ITEM" }, { "state", "STATE" }, { "code", "CODE" }, { "message", "MESSAGE" },
}

local Run = {}
Run.__index = Run

-- ---- what is sent ----

-- The numbers of the items that are to be sent, one after the other.
local function numbers(self)
  local only, at = self.job.only, 0
  return function()
    at = at + 1
    if only then return only[at] end
    while at <= self.total and self.tally:state(at) ~= "unsent" do at = at + 1 end
    return at <= self.total and at or nil
  end
end

-- These items; `order` notes which they are.
local function pending(self)
  self.next_number = numbers(self)
  return function()
    local i = self.next_number()
    if not i then return nil end
    self.order[#self.order + 1] = i
    return self.items:item(i)
  end
end

-- Why nothing more may be sent; nil while all is well.
local function reason(self)
  self.caught = self.caught or self.invocation:caught()
  if self.caught then
    return self.caught == "closed" and "the reader of the output went away"
      or self.caught .. " was caught"
  end
  return self.stopped or (self.book and self.book.broken)
    or self.invocation.out.fault and "stdout cannot be written"
end

-- Before a request goes out. What must not be repeated is written down first.
local function on_send(self, about)
  if self.book and not about.safe then
    local indexes = {}
    for i, result in ipairs(about.items) do indexes[i] = self.order[result.index] end
    local done, why = self.book:append { record = "sent", items = indexes, settle = about.settle,
      time = os.time() }
    if done then done, why = self.book:sync() end
    if not done then return false, why end
  end
end

-- ---- what comes back ----

-- Counts refusals of the account by requests: items of one share their error.
local function count_refusals(self, result)
  local err = result.err
  if result.ok or not status.refuses(err.code) then
    self.refusals = 0
    return
  end
  if err == self.last_refusal then return end
  self.refusals, self.last_refusal = self.refusals + 1, err
  if self.refusals == REFUSALS and not self.stopped then
    self.stopped, self.refused = "the account is refused", result.message
  end
end

-- The fields of an error that a report keeps.
local KEPT = { "code", "vendor_code", "http_status", "request_id", "maybe_sent", "settle" }

local function record_of(self, result, index)
  local record = { record = "result", index = index, item = result.item, ok = result.ok }
  local further = self.job.row_of and self.job.row_of(result)
  for name, value in pairs(further or {}) do record[name] = value end
  if not result.ok then
    record.message = result.message
    for _, name in ipairs(KEPT) do record[name] = result.err[name] end
  end
  return record
end

local function show(self, record, state)
  local only, broken = self.only, self.book and self.book.broken -- then it is told here alone
  if only and not only[state] and not broken then return end
  if self.label and self.job.hides and self.job.hides(record) then return end
  local row = {}
  for name, value in pairs(record) do row[name] = value end
  row.record, row.state = nil, record.state or state
  if self.label then row.item = self.label(record.item) end
  self.rows:add(row)
end

local function on_result(self, result)
  local index = self.order[result.index]
  local record = record_of(self, result, index)
  count_refusals(self, result)
  -- what was never sent is so without being written down
  if self.book and record.code ~= "cancelled" then self.book:append(record) end
  local state = tally.state_of(record)
  if not self.book then self.tally:set(index, state) end
  if state == "unsent" then
    state = self.tally:state(index) -- unknown still, when that is what was to be sent again
  else
    self.done = self.done + 1
  end
  self.failed = self.failed + (state == "failed" and 1 or 0)
  self.unknown = self.unknown + (record.code == "outcome_unknown" and 1 or 0)
  show(self, record, state)
end

local function on_progress(self, at)
  self.progress:update { done = self.done, failed = self.failed, unknown = self.unknown,
    elapsed = at.elapsed, left = self.estimate:left(self.done) }
end

-- ---- the run ----

local function options_of(self)
  local options = {}
  for name, value in pairs(self.job.options or {}) do options[name] = value end
  options.params = self.job.params
  local concurrency = self.invocation.args.concurrency
    or (self.account.settings.concurrency or {}).value
  options.concurrency = concurrency
  options.on_send = function(about) return on_send(self, about) end
  options.on_result = function(result) on_result(self, result) end
  options.on_progress = function(at) on_progress(self, at) end
  options.should_stop = function() return reason(self) end
  return options
end

local function send(self)
  local job, options, client = self.job, options_of(self), self.account.client
  self.progress = progress.new(self.invocation, { total = self.to_send, verb = job.verb })
  self.invocation:catch()
  local ended
  if job.call then
    ended = job.call(pending(self), options)
  else
    ended = client:batch(job.operation.action, pending(self), options)
  end
  self.progress:finish()
  self.ended = ended
  for i in self.next_number do -- the batch ended before it came to these
    show(self, { index = i, item = self.items:item(i), ok = false, code = "cancelled",
      message = "cancelled: never sent, because "
        .. (reason(self) or ended.failure.message) }, self.tally:state(i))
  end
  return ended.elapsed or 0
end

local function finish(self, elapsed)
  local counts, book = self.tally:counts(), self.book
  local code = summary.status(self, counts)
  local ending = { total = self.total, succeeded = counts.ok, failed = counts.failed,
    unknown = counts.unknown, unsent = counts.unsent, elapsed = elapsed, status = code }
  if book then
    local record = { record = "end" }
    for name, value in pairs(ending) do record[name] = value end
    if book:append(record) then book:sync() end
    code = summary.status(self, counts)
    ending.status = code
    book:close()
  end
  self.rows:close(ending)
  summary.tell(self, counts, elapsed)
  failure.pass_on(self.ended or {}) -- once all that was sent is written down
  return code
end

-- ---- before anything is sent ----

local function plan_of(self)
  local job, account = self.job, self.account
  return { command = job.command, vendor = account.vendor, account = account.key,
    mode = account.mode, operation = job.operation.action, params = job.params or {},
    options = job.options or {}, total = self.total, time = os.time(), ask = job.ask }
end

-- Whether a report is of this very run; it may have been begun by another process meanwhile.
local function check(self, book)
  report.check_account(book, self.account)
  book:check(plan_of(self), self.items)
end

local function note(self)
  local say, job, done = self.invocation.say, self.job, self.total - self.to_send
  if self.to_send > 0 then
    say:note("%s: %s item%s by %s; %s%s", job.command, text.thousands(self.to_send),
      self.to_send == 1 and "" or "s", job.operation.action, self.account.title,
      self.estimate:text())
  end
  if done > 0 and not job.only then
    say:note("%s: %s of %s items were sent before", job.command, text.thousands(done),
      text.thousands(self.total))
  end
end

-- Has the library look at all items, and shows the plan with the first request.
local function dry_run(self)
  local job, first, bad = self.job, nil, 0
  local warn = function(result)
    first = first or result.ok and result.response
    if result.ok then return end
    bad = bad + 1
    self.invocation.say:warn("%s: %s", label.shown(result.item), result.message)
  end
  failure.pass_on(self.account.client:batch(job.operation.action, pending(self),
    { params = job.params, dry_run = true, on_result = warn, concurrency = 1 }))
  if bad > 0 then failure.usage("%s of %s cannot be right; nothing was sent", bad, self.total) end
  local plan = plan_of(self)
  plan.to_send, plan.requests, plan.seconds = self.to_send, self.estimate.requests,
    self.estimate.seconds
  plan.first_request, plan.time = first, nil
  self.invocation.out:object(plan, { "command", "operation", "vendor", "account", "mode", "total",
    "to_send", "requests", "seconds" })
  return status.OK
end

local function new(invocation, job)
  local columns = job.columns or COLUMNS
  columns.id = columns.id or "item"
  local self = setmetatable({
    invocation = invocation, job = job, account = job.account, items = job.items,
    total = job.items.total, columns = columns, order = {},
    refusals = 0, done = 0, failed = 0, unknown = 0,
  }, Run)
  local format = invocation.out.format
  self.label = format == "table" and label.shown or format == "ids" and label.of
  self.only = invocation.args.only
    or (self.label and not job.columns and { failed = true, unknown = true, unsent = true })
  return self
end

-- From now on the tally, or the report's states, tell what is to be sent.
local function prepare(self, states)
  self.tally = states
  self.to_send = self.job.only and #self.job.only or states:counts().unsent
  local rate = (self.account.settings.rate or {}).value
  self.estimate = estimate.new(self.job.operation, self.account.mode, rate, self.to_send,
    self.job.call ~= nil)
end

--- Does it.
-- @tparam Invocation invocation
-- @tparam table job `command` ("relay create") and `verb` ("creating"), for people; `account`, see
-- @{streamctl.cli.account}; `operation`, a row; `items`: `total` and `item(i)`; and perhaps
--
-- * `params` that all items have, `options` of the batch (plain data)
-- * `call(items, options)`: what is done instead of `client:batch`
-- * `ask`: why somebody is asked first
-- * `columns` of the output, with `id`; `row_of(result)`: further fields of a row; `hides(row)`:
--   whether a table and ids leave it out
-- * `book`, a report that is open, and `only`, the numbers of its items that are sent again
-- @treturn integer exit status
function bulk.run(invocation, job)
  local self, path = new(invocation, job), invocation.args.report
  local before = job.book or (path and report.read(path))
  if before and not job.book then check(self, before) end
  prepare(self, before or tally.new(self.total))
  if invocation.args.dry_run then return dry_run(self) end
  note(self)
  if job.ask and self.to_send > 0 then confirm.ask(invocation, job.ask .. ". Go on?") end
  if path and not job.book then
    self.book = report.open(path, invocation.say)
    if self.book.plan then check(self, self.book) end
    if not self.book.plan then self.book:begin(plan_of(self), job.items) end
  elseif job.book then
    self.book = job.book
    local done, why = self.book:reopen(job.only)
    if not done then failure.raise(status.FAILED, why .. "; nothing was sent") end
  end
  if self.book then prepare(self, self.book) end
  self.rows = invocation.out:rows(self.columns)
  return finish(self, self.to_send > 0 and send(self) or 0)
end

return bulk
