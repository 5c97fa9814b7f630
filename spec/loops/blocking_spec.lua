local bench = require "spec.loops.bench"
local contract = require "spec.loops.contract"

local busted = { it = it, setup = setup, teardown = teardown, before_each = before_each,
  after_each = after_each }

describe("the loop of those who block", function()
  bench.declare(busted, contract, {
      name = "blocking", blocks = true, loop = require "streamctl.loop.blocking",
      run = function(fn)
        fn()
        return 0
      end,
    })
end)
