--- The command line: what argparse makes of it.
-- @module streamctl.cli.parser

local argparse = require "argparse"
local errors = require "streamctl.errors"
local failure = require "streamctl.cli.failure"
local flags = require "streamctl.cli.flags"
local names = require "streamctl.cli.commands"
local suggest = require "streamctl.suggest"

local parser = {}

local WIDTH = 79

local LONGEST = 100 -- bytes of a flag's name; argparse compares names at a cost that grows squared

local function quoted(word)
  return "'" .. errors.tidy(word, LONGEST) .. "'"
end

-- What help calls an argument.
local function shown_name(at, name)
  for _, argument in ipairs(at._arguments or {}) do
    local shown = argument._argname
    if argument._name == name and shown then return type(shown) == "table" and shown[1] or shown end
  end
  return name
end

-- argparse has a "did you mean" of its own for one wrong letter, on a second line.
local function refuse(at, message)
  message = errors.tidy(message:match "^[^\n]*", 4 * LONGEST)
  message = message:gsub("^missing argument '([^']*)'", function(name)
    return "missing argument '" .. shown_name(at, name) .. "'"
  end)
  local wrong = message:match "^unknown option '(.*)'$"
  if wrong then
    local known = {}
    for name in at:get_usage():gmatch "%-%-[%a-]+" do known[name] = true end
    if #wrong > 2 then message = message .. suggest.hint(wrong, known) end
  end
  local path = at:get_usage():match "^Usage: ([%l -]-) ?[%[<]" or "streamctl"
  failure.usage("%s; see %s --help", message, path)
end

-- --help throws its text, where argparse would print it and exit.
local function give_help(made)
  made:add_help(false)
  made:flag("-h --help", "Show this help."):action(function()
    failure.show(made:get_help() .. "\n")
  end)
  return made
end

-- argparse puts each name of a flag with a value on a line of its own, and calls arguments by
-- other names than usage does.
local function label(made)
  for _, option in ipairs(made._options) do
    local values = option:_get_argument_list()
    if values[1] and option._public_aliases[2] then
      local text = table.concat(option._public_aliases, ", ") .. " " .. table.concat(values, " ")
      function option._get_label_lines() return { text } end
    end
  end
  for _, argument in ipairs(made._arguments) do
    local name = argument._argname
    if type(name) == "string" then
      function argument._get_label_lines() return { name } end
    end
  end
end

local function load_command(name)
  return require("streamctl.cli.commands." .. name)
end

local function add(to, command, path)
  local made = give_help(to:command(command.name, command.description or command.summary))
  made:summary(command.summary)
  path = path .. command.name
  if command.commands then
    made:command_target "subcommand"
    for _, sub in ipairs(command.commands) do add(made, sub, path .. " ") end
  else
    command.define(made)
    label(made)
    made:action(function(args) args.command, args.path = command, path end)
  end
end

--- Makes the parser. `only`, if any: the names of commands; all when absent. Returns an argparse
-- parser.
function parser.new(only)
  local root = give_help(argparse("streamctl",
    "Control live streams at Alibaba Cloud ApsaraVideo Live and at ZEGOCLOUD."))
  root.error = refuse
  root:help_max_width(WIDTH):usage_max_width(WIDTH)
  root:command_target "name"
  root:flag("--version", "Show the version.")
  root:epilog("`streamctl COMMAND --help` tells what a command takes; `streamctl help examples`, "
    .. "`streamctl help exit-status` and `streamctl help environment` tell the rest. Flags may "
    .. "stand before or after the command; `--` ends them.")
  for _, name in ipairs(only or names) do add(root, load_command(name), "") end
  return root
end

--- The help of the whole, or of a command. `path`, if any: words: "relay", "create".
function parser.help(path)
  if not path or not path[1] then return parser.new():get_help() .. "\n" end
  local words = {}
  for i, word in ipairs(path) do words[i] = word end
  words[#words + 1] = "--help"
  local _, shown = pcall(parser.parse, words)
  if shown.text then return shown.text end
  error(shown, 0)
end

-- What may stand before the command's name.
local FLAGS = { ["--version"] = true }
for _, set in ipairs { flags.with_value, flags.without_value } do
  for name in pairs(set) do FLAGS[name] = true end
end

-- What a flag is: "open" when its value is the next word, "closed" when not; nil when it is not
-- known here. It may be several, as in "-qn", "-vo json" or "-vojson".
local function kind_of(word)
  if flags.with_value[word] then return "open" end
  if flags.without_value[word] or word:find "^%-%-.*=" then return "closed" end
  for i = 2, #word do
    local letter = "-" .. word:sub(i, i)
    if flags.with_value[letter] then return i == #word and "open" or "closed" end
    if not flags.without_value[letter] then return nil end
  end
  return "closed"
end

-- Finds the command's name among the words from `from` on: its place; or nil, and that of what
-- seems to be one, or a flag that is not known here: it may or may not have a value behind it.
local function find(words, from, known)
  local doubtful
  local i = from
  while i <= #words do
    local word = words[i]
    if word == "--" then
      return words[i + 1] and known[words[i + 1]] and i + 1, i + 1
    elseif word:find "^%-." then
      local kind = kind_of(word)
      if kind == "open" then i = i + 1 end
      doubtful = doubtful or not kind and word
    elseif known[word] then
      return i
    elseif not doubtful then
      return nil, i
    end
    i = i + 1
  end
  return nil, nil, doubtful
end

local function has_help(words)
  for _, word in ipairs(words) do
    if word == "--" then return false end
    if word == "-h" or word == "--help" then return true end
  end
  return false
end

local function set_of(list)
  local set = {}
  for _, name in ipairs(list) do set[name] = true end
  return set
end

-- Moves the word at `at` to the place `to`, so that flags before a command's name come after it.
local function move(words, at, to)
  table.insert(words, to, table.remove(words, at))
end

local function short_help()
  failure.raise(2, {
    "a command is missing",
    "Usage: streamctl COMMAND ...",
    "Commands: " .. table.concat(names, ", "),
    "streamctl --help tells more",
  })
end

-- Puts the command's name first, then its subcommand's.
local function arrange(words)
  local known = set_of(names)
  local at, wrong, flag = find(words, 1, known)
  if not at then
    if wrong and words[wrong] then
      failure.usage("unknown command %s%s; see streamctl --help", quoted(words[wrong]),
        suggest.hint(words[wrong], known))
    elseif flag and not has_help(words) then
      failure.usage("unknown option %s%s and no command; see streamctl --help", quoted(flag),
        #flag > 2 and suggest.hint(flag, FLAGS) or "")
    end
    return nil
  end
  move(words, at, 1)
  local command = load_command(words[1])
  if not command.commands then return words end
  local subs = {}
  for i, sub in ipairs(command.commands) do subs[i] = sub.name end
  known = set_of(subs)
  at, wrong = find(words, 2, known)
  if at then
    move(words, at, 2)
  elseif wrong and words[wrong] then
    failure.usage("unknown command %s%s; see streamctl %s --help",
      quoted(words[1] .. " " .. words[wrong]),
      suggest.hint(words[wrong], known), words[1])
  elseif not has_help(words) then
    failure.usage("'%s' needs one of %s; see streamctl %s --help", words[1],
      table.concat(subs, ", "), words[1])
  end
  return words
end

--- Reads the words of a command line; ends by `failure.usage`. Returns what argparse gives, with
-- `command` (a table of `commands/`) and `path` ("relay create").
function parser.parse(words)
  local own, flags_ended = {}, false
  for i, word in ipairs(words) do
    own[i] = word
    flags_ended = flags_ended or word == "--"
    local flag = not flags_ended and word:match "^%-%-[^=]*"
    if flag and #flag > LONGEST then failure.usage("unknown option %s", quoted(flag)) end
  end
  if not arrange(own) then
    if has_help(own) then failure.show(parser.help()) end
    short_help()
  end
  return parser.new({ own[1] }):parse(own)
end

return parser
