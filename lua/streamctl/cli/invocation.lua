--- One run of the command: its arguments, and what commands need to do their work. What takes time
-- or may fail is made when it is first asked for.
-- @module streamctl.cli.invocation

local Invocation = {}
Invocation.__index = Invocation

local invocation = {}

--- Makes it.
-- @tparam table args see @{streamctl.cli.parser.parse}
-- @treturn Invocation `args`; `out`, see @{streamctl.cli.output}
function invocation.new(args)
  return setmetatable({ args = args, out = { line = function(_, text) print(text) end } },
    Invocation)
end

--- A variable of the environment.
-- @tparam string name
-- @treturn string|nil nil when it is empty as well
function Invocation.environment(_, name)
  local value = os.getenv(name)
  return value ~= "" and value or nil
end

return invocation
