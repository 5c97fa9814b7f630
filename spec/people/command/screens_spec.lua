-- What people see: progress and tables on terminals of different widths and kinds, and in a pipe.

local command = require "spec.support.command"
local screen = require "spec.support.screen"

-- A bulk command that plays its part by a clock of its own.
local PLAYED = [[
  package.preload["streamctl.cli.commands.ops"] = function()
    local core = require "streamctl.core"
    return {
      name = "ops", summary = "Played", takes = require("streamctl.cli.flags").bulk,
      run = function(invocation)
        local function at(seconds) core.set_clock(1767323045, 1000 + seconds) end
        at(0)
        local progress = require("streamctl.cli.output.progress").new(invocation,
          { total = 2000, name = "resume" })
        progress:update { done = 0 }
        at(31)
        progress:update { done = 620, failed = 3 }
        at(31.0625)
        progress:update { done = 621, failed = 3 }
        invocation.say:note "8 requests are finishing, Ctrl-C again stops at once"
        at(62)
        progress:update { done = 1240, failed = 1000, unknown = 1 }
        at(70)
        progress:update { done = 1400, failed = 1 }
        local rows = invocation.out:rows { { "item", "STREAM" }, { "state", "STATE" },
          { "message", "MESSAGE" }, id = "item" }
        rows:add { item = "größe-1", state = "failed",
          message = "access_denied: \27[2J\7the account may not do this" }
        rows:add { item = "live-2", state = "unknown", message = "timeout: 15 s" }
        rows:add { item = "l3", state = "ok" }
        rows:close()
        progress:finish()
        invocation.say:warn "stopped by SIGINT"
        return 130
      end,
    }
  end
]]

local TABLE = {
  "STREAM   STATE    MESSAGE",
  "größe-1  failed   access_denied: ?[2J?the account may not do this",
  "live-2   unknown  timeout: 15 s",
  "l3       ok       -",
}

local COLOURED = { "1 STREAM", "1 STATE", "1 MESSAGE", "31 failed", "33 unknown", "32 ok" }

local NOTE = "8 requests are finishing, Ctrl-C again stops at once"
local WARNING = "streamctl: stopped by SIGINT"

local WIDE = {
  "[          ] 0 of 2,000",
  "[###       ] 620 of 2,000  3 failed  20.0/s  69 s left",
  "[######    ] 1,240 of 2,000  1,000 failed  1 unknown  20.0/s  38 s left",
  "[#######   ] 1,400 of 2,000  1 failed  20.0/s  30 s left",
}

local NARROW = {
  "[          ] 0 of 2,000",
  "620 of 2,000  3 failed  69 s left",
  "1,240 of 2,000  1,000 failed  1 unknown",
  "1,400 of 2,000  1 failed  30 s left",
}

local PLAIN = {
  "resume: 620 of 2,000  3 failed  20.0/s  69 s left",
  NOTE,
  "resume: 1,240 of 2,000  1,000 failed  1 unknown  20.0/s  38 s left",
  TABLE[1], TABLE[2], TABLE[3], TABLE[4],
  "resume: 1,400 of 2,000  1 failed  20.0/s  30 s left",
  WARNING,
}

local AFTER = { NOTE, TABLE[1], TABLE[2], TABLE[3], TABLE[4], WARNING }

-- Cells fold between words there; what is said is for whoever copies it.
local NARROW_AFTER = {
  NOTE:sub(1, 40), NOTE:sub(41), TABLE[1],
  "größe-1  failed   access_denied:", "                  ?[2J?the account may",
  "                  not do this", TABLE[3], TABLE[4], WARNING,
}

-- A name, options of the run, and what differs from a terminal of 80 columns.
local CASES = {
  { "80 columns", {} },
  { "40 columns", { columns = 40 }, lines = NARROW_AFTER, passed = NARROW },
  { "0 columns: nobody knows", { columns = 0 }, shown = 80 },
  { "80 columns with NO_COLOR", { environment = { NO_COLOR = "1" } }, coloured = {} },
  { "80 columns with an empty NO_COLOR", { environment = { NO_COLOR = "" } } },
  { "80 columns with --color never", {}, words = { "--color", "never" }, coloured = {} },
  { "80 columns that a shell put it into the background of", { background = true }, passed = {} },
  { "a dumb terminal", { environment = { TERM = "dumb" } }, lines = PLAIN, passed = {},
    coloured = {} },
  { "a dumb terminal with --color always", { environment = { TERM = "dumb" } },
    words = { "--color", "always" }, lines = PLAIN, passed = {} },
  { "80 columns with --progress plain", {}, words = { "--progress", "plain" }, lines = PLAIN,
    passed = {} },
}

command.describe("a terminal of", false, function(c)
  local played

  setup(function() played = { LUA_INIT = "@" .. c:write("before.lua", PLAYED) } end)

  local function with(case)
    local environment = {}
    for name, value in pairs(case.environment or {}) do environment[name] = value end
    environment.LUA_INIT = played.LUA_INIT
    return environment
  end

  for _, case in ipairs(CASES) do
    it(case[1] .. " shows what was kept here", function()
      local options = case[2]
      local words = case.words or {}
      local ended = c:terminal({ "ops", words[1], words[2] }, { columns = options.columns,
        environment = with(options), background = options.background })
      local shown = screen.show(ended.screen, case.shown or options.columns or 80)
      assert.same(case.passed or WIDE, shown.passed)
      assert.same(case.lines or AFTER, shown.lines)
      assert.same(case.coloured or COLOURED, shown.coloured)
      assert.equal(130, ended.status)
    end)
  end

  local function text_of(lines) return table.concat(lines, "\n") .. "\n" end

  it("no width, since it is a pipe, gets no progress and nothing that steers", function()
    local ended = c:run({ "ops" }, { environment = played })
    assert.same({ text_of(TABLE), text_of { NOTE, WARNING } }, { ended.out, ended.err })
  end)

  it("no width gets them where they are asked for", function()
    local ended = c:run({ "ops", "--color", "always", "--progress", "plain" },
      { environment = played })
    assert.same(COLOURED, screen.show(ended.out, 200).coloured)
    assert.same({ PLAIN[1], NOTE, PLAIN[3], PLAIN[8], WARNING },
      screen.show(ended.err, 200).lines)
  end)

  it("no width for stdout alone keeps progress on stderr", function()
    local ended = c:terminal({ "ops", "-o", "ids" }, { environment = played,
      stdout = c.dir .. "/ids" })
    local shown = screen.show(ended.screen, 80)
    assert.same(WIDE, shown.passed)
    assert.same({ NOTE, WARNING }, shown.lines)
    assert.same({}, shown.coloured)
    local file = assert(io.open(c.dir .. "/ids"))
    assert.equal("größe-1\nlive-2\nl3\n", file:read "*a")
    file:close()
  end)
end)
