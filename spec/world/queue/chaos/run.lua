-- Plays the chaos: workers carry out jobs while they, and the servers of the store, are killed,
-- stopped and replaced, and while newer jobs and direct calls want the opposite. What happens, and
-- when, comes from a seed and from how many requests were executed so far. Gives the history that
-- spec/world/queue/chaos/checker.lua judges.

local acts = require "spec.world.queue.chaos.acts"
local checker = require "spec.world.queue.chaos.checker"
local cjson = require "cjson"
local core = require "streamctl.core"
local crew = require "spec.world.queue.chaos.crew"
local emulator = require "spec.support.emulator"
local numbers = require "spec.support.numbers"
local shell = require "spec.support.emulator.launcher.shell"
local stores = require "spec.world.queue.chaos.stores"
local worker = require "spec.world.queue.worker"

local run = {}

local TIMEOUT = 1.5 -- seconds of a call
local LEASE = 2 * (TIMEOUT + 3) -- the shortest for that
-- Seconds without an execution, after which the run stands still.
local PATIENCE = tonumber(os.getenv "PATIENCE") or 60
local RATES = { ResumeRTCStreams = 20, ForbidRTCStreams = 20, KickoutUser = 50,
  ForbidLiveStream = 20, ResumeLiveStream = 30 }

local Run = {}
Run.__index = Run

-- ---- what the emulator saw ----

-- Requests that were answered, executed, and that arrived.
function Run:progress()
  local counters, answered, executed = self.e:counters(), 0, 0
  for _, vendor in ipairs { "zego", "aliyun" } do
    for _, count in pairs(counters.codes[vendor] or {}) do answered = answered + count end
    for _, count in pairs(counters.executed[vendor] or {}) do executed = executed + count end
  end
  local running = counters.in_flight
  return answered, executed, answered + (running.zego or 0) + (running.aliyun or 0)
end

-- Waits for a true result of `check`, and wakes workers meanwhile. An error once nothing has been
-- executed for long.
function Run:await(text, check)
  local last, changed = -1, core.monotonic()
  while true do
    local result = check()
    if result then return result end
    local _, executed = self:progress()
    self.crew:wake(core.monotonic())
    if executed ~= last then last, changed = executed, core.monotonic() end
    if core.monotonic() > changed + PATIENCE then error("stands still: " .. text, 0) end
    core.sleep(0.05)
  end
end

-- ---- intents ----

local function keys_of(items)
  local keys = {}
  for i, item in ipairs(items) do keys[i] = type(item) == "table" and item.StreamName or item end
  return keys
end

-- Notes what is wanted from now on; `job` is nil for direct calls.
local function want(self, operation, items, job, sure)
  local intent = { operation = operation, items = keys_of(items), job = job, sure = sure,
    from = self.from }
  table.insert(self.history.intents, intent)
  self.store.settle()
  return intent
end

function Run:add(client, operation, items, options)
  self.from = self:progress()
  local job, message = self.q:add(client, operation, items, options)
  if not job then self:say("not added: %s", message) end
  return want(self, operation, items, job, job ~= nil)
end

function Run:call(client, operation, params, items)
  self.from = self:progress()
  local answer, message = client:call(operation, params)
  if not answer then self:say("%s failed: %s", operation, message) end
  want(self, operation, items, nil, answer ~= nil)
end

-- ---- the run ----

function Run:say(text, ...)
  self.told[#self.told + 1] = text:format(...)
end

-- The names of a table in an order by the seed, `count` of them, each as often as the others.
local function shuffled(random, table_of, count)
  local names, list = {}, {}
  for name in pairs(table_of) do names[#names + 1] = name end
  table.sort(names)
  while #list < count do
    for i = #names, 2, -1 do
      local j = random(i)
      names[i], names[j] = names[j], names[i]
    end
    for _, name in ipairs(names) do list[#list + 1] = name end
  end
  return list
end

-- Requests that the vendor, or the network, spoils here and there.
local function plant_faults(self, requests)
  for _, fault in ipairs { { kind = "reset_before" }, { kind = "reset_after" },
    { kind = "status", status = 503 }, { kind = "throttle", vendor = "zego" } } do
    for _ = 1, math.ceil(requests / 200) do
      local one = { skip = self.random(requests) - 1 }
      for name, value in pairs(fault) do one[name] = value end
      self.e:fault(one)
    end
  end
end

local function play(self)
  local sizes = self.sizes
  local first = {
    { self.zego, "ResumeRTCStreams", acts.ids("rtc-", sizes.ids) },
    { self.zego, "KickoutUser", acts.ids("user-", sizes.kicks),
      { params = { RoomId = "room-0" } } },
    { self.aliyun, "ForbidLiveStream", {} },
  }
  for i, name in ipairs(acts.ids("live-", sizes.objects)) do first[3][3][i] = acts.stream(name) end
  for _, job in ipairs(first) do
    local intent = self:add(job[1], job[2], job[3], job[4])
    if not intent.sure then error("the first jobs must be added: " .. self.told[#self.told], 0) end
    self.first_job = self.first_job or intent.job
  end
  local requests = math.ceil(sizes.ids / 20) + math.ceil(sizes.kicks / 5) + sizes.objects
  plant_faults(self, requests)
  self.crew = crew.start(self.folder, sizes.workers, sizes.in_nginx)
  local names = {}
  for k, kind in ipairs(acts.kinds) do names[k] = shuffled(self.random, kind, sizes.kills) end
  for i = 1, sizes.kills do
    self:await("the work", function()
      local _, executed = self:progress()
      return executed >= requests * i / (sizes.kills + 1)
    end)
    for k, kind in ipairs(acts.kinds) do
      self:say("step %d: %s", i, names[k][i])
      kind[names[k][i]](self)
    end
  end
end

-- Waits for the end of all jobs. The checker names those that have none.
local function wait_for_end(self)
  local ok, why = pcall(self.await, self, "the end", function()
    for _, intent in ipairs(self.history.intents) do
      local status = intent.job and not intent.over and self.q:status(intent.job)
      intent.over = not intent.job or intent.over or status
        and (status.state == "done" or status.state == "cancelled")
      if not intent.over then return false end
    end
    return self.crew:wake(core.monotonic()) == 0
  end)
  if not ok then self:say("%s", why) end
end

local function read_reports(self)
  for _, intent in ipairs(self.history.intents) do
    if intent.job then
      local records = {}
      for record in self.q:records(intent.job) do records[#records + 1] = record end
      self.history.reports[intent.job] = { status = self.q:status(intent.job), records = records }
    end
  end
end

local function write_config(self)
  local e = self.e
  local function client(options)
    options.timeout = TIMEOUT
    return options
  end
  shell.write_file(self.folder .. "/config", cjson.encode {
    redis = self.store.place, parent = shell.run("echo $PPID"):match "%d+", lease = LEASE,
    concurrency = 4,
    zego = client { app_id = e.app_id, server_secret = e.server_secret, endpoint = e.zego_http },
    aliyun = client { access_key_id = e.access_key_id, access_key_secret = e.access_key_secret,
      endpoint = e.aliyun_http },
  })
end

-- The history of a run, and a text of what was done; an error when it stands still.
local function history_of(sizes)
  local self = setmetatable({ sizes = sizes, random = numbers(sizes.seed), told = {}, rooms = 0,
    resumed = 0, lease = LEASE, folder = shell.run("mktemp -d"):match "%S+" }, Run)
  self.history = { intents = {}, reports = {}, rates = RATES, spans = {}, late = sizes.late }
  local ok, why = pcall(function()
    self.e = assert(emulator.start { latency = 0.02 })
    self.store = stores[sizes.store]()
    write_config(self)
    local clients
    self.q, clients = worker.open(self.folder, "harness")
    self.zego, self.aliyun = clients[1], clients[2]
    play(self)
    wait_for_end(self)
    self.crew:finish()
    self.e:quiet()
    read_reports(self)
    self.history.log, self.history.stopped = self.e:requests(), self.crew.stopped
  end)
  self.history.complaints = self.crew and self.crew:stop() or ""
  if self.store then self.store.stop() end
  if self.e then self.e:stop() end
  shell.run("rm -rf " .. shell.quote(self.folder))
  local told = table.concat(self.told, "\n")
  if not ok then error(("%s\n%s\n%s"):format(why, told, self.history.complaints), 0) end
  return self.history, told
end

local DEFAULTS = { kills = 5, workers = 4, ids = 2000, kicks = 1000, objects = 80,
  store = "single", in_nginx = false, late = 1 }

--- Plays a run and has it judged. `sizes`, over which CHAOS_SEED, CHAOS_KILLS and so on of the
-- environment win: `seed`, `kills`, `workers`, `ids`, `kicks`, `objects`, `store` (a name of
-- spec/world/queue/chaos/stores.lua), `in_nginx`, `late` (as the checker has it). Returns what is
-- wrong, a text that is empty when all is well, and the run's figures.
function run.judged(sizes)
  local all, begin = { seed = sizes.seed or os.time() % 1000000 + 1 }, core.monotonic()
  for name, default in pairs(DEFAULTS) do
    local text = os.getenv("CHAOS_" .. name:upper())
    all[name] = tonumber(text) or text or sizes[name] or default
  end
  all.seed = tonumber(os.getenv "CHAOS_SEED") or all.seed
  local figures = ("CHAOS_SEED=%d CHAOS_STORE=%s CHAOS_KILLS=%d CHAOS_WORKERS=%d%s: "):format(
    all.seed, all.store, all.kills, all.workers, all.in_nginx and " CHAOS_IN_NGINX=1" or "")
  local ok, history, told = pcall(history_of, all)
  if not ok then return figures .. tostring(history), figures end
  local found = checker.judge(history)
  found[#found + 1] = history.complaints ~= "" and history.complaints or nil
  local totals = found.totals
  figures = figures .. ("%d requests; %d items: %d ok, %d superseded, %d unknown, %d cancelled; "
    .. "%.0f s"):format(#history.log, totals.total, totals.ok, totals.superseded, totals.unknown,
    totals.cancelled, core.monotonic() - begin)
  if #found > 0 then found[#found + 1] = told .. "\n" .. figures end
  return table.concat(found, "\n"), figures
end

return run
