-- `make soak`: the soak from the command line. usage: soak_run.lua SECONDS [SEED]
local soak = require "spec.world.faults.soak"

local seconds, seed = tonumber(arg[1]) or 3600, tonumber(arg[2]) or os.time() % 1000000 + 1
print(("soak: %g s, seed %d (%s)"):format(seconds, seed, _VERSION))
local result = soak.run(seconds, seed)
local problem = soak.problem(result)
print(soak.text(result) .. "\n" .. (problem or "flat, and nothing was lost"))
os.exit(problem and 1 or 0)
