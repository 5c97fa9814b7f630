-- How much a process grows for each call that waits: public calls in tasks of their own, and the
-- engine alone.

local tools = ...
local run, figures = tools.run, tools.figures
local servers = tools.load("server", tools)

local CALLS, ROUNDS = { 1000, 20000 }, tools.quick and 1 or 3

return servers.with_vendor(function(server)
  local page = tonumber((run("getconf PAGESIZE")))
  local report = {}
  for _, calls in ipairs(CALLS) do
    local function subject(key, ...)
      local command = tools.script("", tools.lua, ...)
      return { key = key, run = function() return { bytes = tonumber((run(command))) } end }
    end
    local lists = figures.in_turn(ROUNDS, {
      subject("tasks", "waiting.lua", calls, server.late, server.ca_file, page),
      subject("engine", "engine.lua", "memory", calls, page),
    })
    local own = figures.spreads(lists)
    report[tostring(calls)] = own
    figures.detail(string.format("memory of one of %d calls that wait, each in a task", calls),
      "bytes", own.tasks.bytes)
    figures.detail("    in the engine alone", "bytes", own.engine.bytes)
  end
  return report
end)
