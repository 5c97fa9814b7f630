--- Many calls of one kind: says what will be done, asks, sends at the vendor's rate, writes down
-- what becomes of each item, and stops in good order.
-- @module streamctl.cli.bulk

local compare = require "streamctl.cli.bulk.compare"
local confirm = require "streamctl.cli.confirm"
local estimate = require "streamctl.cli.bulk.estimate"
local failure = require "streamctl.cli.failure"
local label = require "streamctl.cli.bulk.label"
local plans = require "streamctl.cli.bulk.plan"
local progress = require "streamctl.cli.output.progress"
local report = require "streamctl.cli.bulk.report"
local shown = require "streamctl.cli.bulk.shown"
local status = require "streamctl.cli.status"
local summary = require "streamctl.cli.bulk.summary"
local tally = require "streamctl.cli.bulk.tally"

local bulk = {}

local REFUSALS = 3   -- in a row: then the account is refused, and nothing more is sent
local UNREACHED = 20 -- requests in a row that did not leave the machine: the same

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

-- The query for `settle`. It looks for an item's first request, too, where this may be the second.
local function since_first(self, index, settle)
  local book = self.book
  if not settle or not book or not book:is_doubtful(index) then return settle end
  local first, wide = book:result(index), {}
  first = first and first.settle
  if type(first) ~= "table" or type(first.began) ~= "number" then return settle end
  for name, value in pairs(settle) do wide[name] = value end
  wide.began = math.min(first.began, settle.began)
  return wide
end

-- Before a request goes out. What must not be repeated is written down first.
local function on_send(self, about)
  if self.book and not about.safe then
    local indexes = {}
    for i, result in ipairs(about.items) do indexes[i] = self.order[result.index] end
    local done, why = self.book:append { record = "sent", items = indexes,
      settle = since_first(self, indexes[1], about.settle), time = os.time() }
    if done then done, why = self.book:sync() end
    if not done then return false, why end
  end
end

-- ---- what comes back ----

-- Counts requests in a row that end in the same bad way: items of one share their error. Nothing
-- more is sent once there are `most`.
local function count(self, name, is_so, result, most, why)
  local streak = self.streaks[name] or { length = 0 }
  self.streaks[name] = streak
  if not is_so then
    streak.length = 0
  elseif result.err ~= streak.last then
    streak.length, streak.last = streak.length + 1, result.err
    if streak.length == most and not self.stopped then
      self.stopped, self[name] = why, result.message
    end
  end
end

-- The fields of an error that a report keeps.
local KEPT = { "code", "vendor_code", "http_status", "request_id", "maybe_sent" }

-- The library's messages name its function that asks; here it is a command.
local function advice(self, message)
  local how = self.book and "`streamctl settle %s` asks that"
    or "with --report FILE, `streamctl settle FILE` would ask that"
  return (message:gsub("client:settle%(err%) asks that", function()
    return how:format(self.book and self.book.path)
  end))
end

local function record_of(self, result, index)
  local record = { record = "result", index = index, item = result.item, ok = result.ok }
  local further = self.job.row_of and self.job.row_of(result)
  for name, value in pairs(further or {}) do record[name] = value end
  if not result.ok then
    record.message = advice(self, result.message)
    for _, name in ipairs(KEPT) do record[name] = result.err[name] end
    record.settle = since_first(self, index, result.err.settle)
  end
  return record
end

local function on_result(self, result)
  local index = self.order[result.index]
  local record = record_of(self, result, index)
  local came = tally.state_of(record)
  if record.code ~= "cancelled" then
    count(self, "refused", status.refuses(record.code), result, REFUSALS, "the account is refused")
    count(self, "unreached", came == "unsent", result, UNREACHED, "the vendor is not reached")
    if self.book then self.book:append(record) else self.tally:take(index, record) end
  elseif self.book and self.book:is_begun(index) then
    self.book:append(record) -- else what was never sent is so without being written down
  end
  local state = self.tally:state(index) -- unknown still, when that is what was sent again
  if came ~= "unsent" then
    self.done = self.done + 1
    self.failed = self.failed + (state == "failed" and 1 or 0)
    self.unknown = self.unknown + (state == "unknown" and 1 or 0)
  end
  self.shown:add(record, state)
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
  options.concurrency = self.invocation.args.concurrency
    or (self.account.settings.concurrency or {}).value
  return options
end

local function send(self)
  local job, options, client = self.job, options_of(self), self.account.client
  options.on_send = function(about) return on_send(self, about) end
  options.on_result = function(result) on_result(self, result) end
  options.on_progress = function(at) on_progress(self, at) end
  options.should_stop = function() return reason(self) end
  self.progress = progress.new(self.invocation, { total = self.to_send, verb = job.verb })
  self.invocation:catch()
  local ended = client:batch(job.method or job.operation.action, pending(self), options)
  self.progress:finish()
  self.ended = ended
  for i in self.next_number do -- the batch ended before it came to these
    self.shown:add({ index = i, item = self.items:item(i), ok = false, code = "cancelled",
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
  ending.left_out = self.items.left_out
  self.shown:close(ending)
  summary.tell(self, counts, elapsed)
  failure.pass_on(self.ended or {}) -- once all that was sent is written down
  return code
end

-- ---- before anything is sent ----

-- Has the library look at the options of the batch, of which some are in a profile.
local function check_options(self)
  local client, job = self.account.client, self.job
  failure.checked(client.batch, client, job.method or job.operation.action, {}, options_of(self))
end

-- Whether a report is of this very run; it may have been begun by another process meanwhile.
local function check(self, book)
  compare.account(book, self.account, self.invocation.args.same_account)
  compare.run(book, plans.new(self.invocation, self.job), self.items)
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
  local plan = plans.new(self.invocation, job)
  plan.to_send, plan.requests, plan.seconds = self.to_send, self.estimate.requests,
    self.estimate.seconds
  plan.first_request, plan.time = first, nil
  self.invocation.out:object(plan, { "command", "operation", "vendor", "account", "mode", "total",
    "to_send", "requests", "seconds" })
  return status.OK
end

-- From now on the tally, or the report's states, tell what is to be sent.
local function prepare(self, states)
  self.tally = states
  self.to_send = self.job.only and #self.job.only or states:counts().unsent
  local rate = (self.account.settings.rate or {}).value
  self.estimate = estimate.new(self.job.operation, self.account.mode, rate, self.to_send,
    self.job.method ~= nil)
end

-- The report of a run: its own from an earlier one, or a new one; nothing without --report.
local function open(self)
  local job, path, book = self.job, self.invocation.args.report, self.job.book
  if not book and not path then return end
  self.book = book or report.open(path, self.invocation.say)
  if not book and not self.book.plan then
    self.book:begin(plans.new(self.invocation, job), job.items)
  elseif not book then
    check(self, self.book)
  end
  local done, why = self.book:adopt(self.account.key)
  if done and book then done, why = book:reopen(job.only) end
  if not done then failure.raise(status.FAILED, why .. "; nothing was sent") end
  prepare(self, self.book)
end

--- Does it.
-- @tparam Invocation invocation
-- @tparam table job `command` ("relay create") and `verb` ("creating"), for people; `account`, see
-- @{streamctl.cli.account}; `operation`, a row; `items`: `total` and `item(i)`, and perhaps what
-- @{streamctl.cli.bulk.input.read} tells of lines; and perhaps
--
-- * `params` that all items have, `options` of the batch (plain data)
-- * `method` of the client that is called for each item instead of the operation
-- * `ask`: why somebody is asked first; `asks`: nothing is changed, and no report goes on with it
-- * `columns` of the output, with `id`; `row_of(result)`: further fields of a row; `hides(row)`:
--   whether a table and ids leave it out
-- * `book`, a report that is open, and `only`, the numbers of its items that are sent again
-- @treturn integer exit status
function bulk.run(invocation, job)
  local self = setmetatable({
    invocation = invocation, job = job, account = job.account, items = job.items,
    total = job.items.total, order = {}, streaks = {}, done = 0, failed = 0, unknown = 0,
  }, Run)
  local path = invocation.args.report
  check_options(self)
  local before = job.book or (path and report.read(path))
  if before and not job.book then check(self, before) end
  prepare(self, before or tally.new(self.total))
  if invocation.args.dry_run then return dry_run(self) end
  summary.plan(self)
  if job.ask and self.to_send > 0 then confirm.ask(invocation, job.ask .. ". Go on?") end
  open(self)
  self.shown = shown.new(self)
  return finish(self, self.to_send > 0 and send(self) or 0)
end

return bulk
