-- How long polls pause between two looks, by a clock that stands still.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local poll = require "streamctl.loop.poll"

describe("a poll", function()
  local pauses

  local function sleep(seconds)
    pauses[#pauses + 1] = math.floor(seconds * 1e4 + 0.5) / 1e4
    core.sleep(seconds)
  end

  -- Looks until it has looked so often; `moves`: after which looks something has moved.
  local function steps(count, moves)
    local made = 0
    return function()
      made = made + 1
      return made == count and "come", moves and moves[made]
    end
  end

  before_each(function()
    helper.freeze()
    pauses = {}
  end)
  after_each(helper.thaw)

  for _, case in ipairs {
    { "look until the event has come", steps = 1, {} },
    { "the shortest pauses without a share", steps = 4, of = { shortest = 0.1 },
      { 0.1, 0.1, 0.1 } },
    { "a share of the time that has passed, up to the longest", steps = 8,
      of = { shortest = 0.001, longest = 0.02, share = 1 },
      { 0.001, 0.001, 0.002, 0.004, 0.008, 0.016, 0.02 } },
    { "growth by half", steps = 7, of = { shortest = 2, longest = 10, share = 0.5 },
      { 2, 2, 2, 3, 4.5, 6.75 } },
    { "the shortest again when something has moved", steps = 7, moves = { [5] = true },
      of = { shortest = 1, longest = 9, share = 1 }, { 1, 1, 2, 4, 1, 1 } },
  } do
    it("has " .. case[1], function()
      local of = case.of or { shortest = 1 }
      assert.are.equal("come", poll(sleep, math.huge, steps(case.steps, case.moves), of))
      assert.are.same(case[2], pauses)
    end)
  end

  it("looks once more when the time is over, and gives up", function()
    local seen = 0
    local function step() seen = seen + 1 end
    assert.is_nil(poll(sleep, core.monotonic() + 2.5, step, { shortest = 1 }))
    assert.are.same({ 1, 1, 0.5 }, pauses)
    assert.are.equal(4, seen)
    assert.is_nil(poll(sleep, core.monotonic() - 1, step, { shortest = 1 }))
    assert.are.equal(5, seen)
    assert.are.equal(3, #pauses)
  end)
end)
