-- A fresh process: until its first answer over HTTPS, and what `require "streamctl"` takes of that.
-- Against a C program on libcurl that sends one request, with the same trust: one authority in a
-- file, or those that each trusts when it is told nothing.

local tools = ...
local quote, run, figures = tools.quote, tools.run, tools.figures
local servers = tools.load("server", tools)

local ROUNDS = tools.quick and 15 or 41
local BUNDLES = {
  "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
}
local MEASURE = tools.pin(1) .. quote(tools.build .. "/bench/measure") .. " "

-- Milliseconds: until the first output, until the end, and of CPU time.
local function process(key, command)
  return { key = key, run = function()
    local first, whole, cpu = run(command):match("(%S+) (%S+) (%S+) %d+\n$")
    return { first_ms = first * 1000, whole_ms = whole * 1000, cpu_ms = cpu * 1000 }
  end }
end

local function ours(lua, prefix, server, ca_file)
  return tools.script(prefix .. MEASURE, lua, "calls.lua", "calls", "aliyun", server.at_once,
    ca_file, 1, 1)
end

local function theirs(prefix, server, ca_file)
  return string.format("%s%s%s plain %s '/?StreamName=s' %s 1 1 0 POST", prefix, MEASURE,
    quote(tools.build .. "/bench/curl_loop"), server.at_once, quote(ca_file))
end

-- What lets a command, and nobody else, see the server's authority beside the system's; nil where
-- the kernel does not.
local function trusting(server)
  for _, bundle in ipairs(BUNDLES) do
    local folder = bundle:match("^(.*)/")
    if tools.succeeds("test -e " .. quote(bundle)) then
      local copy = server.dir .. "/system"
      run(string.format("cp -rL %s %s && cp %s %s/streamctl-bench.pem && openssl rehash %s 2>&1",
        quote(folder), quote(copy), quote(server.ca_file), quote(copy), quote(copy)))
      run(string.format("cat %s >>%s", quote(server.ca_file),
        quote(copy .. bundle:sub(#folder + 1))))
      local prefix = string.format("unshare -rm sh -c 'mount --bind \"$1\" \"$2\" && shift 2 && "
        .. "exec \"$@\"' sh %s %s ", quote(copy), quote(folder))
      return tools.succeeds(prefix .. "true") and prefix or nil
    end
  end
end

local function subjects_of(server)
  local list = {
    process("lua", ours(tools.lua, "", server, server.ca_file)),
    process("c", theirs("", server, server.ca_file)),
    process("require", tools.script(MEASURE, tools.lua, "require.lua", "streamctl")),
    process("rows", tools.script(MEASURE, tools.lua, "rows.lua")),
    process("empty", tools.script(MEASURE, tools.lua, "require.lua")),
  }
  if tools.luajit then
    list[#list + 1] = process("luajit", ours(tools.luajit, "", server, server.ca_file))
  end
  assert(not tools.succeeds(ours(tools.lua, "", server, "-")), "nothing is verified")
  local prefix = trusting(server)
  if prefix then
    list[#list + 1] = process("lua_system", ours(tools.lua, prefix, server, "-"))
    list[#list + 1] = process("c_system", theirs(prefix, server, "-"))
  else
    figures.note("left out: trusting the system's authorities; that takes unshare and a kernel "
      .. "that lets us")
  end
  return list
end

-- key, peer, title
local ROWS = {
  { "lua", "c", "fresh process to its first HTTPS answer, 5.4 / C program" },
  { "luajit", "c", "fresh process to its first HTTPS answer, LuaJIT / C program" },
  { "lua_system", "c_system", "the same, 5.4, the system's authorities / C program" },
}
local DETAILS = {
  { "lua", "first_ms", "fresh process to its first HTTPS answer, 5.4" },
  { "lua", "cpu_ms", "    CPU of the process" },
  { "luajit", "first_ms", "fresh process to its first HTTPS answer, LuaJIT" },
  { "c", "first_ms", "fresh process to its first HTTPS answer, C program" },
  { "c", "cpu_ms", "    CPU of the process" },
  { "lua_system", "first_ms", "the same with the system's authorities, 5.4" },
  { "c_system", "first_ms", "the same with the system's authorities, C program" },
  { "require", "whole_ms", "a process that only requires streamctl, 5.4" },
  { "rows", "whole_ms", "a process that loads the rows of all operations, 5.4" },
  { "empty", "whole_ms", "a process that requires nothing, 5.4" },
}

return servers.with_vendor(function(server)
  local lists = figures.in_turn(ROUNDS, subjects_of(server))
  local report = { milliseconds = figures.spreads(lists), ratios = {}, cpu_ratios = {} }
  for _, row in ipairs(ROWS) do
    local these, those = lists[row[1]], lists[row[2]]
    if these and those then
      report.ratios[row[1]] = figures.ratio(these.first_ms, those.first_ms)
      figures.row(row[3], "x", report.ratios[row[1]], "<= 1.25")
      report.cpu_ratios[row[1]] = figures.ratio(these.cpu_ms, those.cpu_ms)
      figures.detail(row[3] .. ": CPU of the process", "x", report.cpu_ratios[row[1]])
    end
  end
  for _, it in ipairs(DETAILS) do
    local own = report.milliseconds[it[1]]
    if own then figures.detail(it[3], "ms", own[it[2]]) end
  end
  return report
end)
