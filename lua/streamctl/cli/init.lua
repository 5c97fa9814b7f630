--- The command `streamctl`, on the public API alone. `require "streamctl"` never loads this.
-- @module streamctl.cli

local failure = require "streamctl.cli.failure"
local status = require "streamctl.cli.status"

local cli = {}

local function perform(words)
  local args = require("streamctl.cli.parser").parse(words)
  local invocation = require("streamctl.cli.invocation").new(args)
  return args.command.run(invocation)
end

--- Runs a command line.
-- @tparam table words
-- @treturn integer exit status
function cli.main(words)
  local ok, result = pcall(perform, words)
  if ok then return result end
  if not failure.is(result) then error(result, 0) end
  io.stderr:write("streamctl: ", result.message, "\n")
  return result.status or status.FAILED
end

return cli
