-- The view of a watch: how a frame fits a terminal, and how it is written.

local helper = require "spec.pieces.cli.helper"
local view = require "streamctl.cli.output.view"

local function plain(_, value) return value end

local function rows(name, count)
  local list = {}
  for i = 1, count do list[i] = { name .. i } end
  return list
end

-- A model of three lines, and so many failures and changes.
local function model(failures, changes, total)
  return {
    head = { { "12:03:07 UTC" }, { "40 streams  30 live", "heading" }, { "look 2" } },
    sections = {
      { heading = "FAILURES", rows = rows("f", failures), total = failures },
      { heading = "CHANGES", rows = rows("c", changes), total = total or changes },
    },
  }
end

local HEAD = { "12:03:07 UTC", "40 streams  30 live", "look 2" }

-- Failures, changes (and how many there were), rows of the terminal; the lines below the head.
local CASES = {
  { 0, 0, nil, 24, {} },
  { 0, 2, nil, 24, { "", "CHANGES", "c1", "c2" } },
  { 1, 2, nil, 24, { "", "FAILURES", "f1", "", "CHANGES", "c1", "c2" } },
  { 0, 9, nil, 10, { "", "CHANGES", "c1", "c2", "c3", "... and 6 more" } },
  { 0, 4, nil, 10, { "", "CHANGES", "c1", "c2", "c3", "c4" } },
  { 0, 4, 1204, 24, { "", "CHANGES", "c1", "c2", "c3", "c4", "... and 1,200 more" } },
  { 9, 9, nil, 14, { "", "FAILURES", "f1", "f2", "... and 7 more", "", "CHANGES", "c1", "c2",
    "... and 7 more" } },
  { 1, 9, nil, 12, { "", "FAILURES", "f1", "", "CHANGES", "c1", "c2", "... and 7 more" } },
  { 9, 0, nil, 9, { "", "FAILURES", "f1", "f2", "... and 7 more" } },
  { 2, 2, nil, 8, { "", "FAILURES", "f1", "f2" } }, -- failures go before changes
  { 2, 2, nil, 7, { "", "FAILURES", "... and 2 more" } },
  { 2, 2, nil, 6, {} },
}

describe("a view", function()
  for _, case in ipairs(CASES) do
    local name = ("fits %d failures and %d changes into %d rows"):format(case[1], case[2], case[4])
    it(name, function()
      local expected = {}
      for _, line in ipairs(HEAD) do expected[#expected + 1] = line end
      for _, line in ipairs(case[5]) do expected[#expected + 1] = line end
      local lines = view.frame(model(case[1], case[2], case[3]), 80, case[4], plain)
      assert.same(expected, lines)
      assert.is_true(#lines < case[4])
    end)
  end

  it("fits any number of rows and columns", function()
    for height = 1, 30 do
      for _, counts in ipairs { { 0, 0 }, { 0, 3 }, { 30, 0 }, { 30, 30 }, { 1, 200 } } do
        local lines = view.frame(model(counts[1], counts[2], 300), height, height, plain)
        assert.is_true(#lines <= math.max(height - 1, 1))
        for _, line in ipairs(lines) do assert.is_true(#line <= math.max(height - 1, 1)) end
      end
    end
  end)

  it("cuts long lines, by characters, and paints what is left", function()
    local function paint(name, value)
      return name and "<" .. name .. ":" .. value .. ">" or value
    end
    local head = { { "größer", "live" }, { "größer" } }
    for columns, line in pairs {
      [80] = "größer", [7] = "größer", [6] = "gr...", [4] = "...", [2] = ".", [1] = ".",
    } do
      local lines = view.frame({ head = head, sections = {} }, columns, 9, paint)
      assert.same({ "<live:" .. line .. ">", line }, lines)
    end
  end)

  it("shows nothing that steers a terminal", function()
    local lines = view.frame({ head = { { "a\27[2Jb\n\7" } }, sections = {} }, 80, 9, plain)
    assert.same({ "a?[2Jb ?" }, lines)
  end)

  describe("on a terminal", function()
    local shown, stream, size

    before_each(function()
      stream, size = helper.stream(), { 80, false, 5 }
      local out = helper.out("table", { columns = 80 })
      out.stream = stream
      shown = view.new { out = out, terminal = function() return size[1], size[2], size[3] end,
        environment = function() end, say = {} }
    end)

    local function drawn(lines, anew)
      stream.text, stream.calls = "", 0
      shown:draw({ head = lines, sections = {} }, anew)
      assert.is_true(stream.calls <= 1)
      return stream.text
    end

    it("writes a frame over the one before, in one piece", function()
      assert.equal("full", stream.buffering)
      assert.equal("\27[?2026h\27[?7l\n\n\n\n\n\27[Ha\27[K\r\nb\27[K\r\n\27[J\27[?7h\27[?2026l",
        drawn { { "a" }, { "b" } })
      assert.equal("\27[?2026h\27[?7l\27[Hc\27[K\r\n\27[J\27[?7h\27[?2026l", drawn { { "c" } })
      assert.equal("\27[?2026h\27[?7l\n\n\n\n\n\27[Hc\27[K\r\n\27[J\27[?7h\27[?2026l",
        drawn({ { "c" } }, true))
      shown:close()
      assert.truthy(stream.text:find("\r\27[J", 1, true))
    end)

    it("asks for the size each time", function()
      drawn { { "abcdefgh" } }
      size = { 5, false, 1 }
      assert.equal("\27[?2026h\27[?7l\27[Ha...\27[J\27[?7h\27[?2026l", drawn { { "abcdefgh" } })
      size = { 0, false, 0 } -- a terminal that does not say
      assert.truthy(drawn({ { "abcdefgh" } }, true):find(("\n"):rep(24), 1, true))
    end)

    it("leaves the terminal alone in the background", function()
      size[2] = true
      assert.equal("", drawn { { "a" } })
      shown:close()
      assert.equal("", stream.text)
      size[2] = false
      assert.truthy(drawn({ { "a" } }):find("\n\n\n\n\n", 1, true))
    end)

    it("is none elsewhere", function()
      local function made(format, columns, term, verbose)
        return view.new { out = { format = format, stream = stream }, say = { verbose = verbose },
          terminal = function() return columns end, environment = function() return term end }
      end
      assert.is_nil(made("jsonl", 80, "xterm"))
      assert.is_nil(made("table", 80, "xterm", true)) -- which writes to stderr meanwhile
      assert.is_nil(made("table", nil, "xterm"))
      assert.is_nil(made("table", 80, "dumb"))
      assert.truthy(made("table", 80, "xterm"))
    end)
  end)
end)
