-- Shows the progress of a long command: a changing line on a terminal, or a line now and then.

local core = require "streamctl.core"
local text = require "streamctl.cli.output.text"
local times = require "streamctl.cli.times"

local progress, Progress = {}, {}
Progress.__index = Progress

local BETWEEN = { bar = 0.1, plain = 10 } -- seconds
local KNOWN = 3 -- seconds after which the measured rate counts where it is the lower one
local MAX = 79 -- columns; some terminals wrap at the last column
local BAR = 10 -- characters

-- The pieces of a line to drop one by one where the line is too long.
local DROPPED = { 1, 5, 6, 4, 3, 2 }

-- Returns the line for the counts `now`, within `room` columns.
local function compose(self, now, room)
  local elapsed = core.monotonic() - self.began
  local measured = elapsed > 0 and now.done > 0 and now.done / elapsed
  local rate = self.rate or measured
  if measured and elapsed >= KNOWN then rate = math.min(rate, measured) end
  local filled = math.floor(BAR * math.min(now.done / self.total, 1))
  local function count(name)
    return (now[name] or 0) > 0 and ("  %s %s"):format(text.thousands(now[name]), name) or ""
  end
  local pieces = {
    self.mode == "bar" and "[" .. ("#"):rep(filled) .. (" "):rep(BAR - filled) .. "] " or "",
    text.thousands(now.done) .. " of " .. text.thousands(self.total),
    count "failed", count "unknown", measured and ("  %.1f/s"):format(measured) or "",
    rate and "  " .. times.took((self.total - now.done) / rate) .. " left" or "",
  }
  local line = table.concat(pieces)
  for _, i in ipairs(DROPPED) do
    if #line <= room then break end
    pieces[i] = ""
    line = table.concat(pieces)
  end
  return line
end

-- Returns "bar", "plain", or nil for no progress.
local function mode_of(invocation)
  local args, columns = invocation.args, invocation:terminal(2)
  if args.quiet then return nil end
  local is_dumb = columns and invocation:environment "TERM" == "dumb"
  return (args.progress == "plain" or is_dumb) and "plain" or columns and "bar" or nil
end

-- Makes the progress of a command. `options`: `total` (items), `name`, and perhaps `rate`, the
-- expected items a second.
function progress.new(invocation, options)
  local self = setmetatable({
    invocation = invocation, say = invocation.say, total = options.total, name = options.name,
    rate = options.rate, mode = mode_of(invocation), shown = 0, began = core.monotonic(),
  }, Progress)
  self.last = self.mode == "plain" and self.began or nil
  self.say.progress = self
  return self
end

-- Overwrites the line on the terminal, with nothing where `now` is absent. A command in the
-- background leaves the line to the shell.
local function put(self, now)
  local columns, behind = self.invocation:terminal(2)
  if behind then
    self.shown = 0
    return
  end
  local room = (columns or 0) > 0 and math.min(columns - 1, MAX) or MAX
  local line = now and compose(self, now, room) or ""
  local before = math.min(self.shown, room)
  self.say.stream:write("\r", line, (" "):rep(before - #line), line == "" and "\r" or "")
  self.say.stream:flush()
  self.shown = #line
end

local function draw(self, now)
  self.last = core.monotonic()
  if self.mode == "bar" then return put(self, now) end
  self.say:line(self.name .. ": " .. compose(self, now, math.huge))
end

-- Shows the counts of items: `done`, and perhaps `failed`, `unknown`.
function Progress:update(now)
  if not self.mode then return end
  self.waiting = self.last and core.monotonic() - self.last < BETWEEN[self.mode] and now or nil
  if not self.waiting then draw(self, now) end
end

-- Removes the line until the next update.
function Progress:clear()
  if self.shown > 0 then put(self) end
end

-- Removes the line, or writes a last line.
function Progress:finish()
  self:clear()
  if self.mode == "plain" and self.waiting then draw(self, self.waiting) end
  self.say.progress = nil
end

return progress
