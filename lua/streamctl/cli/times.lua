-- Reads and writes times and durations.

local core = require "streamctl.core"

local times = {}

local SECONDS = { s = 1, m = 60, h = 3600, d = 86400 }
local LAST = 253402300799 -- the end of the year 9999

-- Reads a duration such as 90, 90s, 45m or 1h30m. Returns seconds; or nil and the expected form.
function times.duration(text)
  local sum = 0
  local rest = text:gsub("^%d+$", "%0s"):gsub("(%d+)([smhd])", function(count, unit)
    -- integers of Lua 5.3 and later would wrap around
    sum = math.min(sum + math.min(tonumber(count), LAST) * SECONDS[unit], LAST + 1)
    return ""
  end)
  if rest == "" and sum >= 1 and sum <= LAST then return sum end
  return nil, "expected a number of seconds, or such as 90s, 45m, 1h30m, 2d"
end

-- Returns a time for programs.
function times.text(seconds) return os.date("!%Y-%m-%dT%H:%M:%SZ", math.floor(seconds)) end

-- Returns a time for people, such as "2030-01-02 03:04 UTC".
function times.shown(seconds) return os.date("!%Y-%m-%d %H:%M UTC", math.floor(seconds)) end

-- Returns a duration for people, such as "12 s", "4 min" or "2.1 h"; or "12.3 s" where it is
-- `precise`.
function times.took(seconds, precise)
  local unit, name = 1, "s"
  if seconds >= 120 then unit, name = 60, "min" end
  if seconds >= 7200 then unit, name, precise = 3600, "h", true end
  return (precise and "%.1f %s" or "%.0f %s"):format(seconds / unit, name)
end

-- Reads a time: UTC, with or without seconds and "Z"; Unix seconds; or "+DURATION" from `now`.
-- Returns Unix time; or nil and the expected form.
function times.read(text, now)
  local seconds
  if text:sub(1, 1) == "+" then
    seconds = times.duration(text:sub(2))
    seconds = seconds and (now or os.time()) + seconds
  elseif text:find "^%d+$" then
    seconds = #text >= 9 and tonumber(text) or nil
  else
    local day, minute, second = text:match "^(%d+%-%d+%-%d+)[T ](%d+:%d+):?(%d*)Z?$"
    seconds = day and core.unix_time(day .. "T" .. minute .. ":" .. (second:match "%d+" or "00")
      .. "Z")
  end
  if seconds and seconds >= 0 and seconds <= LAST then return seconds end
  return nil, "expected a time in UTC such as 2030-01-02T03:04:05Z, Unix seconds, or from now such "
    .. "as +90m, +1h30m, +2d"
end

-- Checks a time for `read`, which comes later. Returns the text; or nil and the expected form.
function times.checked(text)
  local seconds, why = times.read(text)
  return seconds and text, why
end

-- Returns the UTC text of a time, or of now. A time that counts from now is the time `before` of a
-- report that was begun.
function times.moment(text, before)
  if before and (text or "+"):sub(1, 1) == "+" then return before end
  return times.text(text and times.read(text) or os.time())
end

-- Makes a `convert` of argparse, whose message names the flag, from a function such as `read`.
function times.converter(flag, read)
  return function(text)
    local value, why = read(text)
    if value == nil then return nil, ("%s '%s': %s"):format(flag, text, why) end
    return value
  end
end

return times
