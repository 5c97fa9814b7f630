--- `streamctl completion bash|zsh|fish`.
-- @module streamctl.cli.commands.completion

local completion = {
  name = "completion",
  summary = "Write a completion script for a shell",
  description = "Write a completion script for a shell. For bash, put it into "
    .. "~/.local/share/bash-completion/completions/streamctl; for zsh, as _streamctl into a folder "
    .. "of fpath; for fish, into ~/.config/fish/completions/streamctl.fish.",
}

function completion.define(command)
  command:argument("shell", "bash, zsh or fish."):choices { "bash", "zsh", "fish" }
end

function completion.run(invocation)
  local parser = require("streamctl.cli.parser").new()
  local write = parser["get_" .. invocation.args.shell .. "_complete"]
  invocation.out:write(write(parser))
  return 0
end

return completion
