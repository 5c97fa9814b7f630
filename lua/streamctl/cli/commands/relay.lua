--- `streamctl relay`: tasks of Alibaba Cloud that pull a stream from one address and push it to
-- another.
-- @module streamctl.cli.commands.relay

local change = require "streamctl.cli.commands.relay.change"
local list = require "streamctl.cli.commands.relay.list"
local make = require "streamctl.cli.commands.relay.make"
local show = require "streamctl.cli.commands.relay.show"

return {
  name = "relay",
  summary = "Pull streams from one address and push them to another (Alibaba Cloud)",
  commands = {
    make.create, make.ensure, list, show, change.stop, change.delete, change.restart,
  },
}
