-- Whatever is killed, jobs are done as docs/queue.md promises. The seed of a run is printed; with
-- CHAOS_SEED and the other variables of spec/queue/chaos/run.lua a run comes again, or larger.

local redis_server = require "spec.store.redis_server"
local run = require "spec.queue.chaos.run"

-- The first Lua tries all kinds of stores; the others, and quick runs, try a single server.
local STORES = { single = "one Redis", cluster = "a cluster of three",
  sentinel = "a master with a replica, which Sentinels replace" }

describe("jobs in the chaos", function()
  for store, text in pairs(STORES) do
    it("are done on " .. text, function()
      if not redis_server.library() then return pending(select(2, redis_server.library())) end
      local is_first = _VERSION == "Lua 5.4" and not os.getenv "QUICK"
      if store ~= "single" and not is_first then return end
      local problems, figures = run.judged { store = store }
      print(figures)
      assert.equal("", problems)
    end)
  end
end)
