-- The progress line: what it says, how often, and in how many columns.

local core = require "streamctl.core"
local helper = require "spec.pieces.cli.helper"
local progress = require "streamctl.cli.output.progress"

local NOW = { done = 1240, failed = 3 }

local function at(seconds) core.set_clock(1767323045, 1000 + seconds) end

local function begin(columns, total, rate, args)
  local stream = helper.stream()
  local invocation = helper.invocation(stream, { columns = columns, args = args })
  at(0)
  return progress.new(invocation, { total = total, rate = rate, name = "resume" }), stream,
    invocation
end

describe("the progress line", function()
  after_each(function() core.set_clock() end)

  local LINES = {
    { 80, 62, NOW, "[######    ] 1,240 of 2,000  3 failed  20.0/s  38 s left" },
    { 0, 62, NOW, "[######    ] 1,240 of 2,000  3 failed  20.0/s  38 s left" },
    { 200, 62, NOW, "[######    ] 1,240 of 2,000  3 failed  20.0/s  38 s left" },
    { 57, 62, NOW, "[######    ] 1,240 of 2,000  3 failed  20.0/s  38 s left" },
    { 56, 62, NOW, "1,240 of 2,000  3 failed  20.0/s  38 s left" },
    { 40, 62, NOW, "1,240 of 2,000  3 failed  38 s left" },
    { 30, 62, NOW, "1,240 of 2,000  3 failed" },
    { 16, 62, NOW, "1,240 of 2,000" },
    { 10, 62, NOW, "" },
    { 200, 1 / 1024, { done = 1999, failed = 1000000, unknown = 1000000 },
      "1,999 of 2,000  1,000,000 failed  1,000,000 unknown  2046976.0/s  277.8 h left",
      rate = 1e-6 },
    { 80, 0, { done = 0 }, "[          ] 0 of 2,000" },
    { 80, 100, { done = 2000, failed = 0, unknown = 2 },
      "[##########] 2,000 of 2,000  2 unknown  20.0/s  0 s left" },
    { 80, 10, { done = 100 }, "[          ] 100 of 2,000  10.0/s  3 min left", rate = 200 },
    { 80, 1, { done = 1 }, "[          ] 1 of 2,000  1.0/s  67 min left", rate = 0.5 },
  }
  for _, case in ipairs(LINES) do
    it(("fits into %d columns: %s"):format(case[1], case[4]), function()
      local line, stream = begin(case[1], 2000, case.rate)
      at(case[2])
      line:update(case[3])
      assert.equal("\r" .. case[4], (stream.text:gsub("\r$", "")))
      if case[1] > 0 then assert.is_true(#case[4] < case[1]) end
      assert.is_true(#case[4] <= 79)
    end)
  end

  it("is written ten times a second at most", function()
    local line, stream = begin(80, 2000)
    for i = 0, 100 do
      at(i / 64) -- exact in binary
      line:update { done = i }
    end
    local _, times = stream.text:gsub("\r", "")
    assert.equal(15, times) -- each 7/64 s
  end)

  it("leaves nothing of a longer line, and gives way to what is said and to the end", function()
    local line, stream, invocation = begin(80, 2000)
    -- What is written by a function.
    local function written(work)
      stream.text = ""
      work()
      return stream.text
    end
    local function show(now) return function() line:update(now) end end
    local function say(text) return function() invocation.say:note(text) end end
    local long = #written(show(NOW)) - 1
    at(1)
    local short = "\r[          ] 5 of 2,000  5.0/s  7 min left"
    assert.equal(short .. (" "):rep(long - #short + 1), written(show { done = 5 }))
    assert.equal("\r" .. (" "):rep(#short - 1) .. "\rstopped\n", written(say "stopped"))
    assert.equal("again\n", written(say "again"))
    at(2)
    line:update { done = 5 }
    assert.matches("^\r +\r$", written(function() line:finish() end))
    assert.equal("done\n", written(say "done"))
  end)

  it("is nothing with --quiet", function()
    local line, stream = begin(80, 2000, nil, { quiet = true })
    line:update(NOW)
    assert.equal("", stream.text)
  end)

  it("is a line each ten seconds with --progress plain, and a last one", function()
    local line, stream = begin(nil, 100, nil, { progress = "plain" })
    for i = 0, 25 do
      at(i)
      line:update { done = i }
    end
    line:finish()
    assert.equal("resume: 10 of 100  1.0/s  90 s left\nresume: 20 of 100  1.0/s  80 s left\n"
      .. "resume: 25 of 100  1.0/s  75 s left\n", stream.text)
  end)
end)
