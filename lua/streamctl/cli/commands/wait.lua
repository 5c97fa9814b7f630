-- `streamctl wait NAME`: polls until the vendor shows an expected state.

local errors = require "streamctl.base.errors"
local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local parameters = require "streamctl.cli.parameters"
local streamctl = require "streamctl"
local suggest = require "streamctl.base.suggest"

local wait = {
  summary = "Wait until something has happened",
  examples = { "wait rtc_stream_closed StreamId=room1-cam1 --timeout 60" },
  takes = flags.calls,
}

function wait.define(command)
  command:argument("NAME", "What for; docs/reference/waits.md lists all."):target "waiter"
  parameters.define(command)
end

local function unknown(name, vendors)
  local names = {}
  for _, vendor in ipairs(vendors) do
    for known in pairs(streamctl[vendor].waiters) do names[known] = true end
  end
  fail.usage("there is nothing named '%s' to wait for%s; see docs/reference/waits.md",
    errors.tidy(name, 100), suggest.hint(name, names))
end

function wait.run(invocation)
  local args = invocation.args
  local name = args.waiter
  local aliyun, zego = streamctl.aliyun.waiters[name], streamctl.zego.waiters[name]
  if not aliyun and not zego then unknown(name, flags.vendors(args.vendor)) end
  local account = invocation:account { vendor = not zego and "aliyun" or not aliyun and "zego" }
  local waiter = account.api.waiters[name]
  if not waiter then unknown(name, { account.vendor }) end
  local client = account.client
  local answer, message, err = fail.checked(client.wait_for, client, name,
    parameters.of(invocation, account:operation(waiter[1])), { timeout = args.timeout })
  if not answer then fail.call(message, err) end
  if answer.info then invocation.say:warn("%s", answer.info.warning) end
  invocation.out:object(answer, { "RequestId", "Code", "Message" })
end

return wait
