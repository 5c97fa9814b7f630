-- Jobs of the queue: what they take in Redis, how fast they are added and sent, what an idle worker
-- asks. Then calls that share requests. Without a rate the vendor is vendor.conf; at the documented
-- rate it is the emulator, which refuses what comes too early.

local tools = ...
local quote, run, figures = tools.quote, tools.run, tools.figures
local servers = tools.load("server", tools)
local emulator = assert(loadfile(tools.root .. "/spec/support/emulator.lua"))()

local quick = tools.quick
local ROUNDS, RATE, IN_A_REQUEST = quick and 2 or 5, 20, 20
local report = { carries = {} }

local folder = run("mktemp -d"):gsub("%s+$", "")

-- ---- Redis ----

local redis = {}

-- A server that keeps what the promises of jobs need, and ends when our end of the pipe does.
local function start_redis()
  for _ = 1, 10 do
    redis.port = 10000 + tonumber((run "od -An -N2 -tu2 /dev/urandom")) % 22000
    redis.pipe = assert(io.popen(("redis-server --port %d --bind 127.0.0.1 --save '' --dir %s "
      .. "--appendonly yes --appendfsync everysec >%s/log 2>&1 & pid=$!; cat >/dev/null; "
      .. "kill $pid; wait"):format(redis.port, quote(folder), quote(folder)), "w"))
    for _ = 1, 100 do
      local ok, text = pcall(run, ("redis-cli -p %d CONFIG GET dir 2>&1"):format(redis.port))
      if ok and text:find(folder, 1, true) then return end
      run "sleep 0.05"
    end
    redis.pipe:close()
  end
  error("redis-server does not start", 0)
end

local function ask(words) return run(("redis-cli -p %d %s"):format(redis.port, words)) end

-- Bytes in use, CPU seconds and how many scripts were asked for.
local function look()
  local text = ask "INFO everything"
  local function find(name) return tonumber(text:match("\n" .. name .. ":([%d.]+)")) end
  local calls, us = text:match "cmdstat_evalsha:calls=(%d+),usec=(%d+)"
  return { bytes = find "used_memory", scripts = tonumber(calls or 0),
    script_us = tonumber(us or 0), cpu = find "used_cpu_user" + find "used_cpu_sys" }
end

local function empty() ask "FLUSHALL SYNC" end

-- ---- processes ----

local function command(lua, how, place, ca_file, ...)
  return tools.script(tools.pin(1) .. "timeout 300 ", lua, "queue.lua", how, redis.port, place,
    ca_file, ...)
end

-- Runs a process; what it prints, as texts.
local function words_of(...)
  local list = {}
  for word in run(command(...)):gmatch "%S+" do list[#list + 1] = tonumber(word) or word end
  return list
end

-- Runs `use` while workers are there, which are ended after it.
local function with_workers(count, place, use)
  local stop = folder .. "/stop"
  local words = command(tools.lua, "until", place.zego, place.ca_file, "paced", stop)
  local pipe = assert(io.popen(("for i in $(seq %d); do %s & done; wait"):format(count, words)))
  local ok, problem = pcall(function()
    for _ = 1, 600 do -- each has a connection once it has asked for accounts
      if select(2, ask("CLIENT LIST"):gsub("cmd=evalsha", "")) >= count then break end
      run "sleep 0.1"
    end
    use()
  end)
  run("touch " .. quote(stop))
  pipe:close()
  run("rm " .. quote(stop))
  if not ok then error(problem, 0) end
end

-- ---- without a rate ----

local function adding(vendor, kind, count)
  return { key = kind, run = function()
    empty()
    local before = look().bytes
    local words = words_of(tools.lua, "add", vendor.at_once, vendor.ca_file, "", count, kind)
    return { seconds = words[1], mib = words[2], bytes = (look().bytes - before) / (count + 1000) }
  end }
end

local function measure_adding(vendor)
  local count = quick and 100000 or 1000000
  local floor = { key = "floor", run = function()
    empty()
    return { seconds = words_of(tools.lua, "floor", vendor.at_once, vendor.ca_file, "", count)[1] }
  end }
  local lists = figures.in_turn(quick and 1 or 3,
    { adding(vendor, "each", count), adding(vendor, "list", count), floor })
  local own = figures.spreads(lists)
  own.each.of_floor = figures.ratio(lists.each.seconds, lists.floor.seconds)
  report.add = own
  local title = ("%d ids added, %%s"):format(count)
  figures.row("bytes of Redis for an id of 24 that waits", "B", own.each.bytes, "<= 40")
  figures.row(title:format "from an iterator", "s", own.each.seconds, "<= 5")
  figures.row("    what the process grew by", "MiB", own.each.mib, "<= 10")
  figures.detail("    / XADD of the same entries, which checks nothing", "x",
    own.each.of_floor)
  figures.detail(title:format "from a list", "s", own.list.seconds)
  figures.detail("    what the process grew by beyond the list", "MiB", own.list.mib)
end

local function parts_of(job) return job:match "^(.*)/(.*)$" end

local function working(vendor, lua, count)
  return { key = lua, run = function()
    empty()
    local job = words_of(tools.lua, "add", vendor.at_once, vendor.ca_file, "",
      count * IN_A_REQUEST, "each")[3]
    local before, requests = look(), count + 1000 / IN_A_REQUEST
    local words = words_of(lua, "work", vendor.at_once, vendor.ca_file, "", job)
    local result = tonumber((ask(("MEMORY USAGE 'streamctl:{%s}:queue:result:%s' SAMPLES 0"):format(
      parts_of(job)))))
    return { rate = requests / words[1], cpu_us = words[2] / requests * 1e6,
      redis_us = (look().cpu - before.cpu) / requests * 1e6, own_trips = words[3] / requests,
      store_trips = words[4] / requests, result_bytes = result / count / IN_A_REQUEST }
  end }
end

-- The same requests by a batch with the same store.
local function batch(vendor, lua, count)
  return { key = "batch " .. lua, run = function()
    empty()
    local words = words_of(lua, "batch", vendor.at_once, vendor.ca_file, "", count * IN_A_REQUEST)
    return { rate = count / words[1], cpu_us = words[2] / count * 1e6 }
  end }
end

-- The work where Redis writes each answer to the disk first.
local function durable(vendor, count)
  local it = working(vendor, tools.lua, count)
  return { key = "always", run = function()
    ask "CONFIG SET appendfsync always"
    local ok, result = pcall(it.run)
    ask "CONFIG SET appendfsync everysec"
    return ok and result or error(result, 0)
  end }
end

local function measure_work(vendor)
  local subjects, count, luas = {}, quick and 1000 or 5000, { tools.lua, tools.luajit }
  for _, lua in ipairs(luas) do
    subjects[#subjects + 1] = working(vendor, lua, count)
    subjects[#subjects + 1] = batch(vendor, lua, count)
  end
  subjects[#subjects + 1] = durable(vendor, count / 10)
  local lists = figures.in_turn(ROUNDS, subjects)
  local own = figures.spreads(lists)
  report.work = own
  for _, lua in ipairs(luas) do
    local it, title = own[lua], ("one worker, no rate, %s"):format(lua)
    it.of_batch = figures.ratio(lists[lua].rate, lists["batch " .. lua].rate, "max")
    figures.row(title, "1/s", it.rate, ">= 1000")
    figures.row(title .. " / a batch with the same store: rate", "x", it.of_batch)
    figures.detail(title .. ": CPU of a request, worker", "us", it.cpu_us)
    figures.detail("    Redis", "us", it.redis_us)
  end
  figures.detail("one worker, no rate, with appendfsync always", "1/s", own.always.rate)
  figures.row("round trips to Redis of a request, the queue's own", "", own[tools.lua].own_trips,
    "<= 2.1")
  figures.detail("    those of the order, which every call has", "", own[tools.lua].store_trips)
  figures.detail("bytes of Redis for the result of an id", "B", own[tools.lua].result_bytes)
end

local function measure_accounts(vendor)
  local count = quick and 100 or 1000
  local lists = figures.in_turn(quick and 1 or 3, { { key = "accounts", run = function()
    empty()
    local words = words_of(tools.lua, "accounts", vendor.at_once, vendor.ca_file, "", count)
    return { added = count / words[1], done = count / words[2] }
  end } })
  local own = figures.spreads(lists).accounts
  report.accounts = own
  local title = ("%d accounts in a process"):format(count)
  figures.row(title .. ", a request of each, no rate, one worker", "1/s", own.done)
  figures.detail(title .. ": jobs added", "1/s", own.added)
end

-- ---- at the documented rate ----

-- The requests that arrived, as the emulator logs them, and how many of these it refused.
local function arrivals(place)
  local list, refused = {}, 0
  for _, entry in ipairs(place:requests { vendor = "zego" }) do
    list[#list + 1] = entry
    if entry.code ~= 0 then refused = refused + 1 end
  end
  return list, refused
end

local function add(place, count)
  return words_of(tools.lua, "add", place.zego, place.ca_file, "paced", count, "each")[3]
end

local function is_done(job)
  return ask(("HGET 'streamctl:{%s}:queue:job:%s' state"):format(parts_of(job))):find "done" ~= nil
end

-- How long a job of so many requests takes, beside the least that the rate allows.
local function paced(place, workers, requests)
  return { key = tostring(workers), run = function()
    local out
    empty()
    place:reset()
    with_workers(workers, place, function()
      local before, begun = look(), os.time()
      local job = add(place, (requests - 1000 / IN_A_REQUEST) * IN_A_REQUEST)
      while not is_done(job) do
        assert(os.time() < begun + 200, "the job does not end")
        run "sleep 0.2"
      end
      local list, refused
      repeat list, refused = arrivals(place) until #list >= requests or os.time() > begun + 200
      local wall = (list[#list].time - list[1].time) / 1000
      assert(#list >= requests, "requests are missing")
      out = { of_ideal = wall / ((#list - 1) / RATE), refused = refused,
        repeated = #list - requests, redis = (look().cpu - before.cpu) / wall * 100,
        scripts = (look().scripts - before.scripts) / #list }
    end)
    return out
  end }
end

local function measure_pace(place)
  local requests = quick and 60 or 400
  local own = figures.spreads(figures.in_turn(quick and 1 or 3, { paced(place, 1, requests),
    paced(place, 4, requests), paced(place, 12, requests), paced(place, 40, requests) }))
  report.paced = own
  for workers, most in pairs { ["1"] = "<= 3.5", ["40"] = "<= 5" } do
    figures.row("scripts of a request, workers: " .. workers, "", own[workers].scripts, most)
  end
  figures.detail("    workers: 4", "", own["4"].scripts)
  figures.detail("    workers: 12", "", own["12"].scripts)
  figures.row("12 workers, 20 requests a second: wall / ideal", "x", own["12"].of_ideal, "<= 1.01")
  figures.row("    refused by the vendor's rate", "", own["12"].refused, "<= 0")
  figures.detail("    sent again", "", own["12"].repeated)
  figures.detail("    Redis, of a core", "%", own["12"].redis)
  figures.detail("4 workers, 20 requests a second: wall / ideal", "x", own["4"].of_ideal)
  figures.detail("    Redis, of a core", "%", own["4"].redis)
  report.carries.accounts = 100 / own["4"].redis.median
  figures.detail("such accounts that a core of Redis carries", "",
    figures.spread { report.carries.accounts })
end

-- Seconds from the call that adds an urgent id until the vendor has it.
local function urgent_waits(place, workers)
  local count, waits = quick and 3 or 20, {}
  empty()
  place:reset()
  with_workers(workers, place, function()
    add(place, 20000)
    local begun = words_of(tools.lua, "urgent", place.zego, place.ca_file, "paced", count)
    for _, entry in ipairs((arrivals(place))) do
      local ids = entry.query["StreamId[]"]
      local number = tonumber(type(ids) == "string" and ids:match "^urgent%-(%d+)")
      if number then waits[number] = entry.time / 1000 - begun[number] end
    end
    assert(#waits == count, "an urgent id did not arrive")
  end)
  return figures.spread(waits)
end

local function measure_urgent(place)
  report.urgent = {}
  for _, workers in ipairs { 4, 12 } do
    local own = urgent_waits(place, workers)
    report.urgent[tostring(workers)] = own
    figures.row(("an urgent id behind 20,000 of its operation, %d workers"):format(workers), "s",
      own, "<= 0.6")
  end
end

-- What workers ask while nothing is due. `later`: an account has a job for later.
local function idle(place, workers, later)
  local seconds, out = quick and 10 or 30, nil
  empty()
  if later then words_of(tools.lua, "later", place.zego, place.ca_file, "paced") end
  with_workers(workers, place, function()
    run "sleep 10" -- all have begun
    local before = look()
    run("sleep " .. seconds)
    local after = look()
    out = { cpu = figures.spread { (after.cpu - before.cpu) / seconds * 100 },
      scripts = figures.spread { (after.scripts - before.scripts) / seconds / workers } }
  end)
  return out
end

local function measure_idle(place)
  report.idle = {}
  for _, workers in ipairs { 1, 12, 60 } do
    for _, later in ipairs { false, true } do
      local out = idle(place, workers, later)
      local title = ("%d idle workers%s: "):format(workers, later and ", a job for later" or "")
      report.idle[workers .. (later and " later" or "")] = out
      figures.row(title .. "scripts of each", "1/s", out.scripts, "<= 0.3")
      figures.detail("    Redis, of a core", "%", out.cpu)
    end
  end
  local of_each = (report.idle["60"].cpu.median - report.idle["1"].cpu.median) / 59
  report.carries.workers = 100 / math.max(of_each, 1e-4)
  figures.detail("idle workers that a core of Redis carries", "",
    figures.spread { report.carries.workers })
end

-- ---- what grows ----

-- Bytes of Redis by the keys of an account that match a pattern.
local function usage(pattern)
  local script = "local sum = 0 for _, key in ipairs(redis.call('KEYS', ARGV[1])) do "
    .. "sum = sum + redis.call('MEMORY', 'USAGE', key, 'SAMPLES', 0) end return sum"
  return tonumber((ask(('EVAL "%s" 0 "%s"'):format(script, pattern))))
end

-- Ids that are changed while an older job is open.
local function measure_intents(vendor)
  local count = 8000
  empty()
  words_of(tools.lua, "later", vendor.at_once, vendor.ca_file, "")
  words_of(tools.lua, "batch", vendor.at_once, vendor.ca_file, "", count)
  local bytes = usage "*=kept" / count
  report.intent = { bytes = figures.spread { bytes } }
  figures.row("bytes of Redis for an id that is changed while an older job is open", "B",
    report.intent.bytes, "<= 130")
end

-- Jobs of one id, done.
local function measure_jobs(vendor)
  local count = quick and 300 or 2000
  empty()
  local before = look()
  words_of(tools.lua, "small", vendor.at_once, vendor.ca_file, "", count)
  local cpu = (look().cpu - before.cpu) / count
  local bytes = (usage "*:queue:job:*" + usage "*:queue:result:*") / count
  report.job = { bytes = figures.spread { bytes } }
  figures.row("bytes of Redis for a job of one id that is done", "B", report.job.bytes, "<= 400")
  report.carries.jobs = 86400 / cpu
  figures.detail("    Redis, CPU of such a job, added and done", "us", figures.spread { cpu * 1e6 })
  figures.detail("    such jobs a day that a core of Redis carries", "millions",
    figures.spread { report.carries.jobs / 1e6 })
end

-- A question for an entry beside so many other workers that have asked.
local function measure_take(vendor)
  report.take = {}
  for _, workers in ipairs { 100, 1000, 10000 } do
    empty()
    words_of(tools.lua, "crowd", vendor.at_once, vendor.ca_file, "", workers)
    local before = look()
    words_of(tools.lua, "crowd", vendor.at_once, vendor.ca_file, "", 1000, "again")
    local after = look()
    local out = figures.spread { (after.script_us - before.script_us)
      / (after.scripts - before.scripts) / 1000 }
    report.take[tostring(workers)] = out
    figures.row(("Redis for a `take` beside %d workers"):format(workers), "ms", out, "<= 0.2")
  end
end

local function measure_merge(place)
  local calls = 300
  local ideal = (calls * 2 / IN_A_REQUEST - 1) / RATE
  local own = figures.spreads(figures.in_turn(ROUNDS, { { key = "merge", run = function()
    place:reset()
    local words = words_of(tools.lua, "merge", place.zego, place.ca_file, "paced", calls)
    local _, refused = arrivals(place)
    return { of_ideal = words[1] / ideal, seconds = words[1], refused = refused }
  end } })).merge
  report.merge = own
  figures.row("300 calls of 2 ids at once, merged: wall / ideal", "x", own.of_ideal, "<= 1.1")
  figures.detail("    all of them (one by one: 15 s)", "s", own.seconds)
end

-- ---- main ----

-- Runs those of a list whose names match $ONLY.
local function measure(list, place)
  for _, it in ipairs(list) do
    if it[1]:find(os.getenv "ONLY" or "") then it[2](place) end
  end
end

local function measure_all()
  start_redis()
  servers.with_vendor(function(vendor)
    measure({ { "add", measure_adding }, { "work", measure_work },
      { "accounts", measure_accounts }, { "intents", measure_intents },
      { "jobs", measure_jobs }, { "take", measure_take } }, vendor)
  end)
  local place = assert(emulator.start { rates = true })
  local ok, problem = pcall(measure, { { "pace", measure_pace }, { "urgent", measure_urgent },
    { "idle", measure_idle }, { "merge", measure_merge } }, place)
  place:stop()
  if not ok then error(problem, 0) end
end

local ok, problem
if not tools.succeeds "command -v redis-server" then
  figures.note("left out: the queue; apt-get install redis-server lua-redis")
  report.left_out, ok = true, true
else
  ok, problem = pcall(measure_all)
  if redis.pipe then redis.pipe:close() end
end
run("rm -rf " .. quote(folder))
if not ok then error(problem, 0) end
return report
