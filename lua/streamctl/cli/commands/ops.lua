--- `streamctl ops [ACTION]`: what operations there are, and what is known of one.
-- @module streamctl.cli.commands.ops

local ops = { name = "ops", summary = "List operations, or show what is known of one" }

function ops.define(command)
  command:argument("action", "Its name, in either spelling."):args "?"
end

function ops.run(invocation)
  invocation.out:line(invocation.args.action or "all")
  return 0
end

return ops
