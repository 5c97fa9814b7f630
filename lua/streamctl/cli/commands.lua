-- The names of all commands in the order of the help. Each is a file in `cli/commands/`, which
-- returns a table:
--
-- * `summary` (one line, no full stop), `examples` (command lines without "streamctl")
-- * `takes`, if any: its shared flags, a set of `flags.lua`; `formats` of -o, all when absent
-- * `define(command)`, if any: adds arguments and flags of its own to an argparse command
-- * `commands`: instead, a list of tables of this kind with a `name`, such as `relay create`
-- * `run(invocation)`: runs the command, and perhaps returns an exit status other than 0

return {
  "resume", "forbid", "state", "retry", "settle", "report", "relay", "queue", "call", "list",
  "wait", "ops", "configure", "whoami", "doctor", "completion", "help",
}
