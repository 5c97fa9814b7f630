-- Parses the command line by argparse.

local argparse = require "argparse"
local errors = require "streamctl.base.errors"
local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local names = require "streamctl.cli.commands"
local suggest = require "streamctl.base.suggest"

local parser = {}

local MAX = 100 -- bytes of a flag's name, since argparse is slow with long names

-- Returns the full name of a command: "streamctl relay create".
local function path_of(at)
  return at._parent and path_of(at._parent) .. " " .. at._name or at._name
end

-- Refuses a missing or unknown command. `word`, if any: in place of the name.
local function refuse_command(at, word)
  local path = path_of(at)
  if word then
    fail.usage("unknown command '%s'%s; see %s --help", errors.tidy(word, MAX),
      suggest.hint(word, at.names), path)
  elseif at._parent then
    fail.usage("'%s' needs one of %s; see %s --help", at._name, table.concat(at.names, ", "),
      path)
  end
  fail.usage { "a command is missing", "Usage: streamctl COMMAND ...",
    "Commands: " .. table.concat(at.names, ", "), "streamctl --help tells more" }
end

-- Refuses a wrong command line. The second line of argparse, a "did you mean", is replaced.
local function refuse(at, message)
  message = errors.tidy(message:match "^[^\n]*", 4 * MAX)
  local command = message:match "^unknown command '(.*)'$"
  if command or message == "a command is required" then refuse_command(at, command) end
  local wrong = message:match "^unknown option '(.*)'$"
  if wrong and at._commands[1] then message = message .. " before the command" end
  if wrong and #wrong > 2 then
    local known = {}
    for _, option in ipairs(flags.options(at)) do
      for _, name in ipairs(option._aliases) do known[#known + 1] = name end
    end
    message = message .. suggest.hint(wrong, known)
  end
  fail.usage("%s; see %s --help", message, path_of(at))
end

-- Adds --help, which throws its text; argparse would print and exit.
local function give_help(made, path)
  made:add_help(false)
  made:flag("-h --help", "Show this help."):action(function()
    fail.raise(0, nil, nil, parser.help(path))
  end)
  return made
end

-- Returns the examples of a command as lines.
function parser.examples(command)
  local lines = {}
  for i, line in ipairs(command.examples) do
    lines[i] = "  streamctl " .. line:gsub("\n", "%0  ")
  end
  return table.concat(lines, "\n")
end

local add_all

local function add(to, shared, command, path, words)
  path[#path + 1] = command.name
  local made = give_help(to:command(command.name, command.summary .. "."), path)
  made:summary(command.summary)
  if command.commands then
    made:command_target "subcommand"
    local subs = {}
    for i, sub in ipairs(command.commands) do subs[i], subs[sub.name] = sub.name, sub end
    return add_all(made, shared, subs, function(name) return subs[name] end, path, words)
  end
  if command.define then command.define(made) end
  made.takes = command.takes or {}
  made:epilog((command.examples and "Examples:\n" .. parser.examples(command) or "")
    .. (command.takes and "\n\nOther flags: `streamctl help flags`." or ""))
  made:action(function(args)
    args.command, args.path = command, table.concat(path, " ")
    flags.check(shared, args, command, args.path)
  end)
end

-- Adds commands, and loads only those among `words`, if any. Without such a word the first word is
-- refused.
function add_all(to, shared, list, load, path, words)
  local wanted = {}
  for _, word in ipairs(words or list) do wanted[word] = true end
  to.names = list
  for _, name in ipairs(list) do
    if wanted[name] then add(to, shared, load(name), { path[1] }, words) end
  end
  if to._commands[1] then return end
  to:argument("wrong"):args "*"
  to:action(function(args) refuse_command(to, args.wrong[1]) end)
end

local function load_command(name)
  local command = require("streamctl.cli.commands." .. name)
  command.name = name
  return command
end

-- Makes the parser of argparse, with the commands of a command line, or with all commands. Each
-- command has `takes`, see `streamctl.cli.flags`.
function parser.new(words)
  local root = give_help(argparse("streamctl",
    "Control live streams at Alibaba Cloud ApsaraVideo Live and at ZEGOCLOUD."), {})
  root.error = refuse
  root:help_max_width(79):usage "Usage: streamctl [FLAGS] COMMAND ..."
  root:command_target "name"
  root:flag("--version", "Show the version.")
  local shared = flags.define(root)
  root:epilog("`streamctl COMMAND --help` tells what a command takes, `streamctl help flags` what "
    .. "several take; `streamctl help examples`, `streamctl help exit-status` and `streamctl help "
    .. "environment` tell the rest. `--` ends flags.")
  root.shared = shared
  add_all(root, shared, names, load_command, {}, words)
  return root
end

-- Returns the help of streamctl, or of a command such as { "relay", "create" }.
function parser.help(path)
  local words = path and path[1] and { path[1] }
  for _, sub in ipairs(words and load_command(path[1]).commands or {}) do
    words[#words + 1] = sub.name
  end
  local root = parser.new(words)
  local at = root
  for _, word in ipairs(path or {}) do
    local found
    for _, command in ipairs(at._commands) do found = found or command._name == word and command end
    at = found or refuse_command(at, word)
  end
  flags.show(root.shared, at)
  return at:get_help() .. "\n"
end

-- Parses a command line. Returns the values of argparse with `command` (a table of `commands/`) and
-- `path` ("relay create").
function parser.parse(words)
  for _, word in ipairs(words) do
    if word == "--" then break end
    local flag = word:match "^%-%-[^=]*"
    if flag and #flag > MAX then fail.usage("unknown option '%s'", errors.tidy(flag, MAX)) end
  end
  return parser.new(words):parse(words)
end

return parser
