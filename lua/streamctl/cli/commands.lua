-- The names of all commands in the order of the help. Each is a file in `cli/commands/`, which
-- returns a table:
--
-- * `name`, `summary` (one line, no full stop), `description` (optional, for its own help)
-- * `takes`, if any: its shared flags, a set of `flags.lua`; `formats` of -o, all when absent
-- * `define(command)`, if any: adds arguments and flags of its own to an argparse command
-- * `commands`: instead, a list of tables of this kind, for `relay create` and its kin
-- * `run(invocation)`: runs the command; returns an exit status, or ends by `failure.lua`

return {
  "resume", "forbid", "state", "retry", "settle", "relay", "call", "list", "wait", "address",
  "token", "webhook", "ops", "whoami", "doctor", "completion", "help",
}
