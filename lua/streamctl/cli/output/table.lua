-- Writes rows as a table. Without room the widest column is folded between words, behind a slash.

local json_line = require "streamctl.cli.output.json_line"
local text = require "streamctl.cli.output.text"

local width_of = text.width

local MEASURED = 500 -- rows that decide the widths of columns
local LEAST = 20     -- characters of a column that is folded
local NOTHING = "-"  -- an empty cell, so that columns can be counted
local GAP = "  "

local PIECES = "([^%s/]*/*)(%s*)" -- a piece stays together; blanks follow

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

-- Writes cells beside each other. `colour`: its name, if any; a state has one by its own name.
local function write_line(self, cells, colour)
  local parts = fold(cells[self.folded] or "", self.widths[self.folded] or 1)
  for number = 1, #parts do
    local line = ""
    for i, cell in ipairs(cells) do
      local part = i == self.folded and parts[number] or number == 1 and cell or ""
      local name = colour or self.columns[i][1] == "state" and cell
      line = line .. (part ~= "" and self.out:paint(name, part) or "")
        .. (" "):rep(self.widths[i] - width_of(part)) .. GAP
    end
    self.out:write(line:gsub(" +$", "") .. "\n")
  end
end

local function write_row(self, cells)
  write_line(self, cells)
  for _, line in ipairs(cells.below or {}) do self.out:write(GAP .. line .. "\n") end
end

-- Decides the widths of columns by the first rows, and writes these rows.
local function release(self)
  local widths, total, widest, headings = {}, -#GAP, nil, {}
  for i, column in ipairs(self.columns) do
    widths[i], headings[i] = width_of(column[2]), column[2]
    for _, cells in ipairs(self.measured) do widths[i] = math.max(widths[i], width_of(cells[i])) end
    total = total + widths[i] + #GAP
    -- ids are copied, and stay on one line
    if column[1] ~= self.columns.id and widths[i] > (widths[widest] or 0) then widest = i end
  end
  local room = (self.out.columns or 0) - 1 -- some terminals wrap at the last column
  self.widths = widths
  if widest and room > 0 and total > room then
    self.folded = widest
    widths[widest] = math.min(math.max(room - total + widths[widest], LEAST), widths[widest])
  end
  write_line(self, headings, "heading")
  for _, cells in ipairs(self.measured) do write_row(self, cells) end
  self.measured = nil
end

return {
  fold = fold,

  begin = function(self)
    self.measured = {}
    for _, column in ipairs(self.columns) do
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
