-- Prints what the manual page has beside --help, as help2man includes it: the help of each command,
-- exit statuses, the environment. All of it is what the command itself shows.
-- usage: lua tools/manual.lua

local config = require "streamctl.cli.config"
local examples = require("streamctl.cli.commands.help").examples
local names = require "streamctl.cli.commands"
local parser = require "streamctl.cli.parser"
local status = require "streamctl.cli.status"

-- Text that roff takes as it is.
local function plain(text)
  text = text:gsub("\\", "\\e"):gsub("%-", "\\-")
  return (("\n" .. text):gsub("\n([.'])", "\n\\&%1"):sub(2))
end

local function section(title)
  io.write("[", title, "]\n")
end

local function list(entries)
  for _, entry in ipairs(entries) do
    io.write(".TP\n\\fB", plain(tostring(entry[1])), "\\fR\n", plain(entry[2]), "\n")
  end
end

local function command(path)
  io.write(".SS \"streamctl ", plain(table.concat(path, " ")), "\"\n.nf\n",
    plain(parser.help(path)), ".fi\n")
end

section "COMMANDS"
io.write(".nh\n.ad l\n") -- names are no words to break, from here on
for _, name in ipairs(names) do
  command { name }
  for _, sub in ipairs(require("streamctl.cli.commands." .. name).commands or {}) do
    command { name, sub.name }
  end
end
section "EXAMPLES"
for _, example in ipairs(examples) do
  io.write(".PP\n", plain(example[1]), ":\n.PP\n.nf\n.RS\n", plain(example[2]), "\n.RE\n.fi\n")
end
section "EXIT STATUS"
list(status.meanings)
section "ENVIRONMENT"
list(config.environment)
