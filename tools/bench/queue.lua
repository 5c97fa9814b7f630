-- A process that adds jobs, works on them or shares requests.
--
--   <lua> tools/bench/queue.lua HOW REDIS_PORT VENDOR CA_FILE PACED [ARGUMENT...]
--
-- VENDOR: the endpoint of ZEGOCLOUD. PACED: "paced" at the documented rate, otherwise at none.
-- HOW, and what it prints:
--   add COUNT list|each  adds a job of so many ids; seconds, MiB that the process grew by, the job
--   floor COUNT          writes entries of so many ids, 50 a script, and checks nothing; seconds
--   work JOB             works until a job has ended; seconds, CPU seconds, and the round trips to
--                        Redis of the queue and of the store
--   batch COUNT          sends so many ids as a batch, without the queue; seconds, CPU seconds
--   until FILE           works until the file is there
--   urgent COUNT         adds jobs of one urgent id, one a second; when, in Unix seconds
--   accounts COUNT       accounts with a client and a job of 20 ids each; seconds of adding and of
--                        the work
--   small COUNT          adds jobs of one id each, and works until they have ended
--   later                adds a job for the next day
--   crowd COUNT [again]  asks for an entry as so many workers, which have an entry each; "again":
--                        as often as one of them, while nothing is due
--   merge COUNT          calls of 2 ids at once; seconds
--
-- Redis is asked through redis-lua, which Debian has for Lua up to 5.3.

local cjson = require "cjson"
local now = require "monotonic"
local core = require "streamctl.core"
local path = package.path
package.path = path .. ";/usr/share/lua/5.3/redis.lua"
local redis = require "redis"
package.path = path
local streamctl = require "streamctl"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local how, port, vendor, ca_file, is_paced = arg[1], tonumber(arg[2]), arg[3], arg[4],
  arg[5] == "paced"
local OPERATION = "ResumeRTCStreams"

-- Round trips by the first key of their script: keys of the queue are those of an account as such.
local trips = { queue = 0, store = 0 }

local function connect()
  local client = redis.connect { host = "127.0.0.1", port = port, timeout = 30 }
  local evalsha = client.evalsha
  rawset(client, "evalsha", function(self, digest, count, key, ...)
    local whose = (key:find "}:queue:" or key:find "{queue}") and "queue" or "store"
    trips[whose] = trips[whose] + 1
    return evalsha(self, digest, count, key, ...)
  end)
  return client
end

local store = how ~= "merge" and streamctl.store.redis(connect) or nil

local function new_client(changes)
  local options = {
    app_id = 1234567890, server_secret = "9193cc662a4c0ec135ec71fb57194b38", endpoint = vendor,
    tls = { ca_file = ca_file }, store = store,
  }
  if not is_paced then options.rate_limit = false end
  for name, value in pairs(changes or {}) do options[name] = value end
  return streamctl.zego.new(options)
end

local function id(number) return ("room%08d-camera-main"):format(number) end -- 24 bytes

local function ids(count)
  local list = {}
  for i = 1, count do list[i] = id(i) end
  return list
end

local function resident_kib(name)
  for line in io.lines "/proc/self/status" do
    local kib = line:match("^" .. name .. ":%s+(%d+)")
    if kib then return tonumber(kib) end
  end
end

-- Has the kernel forget the largest resident set that the process had.
local function forget_peak()
  collectgarbage()
  collectgarbage()
  local file = assert(io.open("/proc/self/clear_refs", "w"))
  file:write "5"
  file:close()
end

local queue = store and streamctl.queue.new { store = store }
local HOW = {}

-- An iterator over so many ids.
local function each(count)
  local last = 0
  return function()
    last = last + 1
    return last <= count and id(last) or nil
  end
end

function HOW.add(count, kind)
  local client = new_client()
  assert(queue:add(client, OPERATION, ids(1000))) -- loads modules, and Redis the script
  local items = kind == "list" and ids(count) or each(count)
  forget_peak()
  local before, begun = resident_kib "VmRSS", now()
  local job = assert(queue:add(client, OPERATION, items))
  print(now() - begun, (resident_kib "VmHWM" - before) / 1024, job)
end

function HOW.floor(count)
  local client, next_id, first = connect(), each(count), 1
  local write = "for i = 1, #ARGV, 2 do redis.call('XADD', KEYS[1], '*', 'j', '1', 'f', ARGV[i], "
    .. "'i', ARGV[i + 1]) end"
  local begun = now()
  while first <= count do
    local values = {}
    for i = 1, 100, 2 do
      local items = {}
      for k = 1, 20 do items[k] = next_id() end
      values[i], values[i + 1], first = ("%d"):format(first), cjson.encode(items), first + 20
    end
    client:eval(write, 1, "floor", unpack(values))
  end
  print(now() - begun)
end

function HOW.batch(count)
  local client, done = new_client(), 0
  local begun, cpu = now(), os.clock()
  client:batch(OPERATION, each(count), { concurrency = 4, on_result = function(result)
    done = done + (result.ok and 1 or 0)
  end })
  assert(done == count, "items failed")
  print(now() - begun, os.clock() - cpu)
end

function HOW.work(job)
  local client, looked = new_client(), 0
  local begun, cpu = now(), os.clock()
  queue:work { clients = { client }, should_stop = function()
    if now() < looked + 0.05 then return false end
    looked, trips.queue = now(), trips.queue - 1
    return assert(queue:status(job)).state == "done"
  end }
  print(now() - begun, os.clock() - cpu, trips.queue, trips.store)
end

HOW["until"] = function(file)
  queue:work { clients = { new_client() }, should_stop = function()
    local found = io.open(file)
    if found then found:close() end
    return found ~= nil
  end }
end

function HOW.urgent(count)
  local client = new_client()
  for i = 1, count do
    local at = core.now()
    assert(queue:add(client, OPERATION, { "urgent-" .. i }, { urgent = true }))
    print(("%.6f"):format(at))
    streamctl.sleep(1 + 0.1 * (i % 7))
  end
end

function HOW.accounts(count)
  local done, clients, items = 0, {}, ids(20)
  local function listen(event) done = done + (event.event == "attempt" and 1 or 0) end
  for i = 1, count do clients[i] = new_client { app_id = i, on_event = listen } end
  local begun = now()
  for i = 1, count do assert(queue:add(clients[i], OPERATION, items)) end
  local added = now()
  queue:work { clients = clients, should_stop = function() return done >= count end }
  print(added - begun, now() - added)
end

function HOW.small(count)
  local client, jobs = new_client(), {}
  for i = 1, count do jobs[i] = assert(queue:add(client, OPERATION, { "stream-number-" .. i })) end
  queue:work { clients = { client }, should_stop = function()
    while jobs[1] and assert(queue:status(jobs[#jobs])).state == "done" do table.remove(jobs) end
    return not jobs[1]
  end }
end

function HOW.later()
  assert(queue:add(new_client(), OPERATION, { "a" }, { not_before = core.now() + 86400 }))
end

function HOW.crowd(count, again)
  local client = new_client()
  if not again then assert(queue:add(client, OPERATION, each(20 * count))) end
  for i = 1, count do
    local name = again and "again" or "worker" .. i
    assert(queue:ask("take", client, { client.account, name, "60000", "0", "250" }))
  end
end

function HOW.merge(count)
  local client = new_client { share_requests = true }
  local begun
  streamctl.run(function()
    client:resume_rtc_stream { StreamId = "first" } -- connects
    streamctl.sleep(1)
    begun = now()
    for i = 1, count do
      streamctl.spawn(function()
        assert(client:resume_rtc_streams { StreamId = { id(2 * i), id(2 * i + 1) } })
      end)
    end
  end)
  print(now() - begun)
end

HOW[how](tonumber(arg[6]) or arg[6], arg[7])
