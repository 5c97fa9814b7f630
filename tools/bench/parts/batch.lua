-- What one item of a batch costs, from batches of 1,000 to 1,000,000, in time and in memory: a
-- straight line has one cost everywhere. Beside it, how straight a line Lua's own tables make. And
-- the memory of batches at the vendor's documented rate, whose ids the store forgets after 60 s.

local tools = ...
local quote, run, figures = tools.quote, tools.run, tools.figures

local SIZES = tools.quick and { 1000, 10000, 50000 } or { 1000, 100000, 1000000 }
local ROUNDS = 3 -- of the large ones, too: all in some three minutes
local TITLES = {
  ids = "ids, 20 a request", tables = "tables, a call each",
}
local AIMS = { ids = "<= 1.15", tables = "<= 1.3" }

local function subject(kind, size, how)
  local through = tools.pin(1) .. quote(tools.build .. "/bench/measure") .. " "
  local command = tools.script(through, tools.lua, "batch.lua", kind, size, how)
  return { key = size, run = function()
    local us, kib = run(command):match("^(%S+)\n%S+ %S+ %S+ (%d+)\n$")
    return { us_per_item = tonumber(us), peak_mib = kib / 1024 }
  end }
end

local HOW = {
  list = "batch of %s; a list, a report", each = "batch of %s; an iterator, on_result",
  plain = "no batch: tables as of %s, kept",
}

-- The largest batch is the slowest; the others are measured beside it, each round anew.
local function measure(kind, how)
  local subjects = {}
  for i, size in ipairs(SIZES) do subjects[i] = subject(kind, size, how) end
  local lists = figures.in_turn(ROUNDS, subjects)
  local report = { sizes = {} }
  for size, spreads in pairs(figures.spreads(lists)) do report.sizes[tostring(size)] = spreads end
  local first, last = SIZES[1], SIZES[#SIZES]
  local title = string.format(HOW[how], TITLES[kind])
  report.growth = figures.ratio(lists[last].us_per_item, lists[first].us_per_item)
  local line = how == "plain" and figures.detail or figures.row
  line(string.format("%s: an item of %d / of %d", title, last, first), "x", report.growth,
    AIMS[kind])
  line("    peak memory of the process", "MiB", report.sizes[tostring(last)].peak_mib)
  for _, size in ipairs(SIZES) do
    figures.detail(string.format("%s: CPU of an item of %d", title, size), "us",
      report.sizes[tostring(size)].us_per_item)
  end
  return report
end

-- The store holds as many ids in the shortest of these batches as in the others.
local function at_documented_rate()
  local sizes, subjects = tools.quick and { 24000, 100000 } or { 24000, 100000, 1000000 }, {}
  for i, size in ipairs(sizes) do subjects[i] = subject("ids", size, "documented") end
  local lists, peaks = figures.in_turn(ROUNDS, subjects), {}
  for _, size in ipairs(sizes) do
    peaks[tostring(size)] = figures.spread(lists[size].peak_mib)
    figures.row(string.format("batch of %d ids at the documented rate, iterator, on_result: memory",
      size), "MiB", peaks[tostring(size)], "<= 12")
  end
  return peaks
end

local report = { documented_peak_mib = at_documented_rate() }
for _, how in ipairs { "list", "plain", "each" } do
  report[how] = { ids = measure("ids", how), tables = measure("tables", how) }
end
return report
