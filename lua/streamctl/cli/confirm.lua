--- Asks a person before something is done that is hard to undo.
-- @module streamctl.cli.confirm

local failure = require "streamctl.cli.failure"

local confirm = {}

-- Where the answer comes from; nil when nobody is there. stdin may be a list of ids.
local function source(invocation)
  if invocation:terminal(0) then return io.stdin end
  return invocation:terminal(2) and io.open("/dev/tty", "r") or nil
end

--- Asks on stderr, unless --yes was given; ends by `failure.usage` unless the answer is yes.
function confirm.ask(invocation, question)
  if invocation.args.yes then return end
  local file = source(invocation)
  if not file then
    failure.usage("%s Nothing was sent, since there is no terminal to answer on; --yes says yes",
      question)
  end
  invocation.say:question(question .. " [y/N] ")
  local answer = (file:read "*l" or ""):match("^%s*(.-)%s*$"):lower()
  if file ~= io.stdin then file:close() end
  if answer ~= "y" and answer ~= "yes" then failure.usage "nothing was sent" end
end

return confirm
