-- Whatever is killed, jobs are done as docs/explanation/jobs.md promises. The seed of a run is
-- printed; CHAOS_SEED and the other variables of spec/world/queue/chaos/run.lua repeat or enlarge a
-- run.

local redis_server = require "spec.world.store.redis_server"
local run = require "spec.world.queue.chaos.run"

-- A quick run, and all Luas but one, try a single server only.
local is_short = os.getenv "QUICK" or _VERSION ~= "Lua 5.4"

local STORES = is_short and { "single" } or { "single", "sentinel" }

describe("jobs in the chaos", function()
  for _, store in ipairs(STORES) do
    it("are done: " .. store, function()
      if not redis_server.library() then return pending(select(2, redis_server.library())) end
      local problems, figures = run.judged { store = store }
      print(figures)
      assert.equal("", problems)
    end)
  end
end)
