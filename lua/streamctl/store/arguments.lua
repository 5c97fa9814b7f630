--- What the methods of a store take, where it is not C that checks it. A wrong argument is thrown
-- at the line that passed it.
-- @module streamctl.store.arguments

local arguments = {}

arguments.max_number = 2 ^ 53    -- what a double holds exactly
arguments.max_things = 1000     -- of one stamp
arguments.max_interval = 1e9     -- seconds

local function wrong(text, level)
  error(text, level or 4) -- here, the check, the method, its caller
end

local function is_whole(value)
  return type(value) == "number" and value >= 0 and value <= arguments.max_number
    and value == math.floor(value)
end

local function check_whole(name, value)
  if not is_whole(value) then
    wrong(name .. " must be a whole number from 0 to 2^53, got " .. tostring(value), 5)
  end
end

local function check_text(name, value)
  if type(value) ~= "string" then wrong(name .. " must be text, got a " .. type(value), 5) end
end

local function check_seconds(name, value)
  if type(value) ~= "number" or not (value > 0 and value <= arguments.max_interval) then
    wrong(name .. " must be more than 0 and at most 1e9 seconds, got " .. tostring(value), 5)
  end
end

--- Arguments of latest.
-- @param account
-- @param[opt] thing
function arguments.latest(account, thing)
  check_text("account", account)
  if thing ~= nil then check_text("thing", thing) end
end

--- Arguments of lock.
-- @param key
-- @param seconds
function arguments.lock(key, seconds)
  check_text("key", key)
  check_seconds("seconds", seconds)
end

--- Arguments of unlock.
-- @param key
-- @param token
-- @param[opt] after
function arguments.unlock(key, token, after)
  check_text("key", key)
  check_text("token", token)
  if after ~= nil then check_seconds("after", after) end
end

--- Arguments of stamp.
-- @param account
-- @param floor
-- @param[opt] things
-- @param[opt] since
-- @param[opt] back
-- @treturn integer floor
-- @treturn table things empty when none were given
function arguments.stamp(account, floor, things, since, back)
  check_text("account", account)
  check_whole("floor", floor)
  things = things == nil and {} or things
  if type(things) ~= "table" then wrong("things must be a list, got a " .. type(things)) end
  if #things > arguments.max_things then wrong("things must be at most 1000 texts") end
  for i = 1, #things do
    if type(things[i]) ~= "string" then
      wrong("things must be a list of texts, got a " .. type(things[i]))
    end
  end
  if since ~= nil then check_whole("since", since) end
  if back ~= nil then check_whole("back", back) end
  return math.floor(floor), things -- an integer also where 60.0 is none
end

--- Arguments of reserve.
-- @param key
-- @param interval
-- @param[opt] burst
-- @param[opt] limit
-- @treturn integer burst
-- @treturn number limit
function arguments.reserve(key, interval, burst, limit)
  check_text("key", key)
  burst, limit = burst or 0, limit or math.huge
  check_seconds("interval", interval)
  check_whole("burst", burst)
  if type(limit) ~= "number" or limit ~= limit then
    wrong("limit must be a number of seconds, got " .. tostring(limit))
  end
  return burst, limit
end

--- Why an exact number cannot be had.
-- @tparam integer floor
-- @tparam integer last
-- @treturn string
function arguments.below_last(floor, last)
  return string.format("%.0f is not above %.0f, the last number", floor, last)
end

return arguments
