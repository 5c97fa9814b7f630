local bench = require "spec.world.loops.bench"
local tasks = require "streamctl.loop.tasks"

describe("the loop of our tasks", function()
  bench.declare {
    name = "auto", loop = tasks, waits_in_engine = true, -- found by itself
    run = function(fn)
      tasks.run(fn)
      return 0
    end,
  }
end)
