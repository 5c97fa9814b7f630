-- The command as a shell starts it: what it takes until it says its version or its help, beside an
-- interpreter that does nothing.

local tools = ...
local quote, run, figures = tools.quote, tools.run, tools.figures

local ROUNDS = tools.quick and 15 or 41
local MEASURE = tools.pin(1) .. quote(tools.build .. "/bench/measure") .. " "

local function process(key, command)
  return { key = key, run = function()
    local whole, cpu = run(tools.env(tools.lua) .. MEASURE .. tools.lua .. " " .. command)
      :match("%S+ (%S+) (%S+) %d+\n$")
    return { whole_ms = whole * 1000, cpu_ms = cpu * 1000 }
  end }
end

local script = quote(tools.root .. "/bin/streamctl")
local lists = figures.in_turn(ROUNDS, {
  process("empty", "-e ''"),
  process("version", script .. " --version"),
  process("help", script .. " --help"),
})

-- key, title, aim of the median
local ROWS = {
  { "version", "streamctl --version, beyond an interpreter that does nothing, 5.4", "<= 15" },
  { "help", "streamctl --help, which loads every command, likewise" },
}

local report = { milliseconds = figures.spreads(lists), added_ms = {} }
for _, row in ipairs(ROWS) do
  local added = {}
  for round, value in ipairs(lists[row[1]].whole_ms) do
    added[round] = value - lists.empty.whole_ms[round]
  end
  report.added_ms[row[1]] = figures.spread(added)
  local show = row[3] and figures.row or figures.detail
  show(row[2], "ms", report.added_ms[row[1]], row[3])
end
return report
