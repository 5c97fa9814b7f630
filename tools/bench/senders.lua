-- Who sends, and how: a function of the tools, of a server of vendor.conf, of one of peers.conf (or
-- nil) and of the command that each client is run through.
--
-- Gives a table: `commands[name](place, vendor, requests, concurrency, paced)` is a command that
-- prints seconds, CPU seconds, requests, failures; `send(name, ...)` runs it and gives the
-- requests per second (`rate`) and the client's CPU time of one in microseconds (`cpu_us`);
-- `check(names, vendor)` ends everything unless each sends what it should.

local tools, vendor_server, peers_server, through = ...
local quote, run, figures = tools.quote, tools.run, tools.figures

local senders = { commands = {} }
local commands = senders.commands

-- The file of a request that we have signed for a place, and what is in it.
local known = {}
local function signed(place, vendor)
  local it = known[place .. vendor]
  if it then return it end
  it = { file = vendor_server.dir .. "/" .. vendor .. place:match("%d+$"), headers = {} }
  run(tools.script("", tools.lua, "calls.lua", "sign", vendor, place, "-", 1, 1) .. " >"
    .. quote(it.file))
  local lines = io.lines(it.file)
  it.method, it.target = lines(), lines()
  for line in lines do
    if not line:lower():find("^host:") then it.headers[#it.headers + 1] = quote(line) end
  end
  known[place .. vendor] = it
  return it
end

-- The C loops: with the headers of our signed request and without the Content-Type that libcurl
-- adds to a POST, or with no headers of their own.
local function curl_loop(kind, bare)
  return function(place, vendor, requests, concurrency, paced)
    local request = signed(place, vendor)
    return string.format("%s%s %s %s %s %s %d %d %d %s %s", through,
      quote(tools.build .. "/bench/curl_loop"), kind, place, quote(request.target),
      quote(vendor_server.ca_file), requests, concurrency, paced and 30 or 0, request.method,
      bare and "" or "'Content-Type:' " .. table.concat(request.headers, " "))
  end
end

local function public(lua, how)
  return function(place, vendor, requests, concurrency, paced)
    return tools.script(through, lua, "calls.lua", how, vendor, place, vendor_server.ca_file,
      requests, concurrency, paced and "paced" or "")
  end
end

function commands.engine(place, vendor, requests, concurrency)
  return tools.script(through, tools.lua, "engine.lua", vendor, place, vendor_server.ca_file,
    requests, concurrency)
end

local function node(place, _, requests, concurrency)
  return string.format("NODE_EXTRA_CA_CERTS=%s %s node %s send %s %s %d %d",
    quote(vendor_server.ca_file), through, quote(tools.root .. "/tools/bench/peers/node.js"),
    quote(tools.inputs()), place, requests, concurrency)
end

local function resty(by_hand)
  return function(place, vendor, requests, concurrency)
    local what = by_hand and "inputs=" .. tools.inputs() or "request=" .. signed(place, vendor).file
    return "curl -q -sS --noproxy '*' --max-time 300 " .. quote(string.format(
      "%s/send?base=%s&requests=%d&concurrency=%d&%s", peers_server.url, place, requests,
      concurrency, what))
  end
end

for _, how in ipairs { "calls", "same", "tasks", "batch", "items" } do
  commands[how] = public(tools.lua, how)
  commands[how .. "_jit"] = tools.luajit and public(tools.luajit, how)
end
commands.plain = curl_loop("plain", true)
commands.plain_headers = curl_loop("plain")
commands.tuned = curl_loop("tuned")
if tools.succeeds("command -v node") then
  commands.node = node
else
  figures.note("left out: Node; apt-get install nodejs")
end
if peers_server then
  commands.resty, commands.resty_signed = resty(false), resty(true)
end

function senders.send(name, ...)
  local output = run(commands[name](...))
  local seconds, cpu, requests, failed = output:match("^(%S+) (%S+) (%d+) (%d+)%s*$")
  assert(failed == "0", "requests failed: " .. output)
  return { rate = requests / seconds, cpu_us = cpu / requests * 1e6 }
end

-- What the server was asked last: the bytes of the request, its first line, its Authorization.
local function asked()
  local last
  for line in io.lines(vendor_server.dir .. "/asked.log") do last = line end
  local bytes, request, authorization = last:match("^(%d+)|([^|]*)|[^|]*|([^|]*)$")
  return tonumber(bytes), request, authorization
end

-- Gives the bytes of each one's request.
function senders.check(names, vendor)
  local place, bytes_of = vendor_server.logged, {}
  local method = signed(place, vendor).method
  for _, name in ipairs(names) do
    if commands[name] then
      senders.send(name, place, vendor, 1, 1)
      local bytes, line, authorization = asked()
      bytes_of[name] = bytes
      local is_signed = vendor == "zego" and line:find("&Signature=", 1, true)
        or authorization:find("^ACS3%-HMAC%-SHA256 Credential=") or name == "plain"
      assert(line:find("^" .. method .. " /%?.*stream%-0") and is_signed,
        name .. " sends something else: " .. line)
    end
  end
  local theirs, ours = bytes_of.tuned, bytes_of.tasks
  if theirs and theirs ~= ours then
    error(string.format("the tuned loop sends %d bytes, we send %d", theirs, ours), 0)
  end
  return bytes_of
end

return senders
