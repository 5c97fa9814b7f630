-- `streamctl call ACTION`: calls any operation of the vendor's API once.

local describe = require "streamctl.cli.describe"
local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local parameters = require "streamctl.cli.parameters"
local status = require "streamctl.cli.status"

local call = {
  summary = "Call any operation of the vendor's API",
  examples = { "call DescribeRTCStreamState StreamId=room1-cam1 -o json" },
  takes = flags.act,
  formats = { "table", "json", "jsonl" },
}

function call.define(command)
  command:argument("ACTION", "Its name; see streamctl ops."):target "action"
  parameters.define(command)
  command:flag("--no-validate", "Send the parameters as they are.")
end

-- Returns the reason to ask the user first, if any.
local function danger_of(row, action, vendor)
  if not row then
    return ("%s is not listed%s, so nobody knows what it does"):format(action,
      describe.hint(action, { vendor }))
  end
  return describe.effect(row) == "changes"
    and row.action .. " changes something, and may cut viewers off or be billed" or nil
end

-- Asks the user before a dangerous operation. A signal stops a request that is not sent yet.
local function take_care(invocation, account, row, action, options)
  local danger = danger_of(row, action, account.vendor)
  if danger then invocation:ask(("%s (%s). Go on?"):format(danger, account.title)) end
  if row and row.read then return end
  invocation:catch()
  options.on_send = function()
    local caught = invocation:caught()
    return not caught, caught
  end
end

-- The first fields of an answer, or of a request that is not sent.
local FIRST = { "method", "url", "headers", "body", "RequestId", "Code", "Message" }

function call.run(invocation)
  local args = invocation.args
  local account = invocation:account { action = args.action }
  local row = parameters.row(account, args.action)
  local action, params = row and row.action or args.action, parameters.of(invocation, row)
  local options, make = {}, account.client.call
  if args.no_validate then options.validate = false end
  if args.dry_run then
    make, options.masked = account.client.sign, true
  else
    take_care(invocation, account, row, action, options)
  end
  local answer, message, err = fail.checked(make, account.client, action, params, options)
  if not answer then
    local stopped = err.code == "cancelled" and status.stopped[invocation:caught()]
    if stopped then fail.raise(stopped, message, err) end
    fail.call(message, err)
  end
  invocation.out:object(answer, FIRST)
  local partial = answer.info and answer.info.partial
  if not partial then return status.OK end
  invocation.say:warn("%d of what was asked for failed; see `info.partial`", #partial)
  return status.FAILED
end

return call
