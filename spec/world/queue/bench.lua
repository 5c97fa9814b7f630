-- The emulator and a Redis that keeps jobs, for the specs of streamctl.queue: queues, clients,
-- workers, and connections that break when a spec says so.
--
--   local bench = require "spec.world.queue.bench"
--   bench.describe("a job", function(b)
--     it("is done", function()
--       local job = assert(b.q:add(b:zego(), "ResumeRTCStreams", { "a" }))
--       b:work({ b:zego() }, { job })

local busted = require "busted"
local core = require "streamctl.core"
local late = require "spec.support.late"
local redis = require "streamctl.store.redis"
local redis_server = require "spec.world.store.redis_server"
local records = require "streamctl.cli.bulk.records"
local report = require "streamctl.cli.bulk.report"
local session = require "spec.support.session"
local streamctl = require "streamctl"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local bench = {}

bench.OPTIONS = "--appendonly yes"

local Bench = {}
Bench.__index = Bench

local names = {} -- of scripts, by their digests
for _, part in ipairs { "queue.job_scripts", "queue.work_scripts", "store.redis_scripts" } do
  for name, text in pairs(require("streamctl." .. part)) do names[core.sha1(text)] = name end
end

-- Describes something with a bench of its own, which is as new before each test.
function bench.describe(name, body)
  late.describe(name, {
    session.start,
    function(s)
      return setmetatable({ s = s, e = s.e, server = assert(redis_server.start(bench.OPTIONS)) },
        Bench)
    end,
  }, function(_, b)
    busted.before_each(function() b:reset() end)
    busted.after_each(function() core.set_clock() end)
    body(b)
  end)
end

function Bench:stop() self.server:stop() end

function Bench:reset()
  self.e:quiet()
  self.e:reset()
  self:command "FLUSHALL"
  self.tap, self.events, self.lengths = false, {}, {}
  self.store = self:new_store()
  self.q = streamctl.queue.new { store = self.store, durable = true }
end

-- Sends a command to Redis, as a text.
function Bench:command(text)
  self.admin = self.admin or redis_server.connect(self.server.port)
  return self.admin:raw_cmd(text)
end

-- A connection whose scripts `tap(name, values, run)` may watch, keep from running, or answer with
-- an error after they ran.
function Bench:connect()
  local client = redis_server.connect(self.server.port)
  local tapped = {}
  for _, method in ipairs { "eval", "evalsha" } do
    tapped[method] = function(_, script, count, ...)
      local name = names[script] or names[core.sha1(script)]
      local values = { ... }
      local function run() return client[method](client, script, count, unpack(values)) end
      if not self.tap or method == "eval" then return run() end
      return self.tap(name, values, run)
    end
  end
  return setmetatable(tapped, { __index = function(_, name) return client[name] end })
end

function Bench:new_store(options)
  return redis.new(function() return self:connect() end, options)
end

-- Has connections break when a script of a name ran (`after`), or before, `times` times.
function Bench:break_at(name, after, times)
  self.tap = function(script, _, run)
    if script ~= name or times == 0 then return run() end
    times = times and times - 1
    if after then run() end
    error("connection closed", 0)
  end
end

-- Has a process die when a script of a name ran (`after`), or before: no script runs any more.
-- Returns whether that has happened, for `work`.
function Bench:die_at(name, after)
  local dead = false
  self.tap = function(script, _, run)
    if dead then error("connection refused", 0) end
    if script ~= name then return run() end
    local reply = after and run()
    if name == "take" and reply[2] ~= "entry" then return reply end
    dead = true
    error("connection refused", 0)
  end
  return function() return dead end
end

-- A worker that dies there.
function Bench:dying(clients, name, after)
  self:work(clients, self:die_at(name, after), { concurrency = 1 })
  self.tap = false
end

local function with(options, more)
  for name, value in pairs(more or {}) do options[name] = value end
  return options
end

function Bench:zego(options) return self.s:zego(with({ store = self.store }, options)) end

function Bench:aliyun(options) return self.s:aliyun(with({ store = self.store }, options)) end

-- Works until `is_over()` is true, or all jobs of a list have ended. `given` are options of work.
function Bench:work(clients, is_over, given)
  local finish_by = os.time() + 200 -- only what hangs takes as long
  local function have_ended()
    for _, job in ipairs(is_over) do
      local state = assert(self.q:status(job)).state
      if state ~= "done" and state ~= "cancelled" and state ~= "expired" then return false end
    end
    return true
  end
  local check = type(is_over) == "table" and have_ended or is_over
  return assert(self.q:work(with({
    clients = clients,
    should_stop = function()
      assert(os.time() < finish_by, "the worker has not ended")
      return check()
    end,
    on_event = function(event) table.insert(self.events, event) end,
  }, given)))
end

-- All that workers have taken and not ended, as { key, id, group, milliseconds, deliveries }.
function Bench:pending()
  local list = {}
  for _, lane in ipairs { "urgent", "bulk" } do
    for _, key in ipairs(self:command("KEYS streamctl:*:queue:*" .. lane)) do
      local is_lane = self:command("TYPE " .. key) == "stream"
      local all = is_lane and self:command("XPENDING " .. key .. " workers - + 1000")
      for _, found in ipairs(all or {}) do
        list[#list + 1] = { key, found[1], found[2], tonumber(found[3]), tonumber(found[4]) }
      end
    end
  end
  return list
end

-- Has all leases end, as if their time had passed. `deliveries` instead of their own.
function Bench:pass_lease(deliveries)
  for _, found in ipairs(self:pending()) do
    self:command(("XCLAIM %s workers %s 0 %s IDLE 86400000 RETRYCOUNT %d JUSTID"):format(found[1],
      found[3], found[2], deliveries or found[5]))
  end
  self:search()
end

-- Has the next worker that asks look for what others have left.
function Bench:search()
  for _, key in ipairs(self:command "KEYS *:searched") do self:command("DEL " .. key) end
end

-- Waits until a job's time is over.
function Bench:pass_end(job)
  local ends = assert(self.q:status(job)).expires
  assert(redis_server.wait_until(function()
    local time = self:command "TIME"
    return time[1] + time[2] / 1e6 > ends + 0.001
  end))
end

-- The numbers of a job: "state total succeeded failed unknown superseded".
function Bench:numbers(job)
  local s = assert(self.q:status(job))
  return ("%s %s %d %d %d %d"):format(s.state, s.total and ("%d"):format(s.total) or "-",
    s.succeeded, s.failed, s.unknown, s.superseded)
end

-- The records of a job: a list, and the report that the command reads of them.
function Bench:records(job)
  local list, read = {}, report.new "job"
  for record in assert(self.q:records(job)) do
    list[#list + 1] = record
    local fault = records.take(read, record)
    assert(not fault, fault)
  end
  return list, read
end

-- Ids with a beginning.
function bench.ids(count, beginning)
  local list = {}
  for i = 1, count do list[i] = (beginning or "s") .. i end
  return list
end

return bench
