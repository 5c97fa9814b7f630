-- `make soak`: the chaos from the command line, in runs of 25 kills each. usage: soak_run.lua KILLS
-- [SEED]

local run = require "spec.world.queue.chaos.run"

local kills, seed = tonumber(arg[1]) or 500, tonumber(arg[2]) or os.time() % 1000000 + 1
local STORES, RUN = { "single", "sentinel" }, 25

io.stdout:setvbuf "line"
print(("chaos: %d kills from seed %d (CHAOS_IDS=20000 CHAOS_KICKS=2000 CHAOS_OBJECTS=500)"):format(
  kills, seed))
local failed = 0
for i = 1, math.ceil(kills / RUN) do
  local problems, figures = run.judged { seed = seed + i - 1, kills = RUN, ids = 20000,
    kicks = 2000, objects = 500, workers = 4 + i % 3 * 4, store = STORES[i % #STORES + 1],
    in_nginx = i % 4 == 0 }
  print(figures .. "\n" .. problems)
  if problems ~= "" then failed = failed + 1 end
end
print(failed == 0 and "nothing lost, nothing twice" or failed .. " runs failed")
os.exit(failed == 0 and 0 or 1)
