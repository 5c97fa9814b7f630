-- What one item of a batch costs, from batches of 1 to 100,000: a straight line has one cost everywhere.

local tools = ...
local figures = tools.figures

local SIZES = { 1, 10, 100, 1000, 10000, 100000 }
local ROUNDS = tools.quick and 3 or 7

local function measure(...)
  return tonumber((tools.run(tools.script(tools.lua, "batch_size.lua", ...)):match("%S+")))
end

local report = {}
for _, kind in ipairs { "ids", "tables" } do
  local lists, stopped, out = {}, { [1000] = {}, [100000] = {} }, { microseconds_per_item = {} }
  report[kind] = out
  for round = 1, ROUNDS do
    for _, size in ipairs(SIZES) do
      lists[size] = lists[size] or {}
      lists[size][round] = measure(kind, size)
    end
    for size, list in pairs(stopped) do list[round] = measure(kind, size, "stopped") end
  end
  local what = kind == "ids" and "ZEGO, 20 ids a request" or "Alibaba Cloud, a call an item"
  for _, size in ipairs(SIZES) do
    local spread = figures.spread(lists[size])
    out.microseconds_per_item[tostring(size)] = spread
    figures.add(string.format("batch of %d, CPU per item (%s)", size, what), "us", spread)
  end
  out.growth = figures.ratios(lists[100000], lists[1000])
  out.growth_without_collector = figures.ratios(stopped[100000], stopped[1000])
  figures.add("    an item of 100000 / an item of 1000", "x", out.growth, "<= 2.5")
  figures.add("    likewise with Lua's collector stopped", "x", out.growth_without_collector, "about 1")
end
return report
