-- Watches streams for `streamctl state --watch`, until they are as wanted or the user ends the
-- command: in a view on a terminal, else by a line for each change.

local core = require "streamctl.core"
local fail = require "streamctl.cli.fail"
local groups = require "streamctl.cli.bulk.groups"
local lines = require "streamctl.cli.bulk.lines"
local status = require "streamctl.cli.status"
local streamctl = require "streamctl"
local streams = require "streamctl.cli.streams"
local summary = require "streamctl.cli.bulk.summary"
local system = require "streamctl.system"
local text = require "streamctl.cli.output.text"
local times = require "streamctl.cli.times"
local views = require "streamctl.cli.output.view"

local watch = {}

local EVERY = 5 -- seconds between two polls, unless said
local TICK = 0.25 -- seconds between two frames, and until a signal is heard
local STOPPED = 2 -- seconds without a frame: the process was stopped, and others used the terminal
local KEPT = 200 -- changes, and streams that are not as wanted; no terminal shows more
local REFUSED = 3 -- answers in a row that refuse the account end a watch

local COLUMNS = { { "time" }, { "item" }, { "before" }, { "state" }, { "message" } }

local function now() return times.text(core.now()) end

local function clock(time) return time:sub(12, 19) end -- of "2030-01-02T03:04:05Z"

-- ---- states ----

local function name_of(self, index)
  return lines.label(self.items:item(index), self.invocation.out.format)
end

-- Writes a line where there is neither a view nor JSON.
local function tell(self, line)
  if self.view or self.invocation.out.format ~= "table" then return end
  self.invocation.out:line(line)
  self.invocation.out:flush()
end

-- Notes the state of a stream. `failure`, if any: a `message`, and a `kind` that failures of the
-- same kind share.
local function set(self, index, state, failure)
  local before, known = self.states[index], self.known[index]
  self.failures[index], self.dirty = failure, true
  if before == state then return end
  if before then self.counts[before] = self.counts[before] - 1 end
  self.states[index], self.counts[state] = state, self.counts[state] + 1
  local change = { time = now(), item = name_of(self, index), before = before, state = state,
    message = failure and failure.message }
  if self.rows then self.rows:add(change) end
  if before or failure then -- a line tells the first states of all
    tell(self, ("%s  %s  %s%s%s"):format(change.time, change.item,
      before and before .. " -> " or "", state, failure and "  " .. failure.message or ""))
  end
  if failure then return end
  self.known[index] = state -- a failed poll changes no stream
  if not known or known == state then return end
  change.before, self.changed = known, self.changed + 1
  table.insert(self.changes, 1, change)
  self.changes[KEPT + 1] = nil
end

-- ---- polls ----

local function ask_each(self)
  local account, read = self.account, streams.readers[self.operation.action]
  fail.pass_on(account.client:batch(self.operation.action, self.items:iterator(), {
    params = self.target.params, concurrency = account.settings:value "concurrency",
    on_result = function(result)
      local err = result.err
      self.requests = self.requests + 1
      self.refused = err and status.refuses(err.code) and self.refused + 1 or 0
      if self.refused == REFUSED then fail.call(result.message, err) end
      if result.ok then return set(self, result.index, read(result.answer).state) end
      set(self, result.index, "failed", { message = result.message, kind = groups.key {
        code = err.code, message = result.message, request_id = err.request_id,
        item = lines.label(result.item, "table") } })
    end,
  }))
end

-- Asks the list of blocked streams, which tells of all.
local function ask_list(self)
  local is_blocked, message, err = streams.blocked(self.target, self.invocation.args.blocked)
  if err and (status.refuses(err.code) or self.number == 1) then fail.call(message, err) end
  self.requests = self.requests + 1
  for index = 1, self.items.total do
    if is_blocked then
      set(self, index, is_blocked(self.items:item(index)) and "blocked" or "allowed")
    else
      set(self, index, "failed", { message = message, kind = message })
    end
  end
end

-- ---- what is shown ----

local function counts_of(self)
  local words = { self.what }
  for _, state in ipairs(self.order) do
    if self.counts[state] > 0 or state ~= "failed" then
      words[#words + 1] = text.thousands(self.counts[state]) .. " " .. state
    end
  end
  return table.concat(words, "  ")
end

-- Returns the section of failures, those of a kind as a row with their count.
local function failures_of(self)
  local kinds, rows = {}, {}
  for index = 1, next(self.failures) and self.items.total or 0 do
    local failure = self.failures[index]
    if failure then
      local kind = kinds[failure.kind] or { count = 0, index = index, message = failure.message }
      if kind.count == 0 then kinds[failure.kind], kinds[#kinds + 1] = kind, kind end
      kind.count = kind.count + 1
    end
  end
  for i, kind in ipairs(kinds) do
    local more = kind.count > 1 and (" and %s more"):format(text.thousands(kind.count - 1)) or ""
    rows[i] = { ("%s%s  %s"):format(name_of(self, kind.index), more, kind.message), "failed" }
  end
  return { heading = "FAILURES", rows = rows, total = #rows }
end

local function changes_of(self)
  local rows = {}
  for i, change in ipairs(self.changes) do
    rows[i] = { ("%s  %-9s%s  was %s"):format(clock(change.time), change.state, change.item,
      change.before), change.state }
  end
  return { heading = "CHANGES since " .. clock(self.began), rows = rows, total = self.changed }
end

-- Tells how long a poll takes at the documented rate, where that is longer than the interval.
local function slow_of(self)
  local least = self.items.total / (self.rate or math.huge)
  return least > self.every and "; a look takes " .. times.took(least) or ""
end

-- Returns a line that tells of the last poll, or of the one under way.
local function poll_line(self)
  local left = self.next_at and math.max(math.ceil(self.next_at - core.monotonic()), 0)
  return ("look %d: %s%s%s%s%s"):format(self.number, text.count(self.requests, "request"),
    left and (" in %.1f s"):format(self.took) or "",
    self.rate and (", at most %g a second"):format(self.rate) or "",
    slow_of(self),
    left and ("; the next in %d s"):format(left) or "")
end

-- Returns a line with the streams that are not as wanted; nil without any.
local function missing_of(self)
  local missing = {}
  for index = 1, self.wanted and self.items.total or 0 do
    if #missing < KEPT and self.states[index] ~= self.wanted then missing[#missing + 1] = index end
  end
  return missing[1] and ("not %s: %s"):format(self.wanted, groups.lines(self.items, missing)[1])
end

-- Draws a frame where something has changed, the clock at least.
local function draw(self)
  local moment, second = core.monotonic(), math.floor(core.now())
  if not self.view or not self.dirty and second == self.drawn_second then return end
  local head = { { ("%s UTC  %s  %s"):format(clock(now()), self.invocation.args.path,
    self.account.title) }, { counts_of(self), "heading" }, { poll_line(self) } }
  local missing = missing_of(self)
  head[#head + 1] = missing and { missing }
  self.view:draw({ head = head, sections = { failures_of(self), changes_of(self) } },
    self.drawn_at and moment - self.drawn_at > STOPPED)
  self.dirty, self.drawn_second, self.drawn_at = false, second, moment
end

-- ---- the run ----

-- Polls again and again. After a poll that takes longer than the interval the next begins at once.
local function poll(self)
  while true do
    local began = core.monotonic()
    self.number, self.next_at, self.requests = self.number + 1, nil, 0
    if self.operation then ask_each(self) else ask_list(self) end
    self.took, self.next_at, self.dirty = core.monotonic() - began, began + self.every, true
    if self.number == 1 then tell(self, now() .. "  " .. counts_of(self) .. slow_of(self)) end
    streamctl.sleep(math.max(self.next_at - core.monotonic(), 0))
  end
end

-- Thrown at the end, as Ctrl-C is: so calls under way are left, which change nothing.
local OVER = setmetatable({}, { __tostring = function() return "interrupted!" end })

local function run(self)
  local thread
  streamctl.spawn(function()
    thread = coroutine.running()
    poll(self)
  end)
  repeat
    streamctl.sleep(TICK)
    self.caught = self.invocation:caught() or system.is_left(1) and "closed"
    self.over = self.wanted and self.counts[self.wanted] == self.items.total
    draw(self)
    if self.caught or self.over or self.invocation.out.fault then error(OVER, 0) end
  until coroutine.status(thread) == "dead" -- by an error, which streamctl.run throws
end

-- Watches the items of a target. `has_list`: whether a list tells which are blocked; `wanted`, if
-- any: the state that ends the watch. Returns the exit status by the last poll.
function watch.run(invocation, target, has_list, wanted)
  local args, account, total = invocation.args, target.account, target.items.total
  local self = { invocation = invocation, target = target, account = account, items = target.items,
    what = text.count(total, "stream"), every = args.every or EVERY, wanted = wanted, number = 0,
    order = has_list and { "allowed", "blocked", "failed" } or { "live", "offline", "failed" },
    states = {}, known = {}, failures = {}, counts = {}, changes = {}, changed = 0, requests = 0,
    refused = 0, began = now() }
  for _, state in ipairs(self.order) do self.counts[state] = 0 end
  if not has_list then
    self.operation = account:operation(streams.ACTIONS[target.kind])
    self.rate = summary.estimate({ operation = self.operation, account = account }, 1).rate
  end
  self.view = views.new(invocation)
  if invocation.out.format == "jsonl" then self.rows = invocation.out:rows(COLUMNS) end
  invocation:catch ""
  local ok, why = pcall(streamctl.run, run, self)
  if self.view then self.view:close() end
  if self.rows then self.rows:close() end
  if not ok and why ~= OVER then error(why, 0) end
  tell(self, now() .. "  " .. counts_of(self))
  local stopped = not self.over and status.stopped[self.caught]
  if stopped and (wanted or stopped ~= status.INTERRUPTED) then return stopped end
  local expected = args.expect or wanted
  local fit = self.counts[expected] or self.counts[self.order[1]] + self.counts[self.order[2]]
  return fit == total and status.OK or status.FAILED
end

return watch
