-- Watches streams, for the commands `state` and `resume`: asks about each stream, or asks lists
-- that tell of many.

local fail = require "streamctl.cli.fail"
local groups = require "streamctl.cli.bulk.groups"
local lines = require "streamctl.cli.bulk.lines"
local lists = require "streamctl.cli.watch.lists"
local status = require "streamctl.cli.status"
local summary = require "streamctl.cli.bulk.summary"
local text = require "streamctl.cli.output.text"
local times = require "streamctl.cli.times"
local watch = require "streamctl.cli.watch"

local streams = {}

local EVERY = 5 -- seconds between two polls, unless said
local REFUSED = 3 -- answers in a row that refuse the account end a watch
local NAMED = 40 -- streams that a line names; no terminal has room for more

-- ---- polls ----

local function item_of(self, index)
  local item = self.items:item(index)
  return type(item) == "table" and item or { StreamId = item } -- a list of ids
end

-- Asks about each stream of a list of indexes.
local function ask(self, watcher, indexes)
  local account, read, at = self.target.account, lists.readers[self.operation.action], 0
  local concurrency = account.settings.concurrency or {}
  local ended = account.client:batch(self.operation.action, function()
    at = at + 1
    return indexes[at] and item_of(self, indexes[at])
  end, {
    params = self.target.params,
    concurrency = self.invocation.args.concurrency or concurrency.value,
    on_result = function(result)
      local index, err = indexes[result.index], result.err
      self.requests = self.requests + 1
      self.refused = err and status.refuses(err.code) and self.refused + 1 or 0
      if self.refused == REFUSED then fail.call(result.message, err) end
      if result.ok then return watcher:set(index, read(result.response).state) end
      watcher:set(index, "failed", { message = result.message, kind = groups.key {
        code = err.code, message = result.message, request_id = err.request_id,
        item = lines.label(result.item, "table") } })
    end,
  })
  fail.pass_on(ended)
end

-- Returns the indexes to ask about in a sweep, as many as the interval has room for: first streams
-- that were live before, then those that nobody asked about for longest.
local function absent(self, watcher, is_live)
  local indexes, rest, asked = {}, {}, self.asked
  for index = 1, self.items.total do
    if is_live(item_of(self, index)) then
      watcher:set(index, "live")
    elseif watcher.states[index] == "live" then
      indexes[#indexes + 1] = index
    else
      rest[#rest + 1] = index
    end
  end
  table.sort(rest, function(a, b)
    local first, second = asked[a] or 0, asked[b] or 0
    return first < second or first == second and a < b
  end)
  for i = 1, math.min(#rest, math.max(math.floor(self.rate * self.every) - #indexes, 1)) do
    indexes[#indexes + 1] = rest[i]
  end
  for _, index in ipairs(indexes) do asked[index] = watcher.number end
  return indexes
end

-- Asks a list, which tells of the streams in it, and then about streams that it does not have.
local function sweep(self, watcher)
  local is_live, message, err = self.sweeper(self.target, self.list)
  if err and status.refuses(err.code) then fail.call(message, err) end
  if message and message ~= self.fault and not watcher.view then
    self.invocation.say:warn("the list: %s", message)
  end
  self.fault = message
  ask(self, watcher, absent(self, watcher, is_live or function() return false end))
end

-- Asks the list of blocked streams, which tells of all.
local function ask_list(self, watcher)
  local is_blocked, message, err = lists.blocked(self.target, self.invocation.args.blocked)
  if err and (status.refuses(err.code) or watcher.number == 1) then fail.call(message, err) end
  self.requests = self.requests + 1
  for index = 1, self.items.total do
    if is_blocked then
      watcher:set(index, is_blocked(item_of(self, index)) and "blocked" or "allowed")
    else
      watcher:set(index, "failed", { message = message, kind = message })
    end
  end
end

-- ---- what a watch shows ----

-- Returns the names of streams that are not as wanted.
local function missing(self, watcher)
  local names = {}
  for index = 1, self.items.total do
    if watcher.states[index] ~= self.wanted and #names < NAMED then
      names[#names + 1] = self.name(index)
    end
  end
  return names
end

-- Returns the lines below the counts.
local function lines_of(self, watcher)
  local left = watcher:left()
  local told = { ("look %d: %s%s%s%s"):format(watcher.number, text.count(self.requests, "request"),
    left and (" in %.1f s"):format(watcher.took) or "",
    self.rate and (", at most %g a second"):format(self.rate) or "",
    left and ("; the next in %d s"):format(left) or "") }
  if self.advice then told[#told + 1] = self.advice end
  if self.fault then told[#told + 1] = "the list: " .. self.fault end
  local names = self.wanted and missing(self, watcher) or {}
  if names[1] then
    told[#told + 1] = ("not %s: %s"):format(self.wanted, table.concat(names, ", "))
  end
  return told
end

-- Returns why a poll takes longer than the interval, and what is done about that; nil where not.
local function advice_of(self)
  local seconds = self.items.total / (self.rate or math.huge)
  if seconds <= self.every then return nil end
  local why = ("%s at %g a second take %.0f s, longer than --every %d s"):format(
    text.count(self.items.total, "stream"), self.rate, seconds, self.every)
  if self.list then return why .. "; so lists are asked, which tell of many" end
  return ("%s; with %s a list would tell of many"):format(why, self.target.kind == "rtc"
    and "--room ROOM" or "--playback DOMAIN")
end

-- ---- flags ----

-- Adds the flags of a watch.
function streams.define(command)
  command:flag("--watch", "Ask again and again, and show what changes: a view on a terminal, else "
    .. "a line for each change. Ctrl-C ends it.")
  command:option("--every", "With --watch: how long from one look to the next, 5s unless said.")
    :argname "TIME":convert(times.converter("--every", times.duration))
  command:option("--room", "ZEGOCLOUD, with --watch: a room, whose list is asked where it takes "
    .. "too long to ask about each stream; may be repeated."):argname "ROOM":count "*"
end

-- Refuses flags that do not go together.
function streams.check_flags(args, kind)
  for _, name in ipairs(args.watch and {} or { "every", "until_state" }) do
    if args[name] then
      fail.usage("--%s is for --watch; say both, or none", (name:gsub("_state", "")))
    end
  end
  if not args.watch then return end
  if args.output == "json" or args.output == "ids" then
    fail.usage("--watch shows a view or lines; leave out -o %s, or say -o jsonl", args.output)
  end
  if args.room and args.room[1] and kind ~= "rtc" then
    fail.usage "--room is for RTC streams of ZEGOCLOUD; leave it out"
  end
end

-- Returns the exit status of a watch that ended: as `state` has it, of the last poll.
local function status_of(self, watcher, expected)
  local counts, total = watcher.counts, self.items.total
  if expected then return counts[expected] == total and status.OK or status.FAILED end
  local known = 0
  for _, name in ipairs(self.states) do known = known + (counts[name] or 0) end
  return known - (counts.failed or 0) == total and status.OK or status.FAILED
end

-- Returns the function of a poll.
local function poll_of(self)
  if not self.operation then return ask_list end
  if self.advice and self.list then return sweep end
  return function(_, watcher) ask(self, watcher, self.keys) end
end

-- Watches the items of a target. `options`: `has_list`, whether a list tells which are blocked;
-- `wanted`, the state that ends the watch; `expected`, for the status. Returns the exit status.
function streams.watch(invocation, target, options)
  local args, format = invocation.args, invocation.out.format
  local self = { invocation = invocation, target = target, items = target.items,
    every = args.every or EVERY, wanted = options.wanted, requests = 0, refused = 0, asked = {},
    keys = {}, states = { "allowed", "blocked", "failed" } }
  for index = 1, self.items.total do self.keys[index] = index end
  function self.name(index) return lines.label(self.items:item(index), format) end
  if not options.has_list then
    self.operation = target.account:operation(lists.ACTIONS[target.kind])
    self.states = { "live", "offline", "failed" }
    self.sweeper = target.kind == "rtc" and lists.in_rooms or lists.online
    self.list = target.kind == "rtc" and args.room[1] and args.room or args.playback
    self.rate = summary.estimate({ operation = self.operation, account = target.account }, 1).rate
    self.advice = advice_of(self)
    if self.advice then invocation.say:note("%s", self.advice) end
  end
  local poll = poll_of(self)
  local caught, watcher = watch.run(invocation, {
    every = self.every, title = args.path .. "  " .. target.account.title, states = self.states,
    keys = function() return self.keys end, name = self.name,
    what = function() return text.count(self.items.total, "stream") end,
    lines = function(watcher) return lines_of(self, watcher) end,
    is_over = function(watcher)
      return self.wanted and watcher.counts[self.wanted] == self.items.total
    end,
    poll = function(watcher)
      self.requests = 0
      poll(self, watcher)
    end,
  })
  if caught and caught ~= status.INTERRUPTED then return caught end
  return status_of(self, watcher, options.expected or self.wanted)
end

return streams
