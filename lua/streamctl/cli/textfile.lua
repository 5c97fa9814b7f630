-- Writes the numbers of a worker for node_exporter's textfile collector: `queue work --metrics`.

local core = require "streamctl.core"
local fail = require "streamctl.cli.fail"
local file = require "streamctl.cli.output.file"
local streamctl = require "streamctl"

local textfile, Textfile = {}, {}
Textfile.__index = Textfile

local EACH = 15 -- seconds between two writings

-- Writes the file, which everybody may read. The collector reads no file whose name ends in .new.
local function replace(self)
  return file.replace(self.path, file.numbers, function(journal)
    return journal:append(self.numbers:text())
  end, true)
end

-- Makes the numbers and the file, or ends the command.
function textfile.open(path, say)
  local self = setmetatable({ path = path, say = say, numbers = streamctl.metrics.new(), due = 0 },
    Textfile)
  local done, why
  if path ~= "" and path ~= "-" then done, why = replace(self) end
  if not done then
    fail.usage("--metrics cannot be written: %s; nothing was sent",
      why or "it must be a regular file")
  end
  return self
end

-- Writes the present numbers. A failure that goes on is told once.
function Textfile:write()
  self.due = core.monotonic() + EACH
  local _, why = replace(self)
  if why and why ~= self.told then self.say:warn("--metrics cannot be written: %s", why) end
  self.told = why
end

-- Takes an event of a client or of a worker, and writes now and then.
function Textfile:on_event(event)
  self.numbers.on_event(event)
  if event.event == "lengths" or core.monotonic() >= self.due then self:write() end
end

return textfile
