-- When there are colours, and on what.

local colour = require "streamctl.cli.output.colour"
local helper = require "spec.unit.cli.helper"

-- mode, terminal, environment, wanted
local CASES = {
  { nil, true, {}, true },
  { "auto", true, {}, true },
  { "auto", false, {}, false },
  { "auto", true, { NO_COLOR = "1" }, false },
  { "auto", true, { TERM = "dumb" }, false },
  { "auto", true, { TERM = "xterm" }, true },
  { "never", true, {}, false },
  { "always", false, {}, true },
  { "always", true, { NO_COLOR = "1", TERM = "dumb" }, true },
}

describe("colours", function()
  for _, case in ipairs(CASES) do
    local mode, terminal, variables, wanted = case[1], case[2], case[3], case[4]
    it(("%s there with --color %s %s a terminal, NO_COLOR=%s TERM=%s"):format(
      wanted and "are" or "are not", tostring(mode), terminal and "on" or "without",
      tostring(variables.NO_COLOR), tostring(variables.TERM)), function()
      assert.equal(wanted, colour.wanted(mode, terminal, function(name)
        return variables[name]
      end))
    end)
  end

  it("mark headings and states, and change no alignment", function()
    local function text_of(coloured)
      local out, stream = helper.out("table", { colour = coloured })
      local rows = out:rows { { "item", "STREAM" }, { "state", "STATE" }, { "code", "CODE" } }
      for _, state in ipairs { "ok", "failed", "unknown", "unsent", "other" } do
        rows:add { item = "failed", state = state, code = "x" }
      end
      rows:close()
      return stream.text
    end
    local coloured = text_of(true)
    assert.truthy(coloured:find("\27[1mSTREAM\27[0m", 1, true))
    assert.truthy(coloured:find("failed  \27[31mfailed\27[0m   x", 1, true))
    assert.truthy(coloured:find("\27[32mok\27[0m", 1, true))
    assert.truthy(coloured:find("\27[33munknown\27[0m", 1, true))
    local plain = text_of(false)
    assert.is_nil(plain:find("\27", 1, true))
    assert.equal(plain, (coloured:gsub("\27%[%d+m", "")))
  end)
end)
