local bench = require "spec.world.loops.bench"

describe("the loop of those who block", function()
  bench.declare {
    name = "blocking", blocks = true, loop = require "streamctl.loop.blocking",
    run = function(fn)
      fn()
      return 0
    end,
  }
end)
