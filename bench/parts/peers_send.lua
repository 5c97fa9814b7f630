-- Sending against other senders: 1 and 20 at a time to a server that answers at once, and to one that takes 50 ms.
--
-- We sign each request, Node's packages too; everybody else sends one request that we have signed, again and again.

local tools = ...
local quote, run, figures = tools.quote, tools.run, tools.figures
local start = assert(loadfile(tools.root .. "/bench/peers/web.lua"))()
local modules = assert(loadfile(tools.root .. "/bench/peers/node.lua"))(tools).modules()

local ROUNDS = tools.quick and 3 or 7
local SETTINGS = {
  { name = "1 at a time", concurrency = 1, requests = tools.quick and 1000 or 5000 },
  { name = "20 at a time", concurrency = 20, requests = tools.quick and 3000 or 20000 },
  { name = "20 at a time, 50 ms", concurrency = 20, requests = tools.quick and 200 or 600, latency = 0.05 },
}
if not tools.quick then
  table.insert(SETTINGS, 3, { name = "1 at a time, 50 ms", concurrency = 1, requests = 40, latency = 0.05 })
end

local build = tools.build .. "/bench/"

-- The request that the others send to `place`: method, target, headers.
local function signed(place)
  local text = run(tools.script(tools.lua, "send.lua", place.url, "-", 0, 0, "aliyun"))
  local method, target, rest = text:match("^([^\n]+)\n([^\n]+)\n(.*)$")
  local headers = {}
  for line in rest:gmatch("[^\n]+") do headers[#headers + 1] = line end
  return { method = method, target = target, headers = headers }
end

local function write_config(path, place, request, requests)
  local file = assert(io.open(path, "w"))
  local function option(name, value) assert(file:write(name, ' = "', (value:gsub('[\\"]', "\\%0")), '"\n')) end
  for _ = 1, requests do
    option("url", place.url .. request.target)
    option("output", "/dev/null")
  end
  option("cacert", place.ca_file)
  option("noproxy", "*")
  option("data", "") -- a POST without a body
  option("write-out", "%{http_code} %{num_connects}\\n")
  option("header", "Content-Type:") -- which `data` would add
  option("user-agent", "streamctl-bench")
  for _, header in ipairs(request.headers) do option("header", header) end
  file:close()
end

-- curl's write-out, then what measure prints.
local function curl(place, request, requests, concurrency)
  local config = build .. "curl.config"
  write_config(config, place, request, requests)
  local output = run(string.format("%s timeout 120 curl -q -sS --no-progress-meter -Z --parallel-max %d -K %s",
    quote(build .. "measure"), concurrency, quote(config)))
  local connections, answered = 0, 0
  for status, made in output:gmatch("(%d+) (%d+)\n") do
    answered, connections = answered + (status == "200" and 1 or 0), connections + tonumber(made)
  end
  assert(answered == requests, "curl: requests failed")
  return string.format("%s %d %d 0", output:match("([%d%.]+ [%d%.]+)\n$"), answered, connections)
end

local function with_request(command, place, request, requests, concurrency, separate)
  local parts = {
    "timeout 120 " .. command, quote(separate and place.url or place.url .. request.target), quote(place.ca_file),
    requests, concurrency, request.method,
  }
  if separate then parts[#parts + 1] = quote(request.target) end
  for _, header in ipairs(request.headers) do parts[#parts + 1] = quote(header) end
  return run(table.concat(parts, " "))
end

local function lua_peer(lua, name)
  return function(place, request, requests, concurrency)
    -- Debian has these libraries for older Luas, and their Lua files run on newer ones.
    local command = tools.script(lua, "peers/" .. name)
      :gsub(";;'", ";;/usr/share/lua/5.3/?.lua;/usr/share/lua/5.1/?.lua'", 1)
    return with_request("env " .. command, place, request, requests, concurrency, true)
  end
end

local function node_peer(kind)
  return modules and function(place, _, requests, concurrency)
    return run(string.format("NODE_EXTRA_CA_CERTS=%s timeout 120 node %s %s %s %s %d %d", quote(place.ca_file),
      quote(tools.root .. "/bench/peers/node_send.js"), quote(modules), kind, quote(place.url), requests, concurrency))
  end
end

-- `fresh`: signs by itself.
local SENDERS = {
  { key = "engine", title = "signed calls from Lua", fresh = true, run = function(place, _, requests, concurrency)
    return run("timeout 120 env "
      .. tools.script(tools.lua, "send.lua", place.url, place.ca_file, requests, concurrency, "aliyun"))
  end },
  { key = "multi", title = "plain C multi loop", run = function(place, request, requests, concurrency)
    return with_request(quote(build .. "multi_loop"), place, request, requests, concurrency)
  end },
  { key = "curl", title = "curl -Z -K, whole process", run = curl },
  { key = "lua_curl", title = "Lua-cURL (" .. tools.lua .. ")", run = lua_peer(tools.lua, "lua_curl.lua"),
    package = "the Lua-cURL rock" },
  { key = "lua_curl_jit", title = "Debian's lua-curl (luajit)", package = "lua-curl, which sends only 1 at a time",
    run = tools.luajit and lua_peer(tools.luajit, "lua_curl.lua") },
  { key = "lua_http", title = "lua-http (" .. tools.lua .. ")", run = lua_peer(tools.lua, "lua_http.lua"),
    package = "lua-http" },
  { key = "node", title = "Node openapi-client", fresh = true, target = ">= 6", run = node_peer "client" },
  { key = "node_pop", title = "Node pop-core", fresh = true, v1 = true, target = ">= 6", run = node_peer "pop" },
}

-- A sender's figures, or nothing when its library is not there.
local function send(sender, place, request, requests, concurrency)
  local output = sender.run(place, request, requests, concurrency)
  if output:find("^none") then return nil end
  return tools.load_figures(output)
end

-- Whether what the server was asked by this sender is the signed request, or one signed as ours are.
local function check(sender, server)
  local request = signed(server.logged)
  if not send(sender, server.logged, request, 1, 1) then return false end
  local lines = server.asked()
  local line = lines[#lines] or ""
  local values = {}
  for _, header in ipairs(request.headers) do
    local name, value = header:match("^(.-): (.*)$")
    values[name:lower()] = value
  end
  local expected = table.concat({
    request.method .. " " .. request.target .. " HTTP/1.1", values.host, values.authorization, values["x-acs-date"],
    values["x-acs-signature-nonce"],
  }, "|")
  local same = line == expected
  if sender.v1 then
    same = line:find("Signature=", 1, true) and line:find("StreamName=stream-00001", 1, true)
  elseif sender.fresh then
    same = line:find("|ACS3-HMAC-SHA256 Credential=", 1, true) and line:find("StreamName=stream-00001", 1, true)
  end
  assert(same, sender.title .. " sends something else:\n" .. line .. "\n" .. expected)
  return true
end

-- What a sender's rounds gave, beside ours.
local function rows_of(setting, sender, lists, ours)
  local own = {
    rate = figures.spread(lists.rate), cpu_us = figures.spread(lists.cpu), connections = lists.connections,
  }
  local title = setting.name .. ": " .. sender.title
  if setting.latency then
    own.wall_of_ideal = figures.spread(lists.wall_of_ideal)
    figures.add(title .. ", wall / ideal", "x", own.wall_of_ideal)
  else
    figures.add(title, "1/s", own.rate)
  end
  if lists ~= ours then
    own.ours_to_theirs = figures.ratios(ours.rate, lists.rate)
    own.cpu_ours_to_theirs = figures.ratios(ours.cpu, lists.cpu)
    if not setting.latency then
      figures.add("    signed calls from Lua / " .. sender.key, "x", own.ours_to_theirs,
        setting.concurrency == 20 and sender.target)
    end
  end
  figures.add("    CPU time of one request, " .. sender.key, "us", own.cpu_us)
  return own
end

local function measure(setting, senders, server)
  local place, results = setting.latency and server.slow or server.fast, {}
  local ideal = math.ceil(setting.requests / setting.concurrency) * (setting.latency or 0)
  local request = signed(place)
  for _, sender in ipairs(senders) do results[sender.key] = { rate = {}, cpu = {}, wall_of_ideal = {} } end
  for round = 1, ROUNDS do
    for turn = 1, #senders do -- who goes first changes from round to round
      local sender = senders[(round + turn) % #senders + 1]
      local result, lists = send(sender, place, request, setting.requests, setting.concurrency), results[sender.key]
      if result then
        lists.rate[round], lists.cpu[round], lists.connections = result.rate, result.cpu_us, result.connections
        if ideal > 0 then lists.wall_of_ideal[round] = setting.requests / result.rate / ideal end
      end
    end
  end
  local out = { requests = setting.requests, concurrency = setting.concurrency, senders = {} }
  for _, sender in ipairs(senders) do
    local lists = results[sender.key]
    if #lists.rate > 0 then out.senders[sender.key] = rows_of(setting, sender, lists, results.engine) end
  end
  return out
end

local server, problem = start(tools)
if not server then error("the server does not start: " .. problem, 0) end
local report = {}
local ok, failure = pcall(function()
  local senders = {}
  for _, sender in ipairs(SENDERS) do
    if sender.run and check(sender, server) then
      senders[#senders + 1] = sender
    elseif sender.package then
      figures.note("left out: " .. sender.title .. "; install " .. sender.package)
    end
  end
  for _, setting in ipairs(SETTINGS) do report[setting.name] = measure(setting, senders, server) end
end)
server.stop()
if not ok then error(failure, 0) end
return report
