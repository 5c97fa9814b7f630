-- Draws docs/explanation/plots/*.svg from results/: rate and CPU time of a call beside what
-- else sends it, and what an item of a batch costs as the batch grows.
--
--   <lua> tools/bench/plots.lua

local json = require "cjson"

-- Narrow, with labels above the lines, so that they can be read on a phone.
local WIDTH, SIDE, ROW, TOP = 460, 24, 44, 54

local STYLE = [[
  <style>
    text { font: 15px system-ui, sans-serif; fill: #1f2328 } .unit { fill: #57606a }
    .grid { stroke: #d0d7de } .ours { stroke: #0969da; fill: #0969da }
    .theirs { stroke: #6e7781; fill: #6e7781 } .line { fill: none; stroke-width: 2 }
    .over { paint-order: stroke; stroke: #fff; stroke-width: 5px }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .unit { fill: #9198a1 } .grid { stroke: #3d444d }
      .over { stroke: #1b1b1f }
      .ours { stroke: #4493f8; fill: #4493f8 } .theirs { stroke: #9198a1; fill: #9198a1 }
    }
  </style>]]

local function read(part)
  local file = assert(io.open("tools/bench/results/" .. part .. ".json"))
  local value = json.decode(file:read "*a")
  file:close()
  return value
end

local function scale(from, to, low, high)
  local span = math.log(to / from)
  return function(value) return low + math.log(value / from) / span * (high - low) end
end

local function write(name, title, height, lines)
  local file = assert(io.open("docs/explanation/plots/" .. name .. ".svg", "w"))
  assert(file:write(('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" '
    .. 'viewBox="0 0 %d %d" role="img">\n  <title>%s</title>\n%s\n  %s\n</svg>\n')
    :format(WIDTH, height, WIDTH, height, title, STYLE,
    table.concat(lines, "\n  "))))
  assert(file:close())
end

-- One row a subject: a line from the smallest to the largest ratio, a dot at the median.
local function ratios(name, title, unit, ticks, rows)
  local x = scale(ticks[1], ticks[#ticks], SIDE, WIDTH - SIDE)
  local bottom = TOP + #rows * ROW
  local lines = { ('<text x="8" y="20">%s</text>'):format(title),
    ('<text class="unit" x="8" y="40">%s</text>'):format(unit) }
  for _, tick in ipairs(ticks) do
    lines[#lines + 1] = ('<path class="grid" d="M%.1f,%d V%d" stroke-width="%d" />')
      :format(x(tick), TOP, bottom, tick == 1 and 3 or 1)
    lines[#lines + 1] = ('<text class="unit" text-anchor="middle" x="%.1f" y="%d">%gx</text>')
      :format(x(tick), bottom + 20, tick)
  end
  for i, row in ipairs(rows) do
    local y, class = TOP + i * ROW - 10, row[1]:find "^streamctl" and "ours" or "theirs"
    lines[#lines + 1] = ('<text class="over" x="8" y="%.1f">%s</text>'):format(y - 13, row[1])
    lines[#lines + 1] = ('<path class="%s line" d="M%.1f,%.1f H%.1f" />')
      :format(class, x(row[2].min), y, x(row[2].max))
    lines[#lines + 1] = ('<circle class="%s" cx="%.1f" cy="%.1f" r="5" />')
      :format(class, x(row[2].median), y)
  end
  write(name, title, bottom + 32, lines)
end

local SENDERS = {
  { "tuned C loop, signs nothing", "tuned" }, { "plain C loop, signs nothing", "plain" },
  { "streamctl, tasks, LuaJIT", "tasks_jit" }, { "streamctl, tasks, Lua 5.4", "tasks" },
  { "streamctl, batch, Lua 5.4", "batch" },
  { "lua-resty-http, signed by hand", "resty_signed" }, { "Node, signed by hand", "node" },
}

local senders = read("send").settings["20 at a time, V3"].senders

local function beside_plain(figure)
  local rows = {}
  for _, sender in ipairs(SENDERS) do
    local spread = (senders[sender[2]] or {})[figure]
    if sender[2] == "plain" then spread = { min = 1, median = 1, max = 1 } end
    if spread then rows[#rows + 1] = { sender[1], spread } end
  end
  return rows
end

ratios("rate", "Calls a second, 20 at a time over TLS",
  "as a multiple of a plain C loop on libcurl; more is better", { 0.1, 0.25, 0.5, 1, 2 },
  beside_plain "rate_of_plain")
ratios("cpu", "CPU time of a call, 20 at a time over TLS",
  "as a multiple of a plain C loop on libcurl; less is better", { 0.5, 1, 2, 4, 10 },
  beside_plain "cpu_of_plain")

-- What an item costs, on a line for each kind of batch.
local function growth()
  local batch = read "batch"
  local KINDS = {
    { "tables, a call each; list and report", batch.list.tables, "ours" },
    { "tables; iterator and on_result", batch.each.tables, "ours" },
    { "ids, 20 a call; list and report", batch.list.ids, "ours" },
    { "ids; iterator and on_result", batch.each.ids, "ours" },
    { "a loop that keeps the same tables", batch.plain.tables, "theirs" },
  }
  local SIZES, TICKS, bottom, right = { 1000, 100000, 1000000 }, { 1, 2, 5, 10, 20 }, 260, 416
  local x, y = scale(SIZES[1], SIZES[3], 60, right), scale(TICKS[1], TICKS[#TICKS], bottom, TOP)
  local lines = { '<text x="8" y="20">CPU time of an item, nothing sent</text>',
    '<text class="unit" x="8" y="40">microseconds, by the size of the batch</text>' }
  for _, tick in ipairs(TICKS) do
    lines[#lines + 1] = ('<path class="grid" d="M60,%.1f H%d" />'):format(y(tick), right)
    lines[#lines + 1] = ('<text class="unit" text-anchor="end" x="50" y="%.1f">%g</text>')
      :format(y(tick) + 5, tick)
  end
  for i, size in ipairs(SIZES) do
    lines[#lines + 1] = ('<text class="unit" text-anchor="middle" x="%.1f" y="%d">%s</text>')
      :format(x(size), bottom + 22, ({ "1,000", "100,000", "1,000,000" })[i])
  end
  local function cost(kind, size) return kind[2].sizes[("%d"):format(size)].us_per_item.median end
  table.sort(KINDS, function(a, b) return cost(a, SIZES[3]) > cost(b, SIZES[3]) end)
  local below = 0
  for n, kind in ipairs(KINDS) do
    local points = {}
    for i, size in ipairs(SIZES) do
      points[i] = ("%.1f,%.1f"):format(x(size), y(cost(kind, size)))
    end
    lines[#lines + 1] = ('<polyline class="%s line" points="%s" />')
      :format(kind[3], table.concat(points, " "))
    below = math.max(y(cost(kind, SIZES[3])), below + 16)
    lines[#lines + 1] = ('<text x="%d" y="%.1f">%d</text>'):format(right + 6, below + 5, n)
    lines[#lines + 1] = ('<text x="8" y="%d">%d  %s</text>')
      :format(bottom + 30 + n * 22, n, kind[1])
  end
  write("batch", "What an item of a batch costs", bottom + 36 + #KINDS * 22, lines)
end

growth()
