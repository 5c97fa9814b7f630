-- Sending over kept TLS connections: calls through the public API, the engine alone, libcurl's
-- multi interface in C, and peers. The part `paced` is 600 calls at the vendor's documented rate.

local tools, part = ...
local figures = tools.figures
local servers = tools.load("server", tools)

local TITLES = {
  calls = "calls, 5.4", calls_jit = "calls, LuaJIT",
  tasks = "tasks, 5.4", tasks_jit = "tasks, LuaJIT",
  batch = "batch, 5.4", batch_jit = "batch, LuaJIT",
  engine = "engine alone, 5.4",
  plain = "plain C loop", plain_headers = "plain C loop, our headers", tuned = "tuned C loop",
  resty = "lua-resty-http, one request", resty_signed = "lua-resty-http, signed by hand",
  node = "Node, signed by hand",
}

-- `against`: whom the others are compared with, in this order. `rows`: whose ratio of which figure
-- to whom is a row of the first table, and what it should be.
local ALL = {
  {
    name = "20 at a time, V3", vendor = "aliyun", place = "at_once", concurrency = 20,
    requests = tools.quick and 500 or 1500, rounds = tools.quick and 3 or 11,
    senders = { "tasks", "tasks_jit", "batch", "batch_jit", "engine", "plain", "plain_headers",
      "tuned", "resty", "resty_signed", "node" },
    against = { "tuned", "plain" },
    rows = { { "tasks", "rate", "tuned", ">= 1.40" }, { "tasks", "cpu_us", "tuned" },
      { "tasks_jit", "rate", "tuned", ">= 1.40" }, { "tasks_jit", "cpu_us", "tuned" },
      { "batch", "rate", "tuned", ">= 1.15" }, { "batch", "cpu_us", "tuned" },
      { "batch_jit", "rate", "tuned", ">= 1.15" }, { "batch_jit", "cpu_us", "tuned" } },
  },
  {
    name = "1 at a time, V3", vendor = "aliyun", place = "at_once", concurrency = 1,
    requests = tools.quick and 200 or 500, rounds = tools.quick and 3 or 11,
    senders = { "calls", "calls_jit", "tasks", "engine", "plain", "tuned", "resty_signed", "node" },
    against = { "plain", "tuned" },
    rows = { { "calls", "rate", "plain", ">= 0.95" }, { "calls", "cpu_us", "plain" },
      { "calls_jit", "rate", "plain", ">= 0.95" }, { "calls_jit", "cpu_us", "plain" } },
  },
  {
    name = "20 at a time, ZEGO, 20 ids a call", vendor = "zego", place = "at_once",
    concurrency = 20, requests = tools.quick and 500 or 1500, rounds = tools.quick and 3 or 11,
    senders = { "tasks", "batch", "engine", "plain", "tuned" },
    against = { "tuned", "plain" }, rows = {},
  },
  {
    name = "20 at a time, V3, 50 ms away", vendor = "aliyun", place = "slow", concurrency = 20,
    requests = tools.quick and 200 or 400, rounds = tools.quick and 3 or 11, latency = 0.05,
    senders = { "tasks", "batch", "plain", "tuned" },
    against = { "plain" }, rows = {},
  },
}
local PACED = {
  {
    name = "30 a second, V3", vendor = "aliyun", place = "at_once", concurrency = 20,
    requests = tools.quick and 60 or 600, rounds = tools.quick and 2 or 3, rate = 30,
    senders = { "calls", "calls_jit", "tasks", "batch", "plain" },
    against = { "plain" },
    rows = { { "calls", "cpu_us", "plain", "<= 1.3" }, { "calls_jit", "cpu_us", "plain", "<= 1.3" },
      { "tasks", "cpu_us", "plain", "<= 1.3" }, { "batch", "cpu_us", "plain", "<= 1.3" } },
  },
}

local WHAT = { rate = "rate", cpu_us = "CPU" }

local function subjects_of(setting, senders, server)
  local list = {}
  for _, name in ipairs(setting.senders) do
    list[#list + 1] = senders.commands[name] and { key = name, run = function()
      server.accepted()
      local it = senders.send(name, server[setting.place], setting.vendor, setting.requests,
        setting.concurrency, setting.rate)
      it.connections = server.accepted()
      local ideal = setting.latency and setting.requests / setting.concurrency * setting.latency
        or setting.rate and (setting.requests - 1) / setting.rate
      if ideal then it.wall_of_ideal = setting.requests / it.rate / ideal end
      return it
    end } or nil
  end
  return list
end

-- Of the rounds in which both have made as many connections; nil where there are none.
local function ratio(setting, lists, key, other, what)
  local these, those, refused = {}, {}, {}
  local ours, theirs = lists[key].connections, lists[other].connections
  for round, count in ipairs(ours) do
    if count == theirs[round] then
      these[#these + 1], those[#those + 1] = lists[key][what][round], lists[other][what][round]
    else
      refused[#refused + 1] = string.format("%d against %d", count, theirs[round])
    end
  end
  if refused[1] then
    figures.note(string.format("%s: %s / %s: refused in %d of %d rounds, whose connections were %s",
      setting.name, TITLES[key], TITLES[other], #refused, #ours, table.concat(refused, ", ")))
  end
  return these[1] and figures.ratio(these, those, what == "rate" and "max" or nil)
end

local function show(setting, subjects, lists, report)
  for _, row in ipairs(setting.rows) do
    local found = lists[row[1]] and ratio(setting, lists, row[1], row[3], row[2])
    if found then
      figures.row(string.format("%s: %s / %s: %s", setting.name, TITLES[row[1]], TITLES[row[3]],
        WHAT[row[2]]), "x", found, row[4])
    end
  end
  for _, subject in ipairs(subjects) do
    local key, own = subject.key, report.senders[subject.key]
    if own.wall_of_ideal then
      figures.detail(setting.name .. ": " .. TITLES[key] .. ", wall / ideal", "x",
        own.wall_of_ideal)
    else
      figures.detail(setting.name .. ": " .. TITLES[key], "1/s", own.rate)
    end
    figures.detail("    CPU of a request", "us", own.cpu_us)
    figures.detail("    connections that the server accepted", "", own.connections)
    for i, other in ipairs(setting.against) do
      if other ~= key then
        own["rate_of_" .. other] = ratio(setting, lists, key, other, "rate") or nil
        own["cpu_of_" .. other] = ratio(setting, lists, key, other, "cpu_us") or nil
      end
      if own["rate_of_" .. other] and i == 1 then
        local than = " / " .. TITLES[other]
        if not setting.rate then
          figures.detail("    rate" .. than, "x", own["rate_of_" .. other])
        end
        figures.detail("    CPU" .. than, "x", own["cpu_of_" .. other])
      end
    end
  end
end

local function measure(setting, senders, server)
  local subjects = subjects_of(setting, senders, server)
  local lists = figures.in_turn(setting.rounds, subjects)
  local report = {
    requests = setting.requests, concurrency = setting.concurrency,
    senders = figures.spreads(lists),
  }
  show(setting, subjects, lists, report)
  return report
end

return servers.with_vendor(function(vendor)
  local peers
  local ok, result = pcall(function()
    if part == "send" and not tools.resty then
      figures.note("left out: sending with lua-resty-http; RESTY_HTTP_DIR names a copy of it")
    elseif part == "send" then
      peers = servers.start("peers", {
        PEERS = tools.root .. "/tools/bench/peers", RESTY = tools.resty,
        TRUST = "lua_ssl_trusted_certificate " .. vendor.ca_file .. ";",
      }, "http", 1)
    end
    local through = tools.pin(1) .. "timeout 300 "
    local senders = tools.load("senders", tools, vendor, peers, through)
    local report = { request_bytes = {}, settings = {} }
    for _, setting in ipairs(part == "paced" and PACED or ALL) do
      local bytes = report.request_bytes[setting.vendor]
      report.request_bytes[setting.vendor] = bytes or senders.check(setting.senders, setting.vendor)
      report.settings[setting.name] = measure(setting, senders, vendor)
    end
    return report
  end)
  if peers then peers.stop() end
  if not ok then error(result, 0) end
  return result
end)
