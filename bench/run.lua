-- Measures streamctl against peers, as ratios in one run.
--
--   lua5.4 bench/run.lua [PART...]             all of them without a name; bench/README.md lists them
--   QUICK=1 lua5.4 bench/run.lua               fewer rounds, for a look
--   NODE=1 lua5.4 bench/run.lua                with the vendor's packages for Node, installed into build/bench/node
--
-- Prints one table and writes bench/results/<part>.json, or build/bench/results/<part>.json for a look.
-- bench/README.md says what the figures mean.

local cjson = require "cjson"

local here = arg[0]:match("^(.*)/[^/]*$") or "."
local quick = os.getenv("QUICK") == "1"

local function quote(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

-- Runs a command; its output, or the end of everything.
local function run(command)
  local pipe = assert(io.popen(command .. '; echo "status:$?"'))
  local output = pipe:read("*a")
  pipe:close()
  local text, status = output:match("^(.*)status:(%d+)%s*$")
  if status ~= "0" then error("failed: " .. command .. "\n" .. output, 0) end
  return text
end

local function succeeds(command)
  local ok = os.execute(command .. " >/dev/null 2>&1")
  return ok == true or ok == 0
end

local root = run("cd " .. quote(here .. "/..") .. " && pwd"):gsub("%s+$", "")
local build = os.getenv("BUILD") or "build"
if build:sub(1, 1) ~= "/" then build = root .. "/" .. build end

local LUA = "lua5.4"
local LUAJIT = succeeds("command -v luajit") and succeeds("pkg-config --exists luajit") and "luajit"

-- ---- building ----

local COMPILE = "${CC:-cc} -O2 -std=c11 -Wall -Wextra"

local function compile(output, source, flags)
  run(string.format("mkdir -p %s && %s -o %s %s %s", quote(output:match("^(.*)/")), COMPILE, quote(output),
    quote(root .. "/bench/" .. source), flags))
end

-- The shipped core, as `make build` compiled it.
local CORE_OBJECTS = ""
for name in ("buf call clock digest encode err fork nonce pair sign_acs3 sign_aliyun sign_rpc sign_zego signer")
  :gmatch("%S+") do
  CORE_OBJECTS = CORE_OBJECTS .. " " .. quote(build .. "/core/" .. name .. ".o")
end

local function build_all()
  for _, lua in ipairs { LUA, LUAJIT or nil } do
    run(string.format("env -u MAKEFLAGS -u MFLAGS make -s -C %s build BUILD=%s LUA=%s 1>&2", quote(root),
      quote(build), lua))
    local flags = "-shared -fPIC $(pkg-config --cflags " .. lua .. ")"
    local dir = build .. "/bench/" .. lua
    compile(dir .. "/hash_baseline.so", "hash_baseline.c", flags .. " $(pkg-config --libs --cflags libcrypto)")
    compile(dir .. "/monotonic.so", "monotonic.c", flags)
    compile(dir .. "/core_sign.so", "peers/core_sign.c", flags .. CORE_OBJECTS .. " $(pkg-config --libs libcrypto)")
  end
  compile(build .. "/bench/measure", "peers/measure.c", "")
  compile(build .. "/bench/multi_loop", "multi_loop.c", "$(pkg-config --libs --cflags libcurl)")
end

-- A command that runs one of our scripts, with the checkout's modules.
local function script(lua, name, ...)
  local parts = {
    "LUA_PATH=" .. quote(root .. "/lua/?.lua;" .. root .. "/lua/?/init.lua;;"),
    "LUA_CPATH=" .. quote(build .. "/" .. lua .. "/?.so;" .. build .. "/bench/" .. lua .. "/?.so;;"),
    lua, quote(root .. "/bench/" .. name),
  }
  for _, argument in ipairs { ... } do parts[#parts + 1] = quote(tostring(argument)) end
  return table.concat(parts, " ")
end

local figures = assert(loadfile(root .. "/bench/figures.lua"))()
local to_json = assert(loadfile(root .. "/bench/json.lua"))()
local spread, ratios, add = figures.spread, figures.ratios, figures.add

-- ---- parts ----

local parts = {}

function parts.sign()
  local report = {}
  for _, lua in ipairs { LUA, LUAJIT or nil } do
    local rounds, batch = quick and 7 or 15, quick and 2000 or 10000
    local measured = cjson.decode(run(script(lua, "sign.lua", rounds, batch)))
    local times = measured.microseconds
    local out = {
      lua = measured.lua, openssl = measured.openssl, bytes = measured.bytes, microseconds = {}, ratios = {},
    }
    for name, list in pairs(times) do out.microseconds[name] = spread(list) end
    local function compare(name, with, what, target)
      local ratio = ratios(times[name], times[with])
      out.ratios[name .. "/" .. with] = ratio
      add(what:format(lua), "x", ratio, target)
    end
    add("hashing alone, kept EVP contexts (" .. lua .. ")", "us", out.microseconds.hash)
    compare("client", "hash", "client:sign / hashing (%s)", lua == LUA and "<= 1.8")
    compare("signer", "hash", "signer:sign / hashing (%s)")
    compare("client", "hash_plain", "client:sign / hashing, new contexts (%s)")
    compare("zego_client", "zego_hash", "ZEGO client:sign, 20 ids / MD5 (%s)", lua == LUA and "<= 3.6")
    compare("zego_signer", "zego_hash", "ZEGO signer:sign, 20 ids / MD5 (%s)")
    add("client:sign (" .. lua .. ")", "us", out.microseconds.client)
    add("ZEGO client:sign, 20 ids (" .. lua .. ")", "us", out.microseconds.zego_client)
    report[lua] = out
  end
  return report
end

parts["require"] = function()
  local processes = quick and 15 or 61
  local peers = { { "streamctl" }, { "cjson", "hash_baseline" } }
  local wall, cpu = { {}, {} }, { {}, {} }
  for round = 1, processes do
    for i, modules in ipairs(peers) do
      local seconds, cpu_seconds = run(script(LUA, "load.lua", modules[1], modules[2])):match("(%S+) (%S+)")
      wall[i][round], cpu[i][round] = tonumber(seconds) * 1000, tonumber(cpu_seconds) * 1000
    end
  end
  local report = {
    modules = peers, wall_ms = { spread(wall[1]), spread(wall[2]) }, cpu_ms = { spread(cpu[1]), spread(cpu[2]) },
    ratio = ratios(wall[1], wall[2]),
  }
  add('require "streamctl"', "ms", report.wall_ms[1])
  add('require "streamctl", CPU time', "ms", report.cpu_ms[1])
  add("require cjson and a module on libcrypto", "ms", report.wall_ms[2])
  add("    the first / the second", "x", report.ratio, "<= 1.5")
  return report
end

local function load_figures(output)
  local seconds, cpu, requests, connections, failed = output:match("(%S+) (%S+) (%d+) (%d+) (%d+)")
  assert(failed == "0", "requests failed")
  return {
    rate = tonumber(requests) / tonumber(seconds), cpu_us = tonumber(cpu) / tonumber(requests) * 1e6,
    connections = tonumber(connections),
  }
end

local function load_run(command) return load_figures(run(command)) end

-- Who does the same job: `bare` sends a target of the same length and no headers of its own, `same` the headers of a
-- signed request too, byte for byte as many.
local function peers_of(vendor, server)
  local lines = {}
  for line in run(script(LUA, "send.lua", server.url, "-", 0, 0, vendor)):gmatch("[^\n]+") do
    lines[#lines + 1] = quote(line)
  end
  local method, target = lines[1], lines[2]
  return method, target, table.concat(lines, " ", 3)
end

local function compare_sending(vendor, server, requests, rounds, concurrency)
  local method, target, headers = peers_of(vendor, server)
  local function peer(with)
    return load_run(string.format("%s %s%s %s %d %d %s %s", quote(build .. "/bench/multi_loop"), quote(server.url),
      target, quote(server.ca_file), requests, concurrency, method, with))
  end
  local runners = {
    { "bare", function() return peer("") end },
    { "same", function() return peer(headers) end },
    { "engine", function()
      return load_run(script(LUA, "send.lua", server.url, server.ca_file, requests, concurrency, vendor))
    end },
  }
  local rate, cpu = { bare = {}, same = {}, engine = {} }, { bare = {}, same = {}, engine = {} }
  for round = 1, rounds do
    for turn = 1, #runners do -- who goes first changes from round to round
      local runner = runners[(round + turn) % #runners + 1]
      local result = runner[2]()
      rate[runner[1]][round], cpu[runner[1]][round] = result.rate, result.cpu_us
    end
  end
  local report = { rates = {}, cpu_us = {}, ratios = {}, cpu_ratios = {}, target_bytes = #target - 2 }
  for name in pairs(rate) do report.rates[name], report.cpu_us[name] = spread(rate[name]), spread(cpu[name]) end
  for _, name in ipairs { "bare", "same" } do
    report.ratios[name] = ratios(rate.engine, rate[name])
    report.cpu_ratios[name] = ratios(cpu.engine, cpu[name])
  end
  add(vendor .. ": signed calls / plain C loop", "x", report.ratios.bare, ">= 1.3")
  add(vendor .. ": likewise, the loop sends the same headers", "x", report.ratios.same)
  add(vendor .. ": CPU time, signed calls / plain C loop", "x", report.cpu_ratios.bare)
  add(vendor .. ": signed calls from Lua", "1/s", report.rates.engine)
  add(vendor .. ": plain C loop", "1/s", report.rates.bare)
  return report
end

function parts.send()
  local server, problem = assert(loadfile(root .. "/bench/server.lua"))().start()
  if not server then error("the server does not start: " .. problem, 0) end
  local requests, concurrency, rounds = quick and 4000 or 20000, 20, quick and 3 or 7
  local report = { requests = requests, concurrency = concurrency }
  local ok, failure = pcall(function()
    for _, vendor in ipairs { "aliyun", "zego" } do
      report[vendor] = compare_sending(vendor, server, requests, rounds, concurrency)
    end
  end)
  server.stop()
  if not ok then error(failure, 0) end
  return report
end

function parts.memory()
  local page = tonumber((run("getconf PAGESIZE")))
  local report = { bytes_per_call = {} }
  for _, calls in ipairs { 10000, 100000 } do
    local list = {}
    for round = 1, quick and 1 or 3 do list[round] = tonumber((run(script(LUA, "queue.lua", calls, page)))) end
    report.bytes_per_call[tostring(calls)] = spread(list)
    add(string.format("memory of one of %d waiting calls", calls), "bytes", spread(list), "<= 1200")
  end
  return report
end

function parts.batch()
  local report = { figures = {} }
  local function wall(title, target, cpu_target, ...)
    local walls, cpus = {}, {}
    for round = 1, quick and 1 or 3 do
      local seconds, ideal, cpu = run(script(LUA, "batch.lua", ...)):match("(%S+) (%S+) (%S+)")
      walls[round], cpus[round] = seconds / ideal, tonumber(cpu)
    end
    report.figures[title] = { ratio = spread(walls), cpu_seconds = spread(cpus) }
    add(title .. ", wall / ideal", "x", spread(walls), target)
    add(title .. ", CPU", "s", spread(cpus), cpu_target)
  end
  wall("600 calls, 50 ms latency, 20 at a time", "<= 1.03", nil, "wide", 600, 20, 0.05)
  if not quick then wall("600 calls at 30 per second", "<= 1.005", "<= 0.2", "paced", 600) end
  local page = tonumber((run("getconf PAGESIZE")))
  local peak = tonumber((run(script(LUA, "batch.lua", "memory", 10000, page)):match("%S+")))
  report.memory_bytes = peak
  add("memory of a batch of 10000 items", "MiB", spread { peak / 1048576 }, "<= 20")
  return report
end

function parts.openresty()
  package.cpath = build .. "/bench/" .. LUA .. "/?.so;" .. package.cpath
  return assert(loadfile(root .. "/bench/openresty.lua"))({
    run = run, quote = quote, spread = spread, add = add, compile = compile, now = require "monotonic",
    quick = quick, root = root, build = build, luajit = LUAJIT,
  })()
end

-- ---- main ----

local SEPARATE = { "peers_sign", "peers_send", "batch_size", "cold" } -- each in a file of its own
local ORDER = { "sign", "require", "send", "memory", "batch", "openresty" }
for _, name in ipairs(SEPARATE) do ORDER[#ORDER + 1] = name end

-- What a part in a file of its own gets.
local tools = {
  root = root, build = build, quick = quick, quote = quote, run = run, succeeds = succeeds, script = script,
  decode = cjson.decode, encode = cjson.encode, lua = LUA, luajit = LUAJIT, figures = figures,
  load_figures = load_figures,
}
for _, name in ipairs(SEPARATE) do
  parts[name] = function() return assert(loadfile(root .. "/bench/parts/" .. name .. ".lua"))(tools) end
end

local function machine()
  return {
    date = os.date("!%Y-%m-%dT%H:%M:%SZ"), quick = quick,
    cpu = run("sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1"):gsub("%s+$", ""),
    cores = tonumber((run("getconf _NPROCESSORS_ONLN"))),
    compiler = run("${CC:-cc} --version | head -n 1"):gsub("%s+$", ""),
    libcurl = run("pkg-config --modversion libcurl"):gsub("%s+$", ""),
    libcrypto = run("pkg-config --modversion libcrypto"):gsub("%s+$", ""),
  }
end

local function main(names)
  if #names == 0 then names = ORDER end
  for _, name in ipairs(names) do
    if not parts[name] then error("no part '" .. name .. "'; there are: " .. table.concat(ORDER, ", "), 0) end
  end
  build_all()
  local results = quick and build .. "/bench/results" or root .. "/bench/results" -- the tree keeps those of full runs
  run("mkdir -p " .. quote(results))
  for _, name in ipairs(names) do
    io.stderr:write("measuring: ", name, "\n")
    local report = parts[name]()
    report.machine = machine()
    local file = assert(io.open(results .. "/" .. name .. ".json", "w"))
    assert(file:write(to_json(report)))
    assert(file:close())
  end
  figures.print_table()
end

local ok, problem = pcall(main, arg)
if not ok then
  io.stderr:write("bench: ", tostring(problem), "\n")
  os.exit(1)
end
