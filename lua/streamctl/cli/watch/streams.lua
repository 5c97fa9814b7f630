-- Reads the states of streams in the vendors' answers, and watches streams: asks about each stream,
-- or the list of blocked ones. The command `state` calls this module.

local fail = require "streamctl.cli.fail"
local groups = require "streamctl.cli.bulk.groups"
local lines = require "streamctl.cli.bulk.lines"
local status = require "streamctl.cli.status"
local summary = require "streamctl.cli.bulk.summary"
local text = require "streamctl.cli.output.text"
local times = require "streamctl.cli.times"
local watch = require "streamctl.cli.watch"

local streams = {}

local EVERY = 5 -- seconds between two polls, unless said
local REFUSED = 3 -- answers in a row that refuse the account end a watch
local NAMED = 200 -- streams that are not as wanted, for a line that no terminal shows all of

-- ---- what answers say ----

-- By the operation that asks: a function from an answer to the fields of a row.
local readers = {}
streams.readers = readers

function readers.DescribeRTCStreamState(answer)
  local data = answer.Data or {}
  local function time(name)
    local seconds = tonumber(data[name])
    return seconds and times.text(seconds)
  end
  return { state = answer.Code == 0 and "live" or "offline", created = time "create_time",
    closed = time "close_time" }
end

function readers.DescribeLiveStreamState(answer)
  return { state = answer.StreamState == "online" and "live" or "offline" }
end

-- The questions by the kind of a target.
streams.ACTIONS = { rtc = "DescribeRTCStreamState", aliyun = "DescribeLiveStreamState" }

-- ---- lists ----

-- Returns the set of ids that are forbidden at the CDN now; or nil, message, err.
local function forbidden_at_cdn(client)
  local answer, message, err = client:query_forbid_cdn_live_stream { Vendor = "ws" }
  if not answer then return nil, message, err end
  local ws, found, now = (answer.Data or {}).Ws or {}, {}, times.text(os.time())
  for _, ban in ipairs(ws.ResultDetail or {}) do
    local id = tostring(ban.Url):match "([^/]+)$"
    if id and not (type(ban.EndTime) == "string" and ban.EndTime < now) then found[id] = true end
  end
  return found
end

-- Returns the set of keys of all items of a list, by `key_of(item)`; or nil, message, err.
local function walk(pager, key_of)
  local found = {}
  while true do
    local item, message, err = pager:next()
    if message then return nil, message, err end
    if item == nil then return found end
    found[key_of(item)] = true
  end
end

-- Returns a function that tells whether a stream is blocked, by one list; or nil, message, err.
-- `domain`: the main playback domain at Alibaba Cloud.
function streams.blocked(target, domain)
  local client = target.account.client
  local function ask()
    if not domain then return forbidden_at_cdn(client) end
    local pager = client:pages("DescribeLiveStreamsBlockList", { DomainName = domain })
    return walk(pager, function(url) return (url:gsub("^%a+://", "")) end)
  end
  local found, message, err = ask()
  return found and function(item)
    return found[domain and ("%s/%s/%s"):format(domain, item.AppName or target.params.AppName,
      item.StreamName) or item.StreamId] or false
  end, message, err
end

-- ---- polls ----

local Streams = {}
Streams.__index = Streams

local function item_of(self, index)
  local item = self.items:item(index)
  return type(item) == "table" and item or { StreamId = item } -- of a list of ids
end

local function ask(self, watcher, indexes)
  local account, read, at = self.target.account, readers[self.operation.action], 0
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
      if result.ok then return watcher:set(index, read(result.answer).state) end
      watcher:set(index, "failed", { message = result.message, kind = groups.key {
        code = err.code, message = result.message, request_id = err.request_id,
        item = lines.label(result.item, "table") } })
    end,
  })
  fail.pass_on(ended)
end

-- Asks the list of blocked streams, which tells of all.
local function ask_list(self, watcher)
  local is_blocked, message, err = streams.blocked(self.target, self.invocation.args.blocked)
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

-- ---- what `streamctl.cli.watch` calls ----

function Streams:poll(watcher)
  self.requests = 0
  if not self.operation then return ask_list(self, watcher) end
  ask(self, watcher, self.keys)
end

function Streams:name(index)
  return lines.label(self.items:item(index), self.invocation.out.format)
end

function Streams:what() return text.count(self.items.total, "stream") end

function Streams:is_over(watcher)
  return self.wanted and watcher.counts[self.wanted] == self.items.total
end

function Streams:lines(watcher)
  local left, missing = watcher:left(), {}
  local told = { ("look %d: %s%s%s%s"):format(watcher.number, text.count(self.requests, "request"),
    left and (" in %.1f s"):format(watcher.took) or "",
    self.rate and (", at most %g a second"):format(self.rate) or "",
    left and ("; the next in %d s"):format(left) or "") }
  told[#told + 1] = self.advice
  for index = 1, self.wanted and self.items.total or 0 do
    if #missing < NAMED and watcher.states[index] ~= self.wanted then
      missing[#missing + 1] = index
    end
  end
  told[#told + 1] = missing[1] and ("not %s: %s"):format(self.wanted,
    groups.lines(self.items, missing)[1])
  return told
end

-- Returns why a poll takes longer than the interval; nil where not.
local function advice_of(self)
  local seconds = self.items.total / (self.rate or math.huge)
  return seconds > self.every
    and ("a look takes %s (%s, %g a second)"):format(times.took(seconds), self:what(), self.rate)
    or nil
end

-- ---- commands ----

function streams.define(command)
  command:flag("--watch", "Ask again and again, and show what changes: a view on a terminal, else "
    .. "a line for each change. Ctrl-C ends it.")
  command:option("--every", "With --watch: how long from one look to the next, 5s unless said.")
    :argname "TIME":convert(times.converter("--every", times.duration))
end

-- Refuses flags that do not go together.
function streams.check_flags(args)
  for name, value in pairs { every = args.every, ["until"] = args.until_state } do
    if value and not args.watch then fail.usage("--%s is for --watch; say both, or none", name) end
  end
  if args.watch and args.dry_run then
    fail.usage "--watch sends requests, and --dry-run none; leave out one of them"
  elseif args.watch and (args.output == "json" or args.output == "ids") then
    fail.usage("--watch shows a view or lines; leave out -o %s, or say -o jsonl", args.output)
  end
end

-- Returns the exit status by the last poll, as `streamctl state` has it.
local function status_of(self, counts, expected)
  local known = 0
  for _, state in ipairs(expected and { expected } or { self.states[1], self.states[2] }) do
    known = known + (counts[state] or 0)
  end
  return known == self.items.total and status.OK or status.FAILED
end

-- Watches the items of a target. `has_list`: whether a list tells which are blocked; `wanted`, if
-- any: the state that ends the watch. Returns the exit status.
function streams.watch(invocation, target, has_list, wanted)
  local args, account = invocation.args, target.account
  local self = setmetatable({ invocation = invocation, target = target, items = target.items,
    title = args.path .. "  " .. account.title, every = args.every or EVERY, wanted = wanted,
    keys = {}, states = { "allowed", "blocked", "failed" }, usual = 2, requests = 0, refused = 0,
  }, Streams)
  for index = 1, self.items.total do self.keys[index] = index end
  if not has_list then
    self.operation = account:operation(streams.ACTIONS[target.kind])
    self.states = { "live", "offline", "failed" }
    self.rate = summary.estimate({ operation = self.operation, account = account }, 1).rate
    self.advice = advice_of(self)
    if self.advice then invocation.say:note("%s", self.advice) end
  end
  local watcher, stopped = watch.run(invocation, self)
  if stopped and stopped ~= status.INTERRUPTED then return stopped end
  return status_of(self, watcher.counts, args.expect or wanted)
end

return streams
