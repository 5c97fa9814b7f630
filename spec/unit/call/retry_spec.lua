-- Whether a failed attempt is followed by another, and after how long.

local retry = require "streamctl.call.retry"

local ALMOST_ONE = 1 - 2 ^ -53

local function decide(changes, random, policy)
  local fact = { attempt = 1, left = 15, least = 0, safe = true, tokens = 500, retryable = true,
    maybe_executed = false }
  for name, value in pairs(changes) do fact[name] = value end
  return retry.decide(policy or retry.defaults, fact, function() return random or 0.5 end)
end

describe("another attempt", function()
  local REFUSED = {
    { "final", { retryable = false } },
    { "final", { retryable = false, safe = false, maybe_executed = true } },
    { "final", { retryable = false, immediate = true } },
    { "unsafe", { safe = false, maybe_executed = true } },
    { "unsafe", { safe = false, maybe_executed = true, retry_after = 1 } },
    { "attempts", { attempt = 3 } }, { "attempts", { attempt = 4 } }, { "budget", { tokens = 4 } },
    { "budget", { tokens = 0 } }, { "time", { left = 0.1 } }, { "time", { left = 0 } },
    { "time", { left = 0, immediate = true } }, { "time", { retry_after = 15 } },
    { "time", { retry_after = 60 } }, { "time", { left = 3.05, least = 3 } },
    { "time", { left = 3, least = 3, immediate = true } },
  }

  for i, case in ipairs(REFUSED) do
    it("is refused: " .. case[1] .. ", case " .. i, function()
      local delay, why = decide(case[2])
      assert.is_nil(delay)
      assert.equal(case[1], why)
    end)
  end

  it("is granted when nothing speaks against it", function()
    assert.equal(0.1, decide {})
    assert.equal(0.1, decide { safe = false })
    assert.equal(0.1, decide { maybe_executed = true })
    assert.equal(0.1, decide { tokens = 5 })
    assert.equal(0.2, decide { attempt = 2 })
    assert.equal(0.1, decide { left = 0.11 })
    assert.equal(14.9, decide { retry_after = 14.9 })
    assert.equal(0.1, decide { left = 3.11, least = 3 })
  end)

  it("waits from nothing to base, twice base, four times base, but not above cap", function()
    local policy = { attempts = 100, base = 0.2, cap = 5 }
    for attempt, most in ipairs { 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, 5 } do
      assert.equal(0, decide({ attempt = attempt }, 0, policy))
      local wait = decide({ attempt = attempt }, ALMOST_ONE, policy)
      assert.is_true(wait <= most and wait > most * 0.999, attempt)
    end
    assert.is_true(decide({ attempt = 99 }, ALMOST_ONE, policy) <= 5)
    assert.equal(0.25, decide({}, 0.5, { attempts = 2, base = 1, cap = 0.5 }))
  end)

  it("waits as long as the vendor says, whatever we would have chosen", function()
    assert.equal(7, decide({ retry_after = 7 }, 0))
    assert.equal(0.01, decide({ retry_after = 0.01 }, ALMOST_ONE))
  end)

  it("does not wait when what was wrong is corrected", function()
    assert.equal(0, decide({ immediate = true }))
    assert.equal(0, decide({ immediate = true, retry_after = 9 }))
  end)

  it("tells the wait that did not fit", function()
    local _, why, needed = decide { retry_after = 60 }
    assert.same({ "time", 60 }, { why, needed })
  end)
end)
