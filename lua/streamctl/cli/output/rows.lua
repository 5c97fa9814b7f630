--- Rows of data in each format.
-- @module streamctl.cli.output.rows

local encode = require "streamctl.cli.output.encode"

-- By format: `begin(self)`, `add(self, row)`, `close(self, further)`.
local formats = { ids = {}, jsonl = {}, json = {} }

function formats.ids.add(self, row)
  local id = row[self.columns.id]
  if id ~= nil then self.out:line(id) end
end

function formats.jsonl.add(self, row)
  self.out:write(encode.value(row, self.keys) .. "\n")
  self.out:flush()
end

function formats.json.add(self, row)
  self.out:write((self.begun and ",\n" or '{"items":[\n') .. encode.value(row, self.keys))
  self.begun = true
end

function formats.json.close(self, further)
  self.out:write(self.begun and "\n]" or '{"items":[]')
  for _, key in ipairs(encode.keys(further or {})) do
    self.out:write("," .. encode.value(key) .. ":" .. encode.value(further[key]))
  end
  self.out:write "}\n"
end

local Rows = {}
Rows.__index = Rows

--- Adds a row: a table's columns show the fields that they name, and the lines of `below` under
-- them; JSON has all fields.
function Rows:add(row)
  self.format.add(self, row)
end

--- Ends the table. `further`, if any: fields that -o json writes beside `items`.
function Rows:close(further)
  self.out.open = nil
  if self.format.close then self.format.close(self, further) end
end

--- Begins rows, see `Out:rows` of `streamctl.cli.output`.
return function(out, columns)
  local format = formats[out.format] or require "streamctl.cli.output.table"
  local self = setmetatable({ out = out, columns = columns, keys = {}, format = format }, Rows)
  for i, column in ipairs(columns) do self.keys[i] = column[1] end
  if format.begin then format.begin(self) end
  return self
end
