-- Times and durations of a command line.

local times = require "streamctl.cli.times"

describe("times", function()
  it("are UTC text, Unix seconds, or from now", function()
    for text, seconds in pairs {
      ["1970-01-01T00:00:00Z"] = 0, ["2026-01-02T03:04:05Z"] = 1767323045,
      ["2026-01-02 03:04:05"] = 1767323045, ["2026-01-02T03:04Z"] = 1767323040,
      ["2024-02-29T23:59:59Z"] = 1709251199, ["2000-03-01T00:00:00Z"] = 951868800,
      ["9999-12-31T23:59:59Z"] = 253402300799, ["1767323045"] = 1767323045,
      ["+90s"] = 1090, ["+90"] = 1090, ["+1h30m"] = 1000 + 5400, ["+2d"] = 1000 + 172800,
    } do
      assert.equal(seconds, times.read(text, 1000), text)
    end
    local now = os.time()
    assert.is_true(times.read "+10s" >= now + 10)
  end)

  it("say what was expected", function()
    for _, text in ipairs { "", "tomorrow", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
      "2025-02-29T00:00:00Z", "2026-01-02T24:00:00Z", "2026-01-02T03:60:00Z", "2026-01-02",
      "2026-01-02T03:04:5Z", "1969-12-31T23:59:59Z", "2026-01-02T03:04:05+01:00", "12345", "+",
      "+0s", "+1.5h", "+-1h", "+1x", "-1h", "+9999999999999999s", "99999999999999" } do
      local seconds, why = times.read(text, 1000)
      assert.is_nil(seconds, text)
      assert.truthy(why:find("expected a time in UTC", 1, true))
    end
  end)

  it("come back as text", function()
    assert.equal("2026-01-02T03:04:05Z", times.text(1767323045))
  end)

  it("last", function()
    for text, seconds in pairs { ["90"] = 90, ["90s"] = 90, ["45m"] = 2700, ["1h30m"] = 5400,
      ["2d"] = 172800, ["1d1h1m1s"] = 90061 } do
      assert.equal(seconds, times.duration(text))
    end
    for _, text in ipairs { "", "0", "1.5h", "-1", "h", "1h30", "1 h", "99999999999999d",
      "9223372036854775807d200000s" } do
      assert.matches("1h30m", select(2, times.duration(text)), 1, true)
    end
  end)

  it("are refused with the name of their flag", function()
    local convert = times.converter("--timeout", times.duration)
    assert.equal(90, convert "90s")
    assert.matches("^%-%-timeout 'soon': expected a number of seconds", select(2, convert "soon"))
    assert.is_false(times.converter("--tolerance", function() return false end) "any")
  end)
end)
