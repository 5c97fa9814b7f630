-- `streamctl help [COMMAND [SUB]|TOPIC]`: shows help.

local config = require "streamctl.cli.config"
local errors = require "streamctl.base.errors"
local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local names = require "streamctl.cli.commands"
local parser = require "streamctl.cli.parser"
local status = require "streamctl.cli.status"
local suggest = require "streamctl.base.suggest"
local tables = require "streamctl.cli.output.table"

local help = {
  summary = "Help on a command, on flags, exit statuses, the environment; examples",
  examples = { "help relay create", "help flags" },
  topics = { "flags", "examples", "exit-status", "environment" },
}

function help.define(command)
  command:argument("TOPIC", "A command and its subcommand, or " .. table.concat(help.topics, ", ")
    .. "."):args "*":target "topic"
end

local WIDTH = 79

-- Returns a list of purposes and lines, those of all commands.
function help.all_examples()
  local found = {}
  local function add(command)
    found[#found + 1] = command.examples and { command.summary, parser.examples(command) } or nil
    for _, sub in ipairs(command.commands or {}) do add(sub) end
  end
  for _, name in ipairs(names) do add(require("streamctl.cli.commands." .. name)) end
  return found
end

local function list(title, indent, entries)
  local lines = { title, "" }
  for _, entry in ipairs(entries) do
    local name = "  " .. entry[1]
    if #name >= indent - 1 then lines[#lines + 1], name = name, "" end
    for _, line in ipairs(tables.fold(entry[2], WIDTH - indent)) do
      lines[#lines + 1], name = name .. (" "):rep(indent - #name) .. line, ""
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

local TOPICS = {
  ["exit-status"] = function() return list("Exit statuses:", 7, status.meanings) end,
  environment = function() return list("Variables of the environment:", 30, config.environment) end,
  flags = function()
    local entries = {}
    for i, row in ipairs(flags.shared) do
      entries[i] = { row[1]:gsub(" ", ", ") .. (row[2] and " " .. row[2] or ""), row[3] }
    end
    return list("Flags that several commands take, before or after the command:", 25, entries)
  end,
  examples = function()
    local parts = {}
    for i, example in ipairs(help.all_examples()) do
      parts[i] = ("%s:\n%s\n"):format(example[1], example[2])
    end
    return table.concat(parts, "\n")
  end,
}

function help.run(invocation)
  local topic, known = invocation.args.topic, {}
  for _, name in ipairs(names) do known[name] = true end
  for name in pairs(TOPICS) do known[name] = true end
  local first = topic[1]
  if first and not known[first] then
    fail.usage("there is no help on '%s'%s; see streamctl --help", errors.tidy(first, 100),
      suggest.hint(first, known))
  end
  invocation.out:write(TOPICS[first] and TOPICS[first]() or parser.help(topic))
end

return help
