--- Rows of data as a table, as JSON, or as ids.
-- @module streamctl.cli.output.rows

local encode = require "streamctl.cli.output.encode"
local text = require "streamctl.cli.output.text"

local HELD = 500 -- rows that decide how wide columns are

local NOTHING = "-" -- an empty cell, so that columns can be counted

local Rows = {}
Rows.__index = Rows

-- A row is written as `name = function(self, row)`; `finish_<name>` ends it.
local writers, endings = {}, {}

local function cells_of(self, row)
  local cells = {}
  for i, column in ipairs(self.columns) do
    local value = row[column[1]]
    if type(value) == "table" then value = encode.value(value) end
    value = value ~= nil and text.clean(value) or ""
    cells[i] = value ~= "" and value or NOTHING
  end
  cells.below = row.below
  return cells
end

local function write_cells(self, cells, heading)
  local parts = {}
  for i, cell in ipairs(cells) do
    local name = heading and "heading" or self.columns[i][1] == "state" and cell
    local painted = name and self.out.paint(name, cell) or cell
    local room = i < #cells and math.max(self.widths[i] - text.width(cell), 0) + 2 or 0
    parts[i] = painted .. (" "):rep(room)
  end
  self.out:write(table.concat(parts) .. "\n")
  for _, line in ipairs(cells.below or {}) do self.out:write("  " .. line .. "\n") end
end

-- Writes what was held back to see how wide it is.
local function release(self)
  local headings = {}
  self.widths = {}
  for i, column in ipairs(self.columns) do
    headings[i], self.widths[i] = column[2], text.width(column[2])
    for _, cells in ipairs(self.held) do
      self.widths[i] = math.max(self.widths[i], text.width(cells[i]))
    end
  end
  write_cells(self, headings, true)
  for _, cells in ipairs(self.held) do write_cells(self, cells) end
  self.held = nil
end

writers["table"] = function(self, row)
  local cells = cells_of(self, row)
  if not self.held then return write_cells(self, cells) end
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

--- Makes it.
-- @tparam Out out see @{streamctl.cli.output}
-- @tparam table columns see `Out:rows` there
-- @treturn Rows
function rows.new(out, columns)
  local keys = {}
  for i, column in ipairs(columns) do keys[i] = column[1] end
  return setmetatable({ out = out, columns = columns, keys = keys, held = {} }, Rows)
end

--- Adds a row: a table's columns show the fields that they name, and the lines of `below` under
-- them; JSON has all fields.
-- @tparam table row
function Rows:add(row)
  writers[self.out.format](self, row)
end

--- Ends the table.
-- @tparam[opt] table further fields that -o json writes beside `items`
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
