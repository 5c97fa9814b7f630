-- `streamctl completion bash|zsh|fish`: scripts of argparse, for commands, flags and choices.

local completion = {
  summary = "Write a completion script for a shell",
  examples = { "completion bash >/etc/bash_completion.d/streamctl",
    "completion zsh >~/.zfunc/_streamctl" },
}

function completion.define(command)
  command:argument("shell", "bash, zsh or fish."):choices { "bash", "zsh", "fish" }
end

-- What argparse does not know: a file behind an @.
local AT_FILE = {
  bash = { "\ncomplete [^\n]*\n$", [=[

_streamctl_at() {
    local IFS=$'\n'
    if [[ $2 == @* ]]; then COMPREPLY=($(compgen -P @ -f -- "${2#@}")); else _streamctl "$@"; fi
}
complete -F _streamctl_at -o bashdefault -o default -o filenames streamctl
]=] }, zsh = { "\n_streamctl%(%) {\n", "%0  compset -P @\n" },
}

function completion.run(invocation)
  local parser, shell = require("streamctl.cli.parser").new(), invocation.args.shell
  local script, at = parser["get_" .. shell .. "_complete"](parser), AT_FILE[shell]
  invocation.out:write(at and script:gsub(at[1], at[2]) or script)
end

return completion
