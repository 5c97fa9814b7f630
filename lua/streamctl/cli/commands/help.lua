--- `streamctl help [COMMAND [SUB]|exit-status|environment|examples]`.
-- @module streamctl.cli.commands.help

local errors = require "streamctl.errors"
local failure = require "streamctl.cli.failure"
local names = require "streamctl.cli.commands"
local suggest = require "streamctl.suggest"

local help = {
  name = "help",
  summary = "Help on a command, on exit statuses, on the environment; examples",
}

function help.define(command)
  command:argument("topic", "A command and its subcommand, exit-status, environment, or "
    .. "examples."):argname "TOPIC":args "*"
end

local WIDTH = 79

-- Words in lines, the first one behind a name.
local function paragraph(name, indent, words)
  local lines, line = {}, name .. (" "):rep(indent - #name)
  local empty = true
  for word in words:gmatch "%S+" do
    if not empty and #line + 1 + #word > WIDTH then
      lines[#lines + 1], line, empty = line, (" "):rep(indent), true
    end
    line, empty = line .. (empty and "" or " ") .. word, false
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n") .. "\n"
end

local function list(title, indent, entries)
  local parts = { title, "\n\n" }
  for _, entry in ipairs(entries) do
    local name = "  " .. entry[1]
    if #name >= indent - 1 then
      parts[#parts + 1] = name .. "\n" .. paragraph("", indent, entry[2])
    else
      parts[#parts + 1] = paragraph(name, indent, entry[2])
    end
  end
  return table.concat(parts)
end

local TOPICS = {
  ["exit-status"] = function()
    return list("Exit statuses:", 7, require("streamctl.cli.status").meanings)
  end,
  environment = function()
    return list("Variables of the environment:", 30,
      require("streamctl.cli.config").environment)
  end,
  examples = function()
    local parts = {}
    for i, example in ipairs(require "streamctl.cli.examples") do
      parts[i] = ("%s:\n  %s\n"):format(example[1], (example[2]:gsub("\n", "%0  ")))
    end
    return table.concat(parts, "\n")
  end,
}

function help.run(invocation)
  local topic = invocation.args.topic
  local first = topic[1]
  if TOPICS[first] then
    invocation.out:write(TOPICS[first]())
    return 0
  end
  local known = { ["exit-status"] = true, environment = true, examples = true }
  for _, name in ipairs(names) do known[name] = true end
  if first and not known[first] then
    failure.usage("there is no help on '%s'%s; see streamctl --help", errors.tidy(first, 100),
      suggest.hint(first, known))
  end
  invocation.out:write(require("streamctl.cli.parser").help(topic))
  return 0
end

return help
