-- The soak, short: `make soak` runs it for an hour.

local soak = require "spec.world.faults.soak"

describe("the soak", function()
  it("ends every call in time with a known code, and leaves nothing behind", function()
    local seed = os.time() % 1000000 + 1
    local result = soak.run(_VERSION == "Lua 5.4" and 10 or 4, seed)
    print(("seed %d: %s"):format(seed, soak.text(result)))
    assert.is_nil(soak.problem(result))
    assert.is_true(result.calls > 50)
  end)
end)
