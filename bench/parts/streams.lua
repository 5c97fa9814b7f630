-- The command's `resume`, by the emulator and at the documented rate: how long 2,000 streams take
-- beside the least that the rate allows, and how large the process gets with 100,000.

local tools = ...
local quote, run, figures = tools.quote, tools.run, tools.figures

local RATE, IN_A_REQUEST = 20, 20
local SOME, MANY = tools.quick and 200 or 2000, tools.quick and 2000 or 100000
local MEASURE = tools.pin(1) .. quote(tools.build .. "/bench/measure") .. " "

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
  local report = ("%s/report.%d"):format(folder, rounds)
  local whole, peak = run(("%senv HOME=%s %s spec/emulator/run.lua -- %s%s bin/streamctl resume - "
    .. "--vendor zego --report %s <%s 2>%s"):format("cd " .. quote(tools.root) .. " && "
    .. tools.env(tools.lua), quote(folder), tools.lua, MEASURE, tools.lua, quote(report),
    quote(ids), quote(folder .. "/err"))):match "%S+ (%S+) %S+ (%d+)\n$"
  local ended = tools.decode((run("tail -n 1 " .. quote(report))))
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

local lists = figures.in_turn(tools.quick and 2 or 5, { paced() })
lists.many = figures.in_turn(1, { many() }).many
run("rm -rf " .. quote(folder))

local report = figures.spreads(lists)
local some, all = ("streamctl resume, %d streams"):format(SOME), ("streamctl resume, %d streams")
  :format(MANY)
figures.row(some .. " / the least at the documented rate", "x", report.paced.of_least, "<= 1.01")
figures.row(all .. ": largest resident set", "MiB", report.many.mib, "<= 64")
figures.detail(some .. ": the whole process", "s", report.paced.whole)
figures.detail(all, "s", report.many.elapsed)
return report
