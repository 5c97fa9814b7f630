--- The command line: what argparse makes of it.
-- @module streamctl.cli.parser

local argparse = require "argparse"
local failure = require "streamctl.cli.failure"
local names = require "streamctl.cli.commands"

local parser = {}

-- argparse writes its usage and exits with 1, which means something else here.
local function refuse(_, message)
  failure.usage("%s", (message:gsub("\nDid you mean (.-)%?$", " (did you mean %1?)")))
end

local function add(to, command, path)
  local made = to:command(command.name, command.description or command.summary)
  made:summary(command.summary)
  path = path .. command.name
  if command.commands then
    made:command_target "subcommand"
    for _, sub in ipairs(command.commands) do add(made, sub, path .. " ") end
  else
    command.define(made)
    made:action(function(args) args.command, args.path = command, path end)
  end
end

--- Makes the parser with all commands.
-- @treturn table an argparse parser
function parser.new()
  local root = argparse("streamctl", "Control live streams at Alibaba Cloud and at ZEGOCLOUD.")
  root.error = refuse
  root:command_target "name"
  for _, name in ipairs(names) do
    add(root, require("streamctl.cli.commands." .. name), "")
  end
  return root
end

--- Reads the words of a command line; ends by `failure.usage`.
-- @tparam table words
-- @treturn table what argparse gives, with `command` (a table of `commands/`) and `path`
-- ("relay create")
function parser.parse(words)
  return parser.new():parse(words)
end

return parser
