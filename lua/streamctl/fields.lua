--- The fields of the one table that a function takes: `token.new { app_id = ..., user_id = ... }`.
-- @module streamctl.fields

local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local suggest = require "streamctl.suggest"

local fields = {}

--- Reads fields, each once, in the order of a list of `{ name, check (as in streamctl.options),
-- required }`. Returns a copy; or nil, which one is wrong and why, and whether it is a name that
-- is not in the list.
function fields.read(given, list)
  local names, copy = {}, {}
  for _, field in ipairs(list) do names[field[1]] = true end
  for name in next, given do
    if not names[name] then
      return nil, "there is no field '" .. errors.tidy(name, 100) .. "'"
        .. suggest.hint(name, names), true
    end
  end
  for _, field in ipairs(list) do
    local name, check, required = field[1], field[2], field[3]
    local value = rawget(given, name)
    if value == nil and required then return nil, name .. " is missing" end
    local why = value ~= nil and check(value)
    if why then return nil, name .. " " .. why end
    copy[name] = value
  end
  return copy
end

local THROWER = 3 -- here, the function, its caller

--- The same for a function that users call, `what` in messages: misuse, which is no table or
-- another name, is thrown at the line that called it.
function fields.check(given, list, what)
  if type(given) ~= "table" then
    error(what .. " takes a table of fields, got a " .. type(given), THROWER)
  end
  local copy, why, misuse = fields.read(given, list)
  if misuse then error(what .. ": " .. why, THROWER) end
  return copy, why
end

--- A check: a text, or a list of texts; of neither an empty one.
function fields.texts(value)
  local list = type(value) == "table" and value or { value }
  local count = encode.list_length(list) or 0
  for i = 1, count do
    local text = rawget(list, i)
    if type(text) ~= "string" or text == "" then count = 0 end
  end
  if count == 0 then return "must be text, or a list of texts, and none of them empty" end
end

return fields
