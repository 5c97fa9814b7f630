-- The chaos of spec/world/queue/chaos with workers in timers of nginx.

local run = require "spec.world.queue.chaos.run"

describe("jobs in the chaos", function()
  it("are done by workers of nginx", function()
    local problems, figures = run.judged { in_nginx = true }
    print(figures)
    assert.equal("", problems)
  end)
end)
