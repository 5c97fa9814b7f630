-- `make simulate` in a built checkout, with these variables of the environment:
--
--   SEEDS=1-3000   runs seeds, and prints each broken promise; 1-1000 by itself, 1- without end
--   SEED=104       a seed with its trace; with SHRINK=1 the shortest trace that still fails
--   CPU_SECONDS=60 runs no further seed after so long
--   TWICE=1        runs each seed twice, and compares the traces
--   MUTANTS=1      breaks the library by each mutant of mutants.lua: the judge finds all
--
-- Status 0 when no promise is broken. The last line is "N passed, N failed".

local mutate = require "spec.simulation.mutate"

local guesses = require "spec.support.model.guesses"
local once_red = require "spec.simulation.once_red"
local simulate = require "spec.simulation.simulate"
local work = require "spec.simulation.work"

local run = {}

local function show(seed, fault)
  print(("seed %d, call %s, at %.3f: %s: %s"):format(seed, tostring(fault.op), fault.time,
    fault.check, fault.text:sub(1, 300)))
end

-- ---- many seeds ----

local function is_the_same(seed, trace)
  local _, again = simulate(work.config(seed), true)
  return table.concat(again.trace, "\n") == table.concat(trace, "\n")
end

-- Runs seeds from one to another, or for some seconds; before the first one those that were red.
-- Returns how many broke no promise and how many did.
function run.seeds(from, to, seconds, twice)
  local began, totals, passed, failed = os.clock(), { requests = 0, hours = 0 }, 0, 0
  for at = from == 1 and from - #once_red or from, to do
    local seed = once_red[from - at] or at
    if seconds and os.clock() - began > seconds then break end
    local faults, world = simulate(work.config(seed), twice)
    totals.requests, totals.hours = totals.requests + #world.log, totals.hours + world.now / 3600
    if twice and not is_the_same(seed, world.trace) then
      faults[#faults + 1] = { check = "a seed is the same each time", text = "", time = 0 }
    end
    local shown = {}
    for _, fault in ipairs(faults) do -- the first one of each check
      if not shown[fault.check] then show(seed, fault) end
      shown[fault.check] = true
    end
    local wanted = os.getenv "WANTED" -- by which a mutant is noticed
    if wanted and (shown[wanted] or wanted == "any" and faults[1]) then break end
    if faults[1] then failed = failed + 1 else passed = passed + 1 end
  end
  local cpu = os.clock() - began
  print(("%d requests and %.1f hours of virtual time in %.1f s of the processor: %.0f a second")
    :format(totals.requests, totals.hours, cpu, totals.requests / cpu))
  return passed, failed
end

-- ---- one seed, as short as it can be ----

local function breaks(config, check)
  for _, fault in ipairs(simulate(config)) do
    if fault.check == check then return true end
  end
  return false
end

-- Keeps a change of the configuration if the promise is broken all the same.
local function try(config, check, change, undo)
  change()
  if not breaks(config, check) then undo() end
end

local function leave_out_calls(config, check)
  local size = math.ceil(config.count / 2)
  while size >= 1 do
    for from = 1, config.count, size do
      local taken = {}
      for i = from, math.min(from + size - 1, config.count) do
        if not config.without[i] then taken[#taken + 1] = i end
      end
      local function set(value)
        for _, i in ipairs(taken) do config.without[i] = value end
      end
      if taken[1] then try(config, check, function() set(true) end, function() set(nil) end) end
    end
    size = size > 1 and math.ceil(size / 2) or 0
  end
end

local PLAIN = { has_bad_ids = false, jitter = 0, store = "memory", is_skewed = false, rotation = 0,
  lag = 0, refuses = false, listens = false }

-- Leaves out calls in ever smaller parts, then events, faults and all else.
function run.shrink(seed)
  local config = work.config(seed)
  local faults = simulate(config)
  if not faults[1] then return config end
  local check = faults[1].check
  config.without = {}
  leave_out_calls(config, check)
  for i = #config.events, 1, -1 do
    local gone = config.events[i]
    try(config, check, function() table.remove(config.events, i) end,
      function() table.insert(config.events, i, gone) end)
  end
  for _, part in ipairs { config.faults, config.guesses, config } do
    local plain = part == config and PLAIN or part == config.guesses and guesses.first()
    for name in pairs(plain or part) do
      local old = part[name]
      try(config, check, function() part[name] = plain and plain[name] or not plain and 0 end,
        function() part[name] = old end)
    end
  end
  return config
end

function run.one(seed, shrinks)
  local config = shrinks and run.shrink(seed) or work.config(seed)
  local faults, world = simulate(config, true)
  print(table.concat(world.trace, "\n"))
  print(("seed %d: %d hosts, store %s, rate %s"):format(seed, config.hosts, config.store,
    tostring(config.limit)))
  for name, value in pairs(config.faults) do if value > 0 then print("fault", name, value) end end
  for _, fault in ipairs(faults) do show(seed, fault) end
  return faults[1] and 0 or 1, faults[1] and 1 or 0
end

local function main()
  local from, to = (os.getenv "SEEDS" or "1-1000"):match "^(%d+)%-(%d*)$"
  local seconds, seed = tonumber(os.getenv "CPU_SECONDS"), tonumber(os.getenv "SEED")
  local passed, failed
  if not from then
    print("SEEDS must be two numbers, such as 1-3000, got " .. os.getenv "SEEDS")
    os.exit(2)
  elseif (os.getenv "MUTANTS" or "") ~= "" then
    passed, failed = mutate.all(require "spec.simulation.mutants", "1-400")
  elseif seed then
    passed, failed = run.one(seed, os.getenv "SHRINK")
  else
    passed, failed =
      run.seeds(tonumber(from), tonumber(to) or math.huge, seconds, os.getenv "TWICE")
  end
  print(("%d passed, %d failed"):format(passed, failed))
  os.exit(failed == 0 and passed > 0 and 0 or 1)
end

main()
