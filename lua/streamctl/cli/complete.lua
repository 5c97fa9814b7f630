-- Completes a command line for shells. argparse has no functions for that, so this module reads the
-- fields of its parser.

local config = require "streamctl.cli.config"
local describe = require "streamctl.cli.describe"
local help = require "streamctl.cli.commands.help"
local flags = require "streamctl.cli.flags"
local names = require "streamctl.cli.commands"
local parser = require "streamctl.cli.parser"
local streamctl = require "streamctl"

local complete = {}

-- Words that stand for names of files, plain or behind an `@`: the shell completes these.
complete.FILES, complete.AT_FILES = "<files>", "<@files>"

-- By kind of value: a list of values; or a function that calls `add(word, description)` for each
-- value, where `args` has the words before.
local VALUES = {
  files = { complete.FILES }, at_files = { complete.AT_FILES },
  stores = { "memory", "file:", "redis://", "rediss://" },
  topics = {},
}
for _, list in ipairs { names, help.topics } do
  for _, name in ipairs(list) do table.insert(VALUES.topics, name) end
end

function VALUES.actions(add, args, _, field)
  for _, vendor in ipairs(flags.vendors(args["--vendor"])) do
    for row in streamctl[vendor].operations:each() do
      if not field or row[field] then add(row.action, vendor) end
    end
  end
end

function VALUES.lists(add, args)
  VALUES.actions(add, args, nil, "pages")
end

function VALUES.waiters(add, args)
  for _, vendor in ipairs(flags.vendors(args["--vendor"])) do
    for name in pairs(streamctl[vendor].waiters) do add(name, vendor) end
  end
end

function VALUES.profiles(add, _, invocation)
  local fine, found = pcall(config.load, invocation)
  for name, section in pairs(fine and found.profile or {}) do add(name, section.values.vendor) end
end

-- Adds NAME= for parameters of the operation or waiter in `args`.
function VALUES.parameters(add, args)
  for _, vendor in ipairs(flags.VENDORS) do
    local waiter = streamctl[vendor].waiters[args.waiter or ""]
    local row = streamctl[vendor].operations:find(waiter and waiter[1] or args.action
      or args.operation or "")
    for _, param in ipairs(row and row.params or {}) do
      add(param.name .. "=", describe.is_required(param) and "required" or nil)
    end
    for _, name in ipairs(waiter and (waiter.needs or waiter.some) or {}) do add(name .. "=") end
  end
end

-- Adds the words of `relay create`: files with tasks, and parameters of all tasks.
function VALUES.lines(add)
  add(complete.AT_FILES)
  VALUES.parameters(add, { action = "CreateLivePullToPush" })
end

-- Kinds of values by the name of an argument or flag, and by the name of its value.
local OF_NAME = {
  action = "actions", names = "actions", operation = "lists", waiter = "waiters",
  words = "parameters", lines = "lines", streams = "at_files", tasks = "at_files", topic = "topics",
  report = "files",
  ["--profile"] = "profiles", ["--store"] = "stores",
}
local OF_KIND = { FILE = "files", JSON = "at_files" }

local function add_values(element, add, args, invocation)
  local kind = OF_NAME[element._target or element._name] or OF_KIND[element._argname]
  local values = element._choices or VALUES[kind] or {}
  if type(values) == "function" then return values(add, args, invocation) end
  for _, value in ipairs(values) do add(value) end
end

local function option_of(at, word)
  for _, option in ipairs(flags.options(at)) do
    for _, alias in ipairs(option._aliases) do
      if alias == word then return option end
    end
  end
end

local function command_of(at, word)
  for _, command in ipairs(at._commands) do
    if command._name == word then return command end
  end
end

-- Reads the complete words by a parser with some commands, or with all commands. Returns the
-- command `at` the end, the flag `wanting` a value, the `count` of arguments, and `args` with
-- values.
local function read(words, commands)
  local state = { at = parser.new(commands), count = 0, args = {} }
  for _, word in ipairs(words) do
    local is_flag = not state.ended and word:find "^%-"
    if state.wanting then
      state.args[state.wanting], state.wanting = word, nil
    elseif word == "--" then
      state.ended = true
    elseif is_flag then
      local option, name, value = option_of(state.at, word), word:match "^(%-%-[^=]+)=(.*)$"
      if option and option._minargs > 0 then state.wanting = word end
      if name then state.args[name] = value end
    elseif command_of(state.at, word) then
      state.at = command_of(state.at, word)
    else
      state.count = state.count + 1
      local argument = state.at._arguments[state.count]
      if argument then state.args[argument._target or argument._name] = word end
    end
  end
  return state
end

-- Returns the first sentence of a description, without its full stop.
local function sentence(description)
  return (description or ""):match "^(.-)%.%s" or (description or ""):match "^(.-)%.?$"
end

-- Completes the last of the words of a command line. Returns a sorted list of
-- `{ word, description }`; the words `FILES` and `AT_FILES` stand for names of files.
function complete.words(invocation, words)
  local begun, found, seen, before = table.remove(words) or "", {}, {}, ""
  local state = read(words, words)
  if state.at.names and not state.at._commands[1] then state = read(words) end
  local at = state.at
  local function add(word, description)
    local is_file = word == complete.FILES or word == complete.AT_FILES
    word = is_file and word or before .. word
    if seen[word] or not is_file and word:sub(1, #begun) ~= begun then return end
    seen[word] = true
    found[#found + 1] = { word, description }
  end
  local name = begun:match "^(%-%-[^=]+)="
  local option = option_of(at, state.wanting or name)
  if option then
    if not state.wanting then before = name .. "=" end
    add_values(option, add, state.args, invocation)
  elseif begun:find "^%-" and not state.ended and not name then
    for _, flag in ipairs(flags.options(at)) do
      for _, alias in ipairs(flag._aliases) do add(alias, sentence(flag._description)) end
    end
  elseif at._commands[1] then
    for _, command in ipairs(at._commands) do add(command._name, command._summary) end
  else
    local last = at._arguments[#at._arguments]
    local argument = at._arguments[state.count + 1] or last and last._maxargs == math.huge and last
    if argument then add_values(argument, add, state.args, invocation) end
  end
  table.sort(found, function(a, b) return a[1] < b[1] end)
  return found
end

return complete
