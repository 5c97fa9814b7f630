-- The command as a shell starts it: the time until it has said its version or its help, beside an
-- interpreter that does nothing. Then `resume`, by the emulator at the documented rate: the time
-- of 2,000 streams beside the least that the rate allows, and the memory for 100,000.

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

-- ---- resume ----

local RATE, IN_A_REQUEST = 20, 20
local SOME, MANY = tools.quick and 200 or 2000, tools.quick and 2000 or 100000
local folder = run("mktemp -d"):gsub("%s+$", "")

local function write(name, count)
  local file = assert(io.open(folder .. "/" .. name, "w"))
  for i = 1, count do file:write(("room%06d-camera\n"):format(i)) end
  assert(file:close())
  return folder .. "/" .. name
end

local rounds = 0

-- Seconds that the report says, seconds of the process, and the KiB of its largest resident set.
local function resume(ids)
  rounds = rounds + 1
  local file = ("%s/report.%d"):format(folder, rounds)
  local whole, peak = run(("%senv HOME=%s %s spec/support/emulator/run.lua -- %s%s bin/streamctl "
    .. "resume - --vendor zego --report %s <%s 2>%s"):format("cd " .. quote(tools.root) .. " && "
    .. tools.env(tools.lua), quote(folder), tools.lua, MEASURE, tools.lua, quote(file),
    quote(ids), quote(folder .. "/err"))):match "%S+ (%S+) %S+ (%d+)\n$"
  local ended = tools.decode((run("tail -n 1 " .. quote(file))))
  assert(ended.record == "end" and ended.succeeded == ended.total, "not all was resumed")
  return ended.elapsed, tonumber(whole), tonumber(peak)
end

local function paced()
  local ids, least = write("some", SOME), (SOME / IN_A_REQUEST - 1) / RATE
  return { key = "paced", run = function()
    local elapsed, whole = resume(ids)
    return { of_least = elapsed / least, elapsed = elapsed, whole = whole }
  end }
end

local function many()
  local ids = write("many", MANY)
  return { key = "many", run = function()
    local elapsed, _, peak = resume(ids)
    return { mib = peak / 1024, elapsed = elapsed }
  end }
end

lists = figures.in_turn(tools.quick and 2 or 5, { paced() })
lists.many = figures.in_turn(1, { many() }).many
run("rm -rf " .. quote(folder))

local resumed = figures.spreads(lists)
local some, all = ("streamctl resume, %d streams"):format(SOME), ("streamctl resume, %d streams")
  :format(MANY)
figures.row(some .. " / the least at the documented rate", "x", resumed.paced.of_least, "<= 1.01")
figures.row(all .. ": largest resident set", "MiB", resumed.many.mib, "<= 64")
figures.detail(some .. ": the whole process", "s", resumed.paced.whole)
figures.detail(all, "s", resumed.many.elapsed)
report.paced, report.many = resumed.paced, resumed.many
return report
