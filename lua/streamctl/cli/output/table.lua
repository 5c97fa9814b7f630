-- Writes rows as a table that fits a terminal. Long cells are folded between words and behind a
-- slash; without enough room each row becomes a list of its cells.

local json_line = require "streamctl.cli.output.json_line"
local text = require "streamctl.cli.output.text"

local width_of = text.width

local MEASURED = 500 -- rows that decide the widths of columns
local LONGEST = 40   -- characters that stay together
local NOTHING = "-"  -- an empty cell, so that columns can be counted
local GAP = "  "

-- ---- folding ----

local PIECES = "([^%s/]*/*)(%s*)" -- a piece stays together; blanks follow

-- Returns the smallest width without a cut inside a word.
local function min_width(value)
  local longest = 0
  for word in value:gmatch(PIECES) do longest = math.max(longest, width_of(word)) end
  return math.min(longest, LONGEST)
end

-- Folds a text into lines of at most `room` characters.
local function fold(value, room)
  local lines, line, used = {}, "", 0
  local function finish()
    lines[#lines + 1] = (line:gsub("%s+$", ""))
    line, used = "", 0
  end
  for word, blanks in value:gmatch(PIECES) do
    local width = width_of(word)
    if used > 0 and used + width > room then finish() end
    while width > room do
      local at = 1
      for _ = 1, room do at = word:find("[^\128-\191]", at + 1) or #word + 1 end
      lines[#lines + 1], word, width = word:sub(1, at - 1), word:sub(at), width - room
    end
    line, used = line .. word .. blanks, used + width + #blanks
  end
  if used > 0 or #lines == 0 then finish() end
  return lines
end

-- Returns the widths of columns; nil without room for the smallest ones. Columns that lack little
-- come first, so that few columns are folded.
local function widths_of(wanted, smallest, room)
  local widths, wanting = {}, {}
  for i, width in ipairs(smallest) do
    widths[i], room = width, room - width
    if wanted[i] > width then wanting[#wanting + 1] = i end
  end
  if room < 0 then return nil end
  table.sort(wanting, function(a, b)
    local first, second = wanted[a] - smallest[a], wanted[b] - smallest[b]
    return first < second or (first == second and a < b)
  end)
  for place, i in ipairs(wanting) do
    local more = math.min(wanted[i] - widths[i], math.floor(room / (#wanting - place + 1)))
    widths[i], room = widths[i] + more, room - more
  end
  return widths
end

-- ---- writing ----

-- Returns the cells of a row. A code column leaves out the code that a message begins with.
local function cells_of(self, row)
  local cells = { below = row.below }
  for i, column in ipairs(self.columns) do
    local value = row[column[1]]
    if type(value) == "table" then value = json_line.value(value) end
    local twice = column[1] == "message" and self.has_code and row.code and row.code .. ": "
    if twice and value and value:sub(1, #twice) == twice then value = value:sub(#twice + 1) end
    value = value ~= nil and text.clean(value) or ""
    cells[i] = value ~= "" and value or NOTHING
  end
  return cells
end

-- Writes cells beside each other, folded into lines where needed. `names`: of their colours.
local function write_line(self, cells, widths, names)
  local folded, height = {}, 1
  for i, cell in ipairs(cells) do
    folded[i] = self.folds and fold(cell, widths[i]) or { cell }
    height = math.max(height, #folded[i])
  end
  for number = 1, height do
    local line, behind = "", ""
    for i = 1, #cells do
      local part = folded[i][number] or ""
      if part ~= "" then
        line, behind = line .. behind .. self.out:paint(names[i] or cells[i], part), ""
      end
      behind = behind .. (" "):rep(math.max(widths[i] - width_of(part), 0)) .. GAP
    end
    self.out:write(line .. "\n")
  end
end

local function write_row(self, cells)
  if self.widths then
    write_line(self, cells, self.widths, self.names)
  else
    if self.written then self.out:write "\n" end
    self.written = true
    for i, cell in ipairs(cells) do
      if cell ~= NOTHING then
        write_line(self, { self.headings[i], cell }, { self.indent, self.room },
          { "heading", self.names[i] })
      end
    end
  end
  for _, line in ipairs(cells.below or {}) do
    for _, part in ipairs(self.folds and fold(line, self.width) or { line }) do
      self.out:write(GAP .. part .. "\n")
    end
  end
end

-- Decides the widths of columns by the first rows, and writes these rows.
local function release(self)
  local wanted, smallest, total = {}, {}, -#GAP
  self.indent = 0
  for i, heading in ipairs(self.headings) do
    local width = width_of(heading)
    wanted[i], smallest[i], self.indent = width, width, math.max(self.indent, width)
    for _, cells in ipairs(self.measured) do
      width = width_of(cells[i])
      wanted[i] = math.max(wanted[i], width)
      -- ids are copied, and stay on one line
      smallest[i] = math.max(smallest[i], self.columns[i][1] == self.columns.id and width
        or min_width(cells[i]))
    end
    total = total + wanted[i] + #GAP
  end
  local room = (self.out.columns or 0) - 1 -- some terminals wrap at the last column
  self.widths, self.folds = wanted, room > 0 and total > room
  if self.folds then
    self.widths = widths_of(wanted, smallest, room - #GAP * (#self.columns - 1))
    self.room, self.width = math.max(room - self.indent - #GAP, 1), math.max(room - #GAP, 1)
  end
  if self.widths then write_line(self, self.headings, self.widths, self.heading_names) end
  for _, cells in ipairs(self.measured) do write_row(self, cells) end
  self.measured = nil
end

return {
  fold = fold,

  begin = function(self)
    self.measured, self.headings, self.names, self.heading_names = {}, {}, {}, {}
    for i, column in ipairs(self.columns) do
      self.headings[i], self.heading_names[i] = column[2], "heading"
      -- only a state has a colour, by its name
      self.names[i] = column[1] ~= "state" and "plain" or nil
      self.has_code = self.has_code or column[1] == "code"
    end
  end,

  add = function(self, row)
    local cells = cells_of(self, row)
    if not self.measured then return write_row(self, cells) end
    self.measured[#self.measured + 1] = cells
    if #self.measured == MEASURED then release(self) end
  end,

  finish = function(self)
    if self.measured and #self.measured > 0 then release(self) end
  end,
}
