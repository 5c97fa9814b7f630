--- `streamctl relay`: tasks of Alibaba Cloud that pull a stream from one address and push it to
-- another.
-- @module streamctl.cli.commands.relay

return {
  name = "relay",
  summary = "Pull streams from one address and push them to another (Alibaba Cloud)",
  commands = {
    require "streamctl.cli.commands.relay.list", require "streamctl.cli.commands.relay.show",
  },
}
