-- Watches states until they are as wanted or the user ends the command: a view on a terminal, else
-- a line for each change. The commands `state`, `resume` and `queue` call this module.

local core = require "streamctl.core"
local status = require "streamctl.cli.status"
local streamctl = require "streamctl"
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

-- ---- states ----

-- Writes a change as a line, where there is no view.
local function write(self, change)
  local out = self.invocation.out
  if self.rows then return self.rows:add(change) end
  local line = ("%s  %s  "):format(change.time, change.item)
  out:line(line .. (change.before and change.before .. " -> " or "") .. change.state
    .. (change.message and "  " .. change.message or ""))
  out:flush()
end

-- Notes the state of an item by its key. `failure`, if any: a `message`, and a `kind` that failures
-- of the same kind share.
function Watch:set(key, state, failure)
  local before, known = self.states[key], self.known[key]
  self.failures[key], self.dirty = failure, true
  if before == state then return end
  if before then self.counts[before] = self.counts[before] - 1 end
  self.states[key], self.counts[state] = state, (self.counts[state] or 0) + 1
  local change = { time = times.text(math.floor(core.now())), item = self.spec.name(key),
    before = before, state = state, message = failure and failure.message }
  if not self.view and (before or failure or self.rows) then write(self, change) end
  if failure then return end
  self.known[key] = state -- a failed poll changes no stream
  if not known or known == state then return end
  change.before, self.changed = known, self.changed + 1
  table.insert(self.changes, 1, change)
  self.changes[KEPT + 1] = nil
end

-- ---- the model of a view ----

-- Returns the failures, those of a kind as a row with their count.
local function failure_rows(self)
  local kinds, rows = {}, {}
  for _, key in ipairs(self.spec.keys()) do
    local failure = self.failures[key]
    local kind = failure and kinds[failure.kind]
    if failure and not kind then
      kind = { count = 0, name = self.spec.name(key), message = failure.message }
      kinds[failure.kind], kinds[#kinds + 1] = kind, kind
    end
    if kind then kind.count = kind.count + 1 end
  end
  for i, kind in ipairs(kinds) do
    local more = kind.count > 1 and (" and %s more"):format(text.thousands(kind.count - 1)) or ""
    rows[i] = { kind.name .. more, "failed", "  " .. kind.message, false }
  end
  return rows
end

local function change_rows(self)
  local rows = {}
  for i, change in ipairs(self.changes) do
    rows[i] = { change.time:sub(12, 19) .. "  ", false, change.state, change.state,
      (" "):rep(9 - #change.state) .. change.item, false, "  was " .. change.before, false }
  end
  return rows
end

-- Returns the line of the counts.
local function counts_of(self)
  local line = { self.spec.what(), "heading" }
  for i, state in ipairs(self.spec.states) do
    local count = self.counts[state] or 0
    if count > 0 or i <= 2 then
      line[#line + 1], line[#line + 2] = "  ", false
      line[#line + 1], line[#line + 2] = text.thousands(count) .. " " .. state, count > 0 and state
    end
  end
  return line
end

local function model_of(self)
  local failures = failure_rows(self)
  local head = { { os.date("!%H:%M:%S UTC", math.floor(core.now())) .. "  ", false,
    self.spec.title, false }, counts_of(self) }
  for _, line in ipairs(self.spec.lines(self)) do head[#head + 1] = { line, false } end
  return { head = head, sections = {
    { heading = "FAILURES", rows = failures, total = #failures },
    { heading = "CHANGES since " .. os.date("!%H:%M:%S", math.floor(self.began)),
      rows = change_rows(self), total = self.changed } } }
end

-- ---- the run ----

-- Draws a frame where something has changed, the clock at least.
local function tick(self)
  local now, at = core.monotonic(), math.floor(core.now())
  if not self.view or not self.dirty and at == self.shown_at then return end
  self.view:draw(model_of(self), self.drawn_at and now - self.drawn_at > STOPPED)
  self.dirty, self.shown_at, self.drawn_at = false, at, now
end

-- Polls again and again. A poll that takes longer than the interval begins the next one.
local function polls(self)
  while true do
    local began = core.monotonic()
    self.number, self.next_at = self.number + 1, nil
    self.spec.poll(self)
    local left = began + self.spec.every - core.monotonic()
    self.took, self.next_at, self.dirty = core.monotonic() - began, began + self.spec.every, true
    if self.number == 1 and not self.view and not self.rows then
      local parts = {}
      local line = counts_of(self)
      for i = 1, #line, 2 do parts[#parts + 1] = line[i] end
      self.invocation.out:line(times.text(math.floor(core.now())) .. "  " .. table.concat(parts))
      self.invocation.out:flush()
    end
    if left > 0 then streamctl.sleep(left) end
  end
end

local OVER = {} -- ends the run: calls that are under way are forgotten

local function run(self)
  local thread
  local looker = streamctl.spawn(function()
    thread = coroutine.running()
    polls(self)
  end)
  repeat
    streamctl.sleep(TICK)
    self.caught = self.invocation:caught()
    self.over = self.spec.is_over(self)
    tick(self)
    if self.caught or self.over then error(OVER, 0) end
  until coroutine.status(thread) == "dead"
  looker:join()
end

-- Tells how many seconds are left until the next poll; nil during a poll.
function Watch:left()
  return self.next_at and math.max(math.ceil(self.next_at - core.monotonic()), 0)
end

-- Watches by `spec`, a table:
--
-- * `poll(watch)` asks once, and calls `watch:set` for each item; `every`, seconds
-- * `keys()`, all keys of items in order; `name(key)`; `what()`, such as "40 streams"
-- * `states`, the words in the order of the counts; the first two are always shown
-- * `title`, and `lines(watch)`: texts for the head of the view
-- * `is_over(watch)`: whether the watch ends by itself
--
-- Returns why the command was stopped (see `status.stopped`), nil at an end by itself.
function watch.run(invocation, spec)
  local self = setmetatable({ invocation = invocation, spec = spec, states = {}, known = {},
    failures = {}, counts = {}, changes = {}, changed = 0, number = 0, began = core.now(),
    view = views.new(invocation) }, Watch)
  if invocation.out.format == "jsonl" then self.rows = invocation.out:rows(COLUMNS) end
  invocation:catch ""
  local ok, why = pcall(streamctl.run, run, self)
  if self.view then self.view:close() end
  if self.rows then self.rows:close() end
  if not ok and why ~= OVER then error(why, 0) end
  return not self.over and status.stopped[self.caught] or nil, self
end

return watch
