-- Calls, batches, faults, cancels and closes in a random mix for as long as wanted. Whatever comes,
-- a call ends with a known code within its time limit, and memory and descriptors stay where they
-- were.
--
--   local result = soak.run { seconds = 20, seed = 1, say = print }
--   result.calls .late .worst .unknown .codes .memory .descriptors .slope

local actions = require "spec.faults.soak_actions"
local core = require "streamctl.core"
local streamctl = require "streamctl"
local usage = require "spec.support.usage"

local soak = {}

local TASKS = 12

-- A generator of our own: the same numbers in every Lua.
local function generator(seed)
  local state = seed % 2147483647
  return function(limit)
    state = state * 16807 % 2147483647
    return math.floor(state / 2147483647 * limit) + 1
  end
end

-- What a value does over the time: its highest in each quarter, and the sums of a line through it.
-- No list of samples: that would be something that grows.
local function note(series, part, value)
  local quarter = math.min(4, math.floor(part * 4) + 1)
  series[quarter] = math.max(series[quarter] or 0, value)
  if quarter > 1 then -- the first is the warm-up
    series.n, series.x, series.y = series.n + 1, series.x + part, series.y + value
    series.xx, series.xy = series.xx + part * part, series.xy + part * value
  end
end

local function slope(series)
  local spread = series.n * series.xx - series.x * series.x
  return spread > 0 and (series.n * series.xy - series.x * series.y) / spread or 0
end

local FIELDS = { "memory", "heap", "descriptors" }

-- A second of everything at once, then what wants the process for itself.
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

local function sample()
  collectgarbage()
  collectgarbage()
  return { memory = usage.memory(), descriptors = (usage.descriptors()),
    heap = collectgarbage "count" }
end

--- Runs it.
-- @tparam table options `seconds`; `seed`; `say` (optional): gets a line every minute
-- @treturn table result: `calls`, `late` (ended more than 0.1 s after their limit), `worst`
-- (seconds after the limit), `unknown` (codes that are none), `codes`, `engines`, `left` (requests
-- that engines lost), `early` and `later` (the most `memory`, `heap` and `descriptors` in the
-- second and the last quarter), `slope` (KiB of memory a minute)
function soak.run(options)
  local mix = actions.start(generator(options.seed))
  local series, result, told = {}, mix.result, 0
  for _, field in ipairs(FIELDS) do series[field] = { n = 0, x = 0, y = 0, xx = 0, xy = 0 } end
  local start = core.monotonic()
  local finish = start + options.seconds
  local ok, why = pcall(function()
    repeat
      round(mix, math.min(core.monotonic() + 1, finish))
      local now, at = sample(), core.monotonic() - start
      for _, field in ipairs(FIELDS) do note(series[field], at / options.seconds, now[field]) end
      result.rounds, result.seconds = result.rounds + 1, at
      if options.say and at >= told + 60 then
        told = at
        options.say(("%5.0f s: %d calls, %d KiB resident, %.0f KiB of Lua, %d descriptors, %d "
          .. "late, worst %.3f s")
          :format(at, result.calls, now.memory, now.heap, now.descriptors, result.late,
            result.worst))
      end
    until core.monotonic() >= finish
  end)
  mix:stop()
  if not ok then error(why, 0) end
  result.early, result.later = {}, {}
  for _, field in ipairs(FIELDS) do
    result.early[field], result.later[field] = series[field][2] or 0, series[field][4]
  end
  result.slope = slope(series.memory) / options.seconds * 60
  return result
end

-- A soak that is too short has no quarters to compare: it may grow by what the allocators keep.
local SLACK = { memory = 8192, heap = 2048, descriptors = 24 }

--- What is wrong with a result, or nil. Lateness is a matter of the machine: only what hangs
-- counts.
function soak.problem(result)
  if result.unknown > 0 then return "codes that are none" end
  if result.left > 0 then return "requests that an engine lost" end
  if result.hangs > 0 then return "calls that hung" end
  for field, slack in pairs(SLACK) do
    if field == "memory" and usage.sanitized then slack = 1048576 end
    if result.early[field] > 0 and result.later[field] > result.early[field] + slack then
      return field .. " grew"
    end
  end
end

--- What a result says, as lines.
function soak.lines(result)
  local lines, codes = {}, {}
  local function add(...) lines[#lines + 1] = string.format(...) end
  for code, count in pairs(result.codes) do codes[#codes + 1] = ("%s %d"):format(code, count) end
  table.sort(codes)
  add("%.0f s in %d rounds: %d calls, %d batches, %d engines closed with requests under way",
    result.seconds, result.rounds, result.calls, result.batches, result.engines)
  add("codes: %s", table.concat(codes, ", "))
  add("over their time limit by more than 0.1 s: %d; largest overshoot %.3f s (%s)", result.late,
    result.worst, result.worst_of)
  add("of these with the time left out in which the machine was busy with others: %d; largest "
    .. "%.3f s", result.ours, result.worst_ours)
  add("unknown codes %d, requests that an engine lost %d, rounds that hung %d", result.unknown,
    result.left, result.hangs)
  for _, field in ipairs(FIELDS) do
    add("%-11s at most %.0f in the second quarter, %.0f in the last", field, result.early[field],
      result.later[field])
  end
  add("memory grows by %.1f KiB a minute", result.slope)
  return lines
end

return soak
