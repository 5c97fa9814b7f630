-- `streamctl relay`: tasks of Alibaba Cloud that pull a stream from one address and push it to
-- another.

local change = require "streamctl.cli.commands.relay.change"
local make = require "streamctl.cli.commands.relay.make"
local task = require "streamctl.cli.commands.relay.task"

return {
  name = "relay",
  summary = "Pull streams from one address and push them to another (Alibaba Cloud)",
  commands = {
    make.create, make.ensure, task.list, task.show, change.stop, change.delete, change.restart,
  },
}
