--- `streamctl sign ACTION`: the signed request, for other programs to send.
-- @module streamctl.cli.commands.sign

local failure = require "streamctl.cli.failure"
local flags = require "streamctl.cli.flags"
local parameters = require "streamctl.cli.parameters"
local status = require "streamctl.cli.status"

local sign = {
  name = "sign",
  summary = "Sign a request without sending it",
  description = "Sign a request without sending it, for another program to send soon: whoever has "
    .. "what this prints can send it once. The secret that signs is not in it.",
}

function sign.define(command)
  command:argument("action", "Its name; see streamctl ops."):argname "ACTION"
  parameters.define(command)
  flags.account(command)
  flags.output(command, { "table", "json", "jsonl" })
  parameters.define_travel(command)
end

function sign.run(invocation)
  local args = invocation.args
  local account = invocation:account { action = args.action }
  local row = parameters.row(account, args.action)
  local client = account.client
  local signed, message, err = failure.checked(client.sign, client,
    row and row.action or args.action, parameters.of(invocation, row), parameters.travel(args))
  if not signed then failure.call(message, err) end
  invocation.out:object(signed, { "method", "url", "headers", "body" })
  return status.OK
end

return sign
