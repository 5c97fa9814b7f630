-- Whatever is killed, jobs are done as docs/queue.md promises. The seed of a run is printed; with
-- CHAOS_SEED and the other variables of spec/queue/chaos/run.lua a run comes again, or larger.

local redis_server = require "spec.store.redis_server"
local run = require "spec.queue.chaos.run"

-- A quick run, and all Luas but one, try a single server only.
local is_short = os.getenv "QUICK" or _VERSION ~= "Lua 5.4"

local RUNS = { { store = "single", kills = 5 } }
if not is_short then RUNS[2], RUNS[3] = { store = "cluster", kills = 5 }, { store = "sentinel" } end

describe("jobs in the chaos", function()
  for _, sizes in ipairs(RUNS) do
    it("are done: " .. sizes.store, function()
      if not redis_server.library() then return pending(select(2, redis_server.library())) end
      local problems, figures = run.judged(sizes)
      print(figures)
      assert.equal("", problems)
    end)
  end
end)
