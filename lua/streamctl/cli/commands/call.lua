--- `streamctl call ACTION`: one call of any action of the vendor's API.
-- @module streamctl.cli.commands.call

local confirm = require "streamctl.cli.confirm"
local failure = require "streamctl.cli.failure"
local flags = require "streamctl.cli.flags"
local parameters = require "streamctl.cli.parameters"
local status = require "streamctl.cli.status"
local suggest = require "streamctl.suggest"

local call = {
  name = "call",
  summary = "Call any action of the vendor's API",
  description = "Call any action of the vendor's API, also one that `streamctl ops` does not list: "
    .. "that one is not repeated while its outcome is unknown. It asks first, unless the action "
    .. "only asks, or resumes or restarts something.",
}

function call.define(command)
  command:argument("action", "Its name; see streamctl ops."):argname "ACTION"
  parameters.define(command)
  flags.act(command, { "table", "json", "jsonl" })
  parameters.define_travel(command)
  command:flag("--idempotent", "An action that is not listed may be sent again when its outcome is "
    .. "unknown.")
end

-- Why to ask; nil when nobody is asked.
local function danger_of(row, action, operations)
  if row then
    return not row.read and not row.restores
      and row.action .. " changes something, and may cut viewers off or be billed" or nil
  end
  local names = {}
  for _, name in ipairs(operations:names()) do names[operations:find(name).action] = true end
  return ("%s is not listed%s, so nobody knows what it does"):format(action,
    suggest.hint(action, names))
end

-- What comes first, of an answer and of a request that is not sent.
local FIRST = { "method", "url", "headers", "body", "RequestId", "Code", "Message" }

function call.run(invocation)
  local args = invocation.args
  local account = invocation:account { action = args.action }
  local row = parameters.row(account, args.action)
  local params = parameters.of(invocation, row)
  local options = parameters.travel(args)
  options.idempotent, options.dry_run = args.idempotent, args.dry_run
  local action = row and row.action or args.action
  local danger = danger_of(row, action, account.api.operations)
  if danger and not args.dry_run then
    confirm.ask(invocation, ("%s (%s). Go on?"):format(danger, account.title))
  end
  if not (row and row.read) and not args.dry_run then -- a question may end in the middle
    invocation:catch()
    options.on_send = function()
      local caught = invocation:caught()
      return not caught, caught
    end
  end
  local client = account.client
  local answer, message, err = failure.checked(client.call, client, action, params, options)
  local interrupted = err and err.code == "cancelled" and status.stopped[invocation:caught()]
  if interrupted then failure.raise(interrupted, message, err) end
  if not answer then failure.call(message, err) end
  invocation.out:object(answer, FIRST)
  if not answer.partial then return status.OK end
  invocation.say:warn("%d of what was asked for failed; see `partial`", #answer.partial)
  return status.FAILED
end

return call
