-- The progress line: what it says, how often, and in how many columns.

local core = require "streamctl.core"
local helper = require "spec.unit.cli.helper"
local progress = require "streamctl.cli.output.progress"

local NOW = { done = 1240, failed = 3, elapsed = 62 }

local function begin(options)
  local stream = helper.stream()
  local invocation = helper.invocation(stream, options)
  return progress.new(invocation, { total = options.total, verb = "resuming" }), stream,
    invocation
end

describe("the progress line", function()
  before_each(function() core.set_clock(1767323045, 1000) end)
  after_each(function() core.set_clock() end)

  local LINES = {
    { 80, NOW, "[######    ] 1,240 of 2,000  3 failed  20.0/s  00:38 left" },
    { 0, NOW, "[######    ] 1,240 of 2,000  3 failed  20.0/s  00:38 left" },
    { 200, NOW, "[######    ] 1,240 of 2,000  3 failed  20.0/s  00:38 left" },
    { 58, NOW, "[######    ] 1,240 of 2,000  3 failed  20.0/s  00:38 left" },
    { 57, NOW, "1,240 of 2,000  3 failed  20.0/s  00:38 left" },
    { 40, NOW, "1,240 of 2,000  3 failed  00:38 left" },
    { 30, NOW, "1,240 of 2,000  3 failed" },
    { 16, NOW, "1,240 of 2,000" },
    { 10, NOW, "" },
    { 200, { done = 1999, failed = 1000000, unknown = 1000000, elapsed = 0.001, left = 999999 },
      "1,999 of 2,000  1,000,000 failed  1,000,000 unknown  277:46:39 left" },
    { 80, { done = 0, elapsed = 0 }, "[          ] 0 of 2,000" },
    { 80, { done = 2000, failed = 0, unknown = 2, elapsed = 100, left = 0 },
      "[##########] 2,000 of 2,000  2 unknown  20.0/s  00:00 left" },
    { 80, { done = 1, failed = 0, elapsed = 1, left = 4521 },
      "[          ] 1 of 2,000  1.0/s  1:15:21 left" },
  }
  for _, case in ipairs(LINES) do
    it(("fits into %d columns: %s"):format(case[1], case[3]), function()
      local line, stream = begin { columns = case[1], total = 2000 }
      line:update(case[2])
      assert.equal("\r" .. case[3], (stream.text:gsub("\r$", "")))
      if case[1] > 0 then assert.is_true(#case[3] < case[1]) end
      assert.is_true(#case[3] <= 79)
    end)
  end

  it("says how many where nobody knows of how many", function()
    local line, stream = begin { columns = 80 }
    line:update(NOW)
    assert.equal("\r1,240  3 failed  20.0/s", stream.text)
  end)

  it("is written ten times a second at most", function()
    local line, stream = begin { columns = 80, total = 2000 }
    for i = 0, 100 do
      core.set_clock(1767323045, 1000 + i / 64) -- exact in binary
      line:update { done = i, elapsed = i / 64 }
    end
    local _, times = stream.text:gsub("\r", "")
    assert.equal(15, times) -- each 7/64 s
  end)

  it("leaves nothing of a longer line before", function()
    local line, stream = begin { columns = 80, total = 2000 }
    line:update(NOW)
    local before = #stream.text - 1
    core.set_clock(1767323045, 1001)
    stream.text = ""
    line:update { done = 5, elapsed = 0 }
    assert.equal("\r[          ] 5 of 2,000", (stream.text:gsub(" *$", "")))
    assert.equal(before, #stream.text - 1)
  end)

  it("gives way to what is said, and to the end", function()
    local line, stream, invocation = begin { columns = 80, total = 2000 }
    line:update(NOW)
    local drawn = stream.text
    stream.text = ""
    invocation.say:note "stopped"
    local cleared = "\r" .. (" "):rep(#drawn - 1) .. "\r"
    assert.equal(cleared .. "stopped\n", stream.text)
    stream.text = ""
    invocation.say:note "again"
    assert.equal("again\n", stream.text)
    core.set_clock(1767323045, 1001)
    line:update(NOW)
    stream.text = ""
    line:finish()
    assert.equal(cleared, stream.text)
    invocation.say:note "done"
    assert.equal(cleared .. "done\n", stream.text)
  end)

  local MODES = {
    { "nothing without a terminal", {}, {}, "none" },
    { "nothing with --progress none", { progress = "none" }, { columns = 80 }, "none" },
    { "nothing with --quiet", { quiet = true }, { columns = 80 }, "none" },
    { "a line with NO_COLOR, which is about colours", {},
      { columns = 80, environment = { NO_COLOR = "1" } }, "bar" },
    { "whole lines on a dumb terminal", {}, { columns = 80, environment = { TERM = "dumb" } },
      "plain" },
    { "nothing on what is no terminal, dumb or not", {}, { environment = { TERM = "dumb" } },
      "none" },
    { "whole lines with --progress plain", { progress = "plain" }, {}, "plain" },
  }
  for _, case in ipairs(MODES) do
    it("is " .. case[1], function()
      local options = case[3]
      options.args, options.total = case[2], 2000
      local line, stream = begin(options)
      line:update(NOW)
      core.set_clock(1767323045, 1010)
      line:update(NOW)
      local expected = {
        none = "", bar = "\r.*\r.*",
        plain = "resuming: 1,240 of 2,000  3 failed  20%.0/s  00:38 left\n",
      }
      assert.truthy(stream.text:find("^" .. expected[case[4]] .. "$"), stream.text)
    end)
  end

  it("is a line each ten seconds with --progress plain, and a last one", function()
    local line, stream = begin { args = { progress = "plain" }, total = 100 }
    for i = 0, 25 do
      core.set_clock(1767323045, 1000 + i)
      line:update { done = i, elapsed = i }
    end
    line:finish()
    assert.equal("resuming: 10 of 100  1.0/s  01:30 left\nresuming: 20 of 100  1.0/s  01:20 left\n"
      .. "resuming: 25 of 100  1.0/s  01:15 left\n", (stream.text:gsub("  +", "  ")))
  end)
end)
