-- Shows a view that changes on a terminal: `frame` lays a model out, `draw` writes a frame over the
-- one before. `streamctl.cli.watch` calls this module.
--
-- A model has `head`, a list of lines, and `sections`, the most urgent first: each has a `heading`,
-- `rows` (lines), and `total`, the number of rows with those that the model does not have. A line
-- is a list of texts, each with the name of its colour behind, or false.

local text = require "streamctl.cli.output.text"

local view = {}

local USUAL = { columns = 80, rows = 24 } -- of a terminal that does not say
local SMALLEST = 3 -- lines of a section: a blank line, its heading, a row
local BUFFER = 65536 -- bytes; a frame is one write

-- A terminal that knows these shows a frame at once; others ignore them.
local BEGIN, END = "\27[?2026h", "\27[?2026l"
local HOME, REST_OF_LINE, REST = "\27[H", "\27[K", "\27[J"

-- Returns a line of at most `room` characters.
local function compose(pieces, room, paint)
  local parts = {}
  for i = 1, #pieces, 2 do
    local piece = text.clean(pieces[i])
    local width = text.width(piece)
    if width > room then piece, width = text.cut(piece, room), room end
    room = room - width
    parts[#parts + 1] = pieces[i + 1] and piece ~= "" and paint(pieces[i + 1], piece) or piece
  end
  return table.concat(parts)
end

-- Returns how many lines each section gets of `left` lines. A section leaves half of them to those
-- behind, unless that is too little.
local function share(sections, left)
  local heights, behind = {}, 0
  for _, section in ipairs(sections) do behind = behind + (section.rows[1] and 1 or 0) end
  for i, section in ipairs(sections) do
    local wanted, half = #section.rows + SMALLEST - 1, math.max(SMALLEST, math.floor(left / 2))
    if section.total > #section.rows then wanted = wanted + 1 end
    behind = behind - (section.rows[1] and 1 or 0)
    if behind > 0 and left - half >= SMALLEST then wanted = math.min(wanted, half) end
    local height = math.min(wanted, left)
    heights[i] = section.rows[1] and height >= SMALLEST and height or 0
    left = left - heights[i]
  end
  return heights
end

-- Lays a model out. Returns a list of lines for a terminal of so many columns and rows; the last
-- column and the last row stay free. `paint(name, text)` gives a text its colour.
function view.frame(model, columns, rows, paint)
  local room, left = math.max(columns - 1, 1), math.max(rows - 1, 1)
  local lines = {}
  local function add(pieces) lines[#lines + 1] = compose(pieces, room, paint) end
  for i = 1, math.min(#model.head, left) do add(model.head[i]) end
  local heights = share(model.sections, left - #lines)
  for i, section in ipairs(model.sections) do
    local count = heights[i] - SMALLEST + 1
    if count > 0 then
      if section.total > count then count = count - 1 end
      add {}
      add { section.heading, "heading" }
      for k = 1, math.min(count, #section.rows) do add(section.rows[k]) end
      if section.total > count then
        add { ("... and %s more"):format(text.thousands(section.total - count)), false }
      end
    end
  end
  return lines
end

local View = {}
View.__index = View

-- Makes the view of an invocation; nil where stdout takes no view: no terminal, a terminal that
-- cannot move its cursor, or another format than a table. What --verbose writes would tear a view.
function view.new(invocation)
  local out = invocation.out
  if out.format ~= "table" or not invocation:terminal(1) or invocation.say.verbose
    or invocation:environment "TERM" == "dumb" then return nil end
  out.stream:setvbuf("full", BUFFER)
  return setmetatable({ invocation = invocation, out = out }, View)
end

-- Writes a frame where the one before stands. What the terminal showed before the first frame
-- scrolls away, and so it does with `anew`. A command in the background leaves the terminal alone.
function View:draw(model, anew)
  local columns, behind, rows = self.invocation:terminal(1)
  if behind or not columns then
    self.drawn = false
    return
  end
  rows = rows > 0 and rows or USUAL.rows
  local lines = view.frame(model, columns > 0 and columns or USUAL.columns, rows,
    function(name, value) return self.out:paint(name, value) end)
  lines[math.min(#lines + 1, rows)] = lines[rows] or "" -- the cursor rests below, for what is typed
  self.out:write(table.concat { BEGIN, self.drawn and not anew and "" or ("\n"):rep(rows), HOME,
    table.concat(lines, REST_OF_LINE .. "\r\n"), REST, END })
  self.out:flush()
  self.drawn = true
end

-- Ends the view: the last frame stays, and what is written next stands below, without a "^C".
function View:close()
  if self.drawn then self.out:write("\r" .. REST) end
  self.drawn = false
end

return view
