-- Writes the numbers of a run for node_exporter's textfile collector: the flag --metrics.

local core = require "streamctl.core"
local fail = require "streamctl.cli.fail"
local streamctl = require "streamctl"
local system = require "streamctl.system"

local textfile, Textfile = {}, {}
Textfile.__index = Textfile

local EACH = 15 -- seconds between two writings

-- Writes a file that everybody may read, whole or not at all. Returns why not, or nil. The
-- collector reads no file whose name ends so, and another process that writes it is refused.
local function replace(path, text)
  local new = path .. ".new"
  local file, why = system.journal(new)
  local done = file
  for _, step in ipairs { { "cut", 0 }, { "append", text }, { "share" } } do
    if done then done, why = file[step[1]](file, step[2]) end
  end
  if done then done, why = os.rename(new, path) end
  if file then file:close() end
  return not done and why or nil
end

-- Returns why a path cannot be that of the file, or nil. A device would be replaced as well.
local function misuse(path)
  local mode, is_regular = system.file_mode(path)
  local is_file = path ~= "" and path ~= "-" and (is_regular or not mode)
  return not is_file and "it must be a regular file" or nil
end

-- Makes the numbers of a run and the file, or ends the command.
function textfile.open(path, say)
  local self = setmetatable({ path = path, say = say, numbers = streamctl.metrics.new(), due = 0 },
    Textfile)
  local why = misuse(path) or replace(path, self.numbers:text "prometheus")
  if why then fail.usage("--metrics cannot be written: %s; nothing was sent", why) end
  return self
end

-- Writes the present numbers. A failure that goes on is told once.
function Textfile:write()
  self.due = core.monotonic() + EACH
  local why = replace(self.path, self.numbers:text "prometheus")
  if why and why ~= self.told then self.say:warn("--metrics cannot be written: %s", why) end
  self.told = why
end

-- Takes an event of a client or of a worker, and writes now and then.
function Textfile:on_event(event)
  self.numbers.on_event(event)
  if event.event == "lengths" or core.monotonic() >= self.due then self:write() end
end

return textfile
