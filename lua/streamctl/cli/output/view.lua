-- Shows a view that changes on a terminal: `frame` lays a model out, `draw` writes a frame over the
-- one before. A model has `head`, a list of lines, and `sections`, the most urgent first: each has
-- a `heading`, `rows` (lines), and `total`, the number of rows with those that the model does not
-- have. A line is a text and the name of its colour, if any.

local text = require "streamctl.cli.output.text"

local view = {}

local USUAL = { columns = 80, rows = 24 } -- of a terminal that does not say
local SMALLEST = 3 -- lines of a section: a blank line, its heading, a row
local BUFFER = 65536 -- bytes; a frame is one write

-- A terminal that knows 2026 shows a frame at once. Without 7 a line of wide characters is cut.
local BEGIN, END = "\27[?2026h\27[?7l", "\27[?7h\27[?2026l"
local HOME, REST_OF_LINE, REST = "\27[H", "\27[K", "\27[J"

-- Lays a model out. Returns a list of lines for a terminal of so many columns and rows; the last
-- column and the last row stay free. `paint(name, text)` gives a text its colour.
function view.frame(model, columns, rows, paint)
  local lines, room, height = {}, math.max(columns - 1, 1), math.max(rows - 1, 1)
  local function add(line)
    lines[#lines + 1] = paint(line[2], text.cut(text.clean(line[1]), room))
  end
  for i = 1, math.min(#model.head, height) do add(model.head[i]) end
  for i, section in ipairs(model.sections) do
    local left, behind = height - #lines, model.sections[i + 1]
    local half = math.max(SMALLEST, math.floor(left / 2)) -- unless the rest is too little
    if behind and behind.rows[1] and left - half >= SMALLEST then left = half end
    if section.rows[1] and left >= SMALLEST then
      local shown = math.min(#section.rows, left - SMALLEST + 1)
      if section.total > shown then shown = math.min(shown, left - SMALLEST) end
      add { "" }
      add { section.heading, "heading" }
      for k = 1, shown do add(section.rows[k]) end
      local more = section.total - shown
      if more > 0 then add { ("... and %s more"):format(text.thousands(more)) } end
    end
  end
  return lines
end

local View = {}
View.__index = View

-- Makes the view of an invocation; nil where stdout takes no view: it is no terminal, a terminal
-- that cannot move its cursor, or not for a table. Lines of --verbose would tear a view.
function view.new(invocation)
  local out = invocation.out
  if out.format ~= "table" or not invocation:terminal(1) or invocation.say.verbose
    or invocation:environment "TERM" == "dumb" then return nil end
  out.stream:setvbuf("full", BUFFER)
  return setmetatable({ invocation = invocation, out = out }, View)
end

-- Writes a frame over the last frame. Before the first frame, and with `anew`, the screen scrolls
-- up. A command in the background leaves the terminal alone.
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
