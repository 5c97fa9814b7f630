-- Signing through `client:sign`, beside the hashing alone and signing by hand in nginx and Node.
--
-- A round is a process of each, one after the other; each ratio is within a round.

local tools = ...
local quote, run, figures = tools.quote, tools.run, tools.figures
local servers = tools.load("server", tools)

local BATCH, ROUNDS = tools.quick and 2000 or 5000, tools.quick and 5 or 11
local KINDS = {
  { "v3", "V3, 14 parameters" }, { "v1", "V1, 14 parameters" }, { "zego", "ZEGO, 20 ids" },
}
local PEERS_DIR = tools.root .. "/tools/bench/peers"

local TITLES = {
  lua = "client:sign, 5.4", luajit = "client:sign, LuaJIT",
  nginx = "nginx-lua by hand", node = "Node by hand",
}

local function subject(key, command, package)
  local text = run(command)
  if text:find("^none") then
    figures.note("left out: " .. TITLES[key] .. "; apt-get install " .. package)
    return nil
  end
  return { key = key, run = function() return tools.decode(run(command)) end }
end

local function subjects_of(nginx)
  local list = { subject("lua", tools.script(tools.pin(1), tools.lua, "sign.lua", BATCH)) }
  if tools.luajit then
    list[#list + 1] = subject("luajit", tools.script(tools.pin(1), tools.luajit, "sign.lua", BATCH))
  end
  if tools.succeeds("command -v node") then
    list[#list + 1] = subject("node", string.format("%snode %s sign %s %d", tools.pin(1),
      quote(PEERS_DIR .. "/node.js"), quote(tools.inputs()), BATCH))
  else
    figures.note("left out: Node; apt-get install nodejs")
  end
  list[#list + 1] = subject("nginx", string.format("curl -q -sSf --noproxy '*' %s",
    quote(string.format("%s/sign?inputs=%s&batch=%d", nginx.url, tools.inputs(), BATCH))),
    "lua-nginx-string")
  return list
end

-- A figure of a subject, if that was measured.
local function list_of(lists, key, name)
  return lists[key] and lists[key][name]
end

local AIMS = { v3 = "<= 3.5", zego = "<= 12" }

local function rows_of(lists, ratios, kind, title)
  local floor, own = lists.lua[kind .. "_floor"], {}
  ratios[kind] = own
  local function compare(name, list, other, show, aim)
    if not list or not other then return end
    own[name] = figures.ratio(list, other)
    show(title .. ": " .. name, "x", own[name], aim)
  end
  local function against_floor(name, list, show, aim)
    compare(name .. " / hashing, kept contexts", list, floor, show, aim)
  end
  local main = kind == "v1" and figures.detail or figures.row
  for _, key in ipairs { "lua", "luajit" } do
    local name, client = TITLES[key], list_of(lists, key, kind .. "_client")
    against_floor(name, client, main, AIMS[kind])
    compare(name .. ", nonce and time given / without", list_of(lists, key, kind .. "_given"),
      client, main, "<= 1")
    compare(name .. ", SourceUrls as JSON text / as a list", list_of(lists, key, kind .. "_text"),
      client, main, "<= 1.3")
    compare(name .. " / " .. TITLES.node, client, list_of(lists, "node", kind),
      kind == "zego" and figures.row or figures.detail, kind == "zego" and "< 1" or nil)
  end
  for _, key in ipairs { "node", "nginx" } do
    against_floor(TITLES[key], list_of(lists, key, kind), figures.detail)
  end
end

local nginx = servers.start("peers", { PEERS = PEERS_DIR, TRUST = "", RESTY = "" }, "http", 1)
local ok, report = pcall(function()
  local lists = figures.in_turn(ROUNDS, subjects_of(nginx))
  local ratios = {}
  for _, kind in ipairs(KINDS) do rows_of(lists, ratios, kind[1], kind[2]) end
  local microseconds = figures.spreads(lists)
  for _, kind in ipairs(KINDS) do
    local own = microseconds.lua
    figures.detail(kind[2] .. ": hashing, kept contexts", "us", own[kind[1] .. "_floor"])
    figures.detail(kind[2] .. ": client:sign, 5.4", "us", own[kind[1] .. "_client"])
    if microseconds.luajit then
      figures.detail(kind[2] .. ": client:sign, LuaJIT", "us",
        microseconds.luajit[kind[1] .. "_client"])
    end
  end
  return { microseconds = microseconds, ratios = ratios, batch = BATCH }
end)
nginx.stop()
if not ok then error(report, 0) end
return report
