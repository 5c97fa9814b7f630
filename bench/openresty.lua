-- Part `openresty`: what calls cost inside an nginx worker. See README.md; run.lua loads and runs it.
--
-- Three nginxes on this machine: an upstream that answers after 50 ms (openresty/upstream.conf) and, for each kind of
-- client, an edge of one worker that makes one call for each request (openresty/edge.conf). The same clients
-- (clients.c) ask the upstream itself and the edges, in turn.

local tools = ...
local unpack = table.unpack or unpack -- luacheck: ignore 113 143
local run, quote, spread, add = tools.run, tools.quote, tools.spread, tools.add

local nginx = assert(loadfile(tools.root .. "/bench/server.lua"))()

-- RESTY_HTTP_DIR/lib holds lua-resty-http; without it cosockets are left out.
local resty_dir = os.getenv("RESTY_HTTP_DIR")

local SECONDS = tools.quick and 2 or 4
local ROUNDS = tools.quick and 1 or 5

local LOADS = {
  { name = "20 clients", clients = 20, think = 0, goal = true },
  { name = "200 clients", clients = 200, think = 0 },
  { name = "200 thinking", clients = 200, think = 250, goal = true }, -- about 660 calls per second
}
local ADDED = { engine = "<= 2.5", cosockets = "<= 1" } -- ms

local function read(path)
  local file = assert(io.open(path))
  local text = file:read("*a")
  file:close()
  return text
end

-- ---- what the system says ----

local TICK = 1 / tonumber((run("getconf CLK_TCK")))

local function cpu_of(pid)
  local user, system = read("/proc/" .. pid .. "/stat"):match("%) %S+" .. (" %S+"):rep(10) .. " (%d+) (%d+)")
  return (user + system) * TICK
end

-- Seconds in which any processor was busy, whoever it worked for.
local function cpu_of_all()
  local user, nice, system, _, _, irq, soft, steal = read("/proc/stat"):match("cpu +" .. ("(%d+) "):rep(8))
  return (user + nice + system + irq + soft + steal) * TICK
end

-- Seconds in which it could have run and had no processor.
local function queued(pid)
  return tonumber(read("/proc/" .. pid .. "/schedstat"):match("^%d+ (%d+)")) / 1e9
end

local function status_of(pid, name)
  return tonumber(read("/proc/" .. pid .. "/status"):match(name .. ":%s+(%d+)"))
end

-- ---- loads ----

local function clients(port, path, ca_file, count, seconds, requests, think, ramp)
  return string.format("%s %d %s %s %d %g %d %g %g", quote(tools.build .. "/bench/clients"), port, path,
    quote(ca_file), count, seconds, requests, think, ramp or 1)
end

local function parse(line)
  local seconds, cpu, counted, answers, failures, p50, p90, p99, most =
    line:match("^" .. ("(%S+) "):rep(8) .. "(%S+)$")
  assert(failures == "0", "requests failed: " .. line)
  return {
    rate = counted / seconds, cpu = tonumber(cpu), answers = tonumber(answers), p50 = tonumber(p50),
    p90 = tonumber(p90), p99 = tonumber(p99), max = tonumber(most),
  }
end

-- One load on one target (`server`, `path`, `ca_file` where it speaks TLS) while the processes in `watched` are; an
-- edge is probed too.
local function measure(target, load, watched)
  local server, seconds = target.server, load.seconds or SECONDS
  local command = clients(server.port, target.path, target.ca_file or "-", load.clients, seconds, 0, load.think)
  if target.edge then
    command = clients(server.port, "/", "-", 1, seconds, 0, -5) .. " >" .. quote(server.dir .. "/probe") .. " & "
      .. command .. "; wait"
  end
  local before, all, waited = {}, cpu_of_all(), queued(server.pid)
  for name, pid in pairs(watched) do before[name] = cpu_of(pid) end
  local begun = tools.now()
  local out = parse((run(command):gsub("%s+$", "")))
  local took = tools.now() - begun
  out.busy = { clients = out.cpu / took, machine = (cpu_of_all() - all) / took }
  for name, pid in pairs(watched) do out.busy[name] = (cpu_of(pid) - before[name]) / took end
  out.queued = (queued(server.pid) - waited) / took
  if target.edge then
    out.ping = parse((read(server.dir .. "/probe"):gsub("%s+$", "")))
    out.cpu_us = out.busy.edge * took / (out.answers) * 1e6
  end
  return out
end

-- Wakeups per second of a worker, for some seconds.
local function wakeups(pid, seconds)
  local before = status_of(pid, "voluntary_ctxt_switches")
  run("sleep " .. seconds)
  return (status_of(pid, "voluntary_ctxt_switches") - before) / seconds
end

-- ---- servers ----

local function start(conf, values, scheme)
  values.MODULES = nginx.modules()
  local server, problem = nginx.start(read(tools.root .. "/bench/openresty/" .. conf), values, scheme)
  if not server then error("nginx does not start: " .. tostring(problem), 0) end
  return server
end

local function start_edge(kind, upstream)
  return start("edge.conf", {
    HERE = tools.root .. "/bench/openresty", ROOT = tools.root, BUILD = tools.build, KIND = kind,
    CA = upstream.ca_file, UPSTREAM = tostring(upstream.port),
    RESTY = resty_dir and resty_dir .. "/lib/?.lua;" or "",
  }, "http")
end

local function target_of(edge)
  return { server = edge, path = "/call", edge = true }
end

-- ---- the figures ----

local METRICS = { "p50", "p90", "p99", "max", "rate", "cpu_us", "queued" }

local function spreads(results, pick)
  local list = {}
  for i, result in ipairs(results) do list[i] = pick(result) end
  return #list > 0 and spread(list) or nil
end

local function summary(results, base)
  local out = { ping = {}, busy = {}, added = {} }
  for _, name in ipairs(METRICS) do out[name] = spreads(results, function(it) return it[name] end) end
  for _, name in ipairs { "p50", "p90", "p99", "max" } do
    out.ping[name] = spreads(results, function(it) return it.ping and it.ping[name] end)
  end
  for name in pairs(results[1].busy) do out.busy[name] = spreads(results, function(it) return it.busy[name] end) end
  for _, name in ipairs { "p50", "p90", "p99" } do
    local i = 0
    out.added[name] = base and spreads(results, function(it)
      i = i + 1
      return it[name] - base[i][name]
    end)
  end
  return out
end

-- The table has what matters, the JSON file everything.
local function show(load, kind, figures)
  local title = load.name .. ", " .. kind .. ": "
  if kind == "upstream" then
    for _, name in ipairs { "p50", "p90", "p99" } do add(title .. name, "ms", figures[name]) end
    return
  end
  local goal = load.goal and ADDED[kind]
  for _, name in ipairs { "p50", "p90", "p99" } do
    add(title .. "added to " .. name, "ms", figures.added[name], name == "p50" and goal or "")
  end
  add(title .. "CPU of a call", "us", figures.cpu_us)
  add(title .. "/ping p50", "ms", figures.ping.p50)
  add(title .. "/ping p99", "ms", figures.ping.p99, goal and "< 5" or "")
  if load.think == 0 and load.clients > 100 then
    add(title .. "calls", "1/s", figures.rate)
    add(title .. "worker on a processor", "cores", figures.busy.edge)
    add(title .. "worker in want of one", "cores", figures.queued)
    add(title .. "all processors", "cores", figures.busy.machine)
  end
end

local function compare(load, upstream, edges, kinds)
  local results = { upstream = {} }
  local targets = { { "upstream", { server = upstream, path = "/", ca_file = upstream.ca_file } } }
  for _, kind in ipairs(kinds) do
    results[kind] = {}
    targets[#targets + 1] = { kind, target_of(edges[kind]) }
  end
  for round = 1, ROUNDS do
    for turn = 1, #targets do -- who goes first changes from round to round
      local kind, target = unpack(targets[(round + turn) % #targets + 1])
      results[kind][round] = measure(target, load, { upstream = upstream.pid, edge = edges[kind] and edges[kind].pid })
    end
  end
  local report = {}
  for _, target in ipairs(targets) do
    local kind = target[1]
    local figures = summary(results[kind], kind ~= "upstream" and results.upstream)
    report[kind] = figures
    show(load, kind, figures)
    if results.plain and kind ~= "upstream" and kind ~= "plain" then
      local i = 0
      figures.cpu_ratio = spreads(results[kind], function(it)
        i = i + 1
        return it.cpu_us / results.plain[i].cpu_us
      end)
      add(load.name .. ", " .. kind .. ": CPU / plain lua-resty-http", "x", figures.cpu_ratio)
    end
  end
  return report
end

-- A client that blocks the worker: what not to do. Each call makes all others wait.
local function measure_blocking(upstream)
  local edge = start_edge("blocking", upstream)
  local load = { name = LOADS[1].name, clients = LOADS[1].clients, think = 0, seconds = tools.quick and 4 or 8 }
  local ok, result = pcall(measure, target_of(edge), load, { upstream = upstream.pid, edge = edge.pid })
  edge.stop()
  if not ok then error(result, 0) end
  local title = load.name .. ", blocking: "
  add(title .. "p50", "ms", spread { result.p50 })
  add(title .. "rate", "1/s", spread { result.rate })
  add(title .. "/ping p50", "ms", spread { result.ping.p50 })
  add(title .. "/ping p99", "ms", spread { result.ping.p99 })
  return summary { result }
end

local function measure_wakeups(kind, edge)
  run("sleep 1")
  local report = { idle = wakeups(edge.pid, 2) }
  local pipe = assert(io.popen(clients(edge.port, "/late", "-", 1, 8, 1, 0)))
  run("sleep 1") -- connected, sent
  report.one_waits = wakeups(edge.pid, 2)
  parse((pipe:read("*a"):gsub("%s+$", "")))
  pipe:close()
  add(kind .. ": wakeups per second, idle after load", "1/s", spread { report.idle }, "0")
  add(kind .. ": wakeups per second, one call waits", "1/s", spread { report.one_waits })
  return report
end

-- The memory of a worker after many calls that are answered at once, and how many of these it makes.
local function measure_memory(kind, upstream)
  local edge = start_edge(kind, upstream)
  local report, made = { kib = {}, rate = {} }, 0
  local ok, problem = pcall(function()
    for _, calls in ipairs(tools.quick and { 2000, 20000 } or { 20000, 200000 }) do
      local begun, cpu = tools.now(), cpu_of(edge.pid)
      local out = parse((run(clients(edge.port, "/instant", "-", 20, 200, calls - made, 0)):gsub("%s+$", "")))
      local rate = out.answers / (tools.now() - begun)
      made = made + out.answers
      report.kib[tostring(calls)] = status_of(edge.pid, "VmRSS")
      report.rate[tostring(calls)] = rate
      add(string.format("%s: memory after %d calls", kind, calls), "MiB",
        spread { report.kib[tostring(calls)] / 1024 })
      report.cpu_us = (cpu_of(edge.pid) - cpu) / out.answers * 1e6
    end
    add(kind .. ": CPU of a call answered at once", "us", spread { report.cpu_us })
  end)
  edge.stop()
  if not ok then error(problem, 0) end
  return report
end

-- All clients at once, on a new worker (each call needs a connection) and again: how long the worker is deaf.
local function measure_burst(kind, upstream)
  local report = { new = {}, again = {} }
  for round = 1, ROUNDS do
    local edge = start_edge(kind, upstream)
    local ok, problem = pcall(function()
      for _, name in ipairs { "new", "again" } do
        local probe = assert(io.popen(clients(edge.port, "/", "-", 1, 2, 0, -5, 0)))
        run("sleep 0.5; " .. clients(edge.port, "/call", "-", 200, 10, 200, 0, 0))
        report[name][round] = parse((probe:read("*a"):gsub("%s+$", ""))).max
        probe:close()
      end
    end)
    edge.stop()
    if not ok then error(problem, 0) end
  end
  for name, list in pairs(report) do report[name] = spread(list) end
  add("200 at once, " .. kind .. ", new worker: slowest /ping", "ms", report.new)
  add("200 at once, " .. kind .. ", again: slowest /ping", "ms", report.again)
  return report
end

local function measure_all(upstream, edges, kinds)
  local report = { seconds = SECONDS, rounds = ROUNDS, loads = {}, wakeups = {}, burst = {}, memory = {} }
  for _, kind in ipairs(kinds) do edges[kind] = start_edge(kind, upstream) end
  for _, load in ipairs(LOADS) do report.loads[load.name] = compare(load, upstream, edges, kinds) end
  for _, kind in ipairs(kinds) do report.wakeups[kind] = measure_wakeups(kind, edges[kind]) end
  for _, kind in ipairs(kinds) do report.burst[kind] = measure_burst(kind, upstream) end
  report.blocking = measure_blocking(upstream)
  for _, kind in ipairs(kinds) do report.memory[kind] = measure_memory(kind, upstream) end
  return report
end

return function()
  if not nginx.modules() or not tools.luajit then
    io.stderr:write("openresty: left out, it needs nginx with its Lua module, and LuaJIT\n")
    return { left_out = true }
  end
  tools.compile(tools.build .. "/bench/clients", "clients.c", "$(pkg-config --libs --cflags libssl libcrypto) -lm")
  local kinds = { "engine" }
  if resty_dir then
    kinds = { "engine", "cosockets", "plain" }
  else
    io.stderr:write("openresty: cosockets are left out, RESTY_HTTP_DIR does not name lua-resty-http\n")
  end
  local upstream, edges = start("upstream.conf", {}), {}
  local ok, report = pcall(measure_all, upstream, edges, kinds)
  for _, edge in pairs(edges) do edge.stop() end
  upstream.stop()
  if not ok then error(report, 0) end
  return report
end
