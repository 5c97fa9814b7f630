-- Completes a command line for shells. argparse has no functions for that, so this module reads the
-- fields of its parser.

local config = require "streamctl.cli.config"
local flags = require "streamctl.cli.flags"
local names = require "streamctl.cli.commands"
local parser = require "streamctl.cli.parser"
local row_words = require "streamctl.cli.describe"
local streamctl = require "streamctl"

local complete = {}

-- Words that stand for names of files, plain or behind an `@`: the shell completes these.
complete.FILES, complete.AT_FILES = "<files>", "<@files>"

-- Adds the actions of all operations, or of operations with a field such as `pages`.
local function add_actions(add, args, field)
  for _, vendor in ipairs(flags.vendors(args["--vendor"])) do
    for row in streamctl[vendor].operations:each() do
      if not field or row[field] then add(row.action, vendor) end
    end
  end
end

-- By kind of value: `add(word, description)` each value. `args` has the words before.
local VALUES = {
  actions = function(add, args) add_actions(add, args) end,
  lists = function(add, args) add_actions(add, args, "pages") end,
  files = function(add) add(complete.FILES) end,
  at_files = function(add) add(complete.AT_FILES) end,
}

function VALUES.waiters(add, args)
  for _, vendor in ipairs(flags.vendors(args["--vendor"])) do
    for name in pairs(streamctl[vendor].waiters) do add(name, vendor) end
  end
end

function VALUES.profiles(add, _, invocation)
  local fine, found = pcall(config.load, invocation)
  for name, section in pairs(fine and found.profile or {}) do add(name, section.values.vendor) end
end

function VALUES.stores(add)
  for _, text in ipairs { "memory", "file:", "redis://" } do add(text) end
end

function VALUES.topics(add)
  for _, list in ipairs { names, { "exit-status", "environment", "examples" } } do
    for _, name in ipairs(list) do add(name) end
  end
end

-- Adds the words of `relay create`: files with tasks, and parameters of all tasks.
function VALUES.lines(add)
  add(complete.AT_FILES)
  VALUES.parameters(add, { action = "CreateLivePullToPush" })
end

-- Adds NAME= for parameters of the operation or waiter in `args`.
function VALUES.parameters(add, args)
  for _, vendor in ipairs(flags.VENDORS) do
    local waiter = streamctl[vendor].waiters[args.waiter or ""]
    local row = streamctl[vendor].operations:find(waiter and waiter[1] or args.action
      or args.operation or "")
    for _, param in ipairs(row and row.params or {}) do
      add(param.name .. "=", row_words.is_required(param) and "required" or nil)
    end
    for _, name in ipairs(waiter and (waiter.needs or waiter.some) or {}) do add(name .. "=") end
  end
end

-- Kinds of values by the name of an argument or flag, and by the name of its value.
local OF_NAME = {
  action = "actions", names = "actions", operation = "lists", waiter = "waiters",
  words = "parameters", lines = "lines", streams = "at_files", tasks = "at_files", topic = "topics",
  report = "files", body = "at_files", token = "at_files",
  ["--profile"] = "profiles", ["--store"] = "stores",
}
local OF_KIND = { FILE = "files", JSON = "at_files" }

-- Adds the values of an argument or a flag.
local function add_values(element, add, args, invocation)
  for _, choice in ipairs(element._choices or {}) do add(choice) end
  local kind = not element._choices
    and (OF_NAME[element._target or element._name] or OF_KIND[element._argname])
  if kind then VALUES[kind](add, args, invocation) end
end

-- Returns the flags of a command: its own flags, and its shared flags.
local function options_of(at)
  local list, root = {}, at
  for _, option in ipairs(at._options) do list[#list + 1] = option end
  while root._parent do root = root._parent end
  for _, option in ipairs(root ~= at and root._options or {}) do
    if not at.takes or at.takes[option:_get_default_target()] then list[#list + 1] = option end
  end
  return list
end

local function option_of(at, word)
  for _, option in ipairs(options_of(at)) do
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

-- Reads the complete words. Returns the command `at` the end, the flag `wanting` a value, the
-- `count` of arguments, and `args` with values.
local function read(words)
  local state = { at = parser.new(), count = 0, args = {} }
  for i = 1, #words - 1 do
    local word = words[i]
    local option = not state.ended and word:find "^%-" and option_of(state.at, word)
    if state.wanting then
      state.args[state.wanting] = word
      state.wanting = nil
    elseif word == "--" then
      state.ended = true
    elseif word:find "^%-" and not state.ended then
      if option and option._minargs > 0 then state.wanting = word end
      local name, value = word:match "^(%-%-[^=]+)=(.*)$"
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

-- Joins the three words that bash makes of "--output=js" to two.
local function joined(words)
  local list = {}
  for i, word in ipairs(words) do
    local before = list[#list]
    local is_sign = word == "=" and before and before:find "^%-%-"
    if not is_sign or i == #words then list[#list + 1] = is_sign and "" or word end
  end
  return list
end

-- Returns the first sentence of a description, without its full stop.
local function sentence(description)
  return (description or ""):match "^(.-)%.%s" or (description or ""):match "^(.-)%.?$"
end

-- Returns the next argument, which may be the last argument again.
local function argument_of(state)
  local arguments = state.at._arguments
  local last = arguments[#arguments]
  return arguments[state.count + 1] or (last and last._maxargs == math.huge and last)
end

-- Completes the last of the words of a command line. Returns a sorted list of
-- `{ word, description }`; the words `FILES` and `AT_FILES` stand for names of files.
function complete.words(invocation, words)
  words = joined(words)
  local state, found, seen = read(words), {}, {}
  local begun = words[#words] or ""
  local name, value = begun:match "^(%-%-[^=]+)=(.*)$"
  local before = ""
  local function add(word, description)
    local is_file = word == complete.FILES or word == complete.AT_FILES
    local fits = is_file or (before .. word):sub(1, #begun) == begun
    if fits and not seen[word] then
      seen[word] = true
      found[#found + 1] = { is_file and word or before .. word, description }
    end
  end
  if state.wanting then
    add_values(option_of(state.at, state.wanting), add, state.args, invocation)
  elseif name and option_of(state.at, name) then
    before = name .. "="
    add_values(option_of(state.at, name), add, state.args, invocation)
  elseif begun:find "^%-" and not state.ended and not value then
    for _, option in ipairs(options_of(state.at)) do
      for _, alias in ipairs(option._aliases) do add(alias, sentence(option._description)) end
    end
  else
    for _, command in ipairs(state.at._commands) do add(command._name, command._summary) end
    local argument = not state.at._commands[1] and argument_of(state)
    if argument then add_values(argument, add, state.args, invocation) end
  end
  table.sort(found, function(a, b) return a[1] < b[1] end)
  return found
end

return complete
