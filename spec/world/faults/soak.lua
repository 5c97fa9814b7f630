-- Calls, batches, faults, cancels and closes in a random mix for as long as wanted. Whatever comes,
-- a call ends with a known code within its time limit, and memory and descriptors stay where they
-- were.

local actions = require "spec.world.faults.soak_actions"
local core = require "streamctl.core"
local numbers = require "spec.support.numbers"
local streamctl = require "streamctl"
local usage = require "spec.support.usage"

local soak = {}

local TASKS = 12

-- By how much the last quarter may exceed the second one. A soak that is too short has no quarters
-- to compare, and allocators keep some.
local SLACK = { memory = usage.sanitized and 1048576 or 8192, heap = 2048, descriptors = 24 }

-- A second of everything at once, then the actions that want the process for themselves.
local function round(mix, finish)
  streamctl.run(function()
    for _ = 1, TASKS do
      streamctl.spawn(function()
        repeat mix:act() until core.monotonic() >= finish
      end)
    end
  end)
  mix:alone()
end

-- Notes the highest of each quarter. A list of samples would grow.
local function note(quarters, part)
  collectgarbage()
  collectgarbage()
  local quarter = math.min(4, math.floor(part * 4) + 1)
  local now = { memory = usage.memory(), descriptors = (usage.descriptors()),
    heap = collectgarbage "count" }
  for field, value in pairs(now) do
    quarters[field][quarter] = math.max(quarters[field][quarter] or 0, value)
  end
end

--- Runs it for so many seconds. Returns the result of the actions, with `quarters`: the most
-- `memory`, `heap` (KiB) and `descriptors` in each.
function soak.run(seconds, seed)
  local mix = actions.start(numbers(seed))
  local quarters, start = { memory = {}, heap = {}, descriptors = {} }, core.monotonic()
  local finish = start + seconds
  local ok, why = pcall(function()
    repeat
      round(mix, math.min(core.monotonic() + 1, finish))
      note(quarters, (core.monotonic() - start) / seconds)
    until core.monotonic() >= finish
  end)
  mix:stop()
  if not ok then error(why, 0) end
  mix.result.quarters = quarters
  return mix.result
end

--- A text for what is wrong with a result, or nil. Lateness is a matter of the machine: only what
-- hangs counts.
function soak.problem(result)
  if result.unknown > 0 then return "codes that are none" end
  if result.left > 0 then return "requests that an engine lost" end
  if result.hangs > 0 then return "calls that hung" end
  for field, most in pairs(result.quarters) do
    if most[2] and most[4] > most[2] + SLACK[field] then return field .. " grew" end
  end
end

--- The result as a text.
function soak.text(result)
  local codes = {}
  for code, count in pairs(result.codes) do codes[#codes + 1] = code .. " " .. count end
  table.sort(codes)
  local lines = {
    ("%d calls, %d batches, %d engines closed with requests under way; codes: %s"):format(
      result.calls, result.batches, result.engines, table.concat(codes, ", ")),
    ("unknown codes %d, requests that an engine lost %d, calls that hung %d; the latest ended "
      .. "%.3f s after its limit (%s)"):format(result.unknown, result.left, result.hangs,
      result.worst, result.worst_of),
  }
  for field, most in pairs(result.quarters) do
    lines[#lines + 1] = ("%s: at most %.0f in the second quarter, %.0f in the last"):format(field,
      most[2] or 0, most[4])
  end
  return table.concat(lines, "\n")
end

return soak
