--- Rows as a table that fits a terminal: cells are folded between words, and behind a slash; where
-- that is not enough, each row is a list of its cells.
-- @module streamctl.cli.output.table

local encode = require "streamctl.cli.output.encode"
local text = require "streamctl.cli.output.text"

local width_of = text.width

local HELD = 500     -- rows that decide how wide columns are
local LONGEST = 40   -- characters that are kept together
local NOTHING = "-"  -- an empty cell, so that columns can be counted
local GAP = "  "

-- ---- folding ----

-- The pieces of a text that stay whole, each with the blanks behind it.
local function pieces(value)
  return value:gmatch "([^%s/]*/*)(%s*)"
end

-- The characters in which a text need not be cut inside of a word.
local function least_of(value)
  local most = 0
  for word in pieces(value) do most = math.max(most, width_of(word)) end
  return math.min(most, LONGEST)
end

-- The lines of a text, one at least, each of some characters at most.
local function fold(value, room)
  local lines, line, used = {}, "", 0
  local function finish()
    lines[#lines + 1] = (line:gsub("%s+$", ""))
    line, used = "", 0
  end
  for word, blanks in pieces(value) do
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

-- The widths of columns by those that they want and those that they need at least; nil when there
-- is no room for these. Who wants the least more is served first: as many as possible stay whole.
local function widths_of(wanted, least, room)
  local widths, wanting = {}, {}
  for i, width in ipairs(least) do
    widths[i], room = width, room - width
    if wanted[i] > width then wanting[#wanting + 1] = i end
  end
  if room < 0 then return nil end
  table.sort(wanting, function(a, b)
    local one, other = wanted[a] - least[a], wanted[b] - least[b]
    return one < other or (one == other and a < b)
  end)
  for place, i in ipairs(wanting) do
    local more = math.min(wanted[i] - widths[i], math.floor(room / (#wanting - place + 1)))
    widths[i], room = widths[i] + more, room - more
  end
  return widths
end

-- ---- writing ----

-- A message begins with its code, which is not shown twice.
local function cells_of(self, row)
  local cells = { below = row.below }
  for i, column in ipairs(self.columns) do
    local value = row[column[1]]
    if type(value) == "table" then value = encode.value(value) end
    local twice = column[1] == "message" and self.has_code and row.code and row.code .. ": "
    if twice and value and value:sub(1, #twice) == twice then value = value:sub(#twice + 1) end
    value = value ~= nil and text.clean(value) or ""
    cells[i] = value ~= "" and value or NOTHING
  end
  return cells
end

-- Writes texts beside each other, in several lines where they are folded. `names`: their colours.
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

-- A row in columns, or as a line for each cell that is not empty.
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

-- Decides by what is held back how wide columns are, and writes it.
local function release(self)
  local wanted, least, total = {}, {}, -#GAP
  self.indent = 0
  for i, heading in ipairs(self.headings) do
    local width = width_of(heading)
    wanted[i], least[i], self.indent = width, width, math.max(self.indent, width)
    for _, cells in ipairs(self.held) do
      width = width_of(cells[i])
      wanted[i] = math.max(wanted[i], width)
      -- an id is for copying
      least[i] = math.max(least[i], self.columns[i][1] == self.columns.id and width
        or least_of(cells[i]))
    end
    total = total + wanted[i] + #GAP
  end
  local room = (self.out.columns or 0) - 1 -- some terminals go on when the last one is written
  self.widths, self.folds = wanted, room > 0 and total > room
  if self.folds then
    self.widths = widths_of(wanted, least, room - #GAP * (#self.columns - 1))
    self.room, self.width = math.max(room - self.indent - #GAP, 1), math.max(room - #GAP, 1)
  end
  if self.widths then write_line(self, self.headings, self.widths, self.heading_names) end
  for _, cells in ipairs(self.held) do write_row(self, cells) end
  self.held = nil
end

return {
  fold = fold,

  begin = function(self)
    self.held, self.headings, self.names, self.heading_names = {}, {}, {}, {}
    for i, column in ipairs(self.columns) do
      self.headings[i], self.heading_names[i] = column[2], "heading"
      -- a state has the colour of its name, all others none
      self.names[i] = column[1] ~= "state" and "plain" or nil
      self.has_code = self.has_code or column[1] == "code"
    end
  end,

  add = function(self, row)
    local cells = cells_of(self, row)
    if not self.held then return write_row(self, cells) end
    self.held[#self.held + 1] = cells
    if #self.held == HELD then release(self) end
  end,

  close = function(self)
    if self.held and #self.held > 0 then release(self) end
  end,
}
