-- What the soak does: each action makes calls and notes how they ended.

local cases = require "spec.world.faults.cases"
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local operations = require "spec.world.faults.operations"
local raw = require "spec.support.raw"
local session = require "spec.support.session"
local shell = require "spec.support.emulator.launcher.shell"
local streamctl = require "streamctl"
local usage = require "spec.support.usage"

local SIGNER = core.signer("zego", { app_id = 1, server_secret = "s" })

local actions = {}

local Mix = {}
Mix.__index = Mix

local VENDORS = { "aliyun", "zego" }
local EMULATOR_FAULTS = {
  { kind = "status" }, { kind = "status", status = 503, execute = true }, { kind = "reset_before" },
  { kind = "reset_after" }, { kind = "reset_after", rst = true }, { kind = "body", execute = true },
  { kind = "body", status = 204, execute = true }, { kind = "truncated" }, { kind = "huge" },
  { kind = "huge", chunked = true }, { kind = "slow_body", pause = 0.2 },
  { kind = "latency", seconds = 0.3 }, { kind = "latency", seconds = 0.3, after = true },
  { kind = "garbage_json" }, { kind = "status", status = 200 }, { kind = "throttle" },
  { kind = "body", status = 302, headers = { Location = "https://127.0.0.1:1/" } },
  { kind = "expired" },
}

local function scenario(self)
  local scripts, texts = {}, {}
  for _, vendor in ipairs(VENDORS) do
    self.cases[vendor] = cases.list(cases.bodies[vendor], "http://127.0.0.1:1/")
    cases.compile(self.cases[vendor], vendor, scripts, texts)
    for _, form in ipairs { "whole", "chunked", "until_close" } do
      local name = vendor .. "_" .. form
      texts[name] = cases[form](cases.bodies[vendor])
      for _, ending in ipairs { "close", "reset" } do
        scripts[name .. "_" .. ending] = ("head %s; %s"):format(name, ending)
      end
    end
  end
  return { scripts = scripts, texts = texts, files = { bomb = self.bomb },
    listeners = { { "named", "-" } } }
end

--- Starts the servers; random(n) is a whole number from 1 to n.
function actions.start(random)
  local self = setmetatable({ random = random, cases = {}, bomb = os.tmpname() }, Mix)
  self.result = { calls = 0, batches = 0, engines = 0, worst = 0, worst_of = "none", unknown = 0,
    left = 0, hangs = 0, codes = {} }
  self.session = session.start { log = false }
  shell.run("head -c 64000000 /dev/zero | gzip -1 >" .. shell.quote(self.bomb))
  self.raw = assert(raw.start(scenario(self)))
  return self
end

function Mix:stop()
  self.raw:stop()
  session.stop(self.session)
  os.remove(self.bomb)
end

function Mix:one_of(list) return list[self.random(#list)] end

-- When a call starts: the time, and how long others have kept this process from the processor.
local function now() return { core.monotonic(), usage.starved() } end

function Mix:note(what, limit, start, body, err)
  local result = self.result
  local over = core.monotonic() - start[1] - limit - (usage.starved() - start[2])
  local code = body and "ok" or err.code
  result.calls = result.calls + 1
  result.codes[code] = (result.codes[code] or 0) + 1
  if not body and not errors.codes[code] then result.unknown = result.unknown + 1 end
  if over > result.worst then result.worst, result.worst_of = over, what end
  if over > 2 then result.hangs = result.hangs + 1 end
end

-- A client of its own for each call, as careless programs make them.
function Mix:client(operation, given)
  if self.random(2) == 1 then
    given.retry = { attempts = 1 + self.random(3), base = 0.01, cap = 0.05 }
  end
  return operations.client(operation, given)
end

function Mix:limit() return self.random(40) / 100 end

function Mix:call(what, operation, client, script, number)
  local limit, start = self:limit(), now()
  local body, _, err = operations.call(operation, client, script, number, { timeout = limit })
  self:note(what, limit, start, body, err)
end

function Mix:hostile()
  local operation = self:one_of(operations)
  local case = self:one_of(self.cases[operation.vendor])
  self:call(case[1], operation, self:client(operation, { endpoint = self.raw:url "named" }),
    case.script)
end

function Mix:cut()
  local operation = self:one_of(operations)
  local script = ("%s_%s_%s"):format(operation.vendor,
    self:one_of { "whole", "chunked", "until_close" }, self:one_of { "close", "reset" })
  self:call("a cut answer", operation, self:client(operation, { endpoint = self.raw:url "named" }),
    script, self.random(190) - 1)
end

local function emulated(self, operation)
  local e = self.session.e
  return self:client(operation, self.session[operation.vendor .. "_options"](self.session, {
    endpoint = e[operation.vendor .. self:one_of { "", "_http", "_h2" }], retry = false,
    store = streamctl.store.memory(),
  }))
end

function Mix:emulator()
  local operation = self:one_of(operations)
  self:call("the emulator", operation, emulated(self, operation), "soak", self.random(100))
end

function Mix:batch()
  local ids, client, start, limit = {}, emulated(self, operations[3]), now(), 0.2 + self:limit()
  for i = 1, 20 + self.random(80) do ids[i] = "soak-" .. i end
  local stop_at = self.random(10)
  local report = client:batch("ResumeRTCStreams", ids, {
    timeout = limit, attempt_timeout = limit, concurrency = self.random(8),
    should_stop = function(at) return at.requests >= stop_at end,
  })
  self.result.batches = self.result.batches + 1
  local known = report.succeeded + report.failed + report.superseded + report.unknown
  assert(report.total == #ids and known + report.unsent == #ids, "a batch lost items")
  for _, it in ipairs(report.results) do self:note("a batch", limit, start, it.ok, it.err) end
end

local ACTIONS = {
  "hostile", "hostile", "hostile", "cut", "cut", "emulator", "emulator", "emulator",
  "batch",
}

--- One random action.
function Mix:act()
  local name = self:one_of(ACTIONS)
  self[name](self)
end

-- Requests of all kinds on an engine of its own, some cancelled, the rest closed away: each ends
-- once.
function Mix:engine()
  local engines = require "streamctl.engine"
  local engine, seen, count = assert(engines.new(self.random(16))), {}, 0
  local endpoint = assert(engines.endpoint { url = self.raw:url "named", max_response = 1048576 })
  local ids = {}
  local function drain()
    local id, result = engine:next_done()
    while id do
      if seen[id] or not (errors.codes[result.code] or result.code == "ok") then
        self.result.unknown = self.result.unknown + 1
      end
      seen[id], count = true, count + 1
      id, result = engine:next_done()
    end
  end
  for i = 1, 40 do
    local action = raw.mark(self:one_of(self.cases.aliyun).script)
    local request = assert(core.request(SIGNER, "GET", action, self.random(2) == 1))
    ids[i] = assert(engine:submit(request, endpoint, self:limit(), 1))
    if self.random(4) == 1 then engine:cancel(ids[self.random(i)]) end
    assert(engine:step())
    drain()
  end
  for _ = 1, self.random(20) do
    assert(engine:wait(0.005))
    drain()
  end
  engine:close()
  drain()
  local running, waiting, done = engine:count()
  self.result.left = self.result.left + #ids - count + running + waiting + done
  self.result.engines = self.result.engines + 1
end

-- A run that ends by an error leaves its calls where they are.
function Mix:abandon()
  local ok, why = pcall(streamctl.run, function()
    for _ = 1, 5 do streamctl.spawn(function() self:hostile() end) end
    streamctl.sleep(0.01)
    error("thrown", 0)
  end)
  assert(not ok and why == "thrown", why)
end

--- What is done while nothing else runs: it may block.
function Mix:alone()
  self:engine()
  self:abandon()
  local e = self.session.e
  e:reset()
  for _ = 1, 3 do
    local fault = { vendor = self:one_of(VENDORS), times = self.random(5),
      skip = self.random(5) - 1 }
    for name, value in pairs(self:one_of(EMULATOR_FAULTS)) do fault[name] = value end
    e:fault(fault)
  end
end

return actions
