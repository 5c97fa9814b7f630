--- How the command ends early: a thrown table, caught by `streamctl.cli.main` alone.
-- @module streamctl.cli.failure

local status = require "streamctl.cli.status"

local failure = {}

local Failure = { __name = "streamctl.cli.failure" }
Failure.__index = Failure

function Failure:__tostring()
  return self.message
end

--- Ends the command. What was begun must have been written down before.
-- @tparam integer code an exit status, see @{streamctl.cli.status}
-- @tparam string message what was wrong, what was expected, what to do; one line, or a list of them
-- @tparam[opt] table err of a call
function failure.raise(code, message, err)
  error(setmetatable({ status = code, message = message, err = err }, Failure), 0)
end

--- Ends the command because it was called wrongly: nothing was sent.
-- @tparam string message
-- @tparam any ... for string.format
function failure.usage(message, ...)
  failure.raise(status.USAGE, select("#", ...) > 0 and message:format(...) or message)
end

--- Ends the command because a call failed.
-- @tparam string message
-- @tparam table err
function failure.call(message, err)
  failure.raise(status.of(err), message, err)
end

--- Whether a thrown value is such an end.
-- @param value
-- @treturn boolean
function failure.is(value)
  return getmetatable(value) == Failure
end

return failure
