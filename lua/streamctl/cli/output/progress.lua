--- How far a long command is: a line that changes on a terminal, or a line now and then.
-- @module streamctl.cli.output.progress

local core = require "streamctl.core"
local text = require "streamctl.cli.output.text"

local Progress = {}
Progress.__index = Progress

local BETWEEN = { bar = 0.1, plain = 10 } -- seconds

local MOST = 79 -- columns; some terminals wrap when the last one is written

local BAR = 10 -- characters

local progress = {}

local function time_text(seconds)
  seconds = math.floor(seconds + 0.5)
  local hours = math.floor(seconds / 3600)
  local rest = ("%02d:%02d"):format(math.floor(seconds / 60) % 60, seconds % 60)
  return hours > 0 and hours .. ":" .. rest or rest
end

-- What there is to tell, the most important first; `at` is its place in the line.
local function pieces_of(total, now, with_bar)
  local pieces = {}
  local function add(at, piece) pieces[#pieces + 1] = { at = at, text = piece } end
  local count = text.thousands(now.done)
  add(2, total and count .. " of " .. text.thousands(total) or count)
  if (now.failed or 0) > 0 then add(3, text.thousands(now.failed) .. " failed") end
  if (now.unknown or 0) > 0 then add(4, text.thousands(now.unknown) .. " unknown") end
  local rate = now.elapsed and now.elapsed > 0 and now.done / now.elapsed
  local left = now.left or (total and rate and rate > 0 and (total - now.done) / rate)
  if left then add(6, time_text(left) .. " left") end
  if rate then add(5, ("%.1f/s"):format(rate)) end
  if with_bar and total and total > 0 then
    local filled = math.floor(BAR * math.min(now.done / total, 1))
    add(1, "[" .. ("#"):rep(filled) .. (" "):rep(BAR - filled) .. "]")
  end
  return pieces
end

-- The line: as many of the pieces as there is room for.
local function compose(total, now, room, with_bar)
  local chosen, used = {}, 0
  for _, piece in ipairs(pieces_of(total, now, with_bar)) do
    local needed = #piece.text + (used == 0 and 0 or piece.at == 1 and 1 or 2)
    if used + needed > room then break end
    chosen[#chosen + 1], used = piece, used + needed
  end
  table.sort(chosen, function(a, b) return a.at < b.at end)
  local parts = {}
  for i, piece in ipairs(chosen) do
    if i > 1 then parts[#parts + 1] = chosen[i - 1].at == 1 and " " or "  " end
    parts[#parts + 1] = piece.text
  end
  return table.concat(parts)
end

local function mode_of(invocation)
  local args = invocation.args
  if args.progress == "none" or args.quiet then return "none" end
  local columns = invocation:terminal(2)
  local dumb = invocation:environment "TERM" == "dumb"
  if args.progress == "plain" or (columns and dumb) then return "plain" end
  return columns and "bar" or "none"
end

--- Makes it. `invocation`: `args`, `say`, `terminal`, `environment`; `options`: `total` (items, nil
-- when that is not known), `verb` ("resuming").
function progress.new(invocation, options)
  local self = setmetatable({
    invocation = invocation, say = invocation.say, total = options.total, verb = options.verb,
    mode = mode_of(invocation),
    shown = 0,
  }, Progress)
  if self.mode == "plain" then self.last = core.monotonic() end
  self.say.progress = self
  return self
end

-- Writes over the line that is there: how far it is `now`, or nothing without that. In the
-- background the line is the shell's.
local function put(self, now)
  local columns, behind = self.invocation:terminal(2)
  if behind then
    self.shown = 0
    return
  end
  local room = (columns or 0) > 0 and math.min(columns - 1, MOST) or MOST
  local line = now and compose(self.total, now, room, true) or ""
  local before = math.min(self.shown, room)
  self.say.stream:write("\r", line, (" "):rep(before - #line))
  if line == "" then self.say.stream:write "\r" end
  self.say.stream:flush()
  self.shown = #line
end

local function draw(self, now)
  self.last = core.monotonic()
  if self.mode == "plain" then
    self.say:line(self.verb .. ": " .. compose(self.total, now, math.huge))
  else
    put(self, now)
  end
end

--- Tells how far it is. `now`: `done`, `failed`, `unknown` (numbers of items), `elapsed` (seconds),
-- `left` (seconds; told from the rate when absent).
function Progress:update(now)
  if self.mode == "none" then return end
  if self.last and core.monotonic() - self.last < BETWEEN[self.mode] then
    self.waiting = now
    return
  end
  self.waiting = nil
  draw(self, now)
end

--- Takes the line away until the next update.
function Progress:clear()
  if self.shown > 0 then put(self) end
end

--- Ends it: the line goes, or a last one is written.
function Progress:finish()
  self:clear()
  if self.mode == "plain" and self.waiting then draw(self, self.waiting) end
  self.say.progress = nil
end

return progress
