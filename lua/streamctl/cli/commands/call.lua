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
    .. "that one is asked about first, and not repeated while its outcome is unknown.",
}

function call.define(command)
  command:argument("action", "Its name; see streamctl ops."):argname "ACTION"
  parameters.define(command)
  flags.act(command, { "table", "json", "jsonl" })
  parameters.define_travel(command)
  command:flag("--idempotent", "An action that is not listed may be sent again when its outcome is "
    .. "unknown.")
end

-- What begins so takes something away from viewers or from the account, or is billed.
local ASKED = {
  Delete = "deletes", Del = "deletes", Remove = "removes", Clear = "clears", Close = "closes",
  Forbid = "forbids", Ban = "bans", Kick = "kicks", Kickout = "kicks", BatchDelete = "deletes",
  Create = "creates what may be billed", Creat = "creates what may be billed",
  Start = "starts what may be billed", Copy = "creates what may be billed",
  Transcode = "starts what may be billed", Merge = "starts what may be billed",
}

-- Why to ask; nil when nobody is asked.
local function danger_of(row, action, operations)
  if row then
    local what = ASKED[row.action:match "^Batch%u%l+" or row.action:match "^%u%l+"]
    return what and ("%s %s"):format(row.action, what)
  end
  local names = {}
  for _, name in ipairs(operations:names()) do names[operations:find(name).action] = true end
  return ("%s is not listed%s, so nobody knows what it does"):format(action,
    suggest.hint(action, names))
end

local ASKS = { Describe = true, List = true, Query = true, Get = true, Check = true, Search = true,
  Validate = true }

-- Whether it changes nothing, so that it may end in the middle.
local function is_question(row)
  return row ~= nil and row.safe == true and ASKS[row.action:match "^%u%l+"] or false
end

-- What comes first, of an answer and of a request that is not sent.
local FIRST = { "method", "url", "headers", "body", "RequestId", "Code", "Message" }

-- What an interrupted call ends with.
local INTERRUPTED = { SIGINT = status.INTERRUPTED, SIGTERM = status.TERMINATED,
  closed = status.CLOSED }

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
  if not is_question(row) and not args.dry_run then
    invocation:catch()
    options.on_send = function()
      local caught = invocation:caught()
      return not caught, caught
    end
  end
  local client = account.client
  local answer, message, err = failure.checked(client.call, client, action, params, options)
  local interrupted = err and err.code == "cancelled" and INTERRUPTED[invocation:caught()]
  if interrupted then failure.raise(interrupted, message, err) end
  if not answer then failure.call(message, err) end
  invocation.out:object(answer, FIRST)
  if not answer.partial then return status.OK end
  invocation.say:warn("%d of what was asked for failed; see `partial`", #answer.partial)
  return status.FAILED
end

return call
