--- Rows of data as a table, as JSON, or as ids.
-- @module streamctl.cli.output.rows

local encode = require "streamctl.cli.output.encode"
local layout = require "streamctl.cli.output.layout"
local text = require "streamctl.cli.output.text"

local HELD = 500 -- rows that decide how wide columns are

local NOTHING = "-" -- an empty cell, so that columns can be counted

local GAP = "  "

local Rows = {}
Rows.__index = Rows

-- A row is written as `name = function(self, row)`; `finish_<name>` ends it.
local writers, endings = {}, {}

-- A message begins with its code, which is not shown twice.
local function cells_of(self, row)
  local cells, code = {}, self.has.code and row.code
  for i, column in ipairs(self.columns) do
    local value = row[column[1]]
    if type(value) == "table" then value = encode.value(value) end
    if column[1] == "message" and code and value and value:sub(1, #code + 2) == code .. ": " then
      value = value:sub(#code + 3)
    end
    value = value ~= nil and text.clean(value) or ""
    cells[i] = value ~= "" and value or NOTHING
  end
  cells.below = row.below
  return cells
end

local function painted(self, i, cell, line, heading)
  local name = heading and "heading" or self.columns[i][1] == "state" and cell
  return name and line ~= "" and self.out.paint(name, line) or line
end

-- A row, which is several lines where cells are folded.
local function write_cells(self, cells, heading)
  local folded, height = {}, 1
  for i, cell in ipairs(cells) do
    folded[i] = self.folds and layout.fold(cell, self.widths[i]) or { cell }
    height = math.max(height, #folded[i])
  end
  for number = 1, height do
    local parts, behind = {}, ""
    for i, cell in ipairs(cells) do
      local line = folded[i][number] or ""
      if line ~= "" then
        parts[#parts + 1] = behind .. painted(self, i, cell, line, heading)
        behind = ""
      end
      behind = behind .. (" "):rep(math.max(self.widths[i] - text.width(line), 0)) .. GAP
    end
    self.out:write(table.concat(parts) .. "\n")
  end
end

-- A row as a line for each cell that is not empty, for where columns have no room.
local function write_record(self, cells)
  if self.written then self.out:write "\n" end
  self.written = true
  for i, cell in ipairs(cells) do
    local heading = self.columns[i][2]
    local indent = (" "):rep(self.indent - text.width(heading)) .. GAP
    for number, line in ipairs(cell == NOTHING and {} or layout.fold(cell, self.room)) do
      self.out:write((number == 1 and self.out.paint("heading", heading) .. indent
        or (" "):rep(self.indent) .. GAP) .. painted(self, i, cell, line) .. "\n")
    end
  end
end

-- How wide columns are: all that is held back decides.
local function measure(self)
  local natural, least, total = {}, {}, -#GAP
  self.indent = 0
  for i, column in ipairs(self.columns) do
    natural[i], least[i] = text.width(column[2]), text.width(column[2])
    self.indent = math.max(self.indent, natural[i])
    for _, cells in ipairs(self.held) do
      local width = text.width(cells[i])
      natural[i] = math.max(natural[i], width)
      -- an id is for copying
      least[i] = math.max(least[i], column[1] == self.columns.id and width
        or layout.least(cells[i]))
    end
    total = total + natural[i] + #GAP
  end
  self.widths = natural
  local room = (self.out.columns or 0) - 1 -- some terminals go on when the last one is written
  if room < 1 or total <= room then return end
  self.folds = true
  self.widths = layout.widths(natural, least, room - #GAP * (#self.columns - 1))
  self.room, self.width = math.max(room - self.indent - #GAP, 1), math.max(room - #GAP, 1)
end

local function write_row(self, cells)
  local write = self.widths and write_cells or write_record
  write(self, cells)
  for _, line in ipairs(cells.below or {}) do
    for _, part in ipairs(self.folds and layout.fold(line, self.width) or { line }) do
      self.out:write(GAP .. part .. "\n")
    end
  end
end

-- Writes what was held back to see how wide it is.
local function release(self)
  measure(self)
  local headings = {}
  for i, column in ipairs(self.columns) do headings[i] = column[2] end
  if self.widths then write_cells(self, headings, true) end
  for _, cells in ipairs(self.held) do write_row(self, cells) end
  self.held = nil
end

writers["table"] = function(self, row)
  local cells = cells_of(self, row)
  if not self.held then return write_row(self, cells) end
  self.held[#self.held + 1] = cells
  if #self.held == HELD then release(self) end
end

endings["table"] = function(self)
  if self.held and #self.held > 0 then release(self) end
end

function writers.ids(self, row)
  local id = row[self.columns.id]
  if id ~= nil then self.out:line(id) end
end

function writers.jsonl(self, row)
  self.out:write(encode.value(row, self.keys) .. "\n")
  self.out:flush()
end

function writers.json(self, row)
  self.out:write((self.begun and ",\n" or '{"items":[\n') .. encode.value(row, self.keys))
  self.begun = true
end

function endings.json(self, further)
  local parts = { self.begun and "\n]" or '{"items":[]' }
  for _, key in ipairs(encode.keys(further)) do
    parts[#parts + 1] = "," .. encode.value(key) .. ":" .. encode.value(further[key])
  end
  self.out:write(table.concat(parts) .. "}\n")
end

local rows = {}

--- Makes it. `out`: see @{streamctl.cli.output}; `columns`: see `Out:rows` there.
function rows.new(out, columns)
  local keys, has = {}, {}
  for i, column in ipairs(columns) do keys[i], has[column[1]] = column[1], true end
  return setmetatable({ out = out, columns = columns, keys = keys, has = has, held = {} }, Rows)
end

--- Adds a row: a table's columns show the fields that they name, and the lines of `below` under
-- them; JSON has all fields.
function Rows:add(row)
  writers[self.out.format](self, row)
end

--- Ends the table. `further`, if any: fields that -o json writes beside `items`.
function Rows:close(further)
  self.out.open = nil
  local ending = endings[self.out.format]
  if ending then ending(self, further or {}) end
end

--- Ends a table that a failure left open: -o json says that rows are missing.
function Rows:abandon()
  self:close { incomplete = true }
end

return rows
