--- What the methods of a store take, where it is not C that checks it. A wrong argument is thrown at the
-- line that passed it.
-- @module streamctl.store.arguments

local arguments = {}

arguments.max_number = 2 ^ 53    -- what a double holds exactly
arguments.max_streams = 1000     -- of one stamp
arguments.max_interval = 1e9     -- seconds

local NO_OPTIONS = {}

local function wrong(text, level)
  error(text, level or 4) -- here, the check, the method, its caller
end

local function is_whole(value)
  return type(value) == "number" and value >= 0 and value <= arguments.max_number and value == math.floor(value)
end

local function check_seconds(name, value)
  if type(value) ~= "number" or not (value > 0 and value <= arguments.max_interval) then
    wrong(name .. " must be more than 0 and at most 1e9 seconds, got " .. tostring(value), 5)
  end
end

--- Arguments of latest.
-- @param key
function arguments.latest(key)
  if type(key) ~= "string" then wrong("key must be text, got a " .. type(key)) end
end

--- Arguments of lock.
-- @param key
-- @param seconds
function arguments.lock(key, seconds)
  if type(key) ~= "string" then wrong("key must be text, got a " .. type(key)) end
  check_seconds("seconds", seconds)
end

--- Arguments of unlock.
-- @param key
-- @param token
function arguments.unlock(key, token)
  if type(key) ~= "string" then wrong("key must be text, got a " .. type(key)) end
  if type(token) ~= "string" then wrong("token must be text, got a " .. type(token)) end
end

-- The texts of the streams, with the prefix.
local function texts_of(streams, options)
  local prefix = options.prefix == nil and "" or options.prefix
  local first, last, step = options.first or 1, options.last or #streams, options.step or 1
  if type(prefix) ~= "string" then wrong("prefix must be text, got a " .. type(prefix), 5) end
  if not (is_whole(first) and is_whole(last) and is_whole(step) and first >= 1 and last <= #streams and step >= 1) then
    wrong("first, last and step must be places in the list of streams", 5)
  end
  if (last - first) / step >= arguments.max_streams then wrong("streams must be at most 1000 texts", 5) end
  local texts = {}
  for i = first, last, step do
    local stream = streams[i]
    if type(stream) ~= "string" then wrong("streams must be a list of texts, got a " .. type(stream), 5) end
    texts[#texts + 1] = prefix .. stream
  end
  return texts
end

--- Arguments of stamp and sequence.
-- @param key
-- @param floor
-- @param[opt] streams
-- @param[opt] options
-- @treturn integer floor
-- @treturn table streams: those of the list that are meant, with their prefix; empty when none were given
-- @treturn table options
function arguments.stamp(key, floor, streams, options)
  if type(key) ~= "string" then wrong("key must be text, got a " .. type(key)) end
  if not is_whole(floor) then wrong("floor must be a whole number from 0 to 2^53, got " .. tostring(floor)) end
  streams, options = streams or NO_OPTIONS, options or NO_OPTIONS
  if type(streams) ~= "table" then wrong("streams must be a list, got a " .. type(streams)) end
  if type(options) ~= "table" then wrong("options must be a table, got a " .. type(options)) end
  if options.since ~= nil and not is_whole(options.since) then
    wrong("since must be a whole number from 0 to 2^53, got " .. tostring(options.since))
  end
  return math.floor(floor), texts_of(streams, options), options -- an integer also where 60.0 is none
end

--- Arguments of reserve.
-- @param key
-- @param interval
-- @param[opt] burst
-- @param[opt] limit
-- @treturn integer burst
-- @treturn number limit
function arguments.reserve(key, interval, burst, limit)
  if type(key) ~= "string" then wrong("key must be text, got a " .. type(key)) end
  burst, limit = burst or 0, limit or math.huge
  check_seconds("interval", interval)
  if not is_whole(burst) then wrong("burst must be a whole number from 0 to 2^53, got " .. tostring(burst)) end
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
