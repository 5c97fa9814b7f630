-- Watches states until they are as wanted or the user ends the command: in a view on a terminal,
-- else by a line for each change.

local core = require "streamctl.core"
local status = require "streamctl.cli.status"
local streamctl = require "streamctl"
local system = require "streamctl.system"
local text = require "streamctl.cli.output.text"
local times = require "streamctl.cli.times"
local views = require "streamctl.cli.output.view"

local watch = {}

local TICK = 0.25 -- seconds between two frames, and until a signal is heard
local STOPPED = 2 -- seconds without a frame: the process was stopped, and others used the terminal
local KEPT = 200 -- changes; no terminal has more rows

local COLUMNS = { { "time" }, { "item" }, { "before" }, { "state" }, { "message" } }

local Watch = {}
Watch.__index = Watch

local function now() return times.text(core.now()) end

local function clock(time) return time:sub(12, 19) end -- of "2030-01-02T03:04:05Z"

-- ---- states ----

-- Writes a line where there is neither a view nor JSON.
local function tell(self, line)
  if self.view or self.invocation.out.format ~= "table" then return end
  self.invocation.out:line(line)
  self.invocation.out:flush()
end

-- Notes the state of an item by its key. `failure`, if any: a `message`, and a `kind` that failures
-- of the same kind share.
function Watch:set(key, state, failure)
  local before, known = self.states[key], self.known[key]
  self.failures[key], self.dirty = failure, true
  if before == state then return end
  if before then self.counts[before] = self.counts[before] - 1 end
  self.states[key], self.counts[state] = state, (self.counts[state] or 0) + 1
  local change = { time = now(), item = self.spec:name(key), before = before, state = state,
    message = failure and failure.message }
  if self.rows then self.rows:add(change) end
  if before or failure then -- a line tells the first states of all
    tell(self, ("%s  %s  %s%s%s"):format(change.time, change.item,
      before and before .. " -> " or "", state, failure and "  " .. failure.message or ""))
  end
  if failure then return end
  self.known[key] = state -- a failed poll changes no stream
  if not known or known == state then return end
  change.before, self.changed = known, self.changed + 1
  table.insert(self.changes, 1, change)
  self.changes[KEPT + 1] = nil
end

local function counts_of(self)
  local words = { self.spec:what() }
  for i, state in ipairs(self.spec.states) do
    local count = self.counts[state] or 0
    if count > 0 or i <= self.spec.usual then
      words[#words + 1] = text.thousands(count) .. " " .. state
    end
  end
  return table.concat(words, "  ")
end

local function tell_counts(self) tell(self, now() .. "  " .. counts_of(self)) end

-- ---- the model of a view ----

-- Returns the section of failures, those of a kind as a row with their count.
local function failures_of(self)
  local kinds, rows = {}, {}
  for _, key in ipairs(next(self.failures) and self.spec.keys or {}) do
    local failure = self.failures[key]
    if failure then
      local kind = kinds[failure.kind] or { count = 0, key = key, message = failure.message }
      if kind.count == 0 then kinds[failure.kind], kinds[#kinds + 1] = kind, kind end
      kind.count = kind.count + 1
    end
  end
  for i, kind in ipairs(kinds) do
    local more = kind.count > 1 and (" and %s more"):format(text.thousands(kind.count - 1)) or ""
    rows[i] = { ("%s%s  %s"):format(self.spec:name(kind.key), more, kind.message), "failed" }
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

local function model_of(self)
  local head = { { clock(now()) .. " UTC  " .. self.spec.title }, { counts_of(self), "heading" } }
  for _, line in ipairs(self.spec:lines(self)) do head[#head + 1] = { line } end
  return { head = head, sections = { failures_of(self), changes_of(self) } }
end

-- ---- the run ----

-- Draws a frame where something has changed, the clock at least.
local function draw(self)
  local moment, second = core.monotonic(), math.floor(core.now())
  if not self.view or not self.dirty and second == self.drawn_second then return end
  self.view:draw(model_of(self), self.drawn_at and moment - self.drawn_at > STOPPED)
  self.dirty, self.drawn_second, self.drawn_at = false, second, moment
end

-- Polls again and again. After a poll that takes longer than the interval the next begins at once.
local function poll(self)
  while true do
    local began = core.monotonic()
    self.number, self.next_at = self.number + 1, nil
    self.spec:poll(self)
    self.took, self.next_at, self.dirty = core.monotonic() - began, began + self.spec.every, true
    if self.number == 1 then tell_counts(self) end
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
    self.caught, self.over = self.invocation:caught() or system.is_left(1) and "closed",
      self.spec:is_over(self)
    draw(self)
    if self.caught or self.over or self.invocation.out.fault then error(OVER, 0) end
  until coroutine.status(thread) == "dead" -- by an error, which streamctl.run throws
end

-- Returns the seconds until the next poll; nil during a poll.
function Watch:left()
  return self.next_at and math.max(math.ceil(self.next_at - core.monotonic()), 0)
end

-- Watches by `spec`, an object with methods: `poll(watch)` asks once, and calls `watch:set` for
-- each item; `name(key)`; `what()`, such as "40 streams"; `is_over(watch)`; `lines(watch)`, texts
-- for the head of the view. It has `every`, seconds; `keys`, of the items; `title`; and `states`,
-- in order of the counts, of which the first `usual` are counted even at 0. Returns the watch, with
-- `counts` by state; and the exit status where a signal ended the command.
function watch.run(invocation, spec)
  local self = setmetatable({ invocation = invocation, spec = spec, states = {}, known = {},
    failures = {}, counts = {}, changes = {}, changed = 0, number = 0, began = now(),
    view = views.new(invocation) }, Watch)
  if invocation.out.format == "jsonl" then self.rows = invocation.out:rows(COLUMNS) end
  invocation:catch ""
  local ok, why = pcall(streamctl.run, run, self)
  if self.view then self.view:close() end
  if self.rows then self.rows:close() end
  if not ok and why ~= OVER then error(why, 0) end
  tell_counts(self)
  return self, not self.over and status.stopped[self.caught] or nil
end

return watch
