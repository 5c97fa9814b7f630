-- Checks of options and fields: functions of a value, which return nil, or what the value must be.
-- And readers of the tables that users hand in.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local suggest = require "streamctl.base.suggest"

local checks = {}

function checks.text(value)
  if type(value) ~= "string" then return "must be text, got a " .. type(value) end
  if value == "" then return "must not be empty" end
  if core.has_control(value) then return "must not hold control characters such as CR or LF" end
end

function checks.word(value)
  local why = checks.text(value)
  if why then return why end
  if #value > 100 or not value:find("^[%w_.@-]+$") then
    return "must be 1 to 100 of the characters A-Z a-z 0-9 - _ . @"
  end
end

-- A number, or the kind of another value, which may be a misplaced secret.
local function shown(value)
  return type(value) == "number" and errors.tidy(value, 100) or "a " .. type(value)
end

local LATEST = 253402300799 -- the end of the year 9999

function checks.time(value)
  if type(value) ~= "number" or not (value >= 0 and value <= LATEST) then
    return "must be Unix seconds, got " .. shown(value)
  end
end

function checks.seconds(value)
  if type(value) ~= "number" or not (value > 0 and value <= 86400) then
    return "must be more than 0 and at most 86400 seconds, got " .. shown(value)
  end
end

local function of_type(name, wanted)
  return function(value)
    if type(value) ~= name then return "must be " .. wanted .. ", got a " .. type(value) end
  end
end

checks.boolean = of_type("boolean", "true or false")
checks.number = of_type("number", "a number")
checks.string = of_type("string", "text") -- also an empty one, and any bytes
checks.table = of_type("table", "a table")
checks.callback = of_type("function", "a function")
checks.parameters = of_type("table", "a table of parameters")

function checks.whole(lowest, highest)
  return function(value)
    local is_whole = type(value) == "number" and value % 1 == 0
    if not is_whole or value < lowest or value > highest then
      return string.format("must be a whole number from %.0f to %.0f, got %s", lowest, highest,
        shown(value))
    end
  end
end

-- When what is signed ends: Unix seconds, or seconds from now; for `checks.take`.
checks.expires = { "expires", checks.number, false, checks.whole(1e9, 9999999999) }
checks.lifetime = { "lifetime", checks.number, false, checks.whole(1, 2 ^ 31 - 1) }

-- What is wrong with these two together, where an end is needed.
function checks.misuse_of_end(opts)
  if opts.expires and opts.lifetime then return "expires and lifetime are two ends; give one" end
  return not opts.expires and not opts.lifetime and "expires or lifetime is missing"
end

-- Returns the end in Unix seconds, or nil.
function checks.end_of(opts)
  return opts.expires or opts.lifetime and math.floor(core.now()) + opts.lifetime
end

local is_app_id = checks.whole(1, 2 ^ 32 - 1)

function checks.app_id(value)
  if type(value) ~= "string" then return is_app_id(value) end
  if not value:find("^%d+$") then return "must be a whole number, or its digits" end
  return is_app_id(tonumber(value))
end

function checks.one_of(...)
  local list = { ... }
  return function(value)
    for _, allowed in ipairs(list) do
      if value == allowed then return nil end
    end
    return "must be one of " .. table.concat(list, ", ") .. "; got " .. errors.tidy(value, 100)
  end
end

-- An object with some methods; or one of `names`, if there are any.
function checks.object(methods, names)
  local is_name = names and checks.one_of((table.unpack or unpack)(names)) -- luacheck: ignore
  return function(value)
    if names and type(value) == "string" then return is_name(value) end
    for _, name in ipairs(methods) do
      local ok, method = pcall(function() return value[name] end)
      if not ok or method == nil then
        return "must be an object with the method '" .. name .. "'"
          .. (names and ", or one of " .. table.concat(names, ", ") or "")
      end
    end
  end
end

-- A text, or a list of texts; of neither an empty one.
function checks.texts(value)
  local list = type(value) == "table" and value or { value }
  local count = core.list_length(list) or 0
  for i = 1, count do
    local text = rawget(list, i)
    if type(text) ~= "string" or text == "" then count = 0 end
  end
  if count == 0 then return "must be text, or a list of texts, and none of them empty" end
end

-- What texts of the environment and of files mean. Others are nil: a wrong guess would hit live
-- streams.
local TRUTH = { ["true"] = true, ["1"] = true, yes = true, ["false"] = false, ["0"] = false,
  no = false }

function checks.truth(text) return TRUTH[text:lower()] end

-- The value of an environment variable; nil when it is not set, or empty.
function checks.variable(name)
  local value = os.getenv(name)
  return value ~= "" and value or nil
end

-- Reads a table by its checks, each value once: a copy; or nil and what is wrong. `noun` and
-- `unknown` are for messages.
function checks.read(values, by_name, noun, unknown)
  local copy = {}
  for name, value in next, values do
    local check = by_name[name]
    if not check then return nil, unknown .. " " .. suggest.quoted(name, by_name) end
    local why = check(value)
    if why then return nil, noun .. " '" .. name .. "' " .. why end
    copy[name] = value
  end
  return copy
end

function checks.fields(value, by_name)
  if type(value) ~= "table" then return "must be a table, got a " .. type(value) end
  return select(2, checks.read(value, by_name, "field", "has no field"))
end

-- Reads a table by a list of `{ name, check, required, judge }`, in the order of the list: a copy;
-- or nil, what is wrong, and whether that is misuse. It is none where `judge`, the check of a value
-- that may come from outside, refuses the value. `list.misuse` tells what is wrong with all of them
-- together.
function checks.take(values, list)
  local names, copy = {}, {}
  for _, field in ipairs(list) do names[field[1]] = true end
  for name in next, values do
    local unknown = not names[name] and suggest.quoted(name, names)
    if unknown then return nil, "there is no field " .. unknown, true end
  end
  for _, field in ipairs(list) do
    local name, check, required, judge = field[1], field[2], field[3], field[4]
    local value = rawget(values, name)
    if value == nil and required then return nil, name .. " is missing", true end
    local why = value ~= nil and check(value)
    if why then return nil, name .. " " .. why, true end
    why = value ~= nil and judge and judge(value)
    if why then return nil, name .. " " .. why end
    copy[name] = value
  end
  local why = list.misuse and list.misuse(copy)
  if why then return nil, why, true end
  return copy
end

-- The same for a function that users call, `name` in messages. Misuse is thrown at the line that
-- called the function; `level` is the one of `error`, where that line is further away.
function checks.take_from_user(values, list, name, level)
  if type(values) ~= "table" then
    error(name .. " takes a table of options, got " .. errors.describe(values), level or 3)
  end
  local copy, why, misuse = checks.take(values, list)
  if misuse then error(name .. ": " .. why, level or 3) end
  return copy, why
end

-- "https://host[:port]" without its default port, the host in lower case; or nil and why.
function checks.endpoint(value)
  local why = checks.text(value)
  if why then return nil, why end
  local scheme, rest = value:match("^(%a+)://(.*)$")
  scheme = scheme and scheme:lower()
  if scheme ~= "https" and scheme ~= "http" then
    return nil, "must be written as https://host[:port], got '" .. value:sub(1, 100) .. "'"
  end
  local host, port = rest:match("^(%[[%x:.]+%]):?(%d*)/?$")
  if not host then host, port = rest:match("^([%w._-]+):?(%d*)/?$") end
  if not host or (port == "" and rest:find(":/?$")) then
    return nil, "must be https://host[:port] without user, path or query"
  end
  local number = port ~= "" and tonumber(port) or nil
  if number and (number < 1 or number > 65535) then return nil, "has a port outside 1 to 65535" end
  local default = scheme == "https" and 443 or 80
  local suffix = number and number ~= default and string.format(":%d", number) or ""
  return scheme .. "://" .. host:lower() .. suffix
end

return checks
