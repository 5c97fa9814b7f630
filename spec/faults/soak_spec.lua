-- The soak, short: `make soak` runs it for an hour. The first interpreter gets more of it than the
-- others.

local soak = require "spec.faults.soak"

describe("the soak", function()
  it("ends every call in time with a known code, and leaves nothing behind", function()
    local seed = os.time() % 1000000 + 1
    local result = soak.run { seconds = _VERSION == "Lua 5.4" and 10 or 4, seed = seed }
    print(("soak, seed %d: %s"):format(seed, table.concat(soak.lines(result), "\n  ")))
    assert.is_nil(soak.problem(result))
    assert.is_true(result.calls > 50)
  end)
end)
