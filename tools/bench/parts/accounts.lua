-- Many accounts in one process: memory of an idle client, connections, and whether any account
-- waits for another; memory of the engine and of calls on their way. The vendor answers at once,
-- after 50 ms or after 4 s.

local tools = ...
local run, figures = tools.run, tools.figures
local servers = tools.load("server", tools)

local ACCOUNTS, ROUNDS = 1000, tools.quick and 1 or 3
local LUAS = { lua = tools.lua, luajit = tools.luajit }
local PLACES = { idle = "at_once", flight = "late" }
local VENDORS = { "aliyun", "zego", "sources" }

return servers.with_vendor(function(server)
  local function subject(lua, how, vendor)
    local place = server[PLACES[how] or "slow"]
    local command = tools.script(tools.pin(1) .. "timeout 300 ", LUAS[lua], "accounts.lua", how,
      vendor, place, server.ca_file, ACCOUNTS)
    return { key = table.concat({ lua, how, vendor }, " "), run = function()
      return tools.decode(run(command))
    end }
  end
  local list = {}
  for lua in pairs(LUAS) do
    for _, vendor in ipairs(VENDORS) do list[#list + 1] = subject(lua, "idle", vendor) end
    list[#list + 1] = subject(lua, "together", "aliyun")
    list[#list + 1] = subject(lua, "beside", "aliyun")
    list[#list + 1] = subject(lua, "flight", "aliyun")
  end
  local lists = figures.in_turn(ROUNDS, list)
  local report = { accounts = ACCOUNTS, figures = figures.spreads(lists) }
  for _, it in ipairs(list) do
    local found, own = report.figures[it.key], lists[it.key]
    local title = "1,000 accounts, " .. it.key
    if found.made then
      figures.row(title .. ": an idle client, after its first call", "B", found.called, "<= 4096")
      figures.detail(title .. ": a client that has made no call", "B", found.made)
      figures.detail("    connections after 1,000 calls in turn", "", found.connections)
    elseif found.engine then
      figures.row("memory of an idle engine after its first call, " .. it.key, "B", found.engine,
        "<= 655360")
      figures.row("    of each of 10,000 calls on their way", "B", found.call, "<= 13312")
    elseif found.kept then
      local ratio = figures.ratio(own.slowest, own.fastest)
      figures.row(title .. ": the slowest account / the fastest", "x", ratio, "<= 1.5")
      figures.detail("    seconds of the slowest account", "s", found.slowest)
      figures.detail("    connections while all call", "", found.connections)
      figures.row(title .. ": connections kept", "", found.kept, "<= 110")
    else
      figures.row(title .. ": behind 10,000 calls of another account / all", "x",
        figures.ratio(own.slowest, own.all), "<= 0.5")
      figures.detail("    seconds of the slowest account", "s", found.slowest)
      figures.row("    connections kept", "", found.connections, "<= 110")
    end
  end
  return report
end)
