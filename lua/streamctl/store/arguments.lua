--- Checks of what the methods of a store take, where it is not C that checks it. A wrong argument
-- is thrown at the line that passed it to the method.
-- @module streamctl.store.arguments

local arguments = {}

arguments.max_number = 2 ^ 53 -- what a double holds exactly

local MAX_THINGS = 1000 -- of one stamp

local function demand(ok, text, got)
  if not ok then error(text .. tostring(got), 4) end -- here, the check, the method, its caller
end

-- Any text.
function arguments.text(name, value)
  demand(type(value) == "string", name .. " must be text, got a ", type(value))
end

-- A whole number that a double holds exactly.
function arguments.whole(name, value)
  demand(type(value) == "number" and value >= 0 and value <= arguments.max_number
    and value == math.floor(value), name .. " must be a whole number from 0 to 2^53, got ", value)
end

-- A time that passes.
function arguments.seconds(name, value)
  demand(type(value) == "number" and value > 0 and value <= 1e9,
    name .. " must be more than 0 and at most 1e9 seconds, got ", value)
end

-- A list of what a stamp is about.
function arguments.resources(value)
  demand(type(value) == "table", "resources must be a list, got a ", type(value))
  demand(#value <= MAX_THINGS, "resources must be at most 1000 texts", "")
  for i = 1, #value do
    demand(type(value[i]) == "string", "resources must be a list of texts, got a ", type(value[i]))
  end
end

-- A number of seconds, which may be endless.
function arguments.limit(value)
  demand(type(value) == "number" and value == value,
    "limit must be a number of seconds, got ", value)
end

return arguments
