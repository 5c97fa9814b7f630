-- What a call costs inside an nginx worker, and what it adds to a request.
--
-- A vendor (servers/vendor.conf) and, for each kind of client, an edge of one worker that makes one
-- call for each request (servers/edge.conf). The same clients (clients.c) ask the edges, and the
-- vendor itself, in turn. The edges are pinned to one processor, everybody else to the other.

local tools = ...
local run, quote, figures = tools.run, tools.quote, tools.figures
local servers = tools.load("server", tools)

local ROUNDS = tools.quick and 2 or 4
local SECONDS = tools.quick and 1 or 2
local CALLS = tools.quick and 1000 or 3000
local MANY = tools.quick and { 1000, 5000 } or { 5000, 25000 }
local LOADS = {
  { name = "20 clients", clients = 20, think = 0 },
  { name = "200 thinking", clients = 200, think = 250 }, -- about 660 calls per second
}
local TITLES = {
  engine = "engine", by_hand = "lua-resty-http by hand", vendor = "the vendor itself",
}

local function read(path)
  local file = assert(io.open(path))
  local text = file:read("*a")
  file:close()
  return text
end

-- Seconds on a processor, and seconds in want of one.
local function cpu_of(pid)
  local on, wanting = read("/proc/" .. pid .. "/schedstat"):match("^(%d+) (%d+)")
  return on / 1e9, wanting / 1e9
end

local function status_of(pid, name)
  return tonumber(read("/proc/" .. pid .. "/status"):match(name .. ":%s+(%d+)"))
end

-- The command of clients.c.
local function clients(port, path, ca_file, count, seconds, requests, think)
  return string.format("%s%s %d %s %s %d %g %d %g %g", tools.pin(0),
    quote(tools.build .. "/bench/clients"), port, path, quote(ca_file), count, seconds, requests,
    think, requests > 0 and 0 or 1)
end

local function parse(line)
  local seconds, cpu, counted, answers, failures, p50, p90, p99, most =
    line:match("^" .. ("(%S+) "):rep(8) .. "(%S+)%s*$")
  assert(failures == "0", "requests failed: " .. line)
  return {
    rate = counted / seconds, cpu = tonumber(cpu), answers = tonumber(answers),
    p50 = tonumber(p50), p90 = tonumber(p90), p99 = tonumber(p99), max = tonumber(most),
  }
end

local function start_edge(kind, vendor)
  local edge = servers.start("edge", {
    HERE = tools.root .. "/tools/bench/servers", ROOT = tools.root,
    BUILD = tools.build, KIND = kind,
    CA = vendor.ca_file, VENDOR = string.format("%d", vendor.port),
    RESTY = tools.resty or "/usr/share/lua/5.1/?.lua",
  }, "http", 1)
  parse(run(clients(edge.port, "/instant", "-", 20, 60, 500, 0))) -- warm: connections, traces
  return edge
end

-- ---- CPU of a call that is answered at once ----

local function measure_cpu(edges, kinds)
  local subjects = {}
  for i, kind in ipairs(kinds) do
    local edge = edges[kind]
    subjects[i] = { key = kind, run = function()
      local before, wanted = cpu_of(edge.pid)
      local out = parse(run(clients(edge.port, "/instant", "-", 20, 200, CALLS, 0)))
      local after, wanting = cpu_of(edge.pid)
      return { cpu_us = (after - before) / out.answers * 1e6, rate = out.rate,
        wanting_us = (wanting - wanted) / out.answers * 1e6 }
    end }
  end
  local lists = figures.in_turn(2 * ROUNDS + 1, subjects)
  local report = figures.spreads(lists)
  for _, kind in ipairs(kinds) do
    if lists.by_hand and kind ~= "by_hand" then
      report[kind].cpu_of_by_hand = figures.ratio(lists[kind].cpu_us, lists.by_hand.cpu_us)
      figures.row(string.format("inside nginx: %s / lua-resty-http by hand: CPU of a call",
        TITLES[kind]), "x", report[kind].cpu_of_by_hand, "<= 1.15")
    end
    figures.detail("inside nginx, answered at once: CPU of a call, " .. TITLES[kind], "us",
      report[kind].cpu_us)
  end
  return report
end

-- ---- latency ----

-- One load on one target; an edge is probed meanwhile.
local function measure_load(target, load, edge, ca_file)
  local command = clients(target.port, edge and "/call" or "/", ca_file, load.clients, SECONDS, 0,
    load.think)
  if not edge then return parse(run(command)) end
  local probe = target.dir .. "/probe"
  local out = parse(run(clients(target.port, "/", "-", 1, SECONDS, 0, -5) .. " >" .. quote(probe)
    .. " & " .. command .. "; wait"))
  local ping = parse(read(probe))
  out.ping_p50, out.ping_p99, out.ping_max = ping.p50, ping.p99, ping.max
  return out
end

local function measure_latency(load, vendor, edges, kinds)
  local slow = { port = vendor.port + 1 } -- the vendor's port that takes 50 ms
  local subjects = { { key = "vendor", run = function()
    return measure_load(slow, load, false, vendor.ca_file)
  end } }
  for _, kind in ipairs(kinds) do
    subjects[#subjects + 1] = { key = kind, run = function()
      return measure_load(edges[kind], load, true, "-")
    end }
  end
  local lists = figures.in_turn(ROUNDS, subjects)
  local report = figures.spreads(lists)
  for _, kind in ipairs(kinds) do
    for _, name in ipairs { "p50", "p99" } do
      local added = {}
      for i, value in ipairs(lists[kind][name]) do added[i] = value - lists.vendor[name][i] end
      report[kind]["added_" .. name] = figures.spread(added)
      figures.detail(string.format("%s, %s: added to %s", load.name, TITLES[kind], name), "ms",
        report[kind]["added_" .. name])
    end
    figures.detail("    /ping p99", "ms", report[kind].ping_p99)
  end
  return report
end

-- ---- an idle worker, and one after many calls ----

local function wakeups(pid)
  local before = status_of(pid, "voluntary_ctxt_switches")
  run("sleep 2")
  return (status_of(pid, "voluntary_ctxt_switches") - before) / 2
end

local function measure_wakeups(kind, edge)
  run("sleep 1")
  local idle = wakeups(edge.pid)
  local pipe = assert(io.popen(clients(edge.port, "/late", "-", 1, 8, 1, 0)))
  run("sleep 1") -- connected, sent
  local one_waits = wakeups(edge.pid)
  parse(pipe:read("*a"))
  pipe:close()
  figures.detail(TITLES[kind] .. ": wakeups per second, idle", "1/s", figures.spread { idle })
  figures.detail(TITLES[kind] .. ": wakeups per second, one call waits", "1/s",
    figures.spread { one_waits })
  return { idle = idle, one_waits = one_waits }
end

local function measure_memory(kind, vendor)
  local edge, report, made = start_edge(kind, vendor), {}, 0
  local ok, problem = pcall(function()
    for _, calls in ipairs(MANY) do
      local out = parse(run(clients(edge.port, "/instant", "-", 20, 300, calls - made, 0)))
      made = made + out.answers
      local mib = status_of(edge.pid, "VmRSS") / 1024
      report[tostring(calls)] = mib
      figures.detail(string.format("%s: memory after %d calls", TITLES[kind], calls), "MiB",
        figures.spread { mib })
    end
  end)
  edge.stop()
  if not ok then error(problem, 0) end
  return report
end

local function measure(vendor, edges, kinds)
  for _, kind in ipairs(kinds) do edges[kind] = start_edge(kind, vendor) end
  local report = { cpu = measure_cpu(edges, kinds), loads = {}, wakeups = {}, memory_mib = {} }
  for _, load in ipairs(LOADS) do
    report.loads[load.name] = measure_latency(load, vendor, edges, kinds)
  end
  for _, kind in ipairs(kinds) do
    report.wakeups[kind] = measure_wakeups(kind, edges[kind])
    report.memory_mib[kind] = measure_memory(kind, vendor)
  end
  return report
end

return servers.with_vendor(function(vendor)
  if not tools.luajit then
    figures.note("left out: nginx; it needs the headers of LuaJIT")
    return { left_out = true }
  end
  local kinds = { "engine" }
  if tools.resty then
    kinds = { "engine", "by_hand" }
  else
    figures.note("left out: sending by hand; RESTY_HTTP_DIR names a copy of lua-resty-http")
  end
  local edges = {}
  local ok, report = pcall(measure, vendor, edges, kinds)
  for _, edge in pairs(edges) do edge.stop() end
  if not ok then error(report, 0) end
  return report
end)
