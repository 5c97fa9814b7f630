-- Times and durations as people write them on a command line.

local core = require "streamctl.core"

local times = {}

local SECONDS = { s = 1, m = 60, h = 3600, d = 86400 }
local LAST = 253402300799 -- the end of the year 9999

-- A duration such as 90, 90s, 45m or 1h30m. Returns seconds, at least 1; or nil and what was
-- expected.
function times.duration(text)
  local sum = 0
  local units = text:find "^%d+$" and text .. "s" or text
  local rest = units:gsub("(%d+)([smhd])", function(count, unit)
    sum = sum + tonumber(count) * SECONDS[unit]
    return ""
  end)
  if rest == "" and sum >= 1 and sum <= LAST then return sum end
  return nil, "expected a number of seconds, or such as 90s, 45m, 1h30m, 2d"
end

-- A time as UTC text. `seconds`: Unix time.
function times.text(seconds)
  return os.date("!%Y-%m-%dT%H:%M:%SZ", seconds)
end

-- A time. `text`: UTC, with or without seconds and "Z"; Unix seconds; or "+DURATION", from now.
-- `now`, if any: Unix time. Returns Unix time; or nil and what was expected.
function times.read(text, now)
  local seconds
  if text:sub(1, 1) == "+" then
    seconds = times.duration(text:sub(2))
    seconds = seconds and (now or os.time()) + seconds
  elseif text:find("^%d+$") then
    seconds = #text >= 9 and #text <= 12 and tonumber(text) or nil
  else
    local day, minute, second = text:match "^(%d+%-%d+%-%d+)[T ](%d+:%d+):?(%d*)Z?$"
    seconds = day
      and core.unix_time(("%sT%s:%sZ"):format(day, minute, second ~= "" and second or "00"))
  end
  if not seconds or seconds < 0 or seconds > LAST then
    return nil, "expected a time in UTC such as 2030-01-02T03:04:05Z, Unix seconds, or from now "
      .. "such as +90m, +1h30m, +2d"
  end
  return seconds
end

-- A time that is looked at now and counted later, as a `read` of `converter`. `text`: see
-- `read`. Returns the same; or nil and what was expected.
function times.checked(text)
  local seconds, why = times.read(text)
  return seconds and text, why
end

-- A time as UTC text. One that counts from now counts from when a report was begun. `given`: see
-- `read`; now without it. `before`: what it was when the report was begun.
function times.moment(given, before)
  if before and (given or "+"):sub(1, 1) == "+" then return before end
  return times.text(given and times.read(given) or os.time())
end

-- A reader for argparse's `convert`, whose message names the flag. `read`: `read`, `duration`,
-- or another one: value; or nil, what was expected.
function times.converter(flag, read)
  return function(text)
    local value, why = read(text)
    if value == nil then return nil, ("%s '%s': %s"):format(flag, text, why) end
    return value
  end
end

return times
