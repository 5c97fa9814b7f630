local bench = require "spec.loops.bench"
local contract = require "spec.loops.contract"
local tasks = require "streamctl.loop.tasks"

local busted = { it = it, setup = setup, teardown = teardown, before_each = before_each,
  after_each = after_each }

describe("the loop of our tasks", function()
  bench.declare(busted, contract, {
      name = "auto", loop = tasks, waits_in_engine = true, -- found by itself
      run = function(fn)
        tasks.run(fn)
        return 0
      end,
    })
end)
