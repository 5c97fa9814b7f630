-- Prints the sections of the manual page as help2man includes them, from what the command itself
-- shows. A flag is explained under the first command that takes it, and not again.
-- usage: lua tools/manual.lua

local config = require "streamctl.cli.config"
local examples = require("streamctl.cli.commands.help").all_examples()
local parser = require "streamctl.cli.parser"
local status = require "streamctl.cli.status"

local FILES = {
  { "~/.config/streamctl/config.ini", "Profiles, which name accounts." },
  { "~/.local/state/streamctl/store", "Order and rates, shared by all that runs here." },
  { "~/.aliyun/config.json, ~/.alibabacloud/credentials",
    "Keys of Alibaba Cloud's own tools, where nothing else gives a key." },
}

-- Text that roff takes as it is.
local function plain(text)
  text = text:gsub("\\", "\\e"):gsub("%-", "\\-")
  return (("\n" .. text):gsub("\n([.'])", "\n\\&%1"):sub(2))
end

local function section(title)
  -- names are no words to break; macros of groff 1.23 go back to HY and AD
  io.write("[", title, "]\n.nh\n.ad l\n.nr HY 0\n.ds AD l\n")
end

-- Writes names and what they mean, without blank lines between them.
local function list(entries)
  if entries[1] then io.write ".PP\n.PD 0\n" end
  for _, entry in ipairs(entries) do
    io.write(".TP 18\n\\fB", plain(tostring(entry[1])), "\\fR\n", plain(entry[2]), "\n")
  end
  if entries[1] then io.write ".PD\n" end
end

local explained = {}

-- Explains arguments and flags of an argparse command that were not explained alike before.
local function explain(at)
  local entries = {}
  for i = 1, #at._arguments + #at._options do
    local element = at._arguments[i] or at._options[i - #at._arguments]
    local lines = element:_get_label_lines()
    local name, text = lines[#lines], element._description
    if explained[name] ~= text then
      explained[name] = text
      entries[#entries + 1] = { name, text }
    end
  end
  list(entries)
end

-- Tells of a command, or of the commands in it.
local function command(at, path)
  path = path .. " " .. at._name
  if at._commands[1] then
    for _, sub in ipairs(at._commands) do command(sub, path) end
    return
  end
  local usage = at:get_usage():gsub("%s+", " "):gsub("^Usage: streamctl[%l ]* ?", "")
    :gsub("%[%-h%] ?", "")
  io.write(".SS \"", plain(path:sub(2)), "\"\n")
  if usage ~= "" then io.write(".RI \"", plain(usage), "\"\n.PP\n") end
  io.write(plain((at._description:gsub("%.?$", "."))), "\n")
  explain(at)
end

local root = parser.new()

section "=OPTIONS"
io.write("Flags that several commands take, before or after the command; `streamctl COMMAND ",
  plain "--help", "` tells which. `", plain "--", "` ends flags.\n")
explain(root)
section "COMMANDS"
io.write "A flag is explained where it comes first, and again where it means something else.\n"
for _, at in ipairs(root._commands) do command(at, "") end
section "EXAMPLES"
for _, example in ipairs(examples) do
  io.write(".PP\n", plain(example[1]), ":\n.nf\n.RS 4\n", plain(example[2]), "\n.RE\n.fi\n")
end
section "EXIT STATUS"
list(status.meanings)
section "ENVIRONMENT"
list(config.environment)
section "FILES"
list(FILES)
