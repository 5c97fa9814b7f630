-- A cold burst: a fresh process makes 200 signed calls, 20 at a time, over TLS that it verifies, and ends. Trusting as
-- many authorities as a system has must cost next to nothing beside trusting one.

local tools = ...
local quote, run, figures = tools.quote, tools.run, tools.figures

local CALLS, CONCURRENCY = 200, 20
local ROUNDS = tools.quick and 11 or 101

local BUNDLES = { "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem" }

local function read(path)
  local file = io.open(path, "rb")
  local text = file and file:read("*a")
  if file then file:close() end
  return text
end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  assert(file:close())
end

local function system_bundle()
  for _, path in ipairs(BUNDLES) do
    local text = read(path)
    if text then return path, text end
  end
  error("the system has no file of authorities; apt-get install ca-certificates", 0)
end

-- The system's authorities and the server's own: in `dir`, one file of each, found by hash, and all in one file.
local function gather(dir, text)
  local count = 0
  run("mkdir " .. quote(dir))
  for certificate in text:gmatch("%-%-%-%-%-BEGIN CERTIFICATE.-END CERTIFICATE%-%-%-%-%-\n") do
    count = count + 1
    write(string.format("%s/%03d.pem", dir, count), certificate)
  end
  run("openssl rehash " .. quote(dir) .. " 2>&1")
  write(dir .. "/ca-certificates.crt", text)
  return count
end

-- A prefix for commands that see `dir` in the place of the system's authorities, when the kernel lets us.
local function elsewhere(dir, place)
  local prefix = string.format("unshare -rm sh -c 'mount --bind \"$1\" \"$2\" && shift 2 && exec \"$@\"' sh %s %s ",
    quote(dir), quote(place))
  return tools.succeeds(prefix .. "true") and prefix
end

-- Prints what send.lua does, then the time and the CPU time of the whole process.
local function send(prefix, url, trust, calls)
  return prefix .. quote(tools.build .. "/bench/measure") .. " env "
    .. tools.script(tools.lua, "send.lua", url, trust, calls, CONCURRENCY, "aliyun")
end

local function trusts(server, bundle, dir)
  local list = {
    { key = "one", prefix = "", trust = server.ca_file, title = "one authority in a file" },
    { key = "directory", prefix = "", trust = dir .. "/", title = "a directory of all" },
    { key = "file", prefix = "", trust = dir .. "/ca-certificates.crt", title = "a file of all" },
  }
  local prefix = elsewhere(dir, bundle:match("^(.*)/"))
  if prefix and tools.succeeds(send(prefix, server.url, "system", 1)) then
    table.insert(list, 2, { key = "system", prefix = prefix, trust = "system", title = "the system's, by default" })
  else
    figures.note("left out: the system's authorities by default; that takes unshare, and a kernel that lets us")
  end
  return list
end

local function measure(server, list)
  local rate, cpu = {}, {}
  for _, it in ipairs(list) do rate[it.key], cpu[it.key] = {}, {} end
  for round = 1, ROUNDS do
    for turn = 1, #list do -- who goes first changes from round to round
      local it = list[(round + turn) % #list + 1]
      local output = run(send(it.prefix, server.url, it.trust, CALLS))
      tools.load_figures(output) -- unless calls failed
      local seconds, cpu_seconds = output:match("\n(%S+) (%S+)\n$")
      rate[it.key][round], cpu[it.key][round] = CALLS / seconds, cpu_seconds * 1000
    end
  end
  return rate, cpu
end

local bundle, text = system_bundle()
local server, problem = assert(loadfile(tools.root .. "/bench/server.lua"))().start()
if not server then error("the server does not start: " .. problem, 0) end
local report = { calls = CALLS, concurrency = CONCURRENCY, rates = {}, cpu_ms = {}, ratios = {}, cpu_ratios = {} }
local ok, failure = pcall(function()
  local dir = server.dir .. "/authorities"
  report.authorities = gather(dir, text .. "\n" .. read(server.ca_file))
  if tools.succeeds(send("", server.url, bundle, 1)) then error("nothing is verified", 0) end
  local list = trusts(server, bundle, dir)
  local rate, cpu = measure(server, list)
  for _, it in ipairs(list) do
    report.rates[it.key], report.cpu_ms[it.key] = figures.spread(rate[it.key]), figures.spread(cpu[it.key])
    figures.add("cold: " .. it.title, "1/s", report.rates[it.key])
    figures.add("    CPU time of the process", "ms", report.cpu_ms[it.key])
    if it.key ~= "one" then
      report.ratios[it.key] = figures.ratios(rate[it.key], rate.one)
      report.cpu_ratios[it.key] = figures.ratios(cpu[it.key], cpu.one)
      figures.add("    rate / that with one authority", "x", report.ratios[it.key], it.key ~= "file" and ">= 0.9")
    end
  end
end)
server.stop()
if not ok then error(failure, 0) end
return report
